"""The applications to an employer, in columns and as a table."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications.models import Application
from portal.applications.workflow import State
from portal.extensions import db
from portal.organisations.models import Membership
from portal.recruiting import board_queries
from portal.recruiting.board_queries import Sort, Wanted
from portal.transaction import transaction
from tests.factories import make_opportunity, make_user
from tests.factories.applications import make_application, make_candidate
from tests.factories.recruiting import make_match
from tests.portal.opportunities.counting import queries as counting

BOARD = "/werkgever/reacties"
TABLE = f"{BOARD}?weergave=tabel"
NOW = clock.now()


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def names(response) -> list[str]:
    return re.findall(r'href="/werkgever/reacties/\d+">([^<]+)</a>', response.text)


def application(opening, name, state=State.NEW, **given):
    return make_application(
        state, candidate=make_candidate(name=name), opportunity=opening, **given
    )


def test_only_employers_come_here(client):
    for path in (BOARD, f"{BOARD}/1", f"{BOARD}/samen", f"{BOARD}/1/stap/praten"):
        assert client.get(path).location.startswith("/inloggen")
    client.sign_in(make_user().email)
    assert client.get(BOARD).status_code == 403


def test_nothing_yet_says_what_to_do(client, employer):
    assert "Er zijn nog geen reacties" in words(client.get(BOARD))
    assert "Er zijn nog geen reacties" in words(client.get(TABLE))


def test_of_other_employers_nothing_is_there(client, employer):
    other = make_application()
    assert "Er zijn nog geen reacties" in words(client.get(BOARD))
    for path in ("", "/stap/praten", "/stap/niet-verder"):
        assert client.get(f"{BOARD}/{other.id}{path}").status_code == 404
    for path in ("/stap/praten", "/herstel", "/bericht", "/gelezen", "/gesprek"):
        sent = {"version": "1", "text": "Hallo daar"}
        assert client.post(f"{BOARD}/{other.id}{path}", data=sent).status_code == 404
    db.session.refresh(other)
    assert (other.state, other.version) == (State.NEW, 1)


def test_a_supervisor_sees_no_applications(client, employer, opening):
    made = application(opening, "Noor Vissers")
    with transaction():
        member = db.session.scalars(
            select(Membership).where(Membership.user_id == employer.id)
        ).one()
        member.recruiter = False
    assert "Noor" not in client.get(BOARD).text
    for path in (BOARD, "/werkgever/mensen"):
        assert "Vraag het aan de beheerder" in words(client.get(path))
    assert client.get(f"{BOARD}/{made.id}").status_code == 404


def test_every_state_has_its_column(client, employer, opening):
    # What lapses does so for everybody who waits that long: that one first.
    for state in sorted(State, key=lambda one: one is not State.LAPSED):
        # Who accepts fills the place, so that each has an opening of its own.
        place = make_opportunity(site=opening.site, places=5)
        application(place, f"Mens {state}", state)
    page = client.get(BOARD)
    heads = re.findall(r'id="kolom-\w+">([^<]+) <span class="soft">\((\d+)\)', page.text)
    assert heads == [
        ("Nieuw", "1"),
        ("In gesprek", "1"),
        ("Uitgesteld", "1"),
        ("Op proef", "1"),
        ("Baan aangeboden", "1"),
        ("Aangenomen", "1"),
        ("Afgelopen", "3"),
    ]
    assert len(names(page)) == 9


def test_a_long_column_leads_to_the_table(client, employer, opening):
    for number in range(14):
        application(opening, f"Mens {number:02}")
    page = client.get(BOARD)
    assert len(names(page)) == 12
    assert "Nog 2 in de tabel" in words(page)
    link = unescape(re.search(r'href="([^"]+)">Nog 2 in de tabel', page.text)[1])
    assert len(names(client.get(link))) == 14


def test_what_is_due_soonest_stands_first(client, employer, opening):
    late = application(opening, "Later")
    soon = application(opening, "Eerder")
    with transaction():
        soon.answer_by = late.answer_by - timedelta(days=5)
    assert names(client.get(BOARD)) == ["Eerder", "Later"]
    assert names(client.get(TABLE)) == ["Eerder", "Later"]


def test_what_is_late_is_marked(client, employer, opening):
    made = application(opening, "Te laat")
    with transaction():
        made.answer_by = clock.local_date(NOW) - timedelta(days=2)
    for path in (BOARD, TABLE):
        assert "2 dagen te laat" in words(client.get(path))


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("naam", ["Anna", "bram", "Cor"]),
        ("-naam", ["Cor", "bram", "Anna"]),
        ("plek", ["bram", "Cor", "Anna"]),
        ("gekomen", ["Cor", "Anna", "bram"]),
        ("-gekomen", ["bram", "Anna", "Cor"]),
        ("onzin", ["Cor", "Anna", "bram"]),
    ],
)
def test_the_table_can_be_ordered(client, employer, opening, sort, found):
    later = make_opportunity(site=opening.site, title="Aardappels schillen")
    for name, days, place in (("Anna", 14, opening), ("bram", 7, later), ("Cor", 21, opening)):
        application(place, name, now=NOW - timedelta(days=days))
    assert names(client.get(f"{TABLE}&sort={sort}")) == found


def test_both_ways_are_offered(client, employer, opening):
    application(opening, "Anna")
    page = client.get(f"{TABLE}&sort=naam").text
    assert 'aria-sort="ascending"' in page
    assert "sort=-naam" in page
    assert 'aria-sort="descending"' in client.get(f"{TABLE}&sort=-naam").text


def test_filters(client, employer, opening):
    other = make_opportunity(site=opening.site, title="Tuin onderhouden")
    application(opening, "Nieuw Hier")
    application(other, "Nieuw Daar")
    application(opening, "Aanbod Hier", State.OFFERED)
    assert set(names(client.get(f"{TABLE}&plek={other.slug}"))) == {"Nieuw Daar"}
    assert set(names(client.get(f"{TABLE}&stand=new"))) == {"Nieuw Hier", "Nieuw Daar"}
    assert set(names(client.get(f"{TABLE}&wacht=ja"))) == {"Nieuw Hier", "Nieuw Daar"}
    assert set(names(client.get(f"{BOARD}?wacht=ja&plek={opening.slug}"))) == {"Nieuw Hier"}
    page = client.get(f"{TABLE}&plek={other.slug}&stand=offered")
    assert "Hier is nu niets" in words(page)
    assert "Tuin onderhouden" in words(page)
    assert client.get(f"{TABLE}&plek=%00&stand=onzin&page=-3").status_code == 200


def test_the_table_has_pages(client, employer, opening):
    for number in range(27):
        application(opening, f"Mens {number:02}")
    assert len(names(client.get(TABLE))) == 25
    assert len(names(client.get(f"{TABLE}&page=2"))) == 2
    assert len(names(client.get(f"{TABLE}&page=9"))) == 2


def test_the_board_asks_as_often_of_many_as_of_few(client, employer, opening):
    application(opening, "Anna")
    few, many = {}, {}
    for path in (BOARD, TABLE):
        client.get(path)
        with counting() as sent:
            client.get(path)
        few[path] = len(sent)
    for number in range(6):
        place = make_opportunity(site=opening.site)
        made = application(place, f"Mens {number}")
        make_match(made.candidate, place)
    for path in (BOARD, TABLE):
        with counting() as sent:
            client.get(path)
        many[path] = len(sent)
    assert few == many


def test_ids_of_others_show_nothing(employer, opening):
    """The list of ids is asked again in the scope of who looks."""
    other = make_application()
    assert board_queries._entries(employer.id, [other.id]) == []
    assert board_queries.several(employer.id, [other.id]) == []


def test_what_was_purged_is_gone(client, employer, opening):
    made = application(opening, "Anna", State.REFUSED)
    with transaction():
        db.session.get_one(Application, made.id).purged_at = NOW
    assert "Anna" not in client.get(BOARD).text
    assert client.get(f"{BOARD}/{made.id}").status_code == 404


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("descending", [True, False])
def test_every_order_holds_everybody(employer, opening, sort, descending):
    for state in (State.NEW, State.POSTPONED, State.REFUSED):
        application(make_opportunity(site=opening.site), f"Mens {state}", state)
    found = board_queries.page(employer.id, Wanted(sort=sort, descending=descending), 0, 9)
    assert len(found) == 3
