"""Who makes an index: the command, or the worker behind its other work."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal import clock
from portal.accounts.models import RoleName
from portal.extensions import db
from portal.matching import building, encoders, vectors
from portal.matching.building import Builder, build
from portal.matching.models import OpportunityVector
from portal.transaction import transaction
from tests.factories import make_user
from tests.portal.matching.asking import cook, words
from tests.portal.matching.encoders.telling import states, stored

pytestmark = pytest.mark.usefixtures("app", "_one_at_a_time")


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
