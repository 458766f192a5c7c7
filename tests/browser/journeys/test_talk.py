"""A talk with a coach: chosen, moved, called off, taken back, held, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.journeys.town import Town, sign_in
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
PERSON, NAME, COACH = "medewerker@bekwaam.example", "Joost Wijnen", "coach@bekwaam.example"
QUESTION, WHY = "Ik wil iets anders.", "Mijn kind is ziek."
TASK, NOTE = "Kijk bij twee huiskamers", "Je wilt kleiner werken. Begin met een dag meelopen."


def test_somebody_talks_with_a_coach(town: Town, arrive: Callable[..., Person]) -> None:
    person, coach = arrive(size=PHONE, axe=town.checked), arrive(axe=town.checked)
    sign_in(person, PERSON)
    book(town, person)
    move(town, person)
    call_off_and_take_it_back(town, person)
    sign_in(coach, COACH)
    coach.follow(coach.link(NAME).first)
    set_a_task(town, coach)
    hold(town, coach)
    read_and_do(person, coach)


def book(town: Town, person: Person) -> None:
    person.go("/gesprek")
    person.follow(person.page.locator(".slots a").first)
    person.page.get_by_label("Waar wil je het over hebben?").fill(QUESTION)
    person.follow(person.button("Plan dit gesprek"))
    expect(person.page.get_by_text("Je gesprek is gepland")).to_be_visible()
    for somebody in (PERSON, COACH):
        assert "BEGIN:VEVENT" in town.calendar_in_mail(somebody, "Gesprek gepland")


def move(town: Town, person: Person) -> None:
    person.follow(person.link("Verzet het gesprek"))
    person.follow(person.page.locator(".slots button").nth(3))
    expect(person.page.get_by_text("Je gesprek is verzet")).to_be_visible()
    before, after = (
        town.calendar_in_mail(COACH, subject) for subject in ("Gesprek gepland", "Gesprek verzet")
    )
    assert line(before, "UID") == line(after, "UID"), "the agenda shows two talks"
    assert line(before, "DTSTART") != line(after, "DTSTART")


def call_off_and_take_it_back(town: Town, person: Person) -> None:
    person.page.get_by_role("link", name="Zeg af").click()
    box = person.page.get_by_role("dialog")
    box.get_by_label("Waarom?").fill(WHY)
    person.look()
    person.follow(box.get_by_role("button", name="Ja, zeg af"))
    subject, body = town.mail_to(COACH)[0]
    assert "Gesprek afgezegd" in subject
    assert WHY in body
    assert "STATUS:CANCELLED" in town.calendar_in_mail(COACH, "Gesprek afgezegd")
    person.follow(person.button("Maak ongedaan"))
    expect(person.page.get_by_text("Je gesprek gaat weer door")).to_be_visible()


def set_a_task(town: Town, coach: Person) -> None:
    """A day too far away loses nothing of what was typed; then it stands with the candidate."""
    expect(coach.page.get_by_text(QUESTION).first).to_be_visible()
    words = coach.page.get_by_role("textbox", name="Wat gaat de kandidaat doen?")
    words.fill(TASK)
    coach.page.get_by_label("Klaar op").fill(town.day(days=2000))
    coach.follow(coach.button("Zet erbij"), status=422)
    expect(words).to_have_value(TASK)
    coach.page.get_by_label("Klaar op").fill(town.day(days=7))
    coach.follow(coach.button("Zet erbij"))
    assert "Nieuwe taak" in town.mail_to(PERSON)[0][0]


def hold(town: Town, coach: Person) -> None:
    town.change(
        "UPDATE coach_hour SET starts_at = :then WHERE id IN (SELECT hour_id FROM talk"
        " JOIN candidate ON candidate.id = candidate_id"
        ' JOIN "user" ON "user".id = user_id WHERE email = :email AND talk.question = :question)',
        then=town.moment(hours=-2),
        email=PERSON,
        question=QUESTION,
    )
    coach.go(coach.path)
    coach.follow(coach.button("Het gesprek is geweest").first)
    box: Locator = coach.page.get_by_role("textbox", name="Verslag")
    box.fill(NOTE)
    coach.follow(coach.button("Bewaar het verslag"))


def read_and_do(person: Person, coach: Person) -> None:
    """What the coach wrote the candidate reads, and what the candidate did the coach sees."""
    person.go("/gesprek")
    expect(person.page.get_by_text(NOTE)).to_be_visible()
    row = person.page.locator("li").filter(has_text=TASK).first
    person.follow(row.get_by_role("button", name="Dit is klaar"))
    coach.go(coach.path)
    row = coach.page.locator("li").filter(has_text=TASK).first
    expect(row).to_contain_text("Klaar")


def line(calendar: str, name: str) -> str:
    """A line of a calendar file."""
    return next(one for one in calendar.splitlines() if one.startswith(name))
