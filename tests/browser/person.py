"""Somebody with a browser. Every page that they see is checked before they go on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.browser import stops

PATIENCE = 30_000
"""Milliseconds: other work may keep the machine busy."""
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

expect.set_options(timeout=PATIENCE)


class Person:
    """Opens pages, follows links and sends forms.

    `look` checks the page that is shown. Going on before looking is an error of the test, so
    no page of a journey stays unchecked. `axe` says whether axe-core looks as well: test_pages.py
    shows it every page, so in a journey it is for what the journey itself brings about, once.
    """

    def __init__(
        self,
        browser: Browser,
        base: str,
        *,
        script: bool = True,
        size: dict[str, int] = DESK,
        dark: bool = False,
        axe: bool = True,
    ) -> None:
        self.base = base
        self._axe = axe
        self._script = script
        self._context = browser.new_context(
            base_url=base,
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="nl-NL",
        )
        self._context.set_default_timeout(PATIENCE)
        self._twin: Page | None = None
        self.page = self._context.new_page()
        self.complaints: list[str] = []
        self._allowed: set[int] = set()
        self._unseen: str | None = None
        self._stop: stops.Stop | None = None
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._request)

    # What they do.

    def go(self, path: str, *, status: int = 200) -> None:
        """Open a page by its address."""
        self._allowed.add(status)
        response = self.page.goto(path)
        assert response
        assert response.status == status
        self.look()

    def follow(self, what: Locator, *, status: int = 200) -> None:
        """Click on something that leads to another page."""
        self._allowed.add(status)
        with self.page.expect_navigation() as arrival:
            what.click()
        self._arrived(arrival.value, status)

    def press(self, key: str, *, status: int = 200) -> None:
        """Press a key that leads to another page."""
        self._allowed.add(status)
        with self.page.expect_navigation() as arrival:
            self.page.keyboard.press(key)
        self._arrived(arrival.value, status)

    def _arrived(self, response: Response | None, status: int) -> None:
        if response is None:
            # The page changed in place: another address, the same document.
            expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
            where = self.page.evaluate("() => document.activeElement.localName")
            assert where != "body", f"{self.page.url}: the focus is lost"
        assert status == (response.status if response else 200)
        self.look()

    def tab(self) -> stops.Stop | None:
        """Press Tab; return where that leads, after seeing that it can be seen and follows.

        None at the end of the page.
        """
        self.page.keyboard.press("Tab")
        before, self._stop = self._stop, stops.here(self.page)
        if self._stop is not None:
            stops.check(self.page, before, self._stop)
        return self._stop

    def tab_to(self, what: Locator, most: int = 150) -> None:
        """Press Tab until something has the focus."""
        self._stop = None
        for _ in range(most):
            self.tab()
            if what.evaluate("it => it === document.activeElement"):
                return
        raise AssertionError(f"{what} is not reached with Tab")

    def type(self, what: Locator, text: str, most: int = 150) -> None:
        """Tab to a field and type, in the place of what stands there."""
        self.tab_to(what, most)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def heading(self, text: str) -> None:
        """See the heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    # What is checked.

    def look(self) -> None:
        """Check the page: readable for everybody, not wider than the screen, no complaints."""
        self.page.wait_for_load_state("load")
        self._unseen = None
        wide = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide"
        if self._axe:
            results = Axe().run(self._for_axe(), options=AXE_OPTIONS)
            assert results.violations_count == 0, f"{self.page.url}\n{results.generate_report()}"
        assert not self.complaints, "\n".join(self.complaints)

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong."""
        unseen, complaints = self._unseen, list(self.complaints)
        self._context.close()
        assert not complaints, "\n".join(complaints)
        assert unseen is None, f"{unseen} was not looked at"

    def _for_axe(self) -> Page:
        if self._script:
            return self.page
        # axe is a script. Without scripts it looks at the same document in a browser with them.
        if self._twin is None:
            browser = self._context.browser
            assert browser
            context = browser.new_context(viewport=self.page.viewport_size, reduced_motion="reduce")
            self._context.on("close", lambda _context: context.close())
            self._twin = context.new_page()
        document = self.page.content()
        self._twin.unroute_all()
        self._twin.route("**/bekwaam.js", lambda route: route.abort())
        self._twin.route(
            self.page.url, lambda route: route.fulfill(body=document, content_type="text/html")
        )
        self._twin.goto("about:blank")
        self._twin.goto(self.page.url)
        return self._twin

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports a page with an error status as if it were an error of ours.
        expected = (f"the server responded with a status of {code} " for code in self._allowed)
        if message.type in ("error", "warning") and not any(e in message.text for e in expected):
            self.complaints.append(f"console: {message.text} ({message.location})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "data:")):
            self.complaints.append(f"{self.page.url} asks another host: {request.url}")
        # A page in a frame is a part of the page that is looked at.
        own = request.is_navigation_request() and request.frame == self.page.main_frame
        if own and request.redirected_from is None:
            if self._unseen is not None:
                self.complaints.append(f"{self._unseen} was left before it was looked at")
            self._unseen = request.url


def cards(page: Page) -> list[str]:
    """The opportunities on a page of matches, in order."""
    found: Any = page.locator("article[data-card]").evaluate_all("all => all.map(it => it.id)")
    return list(found)
