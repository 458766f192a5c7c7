"""Another encoder: its index is made behind the old one, which answers until the new is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select, update

from matcher import Profile
from portal import clock
from portal.accounts.models import RoleName
from portal.extensions import db
from portal.matching import building, encoders, vectors
from portal.matching.building import Builder, GivenUp, build
from portal.matching.models import EncoderState, OpportunityVector
from portal.matching.resident import Resident, State
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.encoders import tiny_model
from tests.portal.matching.asking import COOK, ask, cook, gardener, slugs, words

pytestmark = pytest.mark.usefixtures("app", "_one_at_a_time")
PROFILE = Profile(id="test", skills=COOK)


@pytest.fixture
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "PORTION", 1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two models of different dimensions, one with prompts, and one that is broken."""
    folder = tmp_path_factory.mktemp("encoders")
    tiny_model(folder / "old", seed=1, dimension=12)
    tiny_model(folder / "new", seed=2, dimension=20, prompts={"query": "vraag: "})
    tiny_model(folder / "nan", broken=True)
    return folder


@pytest.fixture
def models(made: Path, tmp_path: Path) -> Path:
    """The same, to spoil."""
    return Path(shutil.copytree(made, tmp_path / "models"))


@pytest.fixture
def use(app: Flask, models: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Configures a model by name; returns its version, if its files tell it."""

    def use(name: str) -> str:
        monkeypatch.setitem(app.config, "ENCODER", str(models / name))
        return "" if encoders.problem() else encoders.configured().version

    return use


@pytest.fixture
def process(app: Flask) -> Callable[[], Resident]:
    """Starts a web process, or what matters of it here."""

    def start() -> Resident:
        holder = Resident(app)
        holder.wake()
        return holder

    return start


@pytest.fixture
def old(use: Callable[[str], str], process: Callable[[], Resident]) -> Resident:
    """A web process that answers with the old model, over two opportunities."""
    cook(), gardener()
    use("old")
    holder = process()
    assert holder.state is State.READY
    return holder


def ranked(holder: Resident) -> list[tuple[str, float]]:
    matches = holder.engine().rank(PROFILE, limit=50).matches
    return [(one.opportunity, round(one.score, 6)) for one in matches]


def stored() -> dict[str, int]:
    """How many opportunities have vectors, by version."""
    db.session.rollback()
    rows = db.session.execute(
        select(OpportunityVector.encoder_version, func.count()).group_by(
            OpportunityVector.encoder_version
        )
    )
    return dict(rows.all())


def states() -> dict[str, str]:
    db.session.rollback()
    return {row.version: row.status for row in db.session.scalars(select(EncoderState))}


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


class Killed(BaseException):
    """As a process that ends without a word."""


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


# Bad models


def cut(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-40])


SPOIL = {
    "no folder": (shutil.rmtree, "no folder"),
    "no tokenizer": (lambda folder: (folder / "tokenizer.json").unlink(), "no tokenizer"),
    "no weights": (lambda folder: (folder / "model.safetensors").unlink(), "no weights"),
    "half the weights": (cut, "does not load"),
    "no numbers": (
        lambda folder: shutil.copytree(folder.parent / "nan", folder, dirs_exist_ok=True),
        "no numbers",
    ),
}


@pytest.mark.parametrize("spoilt", SPOIL)
def test_a_bad_new_model_leaves_the_old_one_be(
    app, client, monkeypatch, old, use, models, process, caplog, spoilt
) -> None:
    spoil, says = SPOIL[spoilt]
    spoil(models / "new")
    use("new")
    monkeypatch.setitem(app.extensions, "matching", old)
    before = ranked(old)
    builder = Builder()
    builder.look(app)
    builder.wait(60)
    assert says in caplog.text
    assert "Traceback" not in caplog.text
    told = client.get("/status")
    assert told.status_code == 200
    assert says in told.text
    assert str(models) not in told.text
    assert told.json["matching"]["state"] == "ready"
    old.wake()
    assert ranked(old) == before
    assert process().version == old.version
    # It is not loaded again at every minute.
    assert not builder.look(app)

    result = app.test_cli_runner().invoke(args=["rebuild-index"])
    assert result.exit_code == 1
    assert says in result.output
    assert "Traceback" not in result.output
    assert ranked(process()) == before


@pytest.mark.parametrize("spoilt", SPOIL)
def test_a_bad_first_model(app, client, monkeypatch, use, models, process, caplog, spoilt) -> None:
    spoil, says = SPOIL[spoilt]
    spoil(models / "new")
    use("new")
    made = cook()
    holder = process()
    monkeypatch.setitem(app.extensions, "matching", holder)
    assert holder.state is State.RESTING
    assert says in holder.reason
    assert "Traceback" not in caplog.text
    assert states() == {}
    told = client.get("/status").json
    assert says in told["matching"]["reason"]
    assert made.title in client.get("/aanbod").text
    assert client.get(client.post("/passend", data={"skills": COOK}).location).status_code == 503
    result = app.test_cli_runner().invoke(args=["rebuild-index", "--missing"])
    assert result.exit_code == 1
    assert says in result.output

    # Mended, it wakes without a restart.
    use("old")
    holder.wake()
    assert holder.state is State.READY


def test_a_mended_model_is_tried_at_once(app, old, use, models) -> None:
    shutil.copytree(models / "new", models / "kept" / "new")
    cut(models / "new")
    use("new")
    builder = Builder()
    assert builder.look(app)
    builder.wait(60)
    assert "does not load" in encoders.progress().problem
    shutil.copytree(models / "kept" / "new", models / "new", dirs_exist_ok=True)
    assert builder.look(app)
    builder.wait(60)
    assert states() == {use("new"): "serving"}


# The command


def run(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["rebuild-index", *words])
    assert result.exit_code == 0, result.output
    db.session.rollback()
    return result.output


def test_rebuild_index_fills_a_new_database(app, use) -> None:
    cook()
    old_one = cook(closes_on=clock.local_date(clock.now()), now=clock.now() - timedelta(days=3))
    with transaction():
        old_one.closes_on -= timedelta(days=1)
    new = use("new")
    assert f"index: 2 opportunities, {new}" in run(app, "--missing")
    assert states() == {new: "serving"}
    # What is past its last day is nobody's any more, and is not waited for.
    assert stored() == {new: 1}
    assert "index: complete" in run(app, "--missing")


def test_rebuild_index_missing_leaves_another_encoder_to_the_worker(app, old, use) -> None:
    new = use("new")
    assert f"{old.version} serves; the worker makes that of {new}" in run(app, "--missing")
    assert states() == {old.version: "serving"}


def test_rebuild_index_missing_does_it_when_nothing_can_serve(app, old, use, models) -> None:
    new = use("new")
    shutil.rmtree(models / "old")
    assert "index: 2 of 2" in run(app, "--missing")
    assert states() == {new: "serving"}


def test_rebuild_index_makes_everything_anew(app, old, use) -> None:
    with transaction():
        db.session.execute(update(OpportunityVector).values(vectors=b"1234"))
    assert "index: 1 of 2" in run(app)
    sizes = set(db.session.scalars(select(func.length(OpportunityVector.vectors))))
    assert min(sizes) > 4
    assert stored() == {old.version: 2}


# The worker and the pages


def test_the_worker_builds_behind_its_other_work(app, old, use) -> None:
    new = use("new")
    builder = Builder()
    assert builder.look(app)
    builder.wait(60)
    assert states() == {new: "serving"}
    assert not builder.look(app)


def test_vectors_of_nobody_are_deleted(old) -> None:
    with transaction():
        db.session.add(
            OpportunityVector(
                opportunity_id=db.session.scalars(select(OpportunityVector.opportunity_id)).first(),
                encoder_version="all-MiniLM-L6-v2@53aa5117",
                content_hash="0",
                vectors=b"",
            )
        )
    assert encoders.purge_unused() == 1
    assert stored() == {old.version: 2}
    assert vectors.lacking(old.version, clock.local_date(clock.now())) == []


@pytest.mark.parametrize(
    ("role", "told"),
    [(RoleName.COORDINATOR, True), (RoleName.ADMIN, True), (RoleName.CANDIDATE, False)],
)
def test_who_keeps_the_portal_sees_the_progress(client, old, use, role, told) -> None:
    user = make_user(role)
    client.sign_in(user.email)
    says = "Een nieuw model leest het aanbod: 1 van 2 plekken."
    assert says not in words(client.get("/").text)
    use("new")

    def look(done: int, total: int) -> None:
        if done == 1:
            db.session.rollback()
            assert (says in words(client.get("/").text)) is told

    build(building.wanted(), look)
    assert says not in words(client.get("/").text)
