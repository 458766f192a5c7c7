"""An employer pastes a text, chooses what it asks, tries it as a draft, posts it, closes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from portal import clock
from portal.seeding import DEMO_PASSWORD
from tests.browser.person import PHONE, Person, cards

pytestmark = pytest.mark.browser
TITLE = "Verzorger van de ezels op de zorgboerderij"
TEXT = (
    "Op onze zorgboerderij verzorg je samen met bewoners de ezels en de kippen. Je maakt de "
    "stal schoon en je wandelt met een ezel door het dorp. Je ontvangt bezoekers en maakt met "
    "iedereen een praatje. Je merkt het als iemand zich niet goed voelt en je vertelt het aan de "
    "begeleider. Je schrijft aan het einde van de dag op wat je hebt gezien."
)
OWN_WORDS = "Je durft een ezel vast te houden"


def test_without_an_account_the_door_is_shut(visitor: Person) -> None:
    visitor.go("/werkgever")
    visitor.heading("Inloggen")
    visitor.page.get_by_label("E-mailadres").fill("werkgever@bekwaam.example")
    visitor.page.get_by_label("Wachtwoord").fill("niet-het-wachtwoord")
    visitor.follow(visitor.page.locator("main").get_by_role("button", name="Inloggen"))
    expect(visitor.page.get_by_role("alert").first).to_contain_text("horen niet bij elkaar")
    expect(visitor.page.get_by_label("E-mailadres")).to_have_value("werkgever@bekwaam.example")


@pytest.mark.parametrize(
    "options",
    [{}, {"script": False, "axe": False}, {"size": PHONE, "axe": False}],
    ids=["desk", "without-script", "phone"],
)
def test_from_a_text_to_a_match(someone: Callable[..., Person], options: dict[str, object]) -> None:
    employer, visitor = someone(**options), someone()
    link = ask(visitor)
    sign_in(employer)

    employer.follow(employer.link("Plaats een plek").first)
    propose(employer)
    employer.follow(employer.button("Bewaar als concept"))
    expect(employer.page.get_by_text("Je concept is bewaard.")).to_be_visible()
    slug = employer.path.split("/")[3]
    expect(employer.page.get_by_label("In jullie woorden").first).to_have_value(OWN_WORDS)
    visitor.go(f"/aanbod/{slug}", status=404)
    visitor.go(link)
    assert f"plek-{slug}" not in cards(visitor.page)

    employer.follow(employer.link("Bekijk wat bewaard is"))
    employer.heading(TITLE)
    employer.follow(employer.page.locator("a.back"))
    complete(employer)
    employer.follow(employer.button("Zet online"))
    expect(employer.page.get_by_text("Je plek staat online.")).to_be_visible()

    visitor.go(link)
    assert cards(visitor.page)[0] == f"plek-{slug}"
    card = visitor.page.locator(f"#plek-{slug}")
    expect(card.get_by_text(OWN_WORDS).first).to_be_visible()

    row = employer.page.locator("li.job").filter(has_text=TITLE).filter(has_text="reageren")
    close = row.get_by_role("link", name="Sluit")
    if options.get("script", True):
        close.click()
    else:
        employer.follow(close)
    employer.follow(employer.button("Sluit: de plek vervalt"))
    visitor.go(link)
    assert f"plek-{slug}" not in cards(visitor.page)
    visitor.go(f"/aanbod/{slug}", status=410)


def ask(visitor: Person) -> str:
    """Ask for what is going to be posted; return the kept link."""
    visitor.go("/")
    visitor.page.get_by_label("Wat kun je?").fill(
        "Ik heb zelf ezels gehad en ik maakte elke dag de stal schoon. "
        "Op de zorgboerderij wandelde ik met een ezel door het dorp."
    )
    visitor.follow(visitor.button("Laat zien wat past"))
    return visitor.path


def sign_in(employer: Person) -> None:
    employer.go("/inloggen")
    employer.page.get_by_label("E-mailadres").fill("werkgever@bekwaam.example")
    employer.page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
    employer.follow(employer.page.locator("main").get_by_role("button", name="Inloggen"))
    employer.heading("Mijn aanbod")


def rows(employer: Person) -> Locator:
    return employer.page.locator("fieldset.reqedit")


def propose(employer: Person) -> None:
    """Paste the text; accept what is proposed, change one, drop one, add one."""
    page = employer.page
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label("Vacaturetekst").fill(TEXT)
    employer.follow(employer.button("Stel eisen voor uit mijn tekst"))
    expect(page.get_by_label("Titel")).to_have_value(TITLE)
    expect(page.get_by_label("Vacaturetekst")).to_have_value(TEXT)
    proposed = rows(employer).count()
    assert proposed >= 3
    # Each proposal shows the sentence that it was read in.
    quoted = rows(employer).locator(".hint q").all_text_contents()
    assert len(quoted) == proposed
    assert all(sentence.strip(" .…") in TEXT for sentence in quoted)

    rows(employer).nth(0).get_by_label("In jullie woorden").fill(OWN_WORDS)
    rows(employer).nth(1).get_by_label("Neem deze eis op").uncheck()
    employer.follow(employer.button("Nog een eis"))
    assert rows(employer).count() == proposed + 1
    expect(rows(employer).nth(1).get_by_label("Neem deze eis op")).not_to_be_checked()
    rows(employer).last.get_by_label("In jullie woorden").fill("Je kunt tegen de geur van mest")


def complete(employer: Person) -> None:
    """What others need to know, told where it lacks."""
    page = employer.page
    kept = rows(employer).count()
    employer.follow(employer.button("Zet online"), status=422)
    summary = page.locator("[data-summary]")
    expect(summary).to_contain_text("Vul in hoeveel uur per week het werk is.")
    assert rows(employer).count() == kept
    page.get_by_label("Uren per week, vanaf").fill("16")
    page.get_by_label("Uren per week, tot").fill("24")
    last_day = clock.local_date(clock.now()) + timedelta(days=30)
    page.get_by_label("Laatste dag om te reageren").fill(last_day.isoformat())
