"""The only place that commits or rolls back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portal.extensions import WRITE_OPTION, db

_OPEN = "portal_transaction_open"


@contextmanager
def transaction() -> Iterator[None]:
    """Do everything inside, or nothing.

    What was read before is read again inside, under the lock of the writer. A transaction
    inside another one belongs to it. Raises RuntimeError when changes were made before it.
    """
    session = db.session()
    if session.info.get(_OPEN):
        yield
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside transaction()")
    session.rollback()
    session.info[_OPEN] = True
    try:
        session.connection(execution_options={WRITE_OPTION: True})
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_OPEN, None)


def commit_sign_in() -> None:
    """Commit what Flask-Security changed in this request; nobody else calls this."""
    try:
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
