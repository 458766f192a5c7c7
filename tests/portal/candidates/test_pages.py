"""The candidate's own pages: begun, filled in, and never those of somebody else."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import RoleName
from portal.candidates import queries
from portal.candidates.models import Candidate, Situation
from portal.coaching.models import CoachHour, CoachTask, Talk
from portal.coaching.workflow import TalkState
from portal.extensions import db
from portal.matching.knowledge import places
from portal.transaction import transaction
from tests.factories import make_organisation, make_user
from tests.factories.candidates import COOK, make_candidate
from tests.portal.matching.asking import GARDEN, ask, form_of, link_of, show, words

WHOLE = {
    "name": "Robin",
    "situation": "returner",
    "skills": COOK,
    "ambition": "Met ouderen.",
    "ambition_weight": "70",
    "place": "Heerlen",
    "travel": "15",
    "hours": "16-32",
    "day_parts": ["mon-morning", "fri-night", "zondag"],
    "available_from": "",
    "employer": "0",
    "phone": "06 12345678",
    "version": "0",
}


@pytest.fixture
def robin(app: Flask, client) -> Candidate:
    candidate = make_candidate()
    client.sign_in(candidate.user.email)
    return candidate


def own(user) -> Candidate:
    db.session.rollback()
    found = queries.of_user(user.id)
    assert found is not None
    return found


class TestTheFirstTime:
    def test_it_asks_from_where_somebody_comes_and_keeps_nothing_by_looking(self, client) -> None:
        user = make_user()
        client.sign_in(user.email)
        page = client.get("/mijn-route")
        assert "Ik werkte vroeger in de zorg en wil terug" in words(page.text)
        assert db.session.query(Candidate).count() == 0

    def test_it_keeps_the_answer_and_shows_the_route(self, client) -> None:
        user = make_user()
        client.sign_in(user.email)
        sent = {"name": "Robin", "situation": "returner"}
        assert client.post("/mijn-route/begin", data=sent).location.endswith("/mijn-route")
        assert own(user).situation == Situation.RETURNER
        assert own(user).user.name == "Robin"
        shown = words(client.get("/mijn-route").text)
        assert "Hallo Robin" in shown
        assert "Vertel wat je kunt en wilt" in shown

    def test_who_chooses_nothing_is_asked_again_with_what_was_typed(self, client) -> None:
        client.sign_in(make_user().email)
        refused = client.post("/mijn-route/begin", data={"name": "Robin"})
        assert refused.status_code == 422
        assert "Kies wat het beste bij je past" in words(refused.text)
        assert 'value="Robin"' in refused.text


class TestTheRoute:
    @pytest.mark.parametrize(
        ("situation", "said", "not_said"),
        [
            (Situation.LATERAL_ENTRANT, "Kijk welk werk bij je past", "werkgever ziet"),
            (Situation.RETURNER, "Kijk wat nog telt", "werkgever ziet"),
            (Situation.EMPLOYEE, "Niemand bij je werkgever ziet dat", "Kijk wat nog telt"),
        ],
    )
    def test_it_says_other_things_to_each(self, client, situation, said, not_said) -> None:
        candidate = make_candidate(situation=situation)
        client.sign_in(candidate.user.email)
        shown = words(client.get("/mijn-route").text)
        assert said in shown
        assert not_said not in shown

    def test_nothing_is_empty_without_saying_what_to_do(self, client, robin) -> None:
        shown = words(client.get("/mijn-route").text)
        for said in (
            "We kijken of er werk is dat bij je past",
            "Nog niets bewaard",
            "Hier komt wat je kunt",
            "Je hebt nog geen gesprek",
            "Je hebt nu geen reactie lopen",
        ):
            assert said in shown, said

    def test_a_step_is_left_out_and_taken_up_again(self, client, robin) -> None:
        page = client.get("/mijn-route").text
        skip = re.search(r'<ul class="skips">(.*?)</ul>', page, re.DOTALL)
        assert skip
        action, sent = form_of(skip[1], "Praat met een coach")
        client.post(action, data=sent)
        page = client.get("/mijn-route")
        assert "Overgeslagen" in words(page.text)
        undo, sent = form_of(page.text, "Maak ongedaan")
        client.post(undo, data=sent)
        assert "Overgeslagen" not in words(client.get("/mijn-route").text)

    def test_the_talk_and_the_tasks_of_the_coach_stand_there(self, client, robin) -> None:
        now = clock.now()
        coach = make_user(RoleName.COACH)
        with transaction():
            db.session.get_one(type(coach), coach.id).name = "Petra"
            hour = CoachHour(
                coach_id=coach.id,
                starts_at=now + timedelta(days=5),
                minutes=45,
                where="Bibliotheek Heerlen",
            )
            db.session.add(hour)
            db.session.flush()
            db.session.add(
                Talk(
                    candidate_id=robin.id,
                    hour_id=hour.id,
                    state=TalkState.BOOKED,
                    uid="een-gesprek",
                    created_at=now,
                    updated_at=now,
                )
            )
            db.session.add(
                CoachTask(
                    candidate_id=robin.id,
                    coach_id=coach.id,
                    text="Bel de school",
                    due_on=clock.local_date(now) + timedelta(days=1),
                    created_at=now,
                )
            )
        shown = words(client.get("/mijn-route").text)
        assert "Bibliotheek Heerlen" in shown
        assert "met Petra" in shown
        assert "Bel de school" in shown
        assert "Doe je taak" in shown, "a task that is soon comes first"


class TestTheProfile:
    def test_it_is_kept_whole(self, client, app: Flask) -> None:
        user = make_user()
        client.sign_in(user.email)
        kept = client.post("/mijn-route/profiel", data=WHOLE)
        assert kept.location.endswith("/mijn-route/passend"), words(kept.text)
        mine = own(user)
        assert (mine.user.name, mine.situation) == ("Robin", "returner")
        assert (mine.skills, mine.ambition) == (COOK, "Met ouderen.")
        assert (mine.place, mine.province, mine.travel_km) == ("Heerlen", "Limburg", 15)
        assert (mine.hours_low, mine.hours_high) == (16, 32)
        assert mine.day_parts == 1 | 1 << (4 * 4 + 3)
        assert mine.ambition_weight == 0.7
        assert (mine.phone, mine.visible, mine.available_from) == ("06 12345678", False, None)

    def test_it_comes_back_as_it_was_kept(self, client, app: Flask) -> None:
        user = make_user()
        client.sign_in(user.email)
        client.post("/mijn-route/profiel", data=WHOLE | {"visible": "y"})
        page = client.get("/mijn-route/profiel").text
        assert COOK in page
        assert 'value="16-32"' in page
        assert 'value="Heerlen"' in page
        ticked = re.findall(r"<input[^>]*\bchecked\b[^>]*>", page)
        values = {value for one in ticked for value in re.findall(r'value="([^"]*)"', one)}
        assert {"returner", "mon-morning", "fri-night", "y"} <= values

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("skills", " ", "Schrijf eerst wat je kunt"),
            ("place", "Nergenshuizen", "Deze plaats kennen we niet"),
            ("hours", "veel", "Vul een aantal uren in"),
            ("phone", "bel maar", "Dit is geen telefoonnummer"),
            ("available_from", "morgen", "Vul een datum in"),
            ("available_from", "2099-01-01", "verder dan twee jaar"),
            ("situation", "piloot", "Kies iets uit de lijst"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client, app: Flask, field, value, said
    ) -> None:
        user = make_user()
        client.sign_in(user.email)
        sent = WHOLE | {field: value} | ({"ambition": ""} if field == "skills" else {})
        refused = client.post("/mijn-route/profiel", data=sent)
        assert refused.status_code == 422
        assert said in words(refused.text)
        assert queries.of_user(user.id) is None
        for name, typed in sent.items():
            if name in {"name", "place", "hours", "phone", "available_from"} and typed:
                assert f'value="{typed}"' in refused.text, name
        if field != "skills":
            assert COOK in refused.text

    def test_a_day_that_has_come_means_now(self, client, app: Flask) -> None:
        user = make_user()
        client.sign_in(user.email)
        client.post("/mijn-route/profiel", data=WHOLE | {"available_from": "2020-01-01"})
        assert own(user).available_from is None

    def test_a_stale_form_keeps_what_was_typed_and_can_be_sent_again(self, client, robin) -> None:
        old = str(robin.version)
        client.post("/mijn-route/profiel", data=WHOLE | {"version": old, "hours": "8"})
        stale = client.post("/mijn-route/profiel", data=WHOLE | {"version": old, "hours": "36"})
        assert stale.status_code == 409
        assert 'value="36"' in stale.text
        assert own(robin.user).hours_high == 12
        version = re.search(r'name="version"[^>]*value="(\d+)"', stale.text)
        assert version
        again = client.post("/mijn-route/profiel", data=WHOLE | {"version": version[1]})
        assert again.status_code == 303
        assert own(robin.user).hours_high == 32

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
    def test_a_version_that_was_made_by_hand_changes_nothing(self, client, robin, version) -> None:
        sent = client.post("/mijn-route/profiel", data=WHOLE | {"version": version})
        assert sent.status_code == 409
        assert own(robin.user).phone == ""

    def test_it_shows_exactly_what_an_employer_sees(self, client) -> None:
        candidate = make_candidate(
            name="Robin Voorbeeld", phone="06 12345678", place=places().find("Heerlen")
        )
        client.sign_in(candidate.user.email)
        page = client.get("/mijn-route/profiel").text
        seen = re.search(r'<dl class="seen".*?</dl>', page, re.DOTALL)
        assert seen
        assert candidate.code in seen[0]
        assert "Heerlen" in seen[0]
        for secret in ("Robin", "06 12", candidate.user.email, "kantine"):
            assert secret not in seen[0], secret

    def test_the_own_employer_can_be_named_and_only_one_of_the_pool(self, client, robin) -> None:
        work = make_organisation("Zorghuis De Es")
        sent = WHOLE | {"version": str(robin.version), "employer": str(work.id)}
        client.post("/mijn-route/profiel", data=sent)
        assert own(robin.user).employer_id == work.id
        sent |= {"version": str(own(robin.user).version), "employer": "987654"}
        client.post("/mijn-route/profiel", data=sent)
        assert own(robin.user).employer_id is None

    def test_a_place_that_was_read_in_the_text_is_filled_in(self, client, robin) -> None:
        assert 'value="Vaals"' in client.get("/mijn-route/profiel?plaats=Vaals").text


class TestTakingOver:
    @pytest.mark.usefixtures("matching")
    def test_a_question_becomes_the_profile_after_asking(self, client, robin) -> None:
        token = ask(client, GARDEN)
        link = link_of(show(client, token).text, "Zet deze tekst in mijn profiel")
        asked = client.get(link)
        assert "verdwijnt dan" in words(asked.text)
        assert own(robin.user).skills == COOK, "looking changes nothing"
        action, sent = form_of(asked.text, "Ja, zet hem erin")
        assert client.post(action, data=sent).location.endswith("/mijn-route/passend")
        assert own(robin.user).skills == GARDEN

    def test_a_question_that_is_gone_is_told(self, client, robin) -> None:
        gone = client.get("/mijn-route/overnemen/20200101-" + "x" * 24)
        assert gone.status_code == 410
        assert client.get("/mijn-route/overnemen/zomaar").status_code == 404


PAGES = (
    "/mijn-route",
    "/mijn-route/profiel",
    "/mijn-route/passend",
    "/mijn-route/bewaard",
    "/mijn-route/vergelijken",
)


@pytest.mark.parametrize("page", PAGES)
def test_it_is_for_candidates_only(client, app: Flask, page: str) -> None:
    assert client.get(page).status_code == 303
    client.sign_in(make_user(RoleName.COACH).email)
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_who_has_no_profile_yet_is_told_how_to_begin(client, app: Flask, page: str) -> None:
    client.sign_in(make_user().email)
    shown = client.get(page)
    assert shown.status_code == 200
    assert "<h1" in shown.text
    assert db.session.query(Candidate).count() == 0


@pytest.mark.parametrize("page", PAGES)
def test_two_people_never_see_each_other(client, robin, page: str) -> None:
    another = make_candidate(
        name="Sacha",
        skills="Ik vang walvissen bij Spitsbergen.",
        ambition="Naar zee.",
        phone="06 98765432",
    )
    shown = client.get(page).text
    for secret in ("Sacha", "walvissen", "Naar zee", "98765432", another.code, another.user.email):
        assert secret not in shown, secret
