"""The candidate's pages: answering an opening, following it, and all that can go wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import RoleName
from portal.applications import queries, service
from portal.applications.meetings import MeetingInput
from portal.applications.models import Application, Meeting, Message
from portal.applications.workflow import Action, MeetingState, Party, State
from portal.clock import ZONE
from portal.extensions import db
from portal.opportunities.workflow import Status
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_user
from tests.factories.applications import (
    WORD,
    fits,
    make_application,
    make_candidate,
    recruiter_of,
    step,
)

NOW = clock.now()


@pytest.fixture
def samira(client):
    candidate = make_candidate("Samira Haddou", phone="06 11223344", place="Heerlen")
    client.sign_in(candidate.user.email)
    return candidate


def text_of(response) -> str:
    return " ".join(response.get_data(as_text=True).split())


def own(samira, state: State = State.NEW, **said) -> Application:
    return make_application(state, candidate=samira, **said)


def test_a_visitor_signs_in_first_and_comes_back(client) -> None:
    slug = make_opportunity().slug
    page = text_of(client.get(f"/aanbod/{slug}"))
    assert f"/aanbod/{slug}/reageren" in page
    answer = client.get(f"/aanbod/{slug}/reageren")
    assert answer.status_code == 303
    assert "reageren" in answer.headers["Location"]


def test_what_the_employer_is_going_to_see_is_shown_before_sending(client, samira) -> None:
    page = text_of(client.get(f"/aanbod/{make_opportunity().slug}/reageren"))
    for said in ("Samira Haddou", samira.user.email, "06 11223344", "Heerlen"):
        assert said in page
    # Not what nobody asked for.
    assert samira.code not in page


def test_answering_an_opening(client, samira) -> None:
    opportunity = make_opportunity()
    typed = {"letter": "Ik kook graag.\r\nVoor velen.", "phone": "06 99887766"}
    answer = client.post(f"/aanbod/{opportunity.slug}/reageren", data=typed)
    made = queries.open_on(samira.id, opportunity.id)
    assert made is not None
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/reacties/{made.id}")
    assert (made.letter, made.phone) == ("Ik kook graag.\nVoor velen.", "06 99887766")
    page = text_of(client.get(f"/reacties/{made.id}"))
    assert "Je reactie is verstuurd" in page
    assert "<p>Ik kook graag.</p><p>Voor velen.</p>" in page.replace("> <", "><")


def test_a_double_click_sends_once(client, samira) -> None:
    slug = make_opportunity().slug
    places = [
        client.post(f"/aanbod/{slug}/reageren", data={"letter": ""}).headers["Location"]
        for _ in range(2)
    ]
    assert places[0] == places[1]
    assert db.session.scalar(select(func.count(Application.id))) == 1
    # Who comes back to the form is led to what is there.
    again = client.get(f"/aanbod/{slug}/reageren")
    assert again.headers["Location"] == places[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"phone": "bel maar"}, "Vul een telefoonnummer in"),
        ({"phone": "1" * 60}, "Maak dit korter"),
        ({"letter": "x" * 3001}, "Maak dit korter"),
    ],
)
def test_nothing_typed_is_lost(client, samira, typed, said) -> None:
    slug = make_opportunity().slug
    answer = client.post(f"/aanbod/{slug}/reageren", data={"letter": "Mijn lange brief.", **typed})
    assert answer.status_code == 422
    page = text_of(answer)
    assert said in page
    assert (typed.get("letter") or "Mijn lange brief.") in page
    assert db.session.scalar(select(func.count(Application.id))) == 0


def test_who_has_no_name_yet_is_asked(client) -> None:
    user = make_user(RoleName.CANDIDATE)
    client.sign_in(user.email)
    slug = make_opportunity().slug
    assert "Je naam" in text_of(client.get(f"/aanbod/{slug}/reageren"))
    assert client.post(f"/aanbod/{slug}/reageren", data={"name": " "}).status_code == 422
    assert client.post(f"/aanbod/{slug}/reageren", data={"name": "Ties Smeets"}).status_code == 303
    db.session.refresh(user)
    assert user.name == "Ties Smeets"
    # And never again.
    slug = make_opportunity().slug
    assert "Je naam" not in text_of(client.get(f"/aanbod/{slug}/reageren"))


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_closed_opening_says_so_and_offers_others(client, samira, verb) -> None:
    closed, fit = make_opportunity(Status.CLOSED), make_opportunity(title="Iets anders")
    fits(samira, fit)
    answer = getattr(client, verb)(f"/aanbod/{closed.slug}/reageren")
    assert answer.status_code == 410
    page = text_of(answer)
    assert "gesloten" in page
    assert fit.slug in page
    draft = make_opportunity(Status.DRAFT)
    assert getattr(client, verb)(f"/aanbod/{draft.slug}/reageren").status_code == 404


def test_an_employer_does_not_apply(client) -> None:
    client.sign_in(make_employer().email)
    assert client.get(f"/aanbod/{make_opportunity().slug}/reageren").status_code == 403
    assert client.get("/reacties").status_code == 403


def test_nothing_yet(client) -> None:
    client.sign_in(make_user(RoleName.CANDIDATE).email)
    assert "nog nergens op gereageerd" in text_of(client.get("/reacties"))


def test_all_of_them_by_what_they_need(client, samira) -> None:
    new, offered = own(samira), own(samira, State.OFFERED)
    refused, talk = own(samira, State.REFUSED), own(samira, State.IN_CONVERSATION)
    stranger = make_application(opportunity=make_opportunity(title="Niet van Samira"))
    with transaction():
        service.say(
            talk.id, "Dag!", actor=recruiter_of(talk.opportunity), party=Party.EMPLOYER, now=NOW
        )
    page = text_of(client.get("/reacties"))
    mine, running, ended = (page.index(f'id="{one}"') for one in ("aan-jou", "loopt", "klaar"))

    def place(one: Application) -> int:
        return page.index(f'/reacties/{one.id}"')

    assert mine < place(offered) < running
    assert mine < place(talk) < running
    assert running < place(new) < ended < place(refused)
    assert "1 nieuw bericht" in page
    assert stranger.opportunity.title not in page


@pytest.mark.parametrize("state", State)
def test_every_state_says_how_it_stands(client, samira, state) -> None:
    made = own(samira, state)
    answer = client.get(f"/reacties/{made.id}")
    assert answer.status_code == 200
    page = text_of(answer)
    assert made.opportunity.title in page
    assert "Hoe het ermee staat" in page
    assert ("Trek mijn reactie in" in page) == (
        state in (State.NEW, State.IN_CONVERSATION, State.POSTPONED, State.TRIAL)
    )
    assert ("Ja, ik neem de baan" in page) == (state is State.OFFERED)
    assert (f'action="/reacties/{made.id}/ongedaan"' in page) == (
        state in (State.WITHDRAWN, State.ACCEPTED)
    )
    assert (f'action="/reacties/{made.id}/bericht"' in page) == (
        state not in (State.REFUSED, State.WITHDRAWN, State.LAPSED)
    )
    if state is State.REFUSED:
        assert WORD in page


@pytest.mark.parametrize("path", ["", "/aannemen", "/intrekken", "/gesprek"])
def test_somebody_elses_is_not_there(client, samira, path) -> None:
    other = make_application(State.OFFERED)
    assert client.get(f"/reacties/{other.id}{path}").status_code == 404
    assert client.get(f"/reacties/999999{path}").status_code == 404


def test_withdrawing_and_the_way_back(client, samira) -> None:
    made = own(samira, State.IN_CONVERSATION)
    assert "Stop je met deze reactie?" in text_of(client.get(f"/reacties/{made.id}/intrekken"))
    answer = client.post(
        f"/reacties/{made.id}/intrekken",
        data={"reason": "travel", "word": "Er rijdt geen bus.", "version": made.version},
    )
    assert answer.status_code == 303
    assert (made.state, made.reason, made.word) == (
        State.WITHDRAWN,
        "travel",
        "Er rijdt geen bus.",
    )
    page = text_of(client.get(f"/reacties/{made.id}"))
    assert "Maak ongedaan" in page
    client.post(f"/reacties/{made.id}/ongedaan", data={"version": made.version})
    assert made.state == State.IN_CONVERSATION


def test_a_wrong_reason_keeps_what_was_typed(client, samira) -> None:
    made = own(samira)
    answer = client.post(
        f"/reacties/{made.id}/intrekken",
        data={"reason": "zomaar", "word": "Ik weet het niet.", "version": made.version},
    )
    assert answer.status_code == 422
    assert "Ik weet het niet." in text_of(answer)
    assert made.state == State.NEW


def test_saying_yes_asks_first_and_names_what_it_ends(client, samira) -> None:
    made, other = own(samira, State.OFFERED), own(samira, opportunity=_opening("Bij de buren"))
    page = text_of(client.get(f"/reacties/{made.id}/aannemen"))
    assert "Bij de buren" in page
    assert f'name="gives_up" value="{other.id}"' in page
    # Without having seen it nothing happens.
    answer = client.post(f"/reacties/{made.id}/aannemen", data={"version": made.version})
    assert answer.status_code == 409
    assert (made.state, other.state) == (State.OFFERED, State.NEW)
    answer = client.post(
        f"/reacties/{made.id}/aannemen", data={"version": made.version, "gives_up": [other.id]}
    )
    assert answer.status_code == 303
    assert (made.state, other.state) == (State.ACCEPTED, State.WITHDRAWN)
    page = text_of(client.get(f"/reacties/{made.id}"))
    assert "Je hebt de baan" in page


def test_there_is_nothing_to_accept_without_an_offer(client, samira) -> None:
    made = own(samira)
    assert client.get(f"/reacties/{made.id}/aannemen").status_code == 303


def test_talking_first_or_trying(client, samira) -> None:
    made = own(samira, State.OFFERED)
    data = {"action": "talk", "version": made.version}
    assert client.post(f"/reacties/{made.id}/stap", data=data).status_code == 303
    assert made.state == State.IN_CONVERSATION
    # The button of an old page.
    assert client.post(f"/reacties/{made.id}/stap", data=data).status_code == 409
    data = {"action": "try", "version": made.version}
    client.post(f"/reacties/{made.id}/stap", data=data)
    assert made.state == State.TRIAL


@pytest.mark.parametrize("action", ["", "accept", "refuse", "weg"])
def test_only_those_two_steps_need_no_words(client, samira, action) -> None:
    made = own(samira, State.OFFERED)
    data = {"action": action, "version": made.version}
    assert client.post(f"/reacties/{made.id}/stap", data=data).status_code == 422
    assert made.state == State.OFFERED


def test_messages_go_to_and_fro(client, samira) -> None:
    made = own(samira, State.IN_CONVERSATION)
    recruiter = recruiter_of(made.opportunity)
    with transaction():
        service.say(made.id, "<b>Kom je ook?</b>", actor=recruiter, party=Party.EMPLOYER, now=NOW)
    page = text_of(client.get(f"/reacties/{made.id}"))
    assert "&lt;b&gt;Kom je ook?&lt;/b&gt;" in page
    assert "Greet Wolters" in page
    assert "gelezen</button>" in page
    # Looking alone marks nothing.
    assert queries.unread([made.id], Party.CANDIDATE) == {made.id: 1}
    client.post(f"/reacties/{made.id}/gelezen")
    assert queries.unread([made.id], Party.CANDIDATE) == {}
    answer = client.post(f"/reacties/{made.id}/bericht", data={"text": "Ja, graag!"})
    assert answer.status_code == 303
    assert "Ja, graag!" in text_of(client.get(f"/reacties/{made.id}"))


@pytest.mark.parametrize("text", ["", "   ", "x" * 3001])
def test_an_empty_message_is_no_message(client, samira, text) -> None:
    made = own(samira)
    answer = client.post(f"/reacties/{made.id}/bericht", data={"text": text})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Message.id))) == 0
    assert text.strip() in text_of(answer)


def test_proposing_a_time(client, samira) -> None:
    made = own(samira)
    day = clock.local_date(NOW) + timedelta(days=4)
    typed = {
        "day": day.isoformat(),
        "at": "14.30",
        "minutes": "45",
        "where": "Bij jullie",
        "note": "",
    }
    assert client.get(f"/reacties/{made.id}/gesprek").status_code == 200
    assert client.post(f"/reacties/{made.id}/gesprek", data=typed).status_code == 303
    meeting = db.session.scalars(select(Meeting)).one()
    local = meeting.starts_at.astimezone(ZONE)
    assert (local.date(), local.hour, local.minute) == (day, 14, 30)
    assert (meeting.minutes, meeting.party) == (45, "candidate")
    assert "Wacht op antwoord" in text_of(client.get(f"/reacties/{made.id}"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": ""}, "Vul een dag in"),
        ({"day": "31-02-2027"}, "Vul een datum in"),
        ({"day": "2020-01-01"}, "al voorbij"),
        ({"day": "2199-01-01"}, "binnen een half jaar"),
        ({"at": ""}, "Vul een tijd in"),
        ({"at": "half drie"}, "Vul een tijd in"),
        ({"minutes": "17"}, "Kies iets uit de lijst"),
        ({"where": " "}, "Vul in waar"),
        ({"where": "x" * 201}, "Maak dit korter"),
    ],
)
def test_a_time_that_cannot_be(client, samira, typed, said) -> None:
    made = own(samira)
    day = clock.local_date(NOW) + timedelta(days=4)
    given = {"day": day.isoformat(), "at": "10:00", "minutes": "30", "where": "Hier", "note": "Hoi"}
    answer = client.post(f"/reacties/{made.id}/gesprek", data=given | typed)
    assert answer.status_code == 422
    page = text_of(answer)
    assert said in page
    assert "Hoi" in page
    assert db.session.scalar(select(func.count(Meeting.id))) == 0


@pytest.fixture
def proposed(samira) -> Meeting:
    made = own(samira, State.IN_CONVERSATION)
    with transaction():
        return service.propose_meeting(
            made.id,
            MeetingInput(starts_at=NOW + timedelta(days=5), minutes=30, where="De Linde"),
            actor=recruiter_of(made.opportunity),
            party=Party.EMPLOYER,
            now=NOW,
        )


def test_saying_yes_to_a_time(client, proposed) -> None:
    base = f"/reacties/{proposed.application_id}/gesprek/{proposed.id}"
    page = text_of(client.get(f"/reacties/{proposed.application_id}"))
    assert "Kun jij dan?" in page
    assert client.post(f"{base}/ja", data={"sequence": "7"}).status_code == 409
    assert client.post(f"{base}/ja", data={"sequence": "0"}).status_code == 303
    assert proposed.state == MeetingState.ACCEPTED
    assert client.post(f"{base}/ja", data={"sequence": "1"}).status_code == 409


def test_the_file_for_the_agenda(client, proposed) -> None:
    base = f"/reacties/{proposed.application_id}/gesprek/{proposed.id}"
    answer = client.get(f"{base}/agenda.ics")
    assert answer.mimetype == "text/calendar"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert proposed.uid in answer.get_data(as_text=True).replace("\r\n ", "")
    assert (
        client.get(f"/reacties/{proposed.application_id}/gesprek/9999/agenda.ics").status_code
        == 404
    )


def test_another_time(client, proposed) -> None:
    base = f"/reacties/{proposed.application_id}/gesprek/{proposed.id}"
    page = text_of(client.get(f"{base}/verzetten"))
    assert 'value="De Linde"' in page
    day = clock.local_date(NOW) + timedelta(days=9)
    typed = {"day": day.isoformat(), "at": "09:15", "minutes": "30", "where": "De Linde"}
    assert client.post(f"{base}/verzetten", data=typed | {"at": "?"}).status_code == 422
    assert client.post(f"{base}/verzetten", data=typed | {"sequence": "0"}).status_code == 303
    assert (proposed.party, proposed.sequence) == ("candidate", 1)


def test_one_cannot(client, proposed) -> None:
    base = f"/reacties/{proposed.application_id}/gesprek/{proposed.id}"
    assert "Kun je niet?" in text_of(client.get(f"{base}/afzeggen"))
    assert client.post(f"{base}/afzeggen", data={"why": "x" * 501}).status_code == 422
    answer = client.post(f"{base}/afzeggen", data={"sequence": "0", "why": "Dan werk ik."})
    assert answer.status_code == 303
    assert proposed.state == MeetingState.DECLINED
    last = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert last is not None
    assert "Dan werk ik." in last.body


def test_a_meeting_of_somebody_else_is_not_there(client, samira, proposed) -> None:
    other = own(samira)
    for tail in ("ja", "verzetten", "afzeggen"):
        answer = client.post(f"/reacties/{other.id}/gesprek/{proposed.id}/{tail}")
        assert answer.status_code == 404


def test_after_the_end_there_are_others_that_fit(client, samira) -> None:
    made = own(samira, State.REFUSED)
    fit = make_opportunity(title="Deze past ook")
    fits(samira, fit)
    page = text_of(client.get(f"/reacties/{made.id}"))
    assert "Deze past ook" in page
    assert f"/aanbod/{made.opportunity.slug}/reageren" in page


def test_the_history_tells_who_did_what(client, samira) -> None:
    made = own(samira, State.REFUSED)
    with transaction():
        service.undo(
            made.id,
            actor=recruiter_of(made.opportunity),
            party=Party.EMPLOYER,
            now=NOW + timedelta(minutes=3),
            version=made.version,
        )
    page = text_of(client.get(f"/reacties/{made.id}"))
    assert "later ongedaan gemaakt" in page
    assert "maakte de vorige stap ongedaan" in page
    assert "Greet Wolters, om" in page


def test_what_is_purged_says_so(client, samira) -> None:
    made = own(samira, State.REFUSED)
    with transaction():
        made.purged_at = NOW
    assert "zijn gewist" in text_of(client.get(f"/reacties/{made.id}"))


def test_a_stale_page_names_who_was_first(client, samira) -> None:
    made = own(samira, State.OFFERED)
    version = made.version
    step(
        made,
        Action.REFUSE,
        actor=recruiter_of(made.opportunity),
        party=Party.EMPLOYER,
    )
    answer = client.post(f"/reacties/{made.id}/aannemen", data={"version": version})
    assert answer.status_code == 409
    assert "Greet Wolters" in text_of(answer)


def _opening(title: str):
    return make_opportunity(title=title)
