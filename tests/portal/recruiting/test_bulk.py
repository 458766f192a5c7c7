"""One answer for several people that stays personal."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications.models import Application
from portal.applications.workflow import Action, Party, State
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.factories import make_opportunity
from tests.factories.applications import make_application, make_candidate, step

NOW = clock.now()
TODAY = clock.local_date(NOW)
TOGETHER = "/werkgever/reacties/samen"
TEXT = "Beste {naam},\n\nDank voor je reactie op {plek}. Het is helaas nog niet gelukt."


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@pytest.fixture
def people(opening, employer):
    other = make_opportunity(site=opening.site, title="Tuin onderhouden")
    return [
        make_application(candidate=make_candidate(name="Noor Vissers"), opportunity=opening),
        make_application(candidate=make_candidate(name="Sem de Wit"), opportunity=other),
    ]


def sent(people, step, **changes):
    given = {
        "actie": "niet-verder",
        "wie": [str(one.id) for one in people],
        "reason": "experience",
        "text": TEXT,
        "stap": step,
    }
    for one in people:
        given[f"versie-{one.id}"] = str(one.version)
    return given | changes


def shown(response) -> dict[str, str]:
    found = re.findall(r'name="tekst-(\d+)"[^>]*>([^<]*)</textarea>', response.text)
    return {f"tekst-{key}": unescape(text).replace("\r\n", "\n") for key, text in found}


def states(people) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Application, one.id).state for one in people]


def mail_to(one) -> str:
    found = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.recipient == one.candidate.user.email)
        .order_by(OutboxMessage.id)
    )
    return "\n".join(mail.body for mail in found)


def test_one_text_to_begin_with(client, people):
    page = client.get(
        TOGETHER, query_string={"actie": "niet-verder", "wie": [p.id for p in people]}
    )
    assert "Je schrijft aan 2 mensen: Noor Vissers, Sem de Wit." in words(page)
    assert "Beste {naam}," in unescape(page.text)


def test_nobody_chosen(client, people):
    answer = client.get(f"{TOGETHER}?actie=niet-verder")
    assert answer.status_code == 303
    assert "Kies eerst" in words(client.get(answer.location))


@pytest.mark.parametrize("action", ["", "weggooien", "praten"])
def test_an_action_that_is_none(client, people, action):
    assert client.get(f"{TOGETHER}?actie={action}&wie={people[0].id}").status_code == 422
    assert client.post(TOGETHER, data=sent(people, "bekijk", actie=action)).status_code == 422


def test_each_reads_their_own_text_first(client, people):
    page = client.post(TOGETHER, data=sent(people, "bekijk"))
    texts = list(shown(page).values())
    assert "Beste Noor," in texts[0]
    assert people[0].opportunity.title in texts[0]
    assert "Beste Sem," in texts[1]
    assert "“Tuin onderhouden”" in texts[1]
    assert states(people) == [State.NEW, State.NEW]


def test_each_gets_what_was_last_written(client, people):
    texts = shown(client.post(TOGETHER, data=sent(people, "bekijk")))
    first = f"tekst-{people[0].id}"
    texts[first] += " Bel me gerust."
    answer = client.post(TOGETHER, data=sent(people, "verstuur", **texts))
    assert answer.status_code == 303
    assert states(people) == [State.REFUSED, State.REFUSED]
    assert "Bel me gerust." in mail_to(people[0])
    assert "Bel me gerust." not in mail_to(people[1])
    assert "Beste Sem," in mail_to(people[1])
    assert "2 mensen kregen antwoord: Noor Vissers, Sem de Wit." in words(
        client.get(answer.location)
    )


def test_who_was_answered_meanwhile_is_told_and_the_others_get_theirs(client, people):
    data = sent(people, "verstuur", **shown(client.post(TOGETHER, data=sent(people, "bekijk"))))
    step(people[0], Action.WITHDRAW, actor=people[0].candidate.user, party=Party.CANDIDATE)
    answer = client.post(TOGETHER, data=data)
    assert states(people) == [State.WITHDRAWN, State.REFUSED]
    page = words(client.get(answer.location))
    assert "1 persoon kreeg antwoord: Sem de Wit." in page
    assert "Noor Vissers kreeg geen antwoord." in page
    assert "was je voor" in page


def test_sent_twice_is_told_once(client, people):
    data = sent(people, "verstuur", **shown(client.post(TOGETHER, data=sent(people, "bekijk"))))
    client.post(TOGETHER, data=data)
    before = mail_to(people[0])
    client.post(TOGETHER, data=data)
    assert mail_to(people[0]) == before


def test_a_text_that_says_nothing_goes_to_nobody(client, people):
    texts = shown(client.post(TOGETHER, data=sent(people, "bekijk")))
    texts[f"tekst-{people[1].id}"] = "Nee."
    answer = client.post(TOGETHER, data=sent(people, "verstuur", **texts))
    assert answer.status_code == 422
    assert "Schrijf een zin" in words(answer)
    assert states(people) == [State.NEW, State.NEW]
    assert shown(answer) == texts


def test_back_to_the_text_keeps_it(client, people):
    page = client.post(TOGETHER, data=sent(people, "terug"))
    assert TEXT.split("\n")[0] in unescape(page.text)
    assert not shown(page)


def test_putting_off_several(client, people):
    until = (TODAY + timedelta(days=20)).isoformat()
    first = client.get(TOGETHER, query_string={"actie": "uitstellen", "wie": people[0].id})
    assert "nog even laten wachten" in words(first)
    looked = client.post(TOGETHER, data=sent(people, "bekijk", actie="uitstellen", until=until))
    data = sent(people, "verstuur", actie="uitstellen", until=until, **shown(looked))
    assert client.post(TOGETHER, data=data).status_code == 303
    assert states(people) == [State.POSTPONED, State.POSTPONED]


@pytest.mark.parametrize(
    ("until", "said"),
    [("", "Vul een dag in"), ("2020-01-01", "al voorbij"), ("2099-01-01", "te ver")],
)
def test_a_day_that_cannot_be(client, people, until, said):
    data = sent(people, "bekijk", actie="uitstellen", until=until)
    answer = client.post(TOGETHER, data=data)
    assert answer.status_code == 422
    assert said in words(answer)


@pytest.mark.parametrize("text", ["", "z" * 801])
def test_a_text_that_is_not_right(client, people, text):
    answer = client.post(TOGETHER, data=sent(people, "bekijk", text=text))
    assert answer.status_code == 422
    assert states(people) == [State.NEW, State.NEW]


def test_whom_this_cannot_be_said_to(client, employer, people, opening):
    over = make_application(
        State.REFUSED, candidate=make_candidate(name="Al Klaar"), opportunity=opening
    )
    page = client.get(
        TOGETHER, query_string={"actie": "niet-verder", "wie": [people[0].id, over.id]}
    )
    assert "Al Klaar: niet gekozen" in words(page)
    assert "Je schrijft aan 1 persoon: Noor Vissers." in words(page)


def test_of_others_nobody_is_chosen(client, people):
    stranger = make_application(candidate=make_candidate(name="Een Vreemde"))
    page = client.get(
        TOGETHER, query_string={"actie": "niet-verder", "wie": [people[0].id, stranger.id, "x"]}
    )
    assert "Een Vreemde" not in page.text
    data = sent([people[0], stranger], "verstuur")
    data |= {f"tekst-{one.id}": TEXT for one in (people[0], stranger)}
    client.post(TOGETHER, data=data)
    assert states([people[0], stranger]) == [State.REFUSED, State.NEW]
