"""A talk with a coach: chosen, moved, cancelled, taken back, held, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.town import Town, sign_in
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
PERSON, COACH = "medewerker@bekwaam.example", "coach@bekwaam.example"


def test_somebody_talks_with_a_coach(town: Town, arrive: Callable[..., Person]) -> None:
    person, coach = arrive(size=PHONE), arrive()
    sign_in(person, PERSON)
    person.go("/gesprek")
    person.follow(person.page.locator(".slots a").first)
    person.page.get_by_label("Waar wil je het over hebben?").fill("Ik wil iets anders.")
    person.follow(person.button("Plan dit gesprek"))
    expect(person.page.get_by_text("Je gesprek is gepland")).to_be_visible()
    assert "Gesprek gepland" in town.mail_to(COACH)[0][0]

    person.follow(person.link("Verzet het gesprek"))
    person.follow(person.page.locator(".slots button").nth(3))
    expect(person.page.get_by_text("Je gesprek is verzet")).to_be_visible()
    person.go(person.page.get_by_role("link", name="Zeg af").get_attribute("href") or "")
    person.follow(person.button("Ja, zeg af"))
    person.follow(person.button("Herstel").or_(person.button("Toch niet")).first)
    expect(person.page.get_by_text("Je gesprek gaat weer door")).to_be_visible()

    sign_in(coach, COACH)
    coach.follow(coach.link("Joost Wijnen").first)
    coach.page.get_by_label("Wat gaat de kandidaat doen?").fill("Kijk bij twee huiskamers")
    coach.page.get_by_label("Klaar op").fill("2030-01-01")
    coach.follow(coach.button("Zet erbij"), status=422)
    assert coach.page.get_by_label("Wat gaat de kandidaat doen?").input_value()
