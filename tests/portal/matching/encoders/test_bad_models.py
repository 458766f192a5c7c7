"""A model that does not load leaves everything as it was, and says what is the matter."""

from __future__ import annotations

import shutil

import pytest

from portal.matching import encoders
from portal.matching.building import Builder
from portal.matching.resident import State
from tests.portal.matching.asking import COOK, cook
from tests.portal.matching.encoders.telling import cut, ranked, states

pytestmark = pytest.mark.usefixtures("app", "_one_at_a_time")


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
