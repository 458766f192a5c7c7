"""What a page of the catalogue is: how to open it, who may, and the states that it can be in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from portal.accounts.models import RoleName
from portal.permissions import ROLE_PERMISSIONS, Permission
from tests.browser.region import Region

if TYPE_CHECKING:
    from playwright.sync_api import Page

Role = RoleName | None
"""Who looks; None for somebody who is not signed in."""
LANGUAGES: Final = ("nl", "en")
THEMES: Final = ("light", "dark")
WIDTHS: Final = (1280, 390)


@dataclass(frozen=True)
class View:
    """A state of a page.

    `then` does what brings the page there once it is open. `needs_script`: it is not there
    without. `account`: whose it is, instead of the role's account of the demo region. `by`:
    only these roles. `strained`: it shows what `strain` added.
    """

    name: str
    path: Callable[[Region], str]
    status: int = 200
    then: Callable[[Page], None] | None = None
    needs_script: bool = False
    account: str | None = None
    by: tuple[Role, ...] | None = None
    strained: bool = False


@dataclass(frozen=True)
class CataloguePage:
    """A page: an endpoint that answers a GET with HTML, or a page of the house (None).

    `same_for_all`: what it shows is the same for every role, so each role opens it, but roles
    are not paired with everything else.
    """

    name: str
    endpoint: str | None
    views: tuple[View, ...]
    needs: Permission | None = None
    signed_out: bool = False
    same_for_all: bool = False
    title: str = ""
    purpose: str = ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who can open it, by the table of permissions."""
        if self.signed_out:
            return (None,)
        if self.needs is None:
            return (None, *RoleName)
        return tuple(role for role in RoleName if self.needs in ROLE_PERMISSIONS[role])

    @property
    def main(self) -> bool:
        """Whether it stands in the tour. Of these every two values are tried together.

        Of the others each value is tried: they share their parts with the main pages.
        """
        return bool(self.title)


@dataclass(frozen=True)
class Visit:
    """One way to look at a page. `unfolded`: with everything open that can be opened."""

    page: CataloguePage = field(repr=False)
    view: View = field(repr=False)
    role: Role = None
    language: str = "nl"
    theme: str = "light"
    width: int = 1280
    script: bool = True
    unfolded: bool = False

    @property
    def name(self) -> str:
        """Its name in the list of tests."""
        words = [self.page.name, self.view.name, self.role or "visitor", self.language]
        words += [self.theme, str(self.width), "script" if self.script else "no-script"]
        return "-".join([*words, "unfolded"] if self.unfolded else words)


def at(path: str) -> Callable[[Region], str]:
    """An address that is the same everywhere, or that names facts of the region in braces."""
    return lambda region: path.format_map(region.names)


def send(form: str, **typed: str) -> Callable[[Page], None]:
    """Fill in fields of a form by name, and send it with its first or the named button."""

    def act(page: Page) -> None:
        box = page.locator(form)
        for name, value in typed.items():
            if name != "action":
                box.locator(f"[name={name}]").fill(value)
        choice = f"[value={typed['action']}]" if "action" in typed else ""
        # By its own button, as people do; also where a small screen has folded it away.
        with page.expect_navigation():
            box.locator(f"button[type=submit]{choice}").first.click()

    return act


def grown_old(page: Page) -> None:
    """Send a form that was opened so long ago that nobody can tell whose it is."""
    page.locator("#vraag [name=csrf_token]").evaluate("it => { it.value = 'oud'; }")
    send("#vraag", skills="Ik kook graag voor anderen.")(page)


def ask_in_a_dialog(page: Page) -> None:
    """Follow the first link that asks for a confirmation, folded away or not."""
    page.locator("main a[data-dialog]").first.evaluate("it => it.click()")
    page.locator("dialog[open] h1, dialog[open] h2").first.wait_for()


def open_the_picker(page: Page) -> None:
    """Go into the first field that picks tags, so that its list shows."""
    page.locator("[role=combobox]").first.press("ArrowDown")
    page.locator("[role=listbox]").first.wait_for()


MAIN_FORM = "main form:not(.lang)"
