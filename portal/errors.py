"""Domain exceptions, and the page that each of them becomes. Never JSON."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

log = logging.getLogger(__name__)


class PortalError(Exception):
    """Something that a person can understand and do something about.

    `message` is shown on the page: plain Dutch through the catalogue, or nothing.
    """

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__class__.__name__)
        self.message = message


class NotFound(PortalError):
    """It does not exist, or not for who asks."""

    status = HTTPStatus.NOT_FOUND


class Forbidden(PortalError):
    """Who asks may see it, and may not do this."""

    status = HTTPStatus.FORBIDDEN


class Conflict(PortalError):
    """Somebody was first, or the state does not allow it."""

    status = HTTPStatus.CONFLICT


class Gone(PortalError):
    """It was there, and is no more."""

    status = HTTPStatus.GONE


class Invalid(PortalError):
    """The input cannot be accepted; `fields` names the fields that are wrong or missing."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, message: str | None = None, fields: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.fields = fields


class Unavailable(PortalError):
    """Not now; later it works again."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})
"""Statuses with words of their own in templates/errors; another one borrows a neighbour's."""


def _page(status: int, message: str | None = None) -> tuple[str, int]:
    words = status if status in PAGES else (500 if status >= 500 else 400)
    if words >= 500:
        # The usual way to a page asks the database who is signed in, and that may be broken.
        plain = current_app.jinja_env.get_template("errors/plain.html")
        return plain.render(status=words, message=message), status
    return render_template("errors/page.html", status=words, message=message), status


def stale_form(
    typed: Sequence[tuple[str, str]], fields: Sequence[tuple[str, str]], *, files: bool
) -> ResponseReturnValue:
    """The page for a form that grew old: what was typed, and a button that sends it again.

    `typed` are labels and texts to read, `fields` what is sent; without them there is no button.
    `files`: a file was chosen too, which no page can keep.
    """
    page = render_template("errors/stale.html", typed=typed, fields=fields, files=files)
    return page, HTTPStatus.BAD_REQUEST


def _portal_error(error: PortalError) -> ResponseReturnValue:
    return _page(int(error.status), error.message)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    body, status = _page(error.code)
    headers = [(k, v) for k, v in error.get_headers() if k.lower() in {"allow", "retry-after"}]
    return body, status, headers


def _database_error(error: OperationalError) -> ResponseReturnValue:
    log.error("the database does not answer: %s", error)
    body, status = _page(503)
    return body, status, [("Retry-After", "30")]


def _unexpected(error: InternalServerError) -> ResponseReturnValue:
    return _page(500)


def init(app: Flask) -> None:
    """Let every failure of `app` end in a page that says what to do next."""
    app.register_error_handler(PortalError, _portal_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _unexpected)
