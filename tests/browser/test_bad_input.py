"""What cannot be used is told at once, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.matching.service import new_token
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser


def test_an_empty_question(visitor: Person) -> None:
    visitor.go("/")
    visitor.follow(visitor.button("Laat zien wat past"), status=422)
    assert visitor.page.title().startswith("Fout:")
    summary = visitor.page.locator("[data-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Schrijf eerst wat je kunt of wat je wilt.")
    summary.get_by_role("link").click()
    expect(visitor.page.get_by_label("Wat kun je?")).to_be_focused()


@pytest.mark.parametrize(
    "options", [{}, {"size": PHONE, "axe": False}, {"script": False, "axe": False}]
)
def test_a_place_that_nobody_knows(
    someone: Callable[..., Person], options: dict[str, object]
) -> None:
    visitor = someone(**options)
    page = visitor.page
    visitor.go("/")
    page.get_by_label("Wat kun je?").fill("Ik kook graag voor anderen.")
    page.get_by_label("Waar woon je?").fill("Heerle n")
    page.get_by_label("Uren per week").fill("80")
    visitor.follow(visitor.button("Laat zien wat past"), status=422)
    summary = page.locator("[data-summary]")
    if options.get("script", True):
        expect(summary).to_be_focused()
    expect(summary).to_contain_text("Deze plaats kennen we niet.")
    expect(summary).to_contain_text("Een werkweek heeft 1 tot 40 uur.")
    expect(page.get_by_label("Wat kun je?")).to_have_value("Ik kook graag voor anderen.")
    place = page.get_by_label("Waar woon je?")
    expect(place).to_have_value("Heerle n")
    expect(place).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").first.click()
    expect(place).to_be_focused()
    place.fill("Heerlen")
    page.get_by_label("Uren per week").fill("24")
    visitor.follow(visitor.button("Laat zien wat past"))


def test_far_too_long_a_text(visitor: Person) -> None:
    visitor.go("/")
    text = "Ik zorg voor mijn buurman. " * 400
    visitor.page.get_by_label("Wat kun je?").fill(text)
    visitor.follow(visitor.button("Laat zien wat past"), status=422)
    expect(visitor.page.locator("[data-summary]")).to_contain_text("te lang")
    expect(visitor.page.get_by_label("Wat kun je?")).to_have_value(text)


def test_a_link_that_does_not_work(visitor: Person) -> None:
    expired = new_token(clock.now() - timedelta(days=1))
    visitor.go(f"/passend/{expired}", status=410)
    visitor.heading("Deze tekst is gewist")
    visitor.go("/passend/zomaar", status=404)
    visitor.go("/aanbod/bestaat-niet", status=404)
