"""The journeys with the keyboard alone: Tab, Enter, space, arrows and Escape.

Person.tab looks at every stop on the way: that the focus shows, that nothing lies over it, and
that it follows the order of reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from portal import clock
from portal.seeding import DEMO_PASSWORD
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
TITLE = "Begeleider van het koor in de huiskamer"
TEXT = (
    "Je zingt elke week met bewoners in de huiskamer. Je maakt met iedereen een praatje en je "
    "merkt het als iemand zich niet goed voelt. Je helpt bij het opruimen."
)


@pytest.mark.parametrize("options", [{}, {"size": PHONE, "axe": False}], ids=["desk", "phone"])
def test_ask_and_correct(someone: Callable[..., Person], options: dict[str, object]) -> None:
    visitor = someone(**options)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/")
    visitor.tab_to(visitor.link("Naar de inhoud"), most=1)
    keys.press("Enter")
    visitor.type(
        page.get_by_label("Wat kun je?"), "Ik kookte jaren voor mijn oma met alzheimer.", 3
    )
    visitor.type(page.get_by_label("Wat wil je?"), "Iets gezelligs met ouderen.", 2)
    visitor.type(page.get_by_label("Waar woon je?"), "Heerlen", 2)
    visitor.tab_to(visitor.button("Laat zien wat past"), most=4)
    visitor.press("Enter")
    visitor.heading("Dit past bij jou")

    # The answer itself is one link away, past the filters.
    visitor.tab_to(visitor.link("Naar de inhoud"), most=1)
    keys.press("Enter")
    visitor.tab_to(visitor.link("Naar de uitslag"), most=3)
    keys.press("Enter")
    first = page.locator("article[data-card]").first
    visitor.tab_to(first.get_by_role("heading").first.get_by_role("link"), most=25)
    fold = first.locator("summary").first
    visitor.tab_to(fold, most=6)
    opened = first.locator("details").first.get_attribute("open") is not None
    keys.press("Enter")
    reason = first.locator("[data-reason]").first
    expect(reason).to_be_visible(visible=not opened)
    if opened:
        keys.press("Enter")

    wrong = first.get_by_role("button", name="Klopt niet?").first
    row = wrong.locator("xpath=ancestor::li[@data-reason]").get_attribute("id")
    visitor.tab_to(wrong, most=15)
    keys.press("Enter")
    changed = page.locator(f"#{row}")
    expect(changed).to_contain_text("Jij zei: dit klopt niet.")
    # The focus stays where the reader was, and who listens hears what happened.
    undo = changed.get_by_role("button", name="Herstel")
    expect(undo).to_be_focused()
    expect(page.locator("#melding")).to_contain_text("meegeteld")
    keys.press("Enter")
    expect(changed.get_by_role("button", name="Klopt niet?")).to_be_focused()
    visitor.look()

    visitor.tab_to(page.get_by_role("link", name=re.compile("^Lees alles over deze plek")).first)
    visitor.press("Enter")
    visitor.tab_to(visitor.link("Kijk of het past"))
    visitor.press("Enter")
    visitor.heading("Past dit bij mij?")


@pytest.mark.parametrize("options", [{}, {"size": PHONE}], ids=["desk", "phone"])
def test_search_filter_and_open(someone: Callable[..., Person], options: dict[str, object]) -> None:
    visitor = someone(axe=False, **options)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/aanbod")
    everything = places(visitor)
    visitor.type(page.get_by_label("Zoek op woord, beroep of werkgever"), "keuken")
    keys.press("Enter")
    searched = fewer_than(visitor, everything)
    expect(page).to_have_url(re.compile("q=keuken"))
    focus_is_kept(visitor)

    panel = page.locator("#filters-vak")
    if not panel.locator("form").is_visible():
        visitor.tab_to(panel.locator("> summary"))
        keys.press("Enter")
    kinds = panel.locator("details.facet").filter(has_text="Soort werk")
    visitor.tab_to(kinds.locator("summary"))
    keys.press("Enter")
    visitor.tab_to(kinds.get_by_label("vacature"), most=2)
    keys.press("Space")
    visitor.tab_to(panel.get_by_role("button", name="Toon wat past"))
    keys.press("Enter")
    expect(page).to_have_url(re.compile("kind=vacancy"))
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert places(visitor) <= searched
    focus_is_kept(visitor)
    # Who listens hears how many there are now.
    expect(page.locator("#melding")).to_have_text(re.compile(r"\d+ plek"))

    chip = page.locator(".used").get_by_role("link", name="keuken")
    visitor.tab_to(chip)
    keys.press("Enter")
    expect(page).not_to_have_url(re.compile("q=keuken"))
    focus_is_kept(visitor)

    title = page.locator("article").get_by_role("heading").get_by_role("link").first
    name = title.inner_text()
    visitor.tab_to(title)
    visitor.press("Enter")
    visitor.heading(name)
    visitor.tab_to(page.locator("a.back"))
    visitor.press("Enter")
    assert visitor.path == "/aanbod"


def test_learning(someone: Callable[..., Person]) -> None:
    visitor = someone(axe=False)
    page = visitor.page
    visitor.go("/leren")
    visitor.type(page.get_by_label("Wat wil je leren?"), "dementie")
    visitor.press("Enter")
    activity = page.locator("main h3 a").first
    name = activity.inner_text()
    visitor.tab_to(activity)
    visitor.press("Enter")
    visitor.heading(name)
    visitor.tab_to(page.locator("a.back"))
    visitor.press("Enter")
    assert visitor.path == "/leren"


def test_the_menu_on_a_telephone(someone: Callable[..., Person]) -> None:
    visitor = someone(size=PHONE, axe=False)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/")
    menu = page.locator("details.menu")
    visitor.tab_to(menu.locator("summary"), most=3)
    keys.press("Enter")
    visitor.tab_to(menu.get_by_role("link", name="Aanbod", exact=True), most=1)
    keys.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.get_by_role("link").first).to_be_hidden()
    keys.press("Enter")
    visitor.tab_to(menu.get_by_role("button", name="English"), most=8)
    visitor.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_is_wrong_leads_to_its_field(someone: Callable[..., Person]) -> None:
    visitor = someone(axe=False)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/")
    visitor.type(page.get_by_label("Waar woon je?"), "Heerle n")
    visitor.press("Enter", status=422)
    expect(page.locator("[data-summary]")).to_be_focused()
    visitor.tab_to(page.locator("[data-summary] a").first, most=1)
    keys.press("Enter")
    expect(page.get_by_label("Wat kun je?")).to_be_focused()


def test_an_employer_signs_in_posts_changes_and_closes(someone: Callable[..., Person]) -> None:
    employer = someone(axe=False)
    page, keys = employer.page, employer.page.keyboard
    employer.go("/werkgever")
    employer.heading("Inloggen")
    employer.type(page.get_by_label("E-mailadres"), "werkgever@bekwaam.example")
    employer.type(page.get_by_label("Wachtwoord"), DEMO_PASSWORD, 3)
    employer.press("Enter")
    employer.heading("Mijn aanbod")

    employer.tab_to(employer.link("Plaats een plek").first)
    employer.press("Enter")
    employer.type(page.get_by_label("Titel"), TITLE)
    employer.type(page.get_by_label("Vacaturetekst"), TEXT, 5)
    employer.tab_to(employer.button("Stel eisen voor uit mijn tekst"))
    employer.press("Enter")
    rows = page.locator("fieldset.reqedit")
    proposed = rows.count()
    assert proposed
    employer.type(rows.first.get_by_label("In jullie woorden"), "Je zingt graag")
    # What was proposed and is not needed goes with the space bar.
    keep = rows.nth(proposed - 1).get_by_label("Neem deze eis op")
    if proposed > 1:
        employer.tab_to(keep)
        keys.press("Space")
        expect(keep).not_to_be_checked()
    employer.type(page.get_by_label("Uren per week, vanaf"), "16")
    employer.type(page.get_by_label("Uren per week, tot"), "24", 2)
    last_day = clock.local_date(clock.now()) + timedelta(days=30)
    date = page.get_by_label("Laatste dag om te reageren")
    employer.tab_to(date)
    type_date(employer, date, last_day.isoformat())
    employer.tab_to(employer.button("Zet online"))
    employer.press("Enter")
    expect(page.get_by_text("Je plek staat online.")).to_be_visible()

    row = page.locator("li.job").filter(has_text=TITLE)
    employer.tab_to(row.get_by_role("link", name="Bewerk"), most=300)
    employer.press("Enter")
    employer.type(page.get_by_label("Titel"), f"{TITLE} en het orkest")
    employer.tab_to(employer.button("Bewaar en toon meteen"), most=300)
    employer.press("Enter")

    ask = page.locator("li.job").filter(has_text="orkest").get_by_role("link", name="Sluit")
    employer.tab_to(ask, most=300)
    keys.press("Enter")
    # The question comes over the page; Escape is "no", and leads back to where the reader was.
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    focus_is_kept(employer)
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(ask).to_be_focused()
    keys.press("Enter")
    expect(dialog).to_be_visible()
    employer.tab_to(dialog.get_by_role("button", name="Sluit: de plek vervalt"), most=4)
    employer.press("Enter")
    expect(page.locator("[data-flashes]")).to_contain_text("gesloten")


def type_date(person: Person, field: Locator, day: str) -> None:
    """Type a date in its parts, in the order that this browser shows them."""
    keys = person.page.keyboard
    year, month, number = day.split("-")
    for parts in (number + month, month + number):
        for _ in range(3):
            keys.press("ArrowLeft")
        keys.type(parts + year)
        if field.input_value() == day:
            return
    raise AssertionError(f"the field holds {field.input_value()}")


def places(visitor: Person) -> int:
    """How many places the page says that there are."""
    words = visitor.page.get_by_role("heading", name=re.compile(r"^\d+ plek")).inner_text()
    return int(words.split()[0])


def fewer_than(visitor: Person, before: int) -> int:
    """Wait until the list is shorter; return how long it is."""
    expect(visitor.page.get_by_role("heading", name=re.compile(rf"^{before} plek"))).to_have_count(
        0
    )
    return places(visitor)


def focus_is_kept(visitor: Person) -> None:
    """After a change in the page the reader is somewhere, not at the top of the document."""
    expect(visitor.page.locator("[aria-busy=true]")).to_have_count(0)
    where = visitor.page.evaluate("() => document.activeElement.localName")
    assert where != "body", "the focus is lost"
