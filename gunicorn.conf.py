"""How the portal is served; PORT, BEKWAAM_HOST and WEB_CONCURRENCY change it."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

# One core per process is what there is: threads inside a product of matrices wait for each other,
# and ranking a question takes twice as long with them.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

bind = f"{os.environ.get('BEKWAAM_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# Each process holds its own model and index, and threads do not survive a fork.
preload_app = False
# Its address is per user, and nobody here asks it anything.
control_socket_disable = True
timeout = 60
graceful_timeout = 20
# Somebody reads a page for longer than five seconds, and a new connection costs a slow line a
# journey there and back before the next one begins. Who waits holds no thread.
keepalive = 30
max_requests = 0
accesslog = None
errorlog = "-"
loglevel = os.environ.get("BEKWAAM_LOG", "info")


def post_worker_init(worker: Worker) -> None:
    """Wake matching behind the first pages: importing the model takes seconds."""
    worker.wsgi.extensions["matching"].start()


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """End at once: a model that is still loading aborts the interpreter's own farewell."""
    os._exit(0)
