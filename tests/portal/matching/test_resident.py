"""The engine of a process: asleep, resting, awake, and never behind the database."""

import logging
import shutil
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select, update

from matcher import Engine, LexicalEncoder, Profile, home
from portal import clock
from portal.config import ROOT
from portal.errors import Unavailable
from portal.extensions import db
from portal.matching.changes import last_number
from portal.matching.models import OpportunityVector
from portal.matching.resident import Resident, State
from portal.opportunities import service
from portal.opportunities.models import Opportunity
from portal.opportunities.workflow import Status
from portal.transaction import transaction
from tests.conftest import empty
from tests.factories import make_employer, make_site, opportunity_input
from tests.portal.matching.asking import COOK, COOKING, ask, cook, gardener, slugs, words
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("app")
PROFILE = Profile(id="test", skills=COOK)


def ranked(holder: Resident) -> list[tuple[int, float]]:
    matches = holder.engine().rank(PROFILE, limit=50).matches
    return [(int(one.opportunity), round(one.score, 6)) for one in matches]


def ids(holder: Resident) -> set[int]:
    return {number for number, _score in ranked(holder)}


@pytest.fixture(scope="session")
def other_engine(new_engine):
    return new_engine()


@pytest.fixture
def other(app, encoder, other_engine):
    """A second web process on the same database."""
    holder = Resident(app)
    holder.adopt(other_engine, encoder.dimension)
    yield holder
    other_engine.remove(holder.held)


# Two processes


def test_what_is_posted_changed_or_closed_is_seen_by_the_next_request(matching, other) -> None:
    site = make_site()
    employer = make_employer(site.organisation)
    now = clock.now()
    assert ids(matching) == ids(other) == set()

    made = cook(site=site)
    assert ids(other) == {made.id}
    assert ids(matching) == {made.id}
    assert matching.number == other.number == last_number()

    before = ranked(other)
    given = opportunity_input(site, title="Tuinman", text="Je werkt in de tuin.", requirements=())
    with transaction():
        service.update(
            made.slug,
            opportunity_input(site, title="Tuinman", text=given.text * 2, requirements=(COOKING,)),
            version=made.version,
            actor=employer,
            now=now,
        )
    assert ranked(other) == ranked(matching) != before

    with transaction():
        service.close(made.slug, version=made.version, actor=employer, now=now)
    assert ids(matching) == ids(other) == set()

    with transaction():
        service.reopen(made.slug, version=made.version, actor=employer, now=now)
    assert ids(other) == ids(matching) == {made.id}


def test_what_one_process_encoded_is_not_encoded_by_the_other(matching, other, caplog) -> None:
    made = cook()
    ranked(matching)
    stored = db.session.scalars(select(OpportunityVector)).all()
    assert [row.opportunity_id for row in stored] == [made.id]
    assert ranked(other) == ranked(matching)
    db.session.rollback()
    assert len(db.session.scalars(select(OpportunityVector)).all()) == 1


def test_a_draft_is_never_in_the_engine(matching) -> None:
    cook(status=Status.DRAFT)
    cook(status=Status.CLOSED)
    assert ids(matching) == set()


def test_a_database_that_was_put_back_is_read_again(matching) -> None:
    cook(), cook()
    assert len(ids(matching)) == 2
    db.session.remove()
    empty()
    assert ids(matching) == set()
    made = gardener()
    assert ids(matching) == {made.id}


def test_nothing_new_costs_one_query(matching) -> None:
    cook()
    ranked(matching)
    with queries() as sent:
        matching.engine()
    assert len(sent) == 1, sent


def test_posting_and_asking_through_the_pages(client, matching) -> None:
    """The first visitor after a posting does not wait for a lock of the own request."""
    made = cook()
    page = client.get(f"/passend/{ask(client)}")
    assert slugs(page.text) == [made.slug]
    assert db.session.scalars(select(OpportunityVector)).all(), "its vectors could be kept"


# Closed or foreign


def test_what_has_gone_meanwhile_is_dropped_from_the_answer(client, matching) -> None:
    """The engine has not heard of it: the database has the last word."""
    made, closed, late, draft = cook(), cook(), cook(), cook()
    token = ask(client)
    assert len(ids(matching)) == 4
    past = clock.local_date(clock.now()) - timedelta(days=1)
    with transaction():
        for row, values in (
            (closed, {"status": Status.CLOSED, "closed_at": clock.now()}),
            (late, {"closes_on": past}),
            (draft, {"status": Status.DRAFT}),
        ):
            db.session.execute(update(Opportunity).where(Opportunity.id == row.id).values(values))
    page = client.get(f"/passend/{token}")
    assert page.status_code == 200
    assert slugs(page.text) == [made.slug]
    assert "1 plek past binnen je grenzen" in words(page.text)


# Stored vectors


@pytest.fixture
def stored(matching):
    """Two opportunities with their vectors, and what the engine answers."""
    cook(), gardener()
    answer = ranked(matching)
    rows = db.session.scalars(select(OpportunityVector)).all()
    whole = {row.opportunity_id: bytes(row.vectors) for row in rows}
    db.session.rollback()
    return answer, whole


def spoil(**values) -> None:
    with transaction():
        db.session.execute(update(OpportunityVector).values(values))


DAMAGE = {
    "nothing": lambda blob: b"",
    "part of a number": lambda blob: blob[: len(blob) // 2 + 1],
    "part of a row": lambda blob: blob[: len(blob) // 4],
    "a row less": lambda blob: blob[: len(blob) // 2],
    "a row more": lambda blob: blob * 2,
    "no numbers": lambda blob: b"\xff" * len(blob),
    "infinite": lambda blob: np.full(len(blob) // 4, np.inf, dtype=np.float32).tobytes(),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_half_written_index_is_made_anew(other, stored, damage, caplog) -> None:
    answer, whole = stored
    spoil(vectors=DAMAGE[damage](next(iter(whole.values()))))
    with caplog.at_level(logging.WARNING):
        assert ranked(other) == answer
    assert "damaged; made anew" in caplog.text
    db.session.rollback()
    kept = {
        row.opportunity_id: row.vectors for row in db.session.scalars(select(OpportunityVector))
    }
    for number, vectors in whole.items():
        assert np.allclose(
            np.frombuffer(kept[number], np.float32), np.frombuffer(vectors, np.float32), atol=1e-5
        )


def test_vectors_of_another_text_are_made_anew(other, stored) -> None:
    answer, whole = stored
    spoil(content_hash="0" * 32, vectors=b"\x00" * len(next(iter(whole.values()))))
    assert ranked(other) == answer
    hashes = set(db.session.scalars(select(OpportunityVector.content_hash)))
    assert "0" * 32 not in hashes


def test_vectors_of_another_encoder_are_left_alone(other, stored) -> None:
    answer, _whole = stored
    spoil(encoder_version="een-ander@00000000", vectors=b"\x00" * 8)
    assert ranked(other) == answer
    rows = db.session.execute(
        select(OpportunityVector.encoder_version, OpportunityVector.opportunity_id)
    ).all()
    assert len(rows) == 4
    assert {version for version, _ in rows} == {"een-ander@00000000", other.engine().version}


def test_a_half_written_cache_is_made_anew(encoder, tmp_path, caplog) -> None:
    known = home.framework()
    few = {one: known.competences[one] for one in ("cook-for-groups", "maintain-gardens")}
    known = replace(known, competences=few, learning={})
    letters = LexicalEncoder.load(home.NGRAMS)
    Engine(known, encoder, letters, cache=tmp_path)
    # One for competences and one for professions.
    files = sorted(tmp_path.iterdir())
    file = files[0]
    whole = file.read_bytes()
    for half in (b"", whole[:100], whole[: len(whole) // 2], whole[:-4], b"x" * len(whole)):
        file.write_bytes(half)
        caplog.clear()
        Engine(known, encoder, letters, cache=tmp_path)
        assert "made anew" in caplog.text
        assert file.read_bytes() == whole
    assert sorted(tmp_path.iterdir()) == files


# Waking and resting


def waiting(app, monkeypatch, holder: Resident) -> Resident:
    monkeypatch.setitem(app.extensions, "matching", holder)
    return holder


def no_engine_yet_everything_else(client, made, *, retry: str, says: str) -> None:
    """The answer waits with the text shown; browsing and asking go on."""
    response = client.post("/passend", data={"skills": COOK, "place": "Heerlen", "hours": "24"})
    assert response.status_code == 303
    page = client.get(response.location)
    assert page.status_code == 503
    assert page.headers["Retry-After"] == retry
    assert says in words(page.text)
    assert COOK in words(page.text)
    assert "Heerlen, ongeveer 24 uur" in words(page.text)
    assert client.get(f"{response.location}/tekst").status_code == 200
    assert client.get("/").status_code == 200
    assert made.title in client.get("/aanbod").text
    assert client.get(f"/aanbod/{made.slug}").status_code == 200
    refused = client.post("/passend", data={"skills": "😀 ", "place": "Heerln"})
    assert refused.status_code == 422
    assert "Heerln" in refused.text


def test_while_it_wakes(app, client, monkeypatch) -> None:
    holder = waiting(app, monkeypatch, Resident(app))
    no_engine_yet_everything_else(client, cook(), retry="5", says="Matchen wordt klaargezet")
    assert holder.state is State.WAKING
    with pytest.raises(Unavailable):
        holder.engine()


def test_without_its_model_matching_rests(app, client, monkeypatch, tmp_path, caplog) -> None:
    monkeypatch.setitem(app.config, "ENCODER", str(tmp_path))
    holder = waiting(app, monkeypatch, Resident(app))
    holder.wake()
    assert holder.state is State.RESTING
    assert str(tmp_path) in caplog.text
    assert "Traceback" not in caplog.text
    no_engine_yet_everything_else(client, cook(), retry="300", says="Matchen rust nu even")


def test_a_model_that_is_broken(app, monkeypatch, tmp_path) -> None:
    (tmp_path / "modules.json").write_text("{")
    (tmp_path / "model.safetensors").write_bytes(b"half")
    monkeypatch.setitem(app.config, "ENCODER", str(tmp_path))
    holder = Resident(app)
    holder.wake()
    assert holder.state is State.RESTING


@pytest.fixture
def data(app, monkeypatch, tmp_path) -> Path:
    """A copy of the data that a test may break."""
    copy = tmp_path / "data"
    shutil.copytree(ROOT / "data", copy, ignore=shutil.ignore_patterns("demo", "evaluation"))
    monkeypatch.setitem(app.config, "BEKWAAM_DATA", str(copy))
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field"),
    [
        ("framework/gates.yaml", "- id: vog\n", "- id: VOG!\n", 4, "id"),
        ("framework/fields.yaml", "- id: youth\n", "- idee: youth\n", 23, "id"),
        ("places.csv", "Heerlen,Limburg,50", "Heerlen,Limburg,x50", None, "latitude"),
    ],
)
def test_a_broken_data_file(app, client, monkeypatch, data, caplog, file, old, new, line, field):
    broken = data / file
    text = broken.read_text(encoding="utf-8")
    assert text.count(old) == 1
    broken.write_text(text.replace(old, new), encoding="utf-8")
    line = line or text[: text.index(old)].count("\n") + 1
    holder = waiting(app, monkeypatch, Resident(app))
    holder.wake()
    assert holder.state is State.RESTING
    assert f"{broken}, line {line}, field '{field}'" in caplog.text
    assert "Traceback" not in caplog.text
    made = cook()
    response = client.post("/passend", data={"skills": COOK})
    assert response.status_code == 303
    page = client.get(response.location)
    assert page.status_code == 503
    assert COOK in words(page.text)
    assert client.get("/").status_code == 200
    typed = client.post("/passend", data={"skills": COOK, "place": "Heerlen"})
    assert typed.status_code == (422 if file == "places.csv" else 303)
    assert typed.status_code == 303 or COOK in typed.text
    for address in ("/aanbod", f"/aanbod/{made.slug}", "/leren"):
        # What needs the file says that it does not work now; the rest is served.
        response = client.get(address)
        assert response.status_code in {200, 503}, address
        assert "Naar het begin" in response.text or response.status_code == 200


def test_the_letters_of_the_engine_are_missing(app, monkeypatch, data) -> None:
    (data / "encoder" / "ngrams.npz").write_bytes(b"PK half")
    holder = Resident(app)
    holder.wake()
    assert holder.state is State.RESTING


def test_nothing_wakes_by_itself_in_tests(app) -> None:
    holder = Resident(app)
    holder.start()
    assert holder.state is State.WAKING


def test_it_wakes_behind_the_first_page(app, client, monkeypatch, tmp_path) -> None:
    """Started twice it wakes once; here it finds no model, which is quick."""
    monkeypatch.setitem(app.config, "MATCHING_WAKES", True)
    monkeypatch.setitem(app.config, "ENCODER", str(tmp_path))
    holder = waiting(app, monkeypatch, Resident(app))
    page = client.get(client.post("/passend", data={"skills": COOK}).location)
    assert page.status_code == 503
    holder.start()
    until = time.monotonic() + 60
    while holder.state is State.WAKING and time.monotonic() < until:
        time.sleep(0.05)
    holder.stop(60)
    assert holder.state is State.RESTING
