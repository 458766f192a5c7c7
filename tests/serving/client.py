"""What a browser sends, without a browser: cookies, forms, and a new connection each time."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from typing import IO, Any
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPCookieProcessor,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    ProxyHandler,
    Request,
    build_opener,
)

_TOKEN = re.compile(r'name="csrf_token"[^>]*? value="([^"]+)"')
_CARD = re.compile(r'<article class="card plek" id="plek-([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back, where the redirects ended, and how long it took."""

    status: int
    path: str
    headers: Message
    body: str
    seconds: float

    @property
    def cards(self) -> tuple[str, ...]:
        """The opportunities on a page of matches, in order."""
        return tuple(_CARD.findall(self.body))

    @property
    def json(self) -> Any:
        """What was told to programs."""
        return json.loads(self.body)

    @property
    def waking(self) -> bool:
        """Whether it says that matching still wakes."""
        return self.status == 503 and "data-waking" in self.body


class _KeepErrors(HTTPErrorProcessor):
    """A page that tells of an error is a page."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        return response if response.status >= 400 else super().http_response(request, response)

    https_response = http_response


class _SeeOther(HTTPRedirectHandler):
    """Follow as browsers do."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> Request | None:
        return Request(newurl) if code in (302, 303) else None


class Client:
    """One person: keeps cookies, and sends with a form the token of the page before it."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._token = ""
        self._opener = build_opener(
            ProxyHandler({}), HTTPCookieProcessor(), _KeepErrors(), _SeeOther()
        )

    def get(self, path: str) -> Answer:
        return self._open(Request(self._base + path))

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> Answer:
        """Send a form; the page before it must have been read."""
        assert self._token, "read a page first: its forms hold the token"
        data = urlencode({"csrf_token": self._token, **fields}, doseq=True).encode()
        return self._open(Request(self._base + path, data=data))

    def sign_in(self, email: str, password: str) -> Answer:
        self.get("/inloggen")
        return self.post("/inloggen", {"email": email, "password": password})

    def _open(self, request: Request) -> Answer:
        began = time.monotonic()
        # urllib asks to close the connection, so each request finds its own worker.
        with self._opener.open(request, timeout=90) as response:
            body = response.read().decode()
            seconds = time.monotonic() - began
            if found := _TOKEN.search(body):
                self._token = found[1]
            path = urlsplit(response.url).path
            return Answer(response.status, path, response.headers, body, seconds)
