"""Opens any page of the catalogue for any role, and keeps watch while it does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.catalogue import Visit
from tests.browser.facts.accounts import RECOVERY
from tests.browser.person import AXE_OPTIONS, PATIENCE
from tests.browser.region import ACCOUNTS, Region, password_of

HERE = Path(__file__).parent
LAYOUT = (HERE / "layout.js").read_text("utf-8")
HEIGHT = 900
_UNFOLD = """
() => {
  for (const box of document.querySelectorAll("main details")) box.open = true;
  const menu = document.querySelector("header details");
  if (menu && menu.checkVisibility()) menu.open = true;
  document.querySelector("main [popover]")?.showPopover?.();
}
"""
_AXE_REPORT = """
options => axe.run(document, options).then(found => found.violations.map(one =>
  `${one.id}: ${one.help}\\n` + one.nodes.slice(0, 5).map(node =>
    `    ${node.target.join(" ")}\\n      ${node.html.slice(0, 200)}\\n      ` +
    [...node.any, ...node.all, ...node.none].map(it => it.message).join("\\n      ")).join("\\n")))
"""


class Showroom:
    """Keeps a browser window for each account, language and script, signed in once.

    Without script: ours does not arrive. The checks are scripts themselves, and Content Security
    Policy keeps out any other.
    """

    def __init__(self, browser: Browser, base: str, region: Region) -> None:
        self._browser = browser
        self._base = base
        self.region = region
        self._states: dict[str | None, Any] = {}
        self._windows: dict[tuple[str | None, str, bool], Page] = {}
        self._expected: set[int] = set()
        self.complaints: list[str] = []

    def show(self, visit: Visit) -> Page:
        """Open a page as a visit says; whatever goes wrong on the way lands in `complaints`."""
        page = self._window(visit)
        self.complaints.clear()
        self._expected = {visit.view.status}
        page.emulate_media(color_scheme="dark" if visit.theme == "dark" else "light")
        page.set_viewport_size({"width": visit.width, "height": HEIGHT})
        status = 0

        def arrived(response: Any) -> None:
            nonlocal status
            if response.request.is_navigation_request() and response.frame == page.main_frame:
                status = response.status

        page.on("response", arrived)
        page.goto(visit.view.path(self.region))
        if visit.view.then is not None:
            visit.view.then(page)
        page.wait_for_load_state("load")
        page.remove_listener("response", arrived)
        assert status == visit.view.status, f"{page.url} answers {status}"
        assert page.locator("html").get_attribute("lang") == visit.language, page.url
        if visit.unfolded:
            page.evaluate(_UNFOLD)
        return page

    def close(self) -> None:
        """Close every window."""
        for window in self._windows.values():
            window.context.close()

    def _window(self, visit: Visit) -> Page:
        account = None if visit.role is None else visit.view.account or ACCOUNTS[visit.role]
        key = (account, visit.language, visit.script)
        if key not in self._windows:
            self._windows[key] = self._open(account, visit.language, script=visit.script)
        return self._windows[key]

    def _open(self, account: str | None, language: str, *, script: bool) -> Page:
        if account not in self._states:
            self._states[account] = self._sign_in(account)
        context = self._context(storage_state=self._states[account])
        speak(context, language)
        if not script:
            context.route("**/bekwaam.js", lambda route: route.abort())
        page = context.new_page()
        page.on("console", lambda message: self._console(message, script=script))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)
        return page

    def _sign_in(self, account: str | None) -> Any:
        context = self._context()
        if account is not None:
            sign_in(context, account)
        state = context.storage_state()
        context.close()
        return state

    def _context(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(
            base_url=self._base, reduced_motion="reduce", locale="nl-NL", **options
        )
        context.set_default_timeout(PATIENCE)
        return context

    def _console(self, message: ConsoleMessage, *, script: bool) -> None:
        # Chromium reports a page with an error status as if it were an error of ours.
        expected = [f"the server responded with a status of {code} " for code in self._expected]
        if not script:
            expected.append("net::ERR_FAILED")
        if message.type in ("error", "warning") and not any(e in message.text for e in expected):
            self.complaints.append(f"console: {message.text} ({message.location})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._base + "/", "data:")):
            self.complaints.append(f"asks another host: {request.url}")


def sign_in(context: BrowserContext, account: str) -> None:
    """Sign in as the form does, so that every window of the context is signed in."""
    answer = context.request.post(
        "/inloggen",
        form={
            "csrf_token": _token(context, "/inloggen"),
            "email": account,
            "password": password_of(account),
        },
    )
    assert answer.ok
    if "/inloggen/code" in answer.url:
        answer = context.request.post(
            "/inloggen/herstelcode",
            form={"csrf_token": _token(context, "/inloggen/herstelcode"), "code": RECOVERY.pop()},
        )
    assert "/uitloggen" in answer.text(), f"{account} is not signed in"


def speak(context: BrowserContext, language: str) -> None:
    """Choose the language as the switch does."""
    form = {"csrf_token": _token(context, "/"), "lang": language, "next": "/"}
    answer = context.request.post("/taal", form=form)
    assert answer.ok


def _token(context: BrowserContext, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*? value="([^"]+)"', context.request.get(path).text())
    assert found
    return found[1]


def axe_complaints(page: Page) -> list[str]:
    """What axe-core finds wrong, in words."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE_REPORT, AXE_OPTIONS)
    if any("obscured" in one for one in found) and page.viewport_size:
        # A bar that stays in view lies over whatever is scrolled under it, and the reader scrolls
        # on; test_focus.py sees to it that no stop ends there. Without scrolling nothing may.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
        found = page.evaluate(_AXE_REPORT, AXE_OPTIONS)
    return found


def layout_complaints(page: Page) -> list[str]:
    """What sticks out, is cut off or does not fit, in words."""
    found: list[str] = page.evaluate(LAYOUT)
    return found
