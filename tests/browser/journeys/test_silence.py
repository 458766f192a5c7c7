"""An employer who stays silent: reminded first, then answered for, and counted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.town import Town, sign_in
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
CANDIDATE, NAME = "medewerker@bekwaam.example", "Joost Wijnen"
OPENING, SLUG = "Zorgassistent", "heuvelrand-zorgassistent-sittard"
EMPLOYER = "Ziekenhuis Heuvelrand"
RATE = re.compile(r"Antwoordde op (\d+) van de (\d+) reacties op tijd")
A_MINUTE = 90
"""Seconds in which a page has read how employers answer anew."""


def test_silence_is_answered_for(town: Town, arrive: Callable[..., Person]) -> None:
    joost, employer = arrive(size=PHONE, axe=town.checked), arrive(axe=town.checked)
    sign_in(joost, CANDIDATE)
    answered, asked = apply(joost)
    recruiter = town.employer_of(SLUG)
    sign_in(employer, recruiter)
    remind(town, employer, recruiter)
    lapse(town, joost, recruiter)
    read_what_happened(joost, employer)
    see_it_counted(joost, answered, asked + 1)


def apply(joost: Person) -> tuple[int, int]:
    """He answers an opening. Returns what it says: so many answered in time, of so many."""
    joost.go(f"/aanbod/{SLUG}")
    said = RATE.search(joost.page.locator("main").inner_text())
    assert said, "too few answers are known of this employer"
    joost.follow(joost.link("Reageer op deze plek").first)
    joost.page.locator("[name=letter]").fill("Ik werk graag rustig en precies.")
    joost.follow(joost.button("Verstuur mijn reactie"))
    expect(joost.page.get_by_text(f"{EMPLOYER} leest je reactie.")).to_be_visible()
    return int(said[1]), int(said[2])


def remind(town: Town, employer: Person, recruiter: str) -> None:
    """The day before the answer date there is one mail, and it leads to the application."""
    due_on(town, 1)
    assert count(town, recruiter, f"{NAME} wacht op antwoord") == 0
    for _again in range(2):
        town.tend()
        assert count(town, recruiter, f"{NAME} wacht op antwoord") == 1
    employer.go(town.link_in_mail(recruiter, f"{NAME} wacht op antwoord"))
    employer.heading(NAME)
    expect(employer.page.get_by_text("wacht op je antwoord, tot en met")).to_be_visible()


def lapse(town: Town, joost: Person, recruiter: str) -> None:
    """After that day it ends by itself: both sides have one mail, his with others that fit."""
    due_on(town, -1)
    for _again in range(2):
        town.tend()
        assert count(town, CANDIDATE, f"Geen antwoord van {EMPLOYER}") == 1
        assert count(town, recruiter, f"Gestopt: de reactie van {NAME}") == 1
    letter = next(body for subject, body in town.mail_to(CANDIDATE) if "Geen antwoord" in subject)
    assert "Dat ligt niet aan jou." in letter
    others = letter.partition("Dit past ook bij je, en is nog open:")[2]
    found = re.findall(r"/aanbod/([\w-]+)", others)
    assert 1 <= len(set(found)) == len(found) <= 3
    assert SLUG not in found
    joost.go(f"/aanbod/{found[0]}")
    expect(joost.link("Reageer op deze plek").first).to_be_visible()


def read_what_happened(joost: Person, employer: Person) -> None:
    """Both sides read it in plain words, where they look."""
    joost.go("/reacties")
    over = joost.page.get_by_role("region", name="Voorbij")
    row = over.get_by_role("listitem").filter(has_text=OPENING)
    expect(row).to_contain_text("Gestopt")
    expect(row).to_contain_text("heeft niet op tijd geantwoord. Dat ligt niet aan jou.")
    joost.follow(row.get_by_role("link", name=OPENING).first)
    expect(joost.page.get_by_text("Gestopt, want er kwam geen antwoord")).to_be_visible()
    fits = joost.page.get_by_role("region", name="Dit past ook bij je").get_by_role("article")
    assert 1 <= fits.count() <= 3

    employer.go("/werkgever/reacties")
    over = employer.page.get_by_role("region", name="Afgelopen").get_by_role("listitem")
    employer.follow(over.filter(has_text=OPENING).get_by_role("link", name=NAME))
    expect(employer.page.get_by_role("region", name="Hoe het ermee staat")).to_contain_text(
        "Deze reactie is gestopt: de werkgever antwoordde niet op tijd."
    )
    expect(employer.page.get_by_text("Gestopt, want er kwam geen antwoord")).to_be_visible()


def see_it_counted(joost: Person, answered: int, asked: int) -> None:
    """The silence stands with what this employer offers, for everybody who looks there."""
    until = time.monotonic() + A_MINUTE
    while True:
        joost.go(f"/aanbod/{SLUG}")
        said = RATE.search(joost.page.locator("main").inner_text())
        assert said
        if (int(said[1]), int(said[2])) == (answered, asked):
            return
        assert time.monotonic() < until, said[0]
        joost.page.wait_for_timeout(2000)


def due_on(town: Town, days: int) -> None:
    """Let time pass until the answer date is so many days from now."""
    town.change(
        "UPDATE application SET answer_by = :due, first_answer_by = :due, updated_at = :then"
        " WHERE opportunity_id = (SELECT id FROM opportunity WHERE slug = :slug)"
        " AND candidate_id = (SELECT candidate.id FROM candidate"
        ' JOIN "user" ON "user".id = user_id WHERE email = :email)',
        due=town.day(days=days),
        then=town.moment(hours=-72),
        slug=SLUG,
        email=CANDIDATE,
    )


def count(town: Town, email: str, subject: str) -> int:
    """How many mails with this subject went to somebody."""
    return sum(subject in given for given, _body in town.mail_to(email))
