"""What matching writes down, and what it does not."""

import json

import pytest

from matcher import Filters
from portal import clock
from portal.errors import Gone, NotFound
from portal.extensions import db
from portal.matching import service
from portal.matching.asked import Asked, read_hours, read_place
from portal.matching.changes import last_number
from portal.matching.models import MatchRequest, MatchRun
from portal.matching.resident import Resident
from portal.transaction import transaction
from tests.portal.matching.asking import COOK, COOKING, GARDEN, NURSE, ask, cook, gardener

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()


def runs() -> list[MatchRun]:
    db.session.rollback()
    return list(db.session.query(MatchRun).order_by(MatchRun.id))


def kept(asked: Asked | None = None) -> MatchRequest:
    with transaction():
        return service.ask(asked or Asked(COOK, ""), now=NOW)


# Runs


def test_a_run_holds_scores_and_reasons_without_the_words(client, matching) -> None:
    kitchen, garden = cook(requirements=(COOKING, NURSE)), gardener()
    ask(client, COOK, "Iets geheims: tuinieren", place="Heerlen")
    (run,) = runs()
    assert run.encoder_version == matching.engine().version
    assert run.index_number == last_number() == matching.number
    assert {one["opportunity"] for one in run.results} == {kitchen.id, garden.id}
    scores = [one["score"] for one in run.results]
    assert all(0 <= score <= 1 for score in scores)
    asked = {one["opportunity"]: one for one in run.results}[kitchen.id]
    assert asked["level"] in {"route", "not_yet"}
    assert [one["key"] for one in asked["reasons"]] == ["cook-for-groups", "big-nurse"]
    assert asked["reasons"][1] == {"key": "big-nurse", "status": "not_shown", "strength": 0}
    written = json.dumps(run.results).lower()
    for word in ("kantine", "honderd", "eters", "geheims", "tuinieren", "heerlen"):
        assert word not in written


def test_a_changed_text_is_another_run(client, matching) -> None:
    cook()
    token = ask(client)
    client.post(f"/passend/{token}/tekst", data={"skills": GARDEN})
    first, second = runs()
    assert first.request_id == second.request_id
    assert first.results != second.results


def test_at_most_twenty_are_written_down(client, matching, monkeypatch) -> None:
    monkeypatch.setattr(service, "_RECORDED", 2)
    for _number in range(3):
        cook()
    ask(client)
    assert len(runs()[0].results) == 2


def test_while_matching_wakes_there_is_no_run(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.extensions, "matching", Resident(app))
    ask(client)
    assert runs() == []


def test_forgetting_erases_the_request_and_its_runs(client, matching) -> None:
    cook()
    mine, other = ask(client), ask(client)
    with transaction():
        service.forget(mine, now=NOW)
    assert [row.token for row in db.session.query(MatchRequest)] == [other]
    assert len(runs()) == 1


# Requests


def test_what_is_asked_goes_to_the_engine(app) -> None:
    with app.test_request_context():
        asked = Asked(COOK, GARDEN, read_place("Beek (Limburg)"), read_hours("16,5-24"))
    profile = service.profile_of(kept(asked))
    assert (profile.skills, profile.ambition) == (COOK, GARDEN)
    assert profile.place == asked.place
    assert profile.travel_km == 25
    assert (profile.hours.low, profile.hours.high) == (16.5, 24)
    assert profile.ambition_weight == 0.5


@pytest.mark.parametrize("step", ["change", "answer", "set_paper", "forget"])
@pytest.mark.parametrize("raised", [NotFound, Gone])
def test_nothing_is_done_without_a_request(app, step, raised) -> None:
    token = kept().token if raised is Gone else "x"
    later = NOW + service.KEPT_FOR
    with pytest.raises(raised), transaction():
        match step:
            case "change":
                service.change(token, Asked(GARDEN, ""), now=later)
            case "answer":
                service.answer(token, "x", None, now=later)
            case "set_paper":
                service.set_paper(token, "vog", has=True, now=later)
            case _:
                service.forget(token, now=later)
    assert db.session.query(MatchRequest).count() == (raised is Gone)


def test_a_run_for_what_was_forgotten_meanwhile(client, matching) -> None:
    request = kept()
    run = service.run_of(request, now=NOW)
    with transaction():
        service.forget(request.token, now=NOW)
    with pytest.raises(NotFound), transaction():
        service.keep_run(request.token, run, now=NOW)
    assert runs() == []


def test_the_last_page_for_who_asks_for_more(matching) -> None:
    for _number in range(3):
        cook()
    profile = service.profile_of(kept())
    found = service.find_matches(profile, Filters(), page=7, now=NOW)
    assert found.page == 1
    assert len(found.ranking.matches) == len(found.opportunities) == 3


def test_an_explanation_of_what_is_not_in_the_pool(matching) -> None:
    made = cook()
    profile = service.profile_of(kept())
    assert service.explain(profile, made).opportunity == str(made.id)
    made.id = 999_999
    with pytest.raises(NotFound):
        service.explain(profile, made)
    db.session.rollback()


# Proposing


def test_requirements_out_of_a_text(matching) -> None:
    text = "Je helpt bewoners bij het wassen en aankleden. Een VOG is verplicht."
    found = {one.gate or one.competence: one for one in service.propose_requirements(text)}
    assert found["vog"].sentence == "Een VOG is verplicht."
    assert not found["vog"].learnable
    assert found["help-washing-dressing"].label
    assert 0 < found["help-washing-dressing"].strength <= 1
    assert service.propose_requirements("") == []
    assert len(service.propose_requirements(text, limit=1)) == 1
