"""The visitor's journey with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.browser


def test_with_the_keyboard_alone(visitor: Person) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/")
    visitor.tab_to(visitor.link("Naar de inhoud"), most=1)
    keys.press("Enter")
    visitor.tab_to(page.get_by_label("Wat kun je?"), most=3)
    keys.type("Ik kookte jaren voor mijn oma met alzheimer.")
    visitor.tab_to(page.get_by_label("Wat wil je?"), most=1)
    keys.type("Iets gezelligs met ouderen.")
    visitor.tab_to(page.get_by_label("Waar woon je?"), most=1)
    keys.type("Heerlen")
    visitor.tab_to(visitor.button("Laat zien wat past"), most=3)
    visitor.press("Enter")
    visitor.heading("Dit past bij jou")

    # The answer itself is one link away, past the filters.
    visitor.tab_to(visitor.link("Naar de inhoud"), most=1)
    keys.press("Enter")
    visitor.tab_to(visitor.link("Naar de uitslag"), most=3)
    keys.press("Enter")
    first = page.locator("article[data-card]").first
    visitor.tab_to(first.locator("h2 a"), most=6)
    visitor.tab_to(first.locator("summary"), most=2)
    keys.press("Enter")
    expect(first.locator("[data-reason]").first).to_be_hidden()
    keys.press("Enter")

    wrong = first.get_by_role("button", name="Klopt niet?").first
    row = wrong.locator("xpath=ancestor::li[@data-reason]").get_attribute("id")
    visitor.tab_to(wrong, most=8)
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
