"""Asking first: a dialog with script, a page without it. And taking back what can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from portal.seeding import DEMO_PASSWORD
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
CLOSE = re.compile("^Sluit")


def desk(employer: Person) -> None:
    """Sign in as an employer."""
    employer.go("/inloggen")
    employer.page.get_by_label("E-mailadres").fill("werkgever@bekwaam.example")
    employer.page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
    employer.follow(employer.page.locator("main").get_by_role("button", name="Inloggen"))


@pytest.mark.parametrize("options", [{}, {"size": PHONE, "dark": True}], ids=["desk", "phone"])
def test_closing_is_asked_in_a_dialog_and_can_be_undone(
    someone: Callable[..., Person], options: dict[str, object]
) -> None:
    employer = someone(**options)
    page, keys = employer.page, employer.page.keyboard
    desk(employer)
    link = page.get_by_role("link", name=CLOSE).first
    about = (link.text_content() or "").partition(":")[2].strip()
    here = page.url

    link.focus()
    keys.press("Enter")
    box = page.get_by_role("dialog", name="Sluit deze plek?")
    expect(box).to_contain_text(about)
    expect(box.get_by_role("link", name="Nee, laat open")).to_be_focused()
    employer.look()
    keys.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(link).to_be_focused()

    keys.press("Enter")
    box.get_by_role("link", name="Nee, laat open").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(link).to_be_focused()
    assert page.url == here

    keys.press("Enter")
    employer.follow(box.get_by_role("button", name="Sluit: de plek vervalt"))
    told = page.locator("[data-flashes]")
    expect(told).to_contain_text("is gesloten")
    employer.follow(told.get_by_role("button", name="Maak ongedaan"))
    expect(told).to_contain_text("staat online")
    expect(page.get_by_role("link", name=CLOSE).filter(has_text=about).first).to_be_visible()


def test_without_script_the_question_is_a_page(someone: Callable[..., Person]) -> None:
    employer = someone(script=False)
    page = employer.page
    desk(employer)
    employer.follow(page.get_by_role("link", name=CLOSE).first)
    employer.heading("Sluit deze plek?")
    employer.follow(page.get_by_role("link", name="Nee, laat open"))
    employer.heading("Mijn aanbod")
    employer.follow(page.get_by_role("link", name=CLOSE).first)
    employer.follow(employer.button("Sluit: de plek vervalt"))
    employer.follow(employer.button("Maak ongedaan"))
    expect(page.locator("[data-flashes]")).to_contain_text("staat online")


def test_when_the_question_does_not_come_the_page_is_followed(visitor: Person) -> None:
    page = visitor.page
    visitor.go("/bouwstenen/melden")
    page.route("**/bouwstenen/vraag", lambda route: route.abort(), times=1)
    with page.expect_navigation():
        page.get_by_role("link", name="Probeer: doe iets dat niet terug kan").click()
    visitor.heading("Weet je het zeker?")
    # What the browser says of the request that was cut off is what this is about.
    visitor.complaints.clear()
    visitor.look()
