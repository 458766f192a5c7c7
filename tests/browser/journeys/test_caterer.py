"""A caterer: from a quick match by sign-up, portfolio and coach to an accepted learning job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from babel.dates import format_date
from playwright.sync_api import expect

from tests.browser.journeys.town import Town, sign_in
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
EMAIL, PASSWORD = "nadia@voorbeeld.example", "soep met balletjes"
SKILLS = (
    "Ik had tien jaar een cateringbedrijf. Ik kookte voor grote groepen, deed de inkoop en maakte "
    "het rooster. Ik bleef rustig als het druk was. Mijn moeder had dementie. Ik waste haar, "
    "hielp haar met eten en maakte elke dag een praatje."
)
AMBITION = "Ik wil met ouderen werken en een vak leren, met loon."


def test_a_caterer_finds_a_learning_job(town: Town, arrive: Callable[..., Person]) -> None:
    nadia, employer = arrive(size=PHONE, axe=town.checked), arrive(axe=town.checked)
    from_a_quick_match_to_an_account(town, nadia)
    fill_the_portfolio(nadia)
    talk_with_a_coach(town, nadia, arrive(axe=town.checked))
    slug = apply(town, nadia)
    sign_in(employer, town.employer_of(slug))
    invite_and_offer(employer, slug, town.day(days=70))
    accept(town, nadia, town.day(days=70))
    state, start = town.read(
        "SELECT state, start_on FROM application JOIN candidate ON candidate.id = candidate_id"
        ' JOIN "user" ON "user".id = user_id WHERE email = :email',
        email=EMAIL,
    )[0]
    assert (state, bool(start)) == ("accepted", True)


def from_a_quick_match_to_an_account(town: Town, nadia: Person) -> None:
    """What was written before there was an account stands in the profile after it."""
    nadia.go("/")
    nadia.page.get_by_label("Wat kun je?").fill(SKILLS)
    nadia.page.get_by_label("Wat wil je?").fill(AMBITION)
    nadia.page.get_by_label("Waar woon je?").fill("Heerlen")
    nadia.page.get_by_label("Uren per week").fill("28")
    nadia.follow(nadia.button("Laat zien wat past"))
    nadia.follow(nadia.link("Bewaar dit"))
    nadia.page.get_by_label("Naam").fill("Nadia Bouzid")
    nadia.page.get_by_label("E-mailadres").fill(EMAIL)
    nadia.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    nadia.page.get_by_label("Nog een keer je wachtwoord").fill(PASSWORD)
    nadia.follow(nadia.button("Maak mijn account"))
    nadia.go(town.link_in_mail(EMAIL, "Welkom"))
    if nadia.path.startswith("/inloggen"):
        sign_in(nadia, EMAIL, PASSWORD)
    nadia.go("/mijn-route")
    nadia.page.get_by_label("Ik werk nog niet in zorg of welzijn").check()
    nadia.follow(nadia.button("Ga verder"))
    nadia.heading("Mijn route")
    nadia.go("/mijn-route/profiel")
    expect(nadia.page.get_by_label("Wat kun je?")).to_have_value(SKILLS)


def fill_the_portfolio(nadia: Person) -> None:
    """The portal proposes with her own sentences; nothing enters that she did not take."""
    nadia.go("/portfolio")
    expect(nadia.page.locator(".proposal blockquote").first).to_be_visible()
    expect(nadia.page.get_by_text("Er staat nog niets in je portfolio")).to_be_visible()
    nadia.follow(nadia.page.locator(".proposal button[name=accept]").first)
    nadia.follow(nadia.page.locator(".proposal button[name=drop]").first)
    expect(nadia.page.locator(".skill")).to_have_count(1)
    nadia.follow(nadia.page.locator("button[name=all]"))
    assert nadia.page.locator(".skill").count() > 2


def talk_with_a_coach(town: Town, nadia: Person, coach: Person) -> None:
    """She books a talk; the coach rounds it up with a note and a task, and she does it."""
    nadia.go("/mijn-route")
    nadia.go("/gesprek")
    nadia.follow(nadia.page.locator(".slots a").first)
    nadia.page.get_by_label("Waar wil je het over hebben?").fill("Kan ik leren met loon?")
    nadia.follow(nadia.button("Plan dit gesprek"))
    assert "BEGIN:VCALENDAR" in town.calendar_in_mail(EMAIL, "Gesprek gepland")
    town.change(
        "UPDATE coach_hour SET starts_at = :then WHERE id = (SELECT hour_id FROM talk"
        " JOIN candidate ON candidate.id = candidate_id"
        ' JOIN "user" ON "user".id = user_id WHERE email = :email)',
        then=town.moment(hours=-2),
        email=EMAIL,
    )
    sign_in(coach, "coach@bekwaam.example")
    coach.heading("Vandaag")
    row = coach.page.locator("li.job").filter(has_text="Nadia Bouzid").first
    coach.follow(row.get_by_role("button", name="Het gesprek is geweest"))
    note = coach.page.get_by_role("textbox", name="Verslag")
    note.fill("Een leerbaan past bij je. Kijk bij kleine huizen.")
    coach.follow(coach.button("Bewaar het verslag"))
    task = coach.page.get_by_role("textbox", name="Wat gaat de kandidaat doen?")
    task.fill("Reageer op een leerbaan")
    coach.page.get_by_label("Klaar op").fill(town.day(days=7))
    coach.follow(coach.button("Zet erbij"))
    nadia.go("/gesprek")
    expect(nadia.page.get_by_text("Een leerbaan past bij je.")).to_be_visible()
    nadia.follow(nadia.button("Dit is klaar"))


def apply(town: Town, nadia: Person) -> str:
    """Among what fits is a learning job; she answers it."""
    nadia.go("/mijn-route/passend?distance=0&hours=")
    shown = nadia.page.locator("article[data-card]").evaluate_all(
        "all => all.map(it => it.id.replace('plek-', ''))"
    )
    jobs = town.read("SELECT slug FROM opportunity WHERE contract = 'learning'")
    learning = {row[0] for row in jobs}
    slug = next(one for one in shown if one in learning)
    nadia.follow(nadia.page.locator(f"#plek-{slug} h2 a"))
    nadia.follow(nadia.page.get_by_role("link", name="Reageer").first)
    letter = "Ik kook al jaren voor anderen. Nu wil ik het vak leren."
    nadia.page.locator("[name=letter]").fill(letter)
    nadia.follow(nadia.button("Verstuur mijn reactie"))
    assert nadia.path.startswith("/reacties/")
    return str(slug)


def invite_and_offer(employer: Person, slug: str, start: str) -> None:
    """The employer reads, talks, and makes an offer with a first day."""
    employer.go("/werkgever/reacties")
    employer.follow(employer.page.get_by_role("link", name="Nadia Bouzid").first)
    expect(employer.page.get_by_text(EMAIL)).to_be_visible()
    expect(employer.page.get_by_text("Ik kook al jaren voor anderen.")).to_be_visible()
    for step in ("praten", "aanbieden"):
        employer.follow(employer.page.locator(f"a[href$='/{step}']").first)
        if step == "aanbieden":
            employer.page.get_by_label("Eerste werkdag").fill(start)
        employer.follow(employer.page.locator("main .savebar button[type=submit]"))


def accept(town: Town, nadia: Person, start: str) -> None:
    """She reads the offer in her mail, and takes the job."""
    nadia.go(town.link_in_mail(EMAIL, "biedt je de baan aan"))
    nadia.follow(nadia.link("Ja, ik neem de baan"))
    nadia.follow(nadia.button("Ja, ik neem de baan"))
    expect(nadia.page.locator("main")).to_contain_text(
        format_date(date.fromisoformat(start), "d MMMM y", locale="nl")
    )
