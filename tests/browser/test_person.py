"""The checks themselves: a page with something wrong does not pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.person import Person

pytestmark = pytest.mark.browser
PAGE = '<!doctype html><html lang="nl"><title>Proef</title><main><h1>Proef</h1>{}</main></html>'


MARKUP = [
    ('<img src="/static/favicon.svg">', "image-alt"),
    ('<p><span style="color:#bbb;background:#fff">flets</span></p>', "color-contrast"),
    ('<div style="width:5000px">breed</div>', "too wide"),
    ('<p>kort</p><link rel="stylesheet" href="/static/bestaat-niet.css">', "console"),
]
SCRIPTS = [
    ('<p>kort</p><script src="http://127.0.0.2:9/x.js"></script>', "another host"),
    ("<script>throw new Error('stuk')</script>", "stuk"),
]


@pytest.mark.parametrize(
    ("body", "told", "script"),
    [(*one, True) for one in MARKUP + SCRIPTS] + [(*one, False) for one in MARKUP],
)
def test_what_is_wrong_is_seen(
    browser: Browser, base: str, body: str, told: str, script: bool
) -> None:
    person = Person(browser, base, script=script)
    person.page.route("**/proef", lambda route: route.fulfill(body=PAGE.format(body)))
    with pytest.raises(AssertionError, match=told):
        person.go("/proef")
        person.leave()


def test_a_page_that_was_not_looked_at_is_seen(browser: Browser, base: str) -> None:
    person = Person(browser, base)
    person.page.goto("/")
    with pytest.raises(AssertionError, match="not looked at"):
        person.leave()


def test_a_policy_that_is_broken_is_seen(someone: Callable[..., Person]) -> None:
    visitor = someone()
    visitor.go("/")
    visitor.page.evaluate(
        "() => { const it = document.createElement('style'); it.textContent = 'p{}';"
        " document.head.append(it); }"
    )
    with pytest.raises(AssertionError, match="Content Security Policy"):
        visitor.look()
    visitor.complaints.clear()
