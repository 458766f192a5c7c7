"""How employers answer is counted right, said plainly, and moves the order a little."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications import standing
from portal.applications.models import Application
from portal.applications.standing import AnswerRate
from portal.applications.workflow import State
from portal.clock import local_date
from portal.extensions import db
from portal.transaction import transaction
from tests.factories import make_opportunity, make_organisation, make_site
from tests.factories.recruiting import make_past
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
DAY = timedelta(days=1)


def ago(days: float):
    return NOW - days * DAY


def rate(organisation) -> AnswerRate:
    return standing.rates([organisation.id], NOW)[organisation.id]


def test_nobody_asked(site):
    assert rate(site.organisation) == AnswerRate(0, 0, None)
    assert standing.rates([], NOW) == {}


def test_answered_in_time_and_how_soon(site, opening):
    for days in (2, 4, 9):
        make_past(opening, asked=ago(40), answered=ago(40 - days))
    assert rate(site.organisation) == AnswerRate(3, 3, 4)


def test_an_answer_after_the_first_date_is_not_in_time(site, opening):
    make_past(opening, asked=ago(40), answered=ago(20), due=local_date(ago(26)))
    make_past(opening, asked=ago(40), answered=ago(26), due=local_date(ago(26)))
    assert rate(site.organisation) == AnswerRate(2, 1, 14)


def test_a_later_answer_date_does_not_help(site, opening):
    late = make_past(opening, asked=ago(40), answered=ago(20), due=local_date(ago(26)))
    with transaction():
        late.answer_by = local_date(ago(-10))
    assert rate(site.organisation) == AnswerRate(1, 0, 20)


def test_silence_counts_once_the_date_has_passed(site, opening):
    make_past(opening, asked=ago(20), due=local_date(ago(1)))
    make_past(opening, asked=ago(20), due=local_date(NOW))
    make_past(opening, asked=ago(1))
    assert rate(site.organisation) == AnswerRate(1, 0, None)


def test_who_stopped_before_the_date_did_not_wait(site, opening):
    due = local_date(ago(10))
    make_past(opening, asked=ago(30), due=due, state=State.WITHDRAWN, ended=ago(15))
    assert rate(site.organisation) == AnswerRate(0, 0, None)
    make_past(opening, asked=ago(30), due=due, state=State.LAPSED, ended=ago(9))
    assert rate(site.organisation) == AnswerRate(1, 0, None)


def test_who_was_invited_did_not_ask(site, opening):
    make_past(opening, asked=ago(30), answered=ago(30), invited=True)
    assert rate(site.organisation).asked == 0


def test_what_is_longer_ago_no_longer_counts(site, opening):
    make_past(opening, asked=ago(120), answered=ago(91))
    make_past(opening, asked=ago(120), answered=ago(89), due=local_date(ago(80)))
    make_past(opening, asked=ago(120), due=local_date(ago(92)))
    assert rate(site.organisation) == AnswerRate(1, 1, 31)


def test_many_employers_in_one_query_each_with_its_own():
    openings = [make_opportunity() for _ in range(4)]
    for number, one in enumerate(openings):
        for _ in range(number):
            make_past(one, asked=ago(20), answered=ago(19))
    employers = [one.site.organisation_id for one in openings]
    with queries() as sent:
        found = standing.rates(employers, NOW)
    assert len(sent) == 1
    assert [found[one].asked for one in employers] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (AnswerRate(2, 2, 1), ""),
        (AnswerRate(3, 3, 0), "Antwoordt meestal binnen 1 dag"),
        (AnswerRate(4, 3, 4), "Antwoordt meestal binnen 4 dagen"),
        (AnswerRate(8, 5, 4), "Antwoordde op 5 van de 8 reacties op tijd"),
        (AnswerRate(3, 0, None), "Antwoordde op 0 van de 3 reacties op tijd"),
    ],
)
def test_what_is_said(app, given, said):
    with app.test_request_context():
        assert standing.line(given) == said


def test_the_nudge_keeps_its_bounds_and_its_direction():
    good, bad = AnswerRate(20, 20, 1), AnswerRate(20, 0, None)
    assert standing.answering(good) == pytest.approx(1)
    assert standing.answering(bad) < -0.5
    assert standing.answering(AnswerRate(2, 0, None)) == 0
    assert standing.answering(AnswerRate(20, 20, 10)) < standing.answering(good)
    assert standing.crowding(3, 1) == 0 == standing.crowding(30, 10)
    assert 0 < standing.crowding(6, 1) < standing.crowding(9, 1) < 1
    assert standing.crowding(50, 1) == 1 == standing.crowding(12, 0)
    for one in (good, bad, AnswerRate(0, 0, None)):
        for waiting in (0, 5, 500):
            assert -1 <= standing.nudge(one, waiting, 1) <= 1
    assert standing.nudge(AnswerRate(0, 0, None), 0, 1) == 0


def test_only_what_differs_is_nudged(site, opening):
    silent, full = make_opportunity(), make_opportunity()
    for _ in range(3):
        make_past(opening, asked=ago(20), answered=ago(19), state=State.REFUSED, ended=ago(19))
        make_past(silent, asked=ago(60), state=State.LAPSED, ended=ago(40), due=local_date(ago(41)))
    for _ in range(8):
        make_past(full, asked=ago(1))
    make_opportunity(site=make_site(make_organisation()))
    standing.forget()
    found = standing.nudges()
    assert set(found) == {str(one.id) for one in (opening, silent, full)}
    assert found[str(opening.id)] > 0 > found[str(silent.id)]
    assert found[str(full.id)] < 0
    assert standing.is_crowded(full.id)
    assert not standing.is_crowded(opening.id)


def test_a_process_reads_it_once_in_a_while(app, opening):
    standing.forget()
    with queries() as sent:
        standing.nudges()
        standing.rate_of(opening.site.organisation_id)
        standing.is_crowded(opening.id)
    first = len(sent)
    for _ in range(3):
        make_past(opening, asked=ago(20), answered=ago(19))
    assert standing.rate_of(opening.site.organisation_id).asked == 0
    app.config["STANDING_SECONDS"], kept = -1, app.config["STANDING_SECONDS"]
    try:
        assert standing.rate_of(opening.site.organisation_id).asked == 3
    finally:
        app.config["STANDING_SECONDS"] = kept
    assert first <= 4


def test_it_stands_with_the_opportunities(client, opening):
    page = client.get(f"/aanbod/{opening.slug}").text
    assert "Nog te weinig reacties om iets te zeggen." in page
    assert "telt een klein beetje mee" in page
    for _ in range(4):
        make_past(opening, asked=ago(20), answered=ago(16))
    for _ in range(5):
        make_past(opening, asked=ago(1))
    standing.forget()
    page = client.get(f"/aanbod/{opening.slug}").text
    assert "Antwoordt meestal binnen 4 dagen" in page
    assert "Op deze plek wachten al veel mensen." in page
    assert "Antwoordt meestal binnen 4 dagen" in client.get("/aanbod").text


@pytest.mark.usefixtures("matching")
def test_of_two_that_are_alike_who_answers_comes_first(client):
    silent, quick = make_opportunity(title="Kok"), make_opportunity(title="Kok")
    for _ in range(3):
        make_past(silent, asked=ago(60), state=State.LAPSED, ended=ago(40), due=local_date(ago(41)))
        make_past(quick, asked=ago(20), answered=ago(19), state=State.REFUSED, ended=ago(19))

    def order() -> list[str]:
        asked = {"skills": "Ik kook graag voor grote groepen.", "ambition": "", "place": ""}
        page = client.get(client.post("/passend", data=asked).location).text
        return re.findall(r'id="plek-([^"]+)"', page)

    assert order() == [quick.slug, silent.slug]
    with transaction():
        for one in db.session.scalars(select(Application)):
            db.session.delete(one)
    standing.forget()
    # Alike in everything, the first that was posted comes first.
    assert order() == [silent.slug, quick.slug]


@pytest.mark.usefixtures("matching")
def test_the_answer_page_says_that_it_counts(client):
    make_opportunity(title="Kok")
    asked = {"skills": "Ik kook graag voor grote groepen.", "ambition": "", "place": ""}
    page = client.get(client.post("/passend", data=asked).location).text
    assert "Werkgevers die op tijd antwoorden, staan iets hoger." in page
