"""How the portal is served; PORT, BEKWAAM_HOST and WEB_CONCURRENCY change it."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

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
keepalive = 5
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
