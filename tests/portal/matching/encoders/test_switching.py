"""Another encoder: its index is made behind the old one, which answers until the new is whole."""

from __future__ import annotations

import os
import shutil

import numpy as np
import pytest
from sqlalchemy import select, update

from portal import clock
from portal.extensions import db
from portal.matching import building, encoders
from portal.matching.building import GivenUp, build
from portal.matching.models import EncoderState, OpportunityVector
from portal.matching.resident import State
from portal.transaction import transaction
from tests.factories.encoders import tiny_model
from tests.portal.matching.asking import ask, cook, gardener, slugs, words
from tests.portal.matching.encoders.telling import Killed, ranked, states, stored

pytestmark = pytest.mark.usefixtures("app", "_one_at_a_time")


# From one to the other


def test_the_first_encoder_of_a_new_database_serves(old) -> None:
    assert states() == {old.version: "serving"}
    assert stored() == {old.version: 2}
    assert building.wanted() is None
    assert encoders.progress() is None


def test_the_old_one_answers_until_the_new_is_whole(old, use, process, client) -> None:
    before, first = ranked(old), old.version
    new = use("new")
    assert new != first

    # Restarted with the new configuration: the database says who serves.
    restarted = process()
    assert restarted.version == first
    assert ranked(restarted) == before

    seen: list[tuple[int, int]] = []

    def while_it_builds(done: int, total: int) -> None:
        db.session.rollback()
        seen.append((done, total))
        told = client.get("/status").json["matching"]["follows"]
        assert (told["encoder"], told["done"], told["total"]) == (new, done, total)
        assert states() == {first: "serving", new: "building"}
        old.wake(), restarted.wake()
        assert ranked(old) == ranked(restarted) == before

    assert build(building.wanted(), while_it_builds) == 2
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert states() == {new: "serving"}
    assert stored() == {new: 2}

    # Without a look nothing changes; no request ever waits for a model.
    assert ranked(old) == before
    for holder in (old, restarted):
        holder.wake()
        assert (holder.version, holder.state) == (new, State.READY)
    assert ranked(old) == ranked(restarted) == ranked(process())
    assert {one for one, _ in ranked(old)} == {one for one, _ in before}
    assert client.get("/status").json["matching"].get("follows") is None


def test_what_is_posted_meanwhile_is_in_both(old, use, process) -> None:
    first, new = old.version, use("new")
    posted = []

    def post_at_the_end(done: int, total: int) -> None:
        if done == total and not posted:
            db.session.rollback()
            posted.append(cook().id)
            assert str(posted[0]) in dict(ranked(old))
            assert stored() == {first: 3, new: 2}

    build(building.wanted(), post_at_the_end)
    assert stored() == {new: 3}
    old.wake()
    assert str(posted[0]) in dict(ranked(old))
    assert old.version == new


def test_what_changed_meanwhile_is_read_again(old, use, process) -> None:
    new = use("new")
    build(building.wanted())
    texts = dict(
        db.session.execute(
            select(OpportunityVector.opportunity_id, OpportunityVector.content_hash)
        ).all()
    )
    with transaction():
        db.session.execute(update(OpportunityVector).values(content_hash="0" * 32))
    assert ranked(process())
    db.session.rollback()
    rows = db.session.scalars(select(OpportunityVector)).all()
    assert {row.opportunity_id: row.content_hash for row in rows} == texts
    assert {row.encoder_version for row in rows} == {new}


def test_who_is_ended_in_the_middle_goes_on_where_it_stopped(old, use, process) -> None:
    gardener()
    first, new = old.version, use("new")

    def die(done: int, total: int) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        build(building.wanted(), die)
    assert states() == {first: "serving", new: "building"}
    assert (encoders.progress().done, encoders.progress().total) == (2, 3)
    assert stored() == {first: 2, new: 2}
    assert process().version == first

    # What is there already is not encoded again: a mark on it stays.
    (marked,) = db.session.scalars(
        select(OpportunityVector).where(OpportunityVector.encoder_version == new).limit(1)
    )
    blob = np.zeros(len(marked.vectors) // 4, dtype=np.float32).tobytes()
    number = marked.opportunity_id
    with transaction():
        db.session.get_one(OpportunityVector, (number, new)).vectors = blob
    build(building.wanted())
    assert stored() == {new: 3}
    assert db.session.get_one(OpportunityVector, (number, new)).vectors == blob


def test_two_builders_do_no_harm(old, use) -> None:
    new = use("new")
    choice = building.wanted()

    def also(done: int, total: int) -> None:
        if done == 1:
            db.session.rollback()
            build(choice)

    build(choice, also)
    assert states() == {new: "serving"}
    assert stored() == {new: 2}


def test_a_change_that_is_taken_back(old, use) -> None:
    use("new")

    def die(done: int, total: int) -> None:
        if done == 1:
            raise Killed

    with pytest.raises(Killed):
        build(building.wanted(), die)
    use("old")
    assert building.wanted() is None
    assert states() == {old.version: "serving"}
    assert stored() == {old.version: 2}


def test_a_third_encoder_takes_the_place_of_the_second(old, use, models) -> None:
    use("new")
    tiny_model(models / "third", seed=3)
    choice = building.wanted()
    third = use("third")

    def another(done: int, total: int) -> None:
        if done == 1:
            db.session.rollback()
            encoders.begin(encoders.configured(), clock.now())

    with pytest.raises(GivenUp):
        build(choice, another)
    build(building.wanted())
    assert states() == {third: "serving"}
    assert stored() == {third: 2}


def test_other_prompts_are_another_encoder(app, old, use, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "ENCODER_PASSAGE_PROMPT", "tekst: ")
    new = use("old")
    assert new != old.version
    build(building.wanted())
    old.wake()
    assert old.version == new
    assert db.session.scalar(select(EncoderState.passage_prompt)) == "tekst: "


def test_the_same_model_in_another_place_is_the_same(app, old, models, monkeypatch, process):
    moved = models / "elsewhere" / "old"
    shutil.move(models / "old", moved)
    monkeypatch.setitem(app.config, "ENCODER", str(moved))
    assert building.wanted() is None
    assert process().version == old.version


def test_a_process_that_has_yet_to_switch_stores_nothing_more(old, use) -> None:
    new = use("new")
    build(building.wanted())
    cook()
    assert len(ranked(old)) == 3
    assert set(stored()) == {new}


def test_a_model_that_does_not_load_is_not_tried_at_every_look(use, process, models) -> None:
    """Loading costs seconds, and the look comes every few; another model is tried at once."""
    weights = models / "new" / "model.safetensors"
    whole, times = weights.read_bytes(), weights.stat()
    weights.write_bytes(b"x" * len(whole))
    os.utime(weights, ns=(times.st_atime_ns, times.st_mtime_ns))
    use("new")
    holder = process()
    assert "does not load" in holder.reason
    # Mended behind its back: nothing tells that these are other files.
    weights.write_bytes(whole)
    os.utime(weights, ns=(times.st_atime_ns, times.st_mtime_ns))
    holder.wake()
    assert holder.state is State.RESTING
    use("old")
    holder.wake()
    assert holder.state is State.READY


# The old one is gone


def test_without_the_old_model_matching_rests_until_the_new_index_is_whole(
    app, client, monkeypatch, old, use, models, process
) -> None:
    new = use("new")
    shutil.rmtree(models / "old")
    fresh = process()
    monkeypatch.setitem(app.extensions, "matching", fresh)
    assert fresh.state is State.RESTING
    token = ask(client)

    def while_it_builds(done: int, total: int) -> None:
        db.session.rollback()
        fresh.wake()
        page = client.get(f"/passend/{token}")
        assert page.status_code == 503
        assert f"We lezen alle plekken opnieuw: {done} van {total} zijn klaar." in words(page.text)
        told = client.get("/status").json
        assert told["status"] == "ok"
        assert told["matching"]["state"] == "resting"
        assert "no folder old" in told["matching"]["reason"]

    build(building.wanted(), while_it_builds)
    fresh.wake()
    assert (fresh.version, fresh.state, fresh.reason) == (new, State.READY, "")
    assert len(slugs(client.get(f"/passend/{token}").text)) == 2


def test_another_model_in_the_old_folder(old, use, models, process) -> None:
    """As after an update of the project: nobody compares its queries with the old vectors."""
    shutil.rmtree(models / "old")
    tiny_model(models / "old", seed=9, dimension=12)
    use("old")
    fresh = process()
    assert fresh.state is State.RESTING
    assert "the index was made with old@" in fresh.reason
    build(building.wanted())
    fresh.wake()
    assert fresh.state is State.READY
