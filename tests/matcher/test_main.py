"""The shell: the exact contract of `rank`, and files that are wrong end with 2 and a clear line."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from matcher.__main__ import main
from tests.matcher.test_jsonl import write

OPPORTUNITIES: list[dict[str, object]] = [
    {"id": "kok", "title": "Kok in een woonzorgcentrum", "text": "Je kookt voor bewoners."},
    {"id": "tuin", "title": "Tuinman", "employer": "unknown fields are passed over"},
    {
        "id": "zorg",
        "title": "Helpende in de thuiszorg",
        "text": "Je helpt mensen met wassen en aankleden.",
        "kind": "traineeship",
        "hours": "16-24",
        "place": "Heerlen",
        "requirements": [
            {"text": "Helpt bij wassen en aankleden", "critical": True, "learnable": True},
            {"text": "Verklaring omtrent gedrag (VOG)", "critical": True, "gate": True},
        ],
    },
    {
        "id": "vpk",
        "title": "Verpleegkundige",
        "text": "Je verzorgt wonden.",
        "hours": [24, 36],
        "requirements": [{"text": "BIG-registratie", "critical": True, "gate": True}],
    },
    {
        "id": "boot",
        "title": "Schipper van de zorgboot",
        "requirements": [{"text": "Groot vaarbewijs II", "critical": True, "gate": True}],
    },
]
PROFILES: list[dict[str, object]] = [
    {"id": "oma", "skills": "Ik heb mijn oma gewassen en aangekleed.", "ambition": ""},
    {
        "id": "kantine",
        "skills": "Ik kookte in een kantine.",
        "ambition": "Koken voor bewoners.",
        "place": "Heerlen",
        "hours": 30,
    },
]


@pytest.fixture(autouse=True)
def _packaged(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ENCODER", raising=False)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    """What `rank` prints, by profile; more is asked than there is."""
    folder = tmp_path_factory.mktemp("rank")
    files = [
        "--opportunities",
        str(write(folder / "o.jsonl", *OPPORTUNITIES)),
        "--profiles",
        str(write(folder / "p.jsonl", *PROFILES)),
    ]
    printed = StringIO()
    with redirect_stdout(printed):
        assert main(["rank", *files, "--top", "50"]) == 0
    lines = printed.getvalue().splitlines()
    assert len(lines) == len(PROFILES)
    found = [json.loads(line) for line in lines]
    assert [list(one) for one in found] == [["profile", "matches"]] * len(PROFILES)
    return {one["profile"]: one["matches"] for one in found}


def test_one_line_per_profile_in_their_order(answers):
    assert list(answers) == [one["id"] for one in PROFILES]


def test_every_match_has_exactly_the_named_fields(answers):
    for matches in answers.values():
        for match in matches:
            assert list(match) == ["opportunity", "score", "deployability", "reasons"]
            assert 0 <= match["score"] <= 1
            assert match["deployability"] in {"now", "guided", "route", "not_yet"}
            assert match["reasons"]
            for reason in match["reasons"]:
                assert list(reason) == ["requirement", "status", "evidence", "strength"]
                assert reason["status"] in {"met", "partly", "not_shown"}
                assert 0 <= reason["strength"] <= 1
                if reason["status"] == "not_shown":
                    assert reason["evidence"] is None


def test_more_than_there_is_gives_all_of_it_once(answers):
    # Who says about 30 hours does not get the 16 to 24; who says none gets all.
    assert sorted(match["opportunity"] for match in answers["oma"]) == sorted(
        one["id"] for one in OPPORTUNITIES
    )
    assert sorted(match["opportunity"] for match in answers["kantine"]) == [
        "boot",
        "kok",
        "tuin",
        "vpk",
    ]


def test_the_nearest_comes_first(answers):
    assert answers["oma"][0]["opportunity"] == "zorg"
    assert answers["kantine"][0]["opportunity"] == "kok"


def test_reasons_quote_the_requirement_and_the_person(answers):
    (care, vog) = next(m for m in answers["oma"] if m["opportunity"] == "zorg")["reasons"]
    assert care["requirement"] == "Helpt bij wassen en aankleden"
    assert care["status"] == "met"
    assert care["evidence"] in PROFILES[0]["skills"]
    assert vog == {
        "requirement": "Verklaring omtrent gedrag (VOG)",
        "status": "not_shown",
        "evidence": None,
        "strength": 0.0,
    }


@pytest.mark.parametrize(
    ("opportunity", "level"),
    [("tuin", "now"), ("zorg", "guided"), ("vpk", "route"), ("boot", "not_yet")],
)
def test_deployability_follows_the_gates(answers, opportunity: str, level: str):
    found = {match["opportunity"]: match["deployability"] for match in answers["oma"]}
    assert found[opportunity] == level


def test_top_limits_and_bare_titles_are_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    titles = ["Kok", "Tuinman", "Chauffeur", "Kok", "", "🙂", "<b>Schoonmaker</b>"]
    code = main(
        [
            "rank",
            "--opportunities",
            str(write(tmp_path / "o", *({"id": n, "title": t} for n, t in enumerate(titles)))),
            "--profiles",
            str(write(tmp_path / "p", {"id": 1, "skills": "koken"}, {"id": "leeg"})),
            "--top",
            "3",
        ]
    )
    cook, empty = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert code == 0
    assert [match["opportunity"] for match in cook["matches"]][:2] == ["0", "3"]
    assert len(cook["matches"]) == 3
    assert empty == {"profile": "leeg", "matches": []}


@pytest.mark.parametrize(
    ("opportunities", "profiles", "says"),
    [
        (['{"id": "a"}'], PROFILES, ("o.jsonl", "line 1", "'title'")),
        ([*OPPORTUNITIES, "{half"], PROFILES, ("o.jsonl", "line 6", "JSON")),
        (
            OPPORTUNITIES,
            [{"id": "p"}, {"id": "q", "hours": [40, 8]}],
            ("p.jsonl", "line 2", "hours"),
        ),
        (OPPORTUNITIES, [{"skills": "x"}], ("p.jsonl", "line 1", "'id'")),
        (None, PROFILES, ("o.jsonl", "missing")),
        (OPPORTUNITIES, None, ("p.jsonl", "missing")),
    ],
)
def test_a_file_that_is_wrong(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    opportunities: list[object] | None,
    profiles: list[object] | None,
    says: tuple[str, ...],
):
    files = {"--opportunities": tmp_path / "o.jsonl", "--profiles": tmp_path / "p.jsonl"}
    for (_, file), lines in zip(files.items(), (opportunities, profiles), strict=True):
        if lines is not None:
            write(file, *lines)
    given = [part for option, file in files.items() for part in (option, str(file))]
    assert main(["rank", *given]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert all(word in printed.err for word in says)


def test_an_encoder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ENCODER", str(tmp_path / "nowhere"))
    files = [write(tmp_path / "o", *OPPORTUNITIES), write(tmp_path / "p", *PROFILES)]
    assert main(["rank", "--opportunities", str(files[0]), "--profiles", str(files[1])]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["fly"], ["rank"], ["rank", "--opportunities", "o", "--profiles", "p", "--top", "0"]],
)
def test_arguments_that_make_no_sense(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err
