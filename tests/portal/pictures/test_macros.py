"""What the macros draw: shapes that differ without colour, and the same facts in words."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask import render_template_string

from portal.pictures import Job, pay


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


def draw(call: str, **given: Any) -> str:
    names = "ability_picture, coverage_picture, region_map, route_timeline, pay_range, week_roster"
    return render_template_string(
        f'{{% from "components/pictures.html" import {names} %}}{{{{ {call} }}}}', **given
    )


def reason(status: str, **more: Any) -> SimpleNamespace:
    values = {"legal": False, "critical": False, "language": "", "text": f"Eis {status}"}
    return SimpleNamespace(status=status, status_label=f"is {status}", **(values | more))


def words(html: str) -> str:
    return " ".join(re.sub(r"<text.*?</text>|<[^>]+>", " ", html, flags=re.DOTALL).split())


@pytest.mark.parametrize(
    ("status", "legal", "tick", "half", "shield"),
    [
        ("met", False, 1, 0, 0),
        ("partly", False, 0, 1, 0),
        ("not_shown", False, 0, 0, 0),
        ("met", True, 1, 0, 1),
        ("partly", True, 0, 2, 1),
        ("not_shown", True, 0, 0, 1),
    ],
)
def test_each_status_has_its_own_shape(status, legal, tick, half, shield) -> None:
    shown = draw("coverage_picture(reasons)", reasons=[reason(status, legal=legal)])
    counts = [shown.count(f'class="cov__{part}"') for part in ("tick", "fill", "shield")]
    assert counts == [tick, half, shield]
    assert shown.count('class="cov__box"') == 1


def test_the_bar_is_said_in_a_sentence_and_in_a_table() -> None:
    reasons = [reason("met"), reason("partly", critical=True), reason("not_shown", legal=True)]
    shown = draw("coverage_picture(reasons)", reasons=reasons)
    told = words(shown)
    assert "1 van de 3 eisen laat je al zien, 1 deels, 1 nog niet." in told
    assert "Eis partly (belangrijk) is partly" in told
    assert "Eis not_shown (moet van de wet) is not_shown" in told
    assert "<table" not in draw("coverage_picture(reasons, table=false)", reasons=reasons)
    assert draw("coverage_picture([])").strip() == ""


def test_words_of_an_employer_are_text() -> None:
    reasons = [reason("met", text="<b>Eis</b>", language="en")]
    shown = draw("coverage_picture(reasons)", reasons=reasons)
    assert "&lt;b&gt;Eis" in shown
    assert 'lang="en"' in shown


STEP = SimpleNamespace(
    id="praten", title="Een praatje", form_label="Module", weeks=3, hours_per_week="3",
    paid=True, closes=("Vraagt door",), provider="Leerhuis",
)  # fmt: skip


def test_a_route_runs_from_now_to_the_work() -> None:
    shown = draw("route_timeline(route, there)", route=[STEP, STEP], there=[("Kookt", 2)])
    told = words(shown)
    assert "nu inzetbaar" in told
    assert 'href="/leren/praten"' in shown
    assert "De route in weken: 8 weken van nu tot inzetbaar." in told
    assert "Een praatje 1 tot en met 3 3 ja" in told
    assert "Een praatje 4 tot en met 6 3 ja" in told
    assert "Kookt 7 tot en met 8" in told
    assert re.findall(r'line__(step|job)" x="([\d.]+)%" width="([\d.]+)%"', shown) == [
        ("step", "0.0", "37.5"),
        ("step", "37.5", "37.5"),
        ("job", "75.0", "25.0"),
    ]


def test_a_route_that_does_not_lead_there_does_not_say_so() -> None:
    told = words(draw("route_timeline(route, deployable=false)", route=[STEP]))
    assert "klaar met leren" in told
    assert "inzetbaar" not in told
    assert draw("route_timeline([])").strip() == ""


def test_jobs_in_one_week_differ_in_letter_and_name() -> None:
    jobs = [Job("De Linde", 0b1, 8, fixed=True), Job("Geuldal", 0b11, 12, fixed=True)]
    shown = draw("week_roster(jobs, 'Jouw week')", jobs=jobs)
    told = words(shown)
    assert "AB De Linde, Geuldal (tegelijk)" in told
    assert "Twee vaste diensten tegelijk" in told
    assert "B Geuldal" in told
    assert "Samen 20 uur per week" in told
    assert shown.count('<td class="job-0 job-clash"') == 1


def test_pay_is_said_in_words() -> None:
    shown = draw("pay_range(p, 'veel', 'per deel')", p=pay(2400, 2800, (2300, 5200)))
    assert "veel" in words(shown)
    assert "per deel" in words(shown)
    assert shown.count("pay__range") == 1
    assert "pay__range" not in draw("pay_range(none, 'veel')")


def test_what_somebody_can_is_told_in_words_and_in_a_table() -> None:
    can = [SimpleNamespace(grade=one) for one in ("certified", "claimed", "claimed")]
    groups = [SimpleNamespace(label="Zorgen voor iemand", competences=can)]
    shown = draw("ability_picture(groups)", groups=groups)
    rows = shown.partition('class="able__key"')[0]
    for grade, number in (("certified", 1), ("validated", 0), ("claimed", 2)):
        assert rows.count(f'class="able__{grade}"') == number
    told = words(shown)
    assert "Zorgen voor iemand 1 met diploma of register, 2 zelf verteld" in told
    assert "Zorgen voor iemand 1 met diploma of register, 2 zelf verteld 3" in told
    assert draw("ability_picture(groups)", groups=[]).strip() == ""
