"""A recruiter: from a pasted vacancy without its needless diploma to a hire; the rest are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from babel.dates import format_date
from playwright.sync_api import expect

from tests.browser.journeys.town import Town, sign_in
from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
EMPLOYER, SECOND = "werkgever@bekwaam.example", "yusuf.demirci@voorbeeld.example"
TITLE = "Koken en zorgen in huiskamer De Lindeboom"
DEMAND, DEMANDED = "Je hebt een diploma Helpende.", "Is dit diploma echt nodig?"
TEXT = (
    "In onze huiskamer wonen acht ouderen met dementie. Je helpt met wassen en aankleden. "
    "Je kookt samen met hen, je eet mee en je maakt een praatje. "
    f"Je komt in een jong team. {DEMAND} Je krijgt alle tijd."
)
NEEDED = re.compile("wassen en aankleden|dementie")
LINE = "Je zorgde al voor iemand die je lief is. Kom eens koken en kijken! Groet, Ineke"
WHERE = "Zorghuis De Linde, aan de keukentafel"


def test_a_recruiter_hires_and_the_rest_are_told(town: Town, arrive: Callable[..., Person]) -> None:
    ineke, invited = arrive(axe=town.checked), arrive(size=PHONE, axe=town.checked)
    second = arrive(size=PHONE, axe=town.checked)
    sign_in(ineke, EMPLOYER)
    write_the_vacancy(ineke)
    slug = publish(town, ineke)
    town.tend()
    name, email = invite_somebody_without_a_name(town, ineke)
    say_yes(town, invited, name, email)
    answer_by_the_page(second, slug)
    meet(town, ineke, invited, name, email)
    hire(town, ineke, invited, name, email)
    closed_as_filled(ineke)
    told_with_others_that_fit(town, second)


def write_the_vacancy(ineke: Person) -> None:
    """The portal proposes what to ask, and says what shuts people out; she decides."""
    ineke.follow(ineke.link("Mijn aanbod").first)
    ineke.follow(ineke.link("Plaats een plek").first)
    ineke.page.get_by_label("Titel").fill(TITLE)
    ineke.page.get_by_label("Vacaturetekst").fill(TEXT)
    ineke.page.get_by_label(re.compile("^Beroep")).select_option("care-helper-plus")
    ineke.follow(ineke.button("Stel eisen voor uit mijn tekst"))
    expect(ineke.page.locator("#eisen q").first).to_be_visible()
    needed = ineke.page.locator("legend").filter(has_text=NEEDED)
    for asked in ineke.page.locator("#eisen .reqedit").filter(has_not=needed).all():
        asked.get_by_label("Neem deze eis op").uncheck()
    ineke.follow(ineke.button("Kijk mijn tekst na"))
    diploma = ineke.page.get_by_role("region", name=DEMANDED)
    expect(diploma).to_contain_text(DEMAND)
    expect(diploma).to_contain_text("Zonder diploma past het bij")
    assert diploma.locator("li").count() > 2, "what the diploma stands for"
    team = ineke.page.get_by_role("region", name="“jong team”")
    expect(team).to_contain_text("Dit kiest op leeftijd.")
    expect(team).to_contain_text("Schrijf liever: hecht team")
    ineke.follow(ineke.button("Zet online"), status=422)
    assert "Kies het andere woord" in ineke.page.inner_text("main")
    ineke.follow(team.get_by_role("button", name="Neem dit over"))
    ineke.follow(ineke.button("Vraag geen diploma"))
    expect(ineke.page.get_by_role("region", name=DEMANDED)).to_have_count(0)
    written = ineke.page.get_by_label("Vacaturetekst").input_value()
    assert written == TEXT.replace("jong team", "hecht team").replace(DEMAND + " ", "")


def publish(town: Town, ineke: Person) -> str:
    """She fills in what is still asked for, and puts it online."""
    lacks = ineke.page.get_by_role("region", name="Dit mist nog")
    expect(lacks.locator("li")).to_have_count(3)
    ineke.page.get_by_label("Uren per week, vanaf").fill("20")
    ineke.page.get_by_label("Uren per week, tot").fill("32")
    ineke.page.get_by_label("Loon per maand, vanaf").fill("2350")
    ineke.page.get_by_label("Loon per maand, tot").fill("2900")
    ineke.page.get_by_label("Hoe help je iemand op weg?").fill("Drie maanden loopt er iemand mee.")
    ineke.page.get_by_label("Laatste dag om te reageren").fill(town.day(days=40))
    ineke.follow(ineke.button("Kijk mijn tekst na"))
    expect(ineke.page.get_by_text("Je tekst sluit niemand uit.")).to_be_visible()
    ineke.follow(ineke.button("Zet online"))
    expect(ineke.page.get_by_text("Je plek staat online.")).to_be_visible()
    said = town.read(
        "SELECT slug, diploma_required, places FROM opportunity WHERE title = :title", title=TITLE
    )
    assert [(bool(diploma), places) for _, diploma, places in said] == [(False, 1)]
    return str(said[0][0])


def invite_somebody_without_a_name(town: Town, ineke: Person) -> tuple[str, str]:
    """She sees what people can do, and not who they are; return who it is."""
    known = town.read(
        'SELECT name, email, code FROM candidate JOIN "user" ON "user".id = user_id'
        " WHERE name <> ''"
    )
    ineke.follow(ineke.link("Mensen").first)
    ineke.follow(ineke.link(TITLE))
    nobody_named(ineke, known)
    others = ineke.page.locator(".who__title a")
    people = {code: (name, email) for name, email, code in known if email != SECOND}
    code = next(one for one in others.all_inner_texts() if one in people)
    ineke.follow(ineke.page.get_by_role("link", name=code, exact=True))
    nobody_named(ineke, known)
    expect(ineke.page.locator("section .reqs .req").first).to_be_visible()
    ineke.page.get_by_label("Waarom juist deze persoon?").fill(LINE)
    ineke.follow(ineke.button("Verstuur de uitnodiging"))
    nobody_named(ineke, known)
    name, email = people[code]
    return str(name), str(email)


def nobody_named(ineke: Person, known: list[tuple[str, str, str]]) -> None:
    """No name and no address of a candidate is on the page."""
    shown = ineke.page.content()
    assert not [one for name, email, _ in known for one in (name, email) if one in shown]


def say_yes(town: Town, invited: Person, name: str, email: str) -> None:
    """Whom she invited reads her words, and says yes."""
    sign_in(invited, email)
    invited.go(town.link_in_mail(email, "Uitnodiging van"))
    expect(invited.page.locator("main")).to_contain_text(LINE)
    expect(invited.page.locator("main")).to_contain_text(f"je naam: {name}")
    invited.follow(invited.button("Ja, ik wil praten"))
    assert invited.path.startswith("/reacties/")


def answer_by_the_page(second: Person, slug: str) -> None:
    """Somebody else answers the same opening by its page."""
    sign_in(second, SECOND)
    second.go(f"/aanbod/{slug}")
    second.heading(TITLE)
    second.follow(second.link("Reageer").first)
    second.page.locator("[name=letter]").fill("Ik zie snel hoe het met iemand gaat.")
    second.follow(second.button("Verstuur mijn reactie"))
    assert second.path.startswith("/reacties/")


def meet(town: Town, ineke: Person, invited: Person, name: str, email: str) -> None:
    """Now she knows the name; they agree on a time, and each gets it for the agenda."""
    open_the_answer(ineke, name)
    ineke.heading(name)
    expect(ineke.page.get_by_role("link", name=email)).to_be_visible()
    ineke.follow(ineke.link("Stel een moment voor").first)
    ineke.page.get_by_label("Dag", exact=True).fill(town.day(days=6))
    ineke.page.get_by_label("Tijd").fill("14:30")
    ineke.page.get_by_label("Waar?").fill(WHERE)
    ineke.follow(ineke.button("Verstuur voorstel"))
    invited.go(town.link_in_mail(email, "Voorstel voor een gesprek"))
    expect(invited.page.locator("#gesprekken")).to_contain_text(WHERE)
    invited.follow(invited.button("Ja, ik kom"))
    for reader in (email, EMPLOYER):
        file = town.calendar_in_mail(reader, "Afgesproken: gesprek met")
        assert "BEGIN:VCALENDAR" in file
        assert f"DTSTART:{town.day(days=6).replace('-', '')}T1" in file


def open_the_answer(ineke: Person, name: str) -> None:
    """Find by the menu what somebody answered to this opening."""
    ineke.follow(ineke.link("Reacties").first)
    answer = ineke.page.locator("li.bcard").filter(has_text=TITLE)
    ineke.follow(answer.get_by_role("link", name=name))


def hire(town: Town, ineke: Person, invited: Person, name: str, email: str) -> None:
    """She offers the job with a first day; it is taken."""
    start = town.day(days=45)
    open_the_answer(ineke, name)
    ineke.follow(ineke.link("Bied de baan aan"))
    ineke.page.get_by_label("Eerste werkdag").fill(start)
    ineke.follow(ineke.button("Verstuur het aanbod"))
    invited.go(town.link_in_mail(email, "biedt je de baan aan"))
    invited.follow(invited.link("Ja, ik neem de baan"))
    invited.follow(invited.button("Ja, ik neem de baan"))
    first_day = format_date(date.fromisoformat(start), "d MMMM y", locale="nl")
    expect(invited.page.locator("main")).to_contain_text(first_day)
    assert f"{name} zegt ja" in dict(town.mail_to(EMPLOYER))


def closed_as_filled(ineke: Person) -> None:
    """There was one place: nobody finds the opening any more."""
    ineke.follow(ineke.link("Mijn aanbod").first)
    row = ineke.page.locator("li.job").filter(has_text=TITLE)
    expect(row).to_contain_text("vervuld")
    expect(row.get_by_role("button", name="Open opnieuw")).to_be_visible()


def told_with_others_that_fit(town: Town, second: Person) -> None:
    """Who also answered hears why it stops, in mail and on the page, with other work that fits."""
    told = dict(town.mail_to(SECOND))[f"Deze plek is niet meer open: {TITLE}"]
    assert "Iemand anders begint daar." in told
    mailed = told.partition("Dit past ook bij je, en is nog open:")[2]
    assert mailed.count("/aanbod/") == 3
    second.go("/reacties")
    row = second.page.get_by_role("region", name="Voorbij").locator("li.wants")
    second.follow(row.get_by_role("link", name=TITLE).first)
    expect(second.page.locator("main")).to_contain_text("is bezet")
    fitting = second.page.get_by_role("region", name="Dit past ook bij je")
    expect(fitting.locator("li h3")).to_have_count(3)
    second.follow(fitting.get_by_role("link").first)
    assert second.path.startswith("/aanbod/")
