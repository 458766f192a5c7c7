"""One application at the employer's side: what it shows, and every step with its form."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications.models import Application, Message
from portal.applications.policy import RefusalReason
from portal.applications.workflow import Action, Party, State, actions_from
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.recruiting import wording
from portal.recruiting.steps import STEPS
from portal.transaction import transaction
from tests.factories import make_opportunity, make_user
from tests.factories.applications import make_application, make_candidate, step

NOW = clock.now()
TODAY = clock.local_date(NOW)
WORD = "Je kookt mooi. Doe eerst een dag mee in de zorg, dan weten we meer."


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@pytest.fixture
def made(opening, employer):
    return make_application(candidate=make_candidate(name="Noor Vissers"), opportunity=opening)


def url(made, name="") -> str:
    return f"/werkgever/reacties/{made.id}" + (f"/stap/{name}" if name else "")


def state_of(made) -> str:
    db.session.rollback()
    return db.session.get_one(Application, made.id).state


def version(made) -> str:
    db.session.rollback()
    return str(db.session.get_one(Application, made.id).version)


SENT = {
    "praten": {},
    "aanbieden": {"start_on": (TODAY + timedelta(days=30)).isoformat(), "hours": "24"},
    "proef": {"word": "Kom dinsdag een dag meelopen."},
    "uitstellen": {"until": (TODAY + timedelta(days=20)).isoformat()},
    "niet-verder": {"reason": "experience", "word": WORD},
}


@pytest.mark.usefixtures("matching")
def test_everything_that_came_with_it(client, made):
    page = words(client.get(url(made)))
    for one in ("Noor Vissers", made.candidate.user.email, "06 12345678", "Ik kook al jaren"):
        assert one in page
    assert "Noor Vissers wacht op je antwoord" in page
    assert "Naast je eisen" in page
    assert "Noor Vissers reageerde" in page


@pytest.mark.parametrize("state", State)
def test_the_buttons_are_those_of_the_table(client, employer, opening, state):
    made = make_application(state, opportunity=opening)
    page = client.get(url(made)).text
    shown = {name for name in STEPS if f"/stap/{name}" in page}
    allowed = {
        name for name, one in STEPS.items() if one.action in actions_from(state, Party.EMPLOYER)
    }
    assert shown == allowed


def test_every_step_of_the_employer_has_a_name():
    asked = {action for state in State for action in actions_from(state, Party.EMPLOYER)}
    assert {one.action for one in STEPS.values()} == asked


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", STEPS)
def test_every_step_in_every_state(client, employer, opening, state, name):
    made = make_application(state, opportunity=opening)
    before, number = state_of(made), version(made)
    allowed = STEPS[name].action in actions_from(State(before), Party.EMPLOYER)
    asked = client.get(url(made, name))
    assert asked.status_code == (200 if allowed else 303)
    answer = client.post(url(made, name), data={**SENT[name], "version": number})
    assert answer.status_code == (303 if allowed else 409)
    wanted = {
        Action.TALK: State.IN_CONVERSATION,
        Action.OFFER: State.OFFERED,
        Action.TRY: State.TRIAL,
        Action.POSTPONE: State.POSTPONED,
        Action.REFUSE: State.REFUSED,
    }[STEPS[name].action]
    assert state_of(made) == (wanted if allowed else before)


@pytest.mark.parametrize("name", STEPS)
def test_each_step_can_be_undone_at_once(client, made, name):
    answer = client.post(url(made, name), data={**SENT[name], "version": version(made)})
    page = client.get(answer.location)
    assert "Maak ongedaan" in page.text
    undone = client.post(f"{url(made)}/herstel", data={"version": version(made)})
    assert undone.status_code == 303
    assert state_of(made) == State.NEW


def test_an_offer_tells_hours_and_day(client, made):
    client.post(url(made, "aanbieden"), data={**SENT["aanbieden"], "version": version(made)})
    mail = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.recipient == made.candidate.user.email)
        .order_by(OutboxMessage.id.desc())
    ).first()
    assert "24 uur per week." in mail.body


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("niet-verder", {"reason": "experience", "word": "Nee."}, "een zin waar de kandidaat"),
        ("niet-verder", {"reason": "onzin", "word": WORD}, "Kies iets uit de lijst"),
        ("niet-verder", {"reason": "experience"}, "Vul dit in"),
        ("uitstellen", {"until": ""}, "Vul dit in"),
        ("uitstellen", {"until": TODAY.isoformat()}, "al voorbij"),
        ("uitstellen", {"until": "2099-01-01"}, "te ver weg"),
        ("uitstellen", {"until": "morgen"}, "Vul een datum in"),
        ("aanbieden", {"start_on": ""}, "Vul dit in"),
        ("aanbieden", {"start_on": (TODAY - timedelta(days=1)).isoformat()}, "al voorbij"),
        ("aanbieden", {**SENT["aanbieden"], "hours": "90"}, "Vul een getal in"),
        ("proef", {"word": "z" * 1001}, "Maak dit korter"),
    ],
)
def test_what_is_wrong_is_said_and_stays(client, made, name, sent, said):
    answer = client.post(url(made, name), data={**sent, "version": version(made)})
    assert answer.status_code == 422
    assert said in words(answer)
    if sent.get("word"):
        assert sent["word"] in unescape(answer.text)
    assert state_of(made) == State.NEW


def test_who_was_first_and_what_was_typed_stays(client, made, employer):
    old = version(made)
    colleague = make_user(member_of=made.opportunity.site.organisation)
    with transaction():
        colleague.name = "Greet Wolters"
    step(made, Action.TALK, actor=colleague, party=Party.EMPLOYER)
    answer = client.post(url(made, "niet-verder"), data={**SENT["niet-verder"], "version": old})
    assert answer.status_code == 409
    assert "Greet Wolters was je voor" in words(answer)
    assert WORD in unescape(answer.text)
    # Who has read it may still send it.
    again = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    sent = {**SENT["niet-verder"], "version": again}
    assert client.post(url(made, "niet-verder"), data=sent).status_code == 303


@pytest.mark.parametrize(
    "sent", [{}, {"version": ""}, {"version": "nee"}, {"version": "99999999999"}]
)
def test_without_a_version_nothing_happens(client, made, sent):
    assert client.post(url(made, "praten"), data=sent).status_code == 409
    assert client.post(f"{url(made)}/herstel", data=sent).status_code == 409
    assert state_of(made) == State.NEW


def test_a_double_click_is_one_step(client, made):
    sent = {**SENT["niet-verder"], "version": version(made)}
    assert client.post(url(made, "niet-verder"), data=sent).status_code == 303
    assert client.post(url(made, "niet-verder"), data=sent).status_code == 409
    told = select(OutboxMessage).where(OutboxMessage.recipient == made.candidate.user.email)
    assert len([one for one in db.session.scalars(told) if WORD in one.body]) == 1


def test_a_step_that_does_not_exist(client, made):
    assert client.get(url(made, "weggooien")).status_code == 404
    assert client.post(url(made, "weggooien")).status_code == 404


# Words to begin with


def test_first_the_reason_then_words_that_can_be_changed(client, made):
    first = client.get(url(made, "niet-verder")).text
    assert first.count('type="radio"') == len(RefusalReason)
    assert "<textarea" not in first
    page = unescape(client.get(url(made, "niet-verder") + "?reden=hours").text)
    assert "Beste Noor," in page
    assert "De dagen en tijden passen" in page
    assert made.opportunity.title in page


@pytest.mark.parametrize("reason", RefusalReason)
def test_every_reason_has_words_without_holes(app, made, reason):
    with app.test_request_context():
        text = wording.refusal(made, reason, None)
        assert text.startswith("Beste Noor,\n\n")
        assert made.opportunity.title in text
        assert "{" not in text
        several = wording.for_several(reason)
        assert wording.FIRST_NAME in several
        assert "{" not in wording.personal(made).fill(several)


@pytest.mark.usefixtures("matching")
def test_what_is_missing_is_named(client, made):
    page = unescape(client.get(url(made, "niet-verder") + "?reden=papers").text)
    assert "Het gaat om:" in page
    assert "VOG" in page.split("Het gaat om:")[1][:200] or "gedrag" in page.split("Het gaat om:")[1]


def test_somebody_without_a_name_is_addressed_all_the_same(app, opening):
    made = make_application(candidate=make_candidate(name="Noor"), opportunity=opening)
    with transaction():
        made.candidate.user.name = ""
    with app.test_request_context():
        assert wording.personal(made).first_name == "kandidaat"


# Messages and meetings


def test_messages(client, made):
    answer = client.post(f"{url(made)}/bericht", data={"text": "Kun je dinsdag bellen?"})
    assert answer.status_code == 303
    assert db.session.scalars(select(Message)).one().party == Party.EMPLOYER
    assert "Kun je dinsdag bellen?" in client.get(url(made)).text
    assert state_of(made) == State.IN_CONVERSATION
    empty = client.post(f"{url(made)}/bericht", data={"text": "  "})
    assert empty.status_code == 422
    assert "Schrijf eerst een bericht" in empty.text


def test_a_meeting_is_proposed_moved_and_called_off(client, made):
    day = (TODAY + timedelta(days=7)).isoformat()
    sent = {"day": day, "at": "10:30", "minutes": "30", "where": "Stationsplein 1"}
    assert client.get(f"{url(made)}/gesprek").status_code == 200
    assert client.post(f"{url(made)}/gesprek", data=sent).status_code == 303
    page = client.get(url(made)).text
    meeting = re.search(r"/gesprek/(\d+)/verzetten", page)[1]
    there = f"{url(made)}/gesprek/{meeting}"
    assert client.get(f"{there}/agenda.ics").mimetype == "text/calendar"
    moved = client.get(f"{there}/verzetten").text
    sequence = re.search(r'name="sequence"[^>]*value="(\d+)"', moved)[1]
    later = {**sent, "at": "11:00", "sequence": sequence}
    assert client.post(f"{there}/verzetten", data=later).status_code == 303
    off = client.get(f"{there}/afzeggen").text
    sequence = re.search(r'name="sequence"[^>]*value="(\d+)"', off)[1]
    assert client.post(f"{there}/afzeggen", data={"sequence": sequence}).status_code == 303
    assert "Afgezegd" in client.get(url(made)).text


def test_a_meeting_of_another_application_is_not_there(client, made, opening):
    from portal.applications import service
    from portal.applications.meetings import MeetingInput

    other = make_application(opportunity=make_opportunity())
    with transaction():
        meeting = service.propose_meeting(
            other.id,
            MeetingInput(starts_at=NOW + timedelta(days=5), minutes=30, where="Hier"),
            actor=other.candidate.user,
            party=Party.CANDIDATE,
            now=NOW,
        )
    for path in ("verzetten", "afzeggen", "agenda.ics"):
        assert client.get(f"{url(made)}/gesprek/{meeting.id}/{path}").status_code == 404
