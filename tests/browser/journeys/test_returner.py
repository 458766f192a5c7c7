"""A returner: what still counts, what to refresh, and an opening whose route says the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.journeys.town import Town, sign_in
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
EXPIRED = "Bekwaam in injecteren en katheters"
PAPER = "Reanimatie, opnieuw gehaald"
ABILITY = "Reanimeert en gebruikt een AED"
OPENING = "Terug in de thuiszorg: verzorgende in Meerssen en Bunde"


def test_a_returner_learns_what_to_refresh(town: Town, arrive: Callable[..., Person]) -> None:
    marja = arrive(size=PHONE, axe=town.checked)
    sign_in(marja, "herintreder@bekwaam.example")
    from_her_route_to_what_still_counts(marja)
    courses = what_is_gone_and_how_it_comes_back(marja)
    add_a_paper(town, marja)
    find_an_opening_that_says_the_same(marja, courses)


def from_her_route_to_what_still_counts(marja: Person) -> None:
    """Her route tells a returner what is hers, and leads to what she still has."""
    marja.heading("Mijn route")
    expect(marja.page.get_by_text("Praat over terugkomen").first).to_be_visible()
    marja.follow(marja.link("Wat telt nog van vroeger?"))
    marja.heading("Wat telt nog van vroeger?")
    diploma = card(marja, "Dit telt", "Verzorgende IG")
    expect(diploma).to_contain_text("Een diploma verloopt niet.")
    expect(diploma.get_by_role("link", name="Terug als verzorgende")).to_be_visible()
    work = card(marja, "Dit fris je op of verleng je", "Verzorgende in de wijk")
    expect(work).to_contain_text("langer dan vijf jaar geleden")


def what_is_gone_and_how_it_comes_back(marja: Person) -> set[str]:
    """An expired paper names the courses that bring it back; one is opened. Returns them all."""
    gone = card(marja, "Dit is verlopen", EXPIRED)
    expect(gone).to_contain_text("Wat je leerde, blijft")
    expect(gone).to_contain_text("Hiermee haal je het weer op.")
    courses = addresses(gone)
    course = gone.get_by_role("listitem").get_by_role("link").first
    title = course.inner_text()
    marja.follow(course)
    marja.heading(title)
    papers = marja.page.get_by_role("region", name="Dit papier krijg je")
    expect(papers).to_contain_text("voorbehouden handelingen")
    return courses


def add_a_paper(town: Town, marja: Person) -> None:
    """A paper with an end counts until then, and stands with what it shows."""
    marja.go("/portfolio")
    expect(ability(marja)).not_to_contain_text(PAPER)
    marja.follow(marja.link("Wat telt nog van vroeger?"))
    marja.follow(marja.link("Voeg nog iets van vroeger toe"))
    marja.follow(marja.page.get_by_role("link", name="Certificaat", exact=True))
    marja.page.get_by_label("Welk certificaat?").fill(PAPER)
    marja.page.get_by_label("Gehaald in").fill(town.day(days=-20))
    marja.page.get_by_label("Geldig tot en met").fill(town.day(days=345))
    marja.page.get_by_role("combobox", name="Wat laat dit zien?").fill("reanim")
    marja.page.get_by_role("option", name=ABILITY).click()
    marja.follow(marja.button("Bewaar"))
    marja.go("/portfolio/wat-telt-nog")
    expect(card(marja, "Dit telt", PAPER)).to_contain_text("Dit telt tot en met")
    marja.follow(marja.link("Jouw portfolio"))
    expect(ability(marja)).to_contain_text(PAPER)


def find_an_opening_that_says_the_same(marja: Person, courses: set[str]) -> None:
    """What fits opens with a route, and the route has a course that she read about before."""
    marja.go("/mijn-route")
    marja.follow(marja.link("Bekijk wat past"))
    plek = marja.page.locator("article[data-card]").filter(has_text=OPENING)
    expect(plek).to_contain_text("Diploma Verzorgende IG")
    marja.follow(plek.get_by_role("link", name="Waarom past dit?"))
    route = plek.locator(".route")
    expect(route).to_contain_text("Wat ontbreekt, en hoe je het leert")
    same = addresses(route) & courses
    assert same, f"{addresses(route)} has none of {courses}"
    marja.follow(route.locator(f"a[href='{same.pop()}']"))
    expect(marja.page.get_by_role("region", name="Dit kun je daarna")).to_be_visible()


def card(marja: Person, heading: str, title: str) -> Locator:
    """What she has, under a heading of what still counts."""
    under = marja.page.get_by_role("region", name=re.compile(rf"^{heading} \(\d+\)"))
    return under.locator(".still").filter(has=marja.page.get_by_role("link", name=title))


def ability(marja: Person) -> Locator:
    """What she can, in her portfolio."""
    return marja.page.locator(".skill").filter(has_text=ABILITY)


def addresses(part: Locator) -> set[str]:
    """The learning activities that a part of a page leads to."""
    found = part.locator("a[href^='/leren/']").evaluate_all(
        "all => all.map(it => it.getAttribute('href'))"
    )
    assert found, part
    return set(found)
