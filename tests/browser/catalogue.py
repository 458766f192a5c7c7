"""Every page of the portal: how to open it, who may, and the states that it can be in.

The checks for everybody, the widths, the weights and the tour all take their pages from here.
A page that is not here fails tests/architecture/test_catalogue.py.

To add a page: a line in PAGES with its endpoint, who may open it (`needs`, None for everybody) and
its views. The first view is the page as most people meet it. Give it a title and a purpose when
it belongs in docs/tour.md; `make tour` takes its pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from portal.accounts.models import RoleName
from portal.permissions import ROLE_PERMISSIONS, Permission
from tests.browser.pairs import cover
from tests.browser.region import EMPTY, FULL, WORD, Region

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
        """Whether it stands in the tour."""
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
    return lambda region: path.format_map(vars(region))


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


def gallery(group: str, *more: View) -> CataloguePage:
    """Return a page with components of one group."""
    return CataloguePage(
        f"bouwstenen-{group}",
        f"gallery.{group}",
        (View("plain", at(f"/bouwstenen/{group}")), *more),
        same_for_all=True,
    )


MAIN_FORM = "main form:not(.lang)"
FAR_TOO_LONG = "lang " * 60
PASTED = (
    "Op onze zorgboerderij verzorg je samen met bewoners de ezels. Je maakt de stal schoon. Je "
    "ontvangt bezoekers en maakt met iedereen een praatje. Je merkt het als iemand zich niet goed "
    "voelt en je vertelt het aan de begeleider. Je schrijft op wat je hebt gezien."
)
SIGNED_OUT: Final[tuple[Role, ...]] = (None,)
MANAGE = Permission.OPPORTUNITY_MANAGE

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "start",
        "matching.home",
        (
            View("plain", at("/")),
            View(
                "errors",
                at("/"),
                422,
                send("#vraag", skills="", place="Heerle n", hours="80"),
            ),
        ),
        title="Begin",
        purpose="Write in your own words what you can and what you want; nobody needs an account.",
    ),
    CataloguePage(
        "uitslag",
        "matching.result",
        (
            View("plain", at("/passend/{answer}")),
            View("corrected", at("/passend/{corrected}")),
            View("page-2", at("/passend/{answer}?distance=0&hours=&page=2")),
            View("filtered", at("/passend/{answer}?kind=vacancy&part=day&distance=40")),
            View("nothing", at("/passend/{nothing}?distance=5")),
            View("errors", at("/passend/{answer}?hours=99"), 422),
            View("long", at("/passend/{long}?distance=0&hours="), strained=True),
            View("gone", at("/passend/{expired}"), 410),
            View("dialog", at("/passend/{answer}"), then=ask_in_a_dialog, needs_script=True),
        ),
        title="Dit past bij jou",
        purpose="What fits, in order: each with why, what is missing, and how that is learnt.",
    ),
    CataloguePage(
        "tekst",
        "matching.change",
        (
            View("plain", at("/passend/{answer}/tekst")),
            View("errors", at("/passend/{answer}/tekst"), 422, send("#vraag", hours="80")),
            View("gone", at("/passend/{expired}/tekst"), 410),
        ),
    ),
    CataloguePage(
        "wis-tekst",
        "matching.ask_forget",
        (
            View("plain", at("/passend/{answer}/wissen")),
            View("gone", at("/passend/{expired}/wissen"), 410),
        ),
    ),
    CataloguePage(
        "past-dit",
        "matching.fits",
        (
            View("plain", at("/aanbod/{opening}/past-dit?aanvraag={answer}")),
            View("asks", at("/aanbod/{opening}/past-dit")),
            View("errors", at("/aanbod/{opening}/past-dit"), 422, send("#vraag", skills="")),
            View("long", at("/aanbod/{strained}/past-dit?aanvraag={long}"), strained=True),
        ),
        title="Past dit bij mij?",
        purpose="One opening beside one's own text: what shows already, and what can be learnt.",
    ),
    CataloguePage(
        "aanbod",
        "opportunities.browse",
        (
            View("plain", at("/aanbod")),
            View("filtered", at("/aanbod?place=Heerlen&distance=15&kind=vacancy&part=day")),
            View("nothing", at("/aanbod?q=zeppelin")),
            View("errors", at("/aanbod?place=Atlantis&distance=10&hours=99"), 422),
            View("long", at(f"/aanbod?q={WORD}&place=Groningen"), strained=True),
        ),
        title="Aanbod",
        purpose="Everything that is open in the region, to look around in.",
    ),
    CataloguePage(
        "plek",
        "opportunities.show",
        (
            View("plain", at("/aanbod/{opening}?aanvraag={answer}")),
            View("english", at("/aanbod/{english}")),
            View("closed", at("/aanbod/{closed}"), 410),
            View("long", at("/aanbod/{strained}?aanvraag={long}"), strained=True),
            View("bare", at("/aanbod/{strained_poor}"), strained=True),
        ),
        title="Een plek",
        purpose="All about one opening: the week, the pay, the way there and what is asked.",
    ),
    CataloguePage(
        "leren",
        "learning.index",
        (
            View("plain", at("/leren")),
            View("nothing", at("/leren?q=zeppelin")),
            View("errors", at("/leren?q=" + FAR_TOO_LONG.replace(" ", "+")), 422),
        ),
        title="Leren",
        purpose="What can be learnt in the region, from an afternoon to years with a wage.",
    ),
    CataloguePage(
        "leeractiviteit",
        "learning.show",
        (View("plain", at("/leren/{activity}")),),
        title="Een leeractiviteit",
        purpose="What one learns, how long it takes, who pays, and which work it opens.",
    ),
    CataloguePage(
        "inloggen",
        "security.login",
        (
            View("plain", at("/inloggen")),
            View("sent-here", at("/werkgever")),
            View(
                "errors",
                at("/inloggen"),
                then=send(MAIN_FORM, email="werkgever@bekwaam.example", password="niet-goed"),
            ),
            View("empty", at("/inloggen"), then=send(MAIN_FORM, email="", password="")),
        ),
        signed_out=True,
        title="Inloggen",
        purpose="For who has an account, such as employers.",
    ),
    CataloguePage(
        "account-maken",
        "security.register",
        (
            View("plain", at("/account-maken")),
            View(
                "errors",
                at("/account-maken"),
                then=send(MAIN_FORM, email="geen-adres", password="kort", password_confirm="an"),
            ),
        ),
        signed_out=True,
        title="Maak een account",
        purpose="An e-mail address and a password are enough.",
    ),
    CataloguePage(
        "wachtwoord-vergeten",
        "security.forgot_password",
        (
            View("plain", at("/wachtwoord-vergeten")),
            View("errors", at("/wachtwoord-vergeten"), then=send(MAIN_FORM, email="geen-adres")),
            View("old-link", at("/wachtwoord-vergeten/bestaat-niet")),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "nieuw-wachtwoord",
        "security.reset_password",
        (
            View("plain", at("/wachtwoord-vergeten/{reset}")),
            View(
                "errors",
                at("/wachtwoord-vergeten/{reset}"),
                then=send(MAIN_FORM, password="kort", password_confirm="anders"),
            ),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "e-mail-bevestigen",
        "security.send_confirmation",
        (
            View("plain", at("/e-mail-bevestigen")),
            View("errors", at("/e-mail-bevestigen"), then=send(MAIN_FORM, email="geen-adres")),
        ),
        signed_out=True,
    ),
    CataloguePage(
        "mijn-aanbod",
        "employer.index",
        (
            View("plain", at("/werkgever")),
            View("full", at("/werkgever"), account=FULL, strained=True),
            View("empty", at("/werkgever"), account=EMPTY, strained=True),
            View("dialog", at("/werkgever"), then=ask_in_a_dialog, needs_script=True),
        ),
        needs=MANAGE,
        title="Mijn aanbod",
        purpose="What an employer offers now, has closed, and still prepares.",
    ),
    CataloguePage(
        "plaats-een-plek",
        "employer.new",
        (
            View("plain", at("/werkgever/aanbod/nieuw")),
            View(
                "errors",
                at("/werkgever/aanbod/nieuw"),
                422,
                send("main form.card", title="", hours_min="99", action="publish"),
            ),
            View(
                "proposed",
                at("/werkgever/aanbod/nieuw"),
                then=send("main form.card", text=PASTED, action="propose"),
            ),
        ),
        needs=MANAGE,
        title="Plaats een plek",
        purpose="An employer pastes a text; the portal proposes what it asks for.",
    ),
    CataloguePage(
        "bewerk-een-plek",
        "employer.edit",
        (
            View("plain", at("/werkgever/aanbod/{own_draft}/bewerken")),
            View("online", at("/werkgever/aanbod/{own}/bewerken")),
            View(
                "errors",
                at("/werkgever/aanbod/{own}/bewerken"),
                422,
                send("main form.card", title="", hours_min="99", action="save"),
            ),
            View(
                "long",
                at("/werkgever/aanbod/{strained_own}/bewerken"),
                account=FULL,
                strained=True,
            ),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "voorbeeld",
        "employer.preview",
        (
            View("plain", at("/werkgever/aanbod/{own}")),
            View("draft", at("/werkgever/aanbod/{own_draft}")),
            View("long", at("/werkgever/aanbod/{strained_own}"), account=FULL, strained=True),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "sluit-een-plek",
        "employer.ask_close",
        (
            View("plain", at("/werkgever/aanbod/{own}/sluiten")),
            View(
                "long",
                at("/werkgever/aanbod/{strained_own}/sluiten"),
                account=FULL,
                strained=True,
            ),
        ),
        needs=MANAGE,
    ),
    CataloguePage(
        "woorden",
        "glossary.index",
        (View("plain", at("/woorden")),),
        same_for_all=True,
        title="Woorden uitgelegd",
        purpose="The words of care and of its schools, each in one or two plain sentences.",
    ),
    CataloguePage(
        "toegankelijkheid",
        "site.accessibility",
        (View("plain", at("/toegankelijkheid")),),
        same_for_all=True,
        title="Toegankelijkheid",
        purpose="What works for everybody, what does not yet, and where to say so.",
    ),
    CataloguePage(
        "bouwstenen",
        "gallery.index",
        (View("plain", at("/bouwstenen")),),
        same_for_all=True,
        title="Bouwstenen",
        purpose="Every component in every state, with when to use it and when not.",
    ),
    gallery("basis"),
    gallery(
        "invullen",
        View("picking", at("/bouwstenen/invullen"), then=open_the_picker, needs_script=True),
    ),
    gallery(
        "melden",
        View("undo", at("/bouwstenen/melden"), then=send("form[action$='/proberen']")),
        View("dialog", at("/bouwstenen/melden"), then=ask_in_a_dialog, needs_script=True),
    ),
    gallery("vinden"),
    gallery("dossier"),
    gallery("beelden"),
    CataloguePage(
        "bouwstenen-vraag",
        "gallery.ask",
        (View("plain", at("/bouwstenen/vraag")),),
        same_for_all=True,
    ),
    CataloguePage(
        "fout",
        None,
        (
            View("not-there", at("/bestaat-niet"), 404),
            View("not-yours", at("/werkgever"), 403, by=(RoleName.CANDIDATE, RoleName.COACH)),
            View("grown-old", at("/"), 400, grown_old),
        ),
    ),
)

EXCEPTIONS: Final[dict[str, str]] = {
    "static": "files, not pages",
    "assets.bundle": "the stylesheet and the script",
    "site.status": "JSON, for whoever watches the portal",
    "accounts.after_sign_in": "leads on to another page",
    "security.confirm_email": "the link in the mail; leads on to another page",
}
"""Endpoints that answer a GET without a page of their own, each with the reason."""


def visits(page: CataloguePage) -> tuple[Visit, ...]:
    """Return the ways to look at a page: every value, and every two values together.

    What a role changes is the frame around the page, the same in all its states. So every role
    meets every language, theme, size and the rest, and every state meets these too, but not
    every role every state.
    """
    factors = (page.views, page.roles, LANGUAGES, THEMES, WIDTHS, (True, False), (False, True))

    def allowed(row: tuple[object, ...]) -> bool:
        view, role, script, unfolded = row[0], row[1], row[5], row[6]
        assert isinstance(view, View)
        if view.by is not None and role not in view.by:
            return False
        return not view.needs_script or (bool(script) and not unfolded)

    def together(one: int, other: int) -> bool:
        return (one, other) != (0, 1) and not (page.same_for_all and 1 in (one, other))

    rows = cover(factors, allowed=allowed, together=together)
    return tuple(Visit(page, *row) for row in rows)


def first_visit(page: CataloguePage, view: View) -> Visit:
    """Return the plainest way to look at a view: who can, in Dutch, light, at a desk."""
    role = (view.by or page.roles)[0]
    return Visit(page, view, role)
