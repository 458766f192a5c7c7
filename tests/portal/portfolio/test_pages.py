"""The candidate's pages of the portfolio, over HTTP."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from portal.accounts.models import RoleName, User
from portal.candidates.queries import of_user
from portal.extensions import db
from portal.matching.resident import Resident
from portal.portfolio import queries
from portal.portfolio.models import CompetenceState, Mastery, PortfolioCompetence
from tests.conftest import PortalClient
from tests.factories import make_user
from tests.factories.portfolio import make_candidate, make_evidence, take

TEXT = (
    "Ik kookte twaalf jaar voor honderd gasten in een bedrijfskeuken. "
    "Thuis hielp ik mijn vader met wassen en aankleden. Ik kan niet met kinderen werken."
)


def signed_in(client: PortalClient, **columns: object) -> User:
    user = make_user()
    if columns:
        make_candidate(user, **columns)
    client.sign_in(user.email)
    return user


def rows(user: User) -> dict[str, PortfolioCompetence]:
    candidate = of_user(user.id)
    return {one.competence: one for one in queries.competences(candidate.id)} if candidate else {}


def shown(page: str) -> list[str]:
    return re.findall(r'name="shown" value="([^"]+)"', page)


def test_who_told_nothing_is_asked_to_tell(client: PortalClient) -> None:
    signed_in(client)
    page = client.get("/portfolio")
    assert page.status_code == 200
    assert "Er staat nog niets in je portfolio" in page.text
    # Looking writes nothing.
    assert db.session.scalar(select(PortfolioCompetence)) is None


def test_each_proposal_shows_the_words_it_comes_from_and_nothing_is_in(
    client: PortalClient, matching: Resident
) -> None:
    user = signed_in(client, skills=TEXT)
    page = client.get("/portfolio").text
    proposed = shown(page)
    assert "cook-for-groups" in proposed
    assert "help-washing-dressing" in proposed
    assert "honderd gasten" in page
    assert rows(user) == {}


def test_what_somebody_denies_is_not_proposed(client: PortalClient, matching: Resident) -> None:
    signed_in(client, skills="Ik kan niet koken voor een grote groep. Ik help ouderen met wassen.")
    proposed = shown(client.get("/portfolio").text)
    assert "help-washing-dressing" in proposed
    assert "cook-for-groups" not in proposed


def test_a_proposal_is_taken_up_with_its_level_and_can_be_undone(
    client: PortalClient, matching: Resident
) -> None:
    user = signed_in(client, skills=TEXT)
    answer = client.post(
        "/portfolio/voorstellen",
        data={
            "shown": ["cook-for-groups"],
            "accept": "cook-for-groups",
            "cook-for-groups-mastery": "teach",
            "cook-for-groups-sentence": "Ik kookte voor honderd gasten.",
        },
    )
    assert answer.status_code == 303
    row = rows(user)["cook-for-groups"]
    assert (row.state, row.mastery) == (CompetenceState.ACCEPTED, Mastery.TEACH)
    page = client.get("/portfolio").text
    assert "Maak ongedaan" in page
    assert "cook-for-groups" not in shown(page)
    client.post("/portfolio/terugzetten", data={"competences": "cook-for-groups", "to": "gone"})
    assert rows(user) == {}
    assert "cook-for-groups" in shown(client.get("/portfolio").text)


def test_all_that_is_shown_is_taken_up_at_once(client: PortalClient, matching: Resident) -> None:
    user = signed_in(client, skills=TEXT)
    proposed = shown(client.get("/portfolio").text)
    data = {"shown": proposed, "all": "1"} | {f"{one}-mastery": "supervised" for one in proposed}
    client.post("/portfolio/voorstellen", data=data)
    assert set(rows(user)) == set(proposed)
    # What waited behind them comes next.
    assert not set(shown(client.get("/portfolio").text)) & set(proposed)


def test_what_is_left_out_does_not_come_back_by_itself_and_is_found_again(
    client: PortalClient, matching: Resident
) -> None:
    user = signed_in(client, skills=TEXT)
    client.post(
        "/portfolio/voorstellen", data={"shown": ["cook-for-groups"], "drop": "cook-for-groups"}
    )
    assert "cook-for-groups" not in shown(client.get("/portfolio").text)
    page = client.get("/portfolio/weggelaten").text
    assert "cook-for-groups" in page
    client.post("/portfolio/terugzetten", data={"competences": "cook-for-groups", "to": "accepted"})
    assert rows(user)["cook-for-groups"].state == CompetenceState.ACCEPTED


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 422),
        ({"accept": "fly", "fly-mastery": "teach"}, 404),
        ({"accept": "cook-for-groups", "cook-for-groups-mastery": "wizard"}, 422),
        ({"drop": "fly"}, 404),
    ],
)
def test_what_no_page_sends_changes_nothing(
    client: PortalClient, data: dict[str, str], status: int
) -> None:
    user = signed_in(client)
    assert client.post("/portfolio/voorstellen", data=data).status_code == status
    assert rows(user) == {}


def test_proposals_rest_while_matching_does(client: PortalClient) -> None:
    signed_in(client, skills=TEXT)
    page = client.get("/portfolio")
    assert page.status_code == 200
    assert "Voorstellen uit je tekst maken lukt nu niet" in page.text


def test_one_looks_up_a_competence_and_says_where(client: PortalClient) -> None:
    user = signed_in(client)
    assert client.get("/portfolio/bekwaamheid/nieuw").status_code == 200
    bad = client.post(
        "/portfolio/bekwaamheid/nieuw",
        data={"competences": "make-contact", "sentence": "", "mastery": "teach"},
    )
    assert bad.status_code == 422
    assert "Schrijf in een zin waar je dit deed." in bad.text
    # What was chosen is still chosen.
    assert re.search(r'<input[^>]*checked[^>]*value="make-contact"', bad.text)
    good = client.post(
        "/portfolio/bekwaamheid/nieuw",
        data={
            "competences": ["make-contact", "make-contact", "fly"],
            "sentence": "Ik praatte met iedereen in de winkel.",
            "mastery": "teach",
        },
    )
    assert good.status_code == 303
    assert set(rows(user)) == {"make-contact"}


def test_a_level_changes_and_another_tab_is_told(client: PortalClient) -> None:
    user = signed_in(client)
    take(user, "make-contact")
    url = "/portfolio/bekwaamheid/make-contact"
    seen = re.search(r'name="seen_at"[^>]*value="([^"]+)"', client.get(url).text)
    assert seen
    data = {"seen_at": seen[1], "mastery": "teach", "sentence": "Ik leerde het mijn collega's."}
    assert client.post(url, data=data).status_code == 303
    stale = client.post(url, data=data | {"sentence": "Mijn tweede tekst hier."})
    assert stale.status_code == 409
    assert "Mijn tweede tekst hier." in stale.text
    fresh = re.search(r'name="seen_at"[^>]*value="([^"]+)"', stale.text)
    assert fresh
    assert client.post(url, data=data | {"seen_at": fresh[1]}).status_code == 303


def test_leaving_out_has_a_way_back(client: PortalClient) -> None:
    user = signed_in(client)
    take(user, "make-contact")
    client.post("/portfolio/bekwaamheid/make-contact/weglaten")
    page = client.get("/portfolio").text
    assert 'name="to" value="accepted"' in page
    assert client.get("/portfolio/bekwaamheid/make-contact").status_code == 404


def test_competences_stand_in_the_groups_of_the_framework(client: PortalClient) -> None:
    user = signed_in(client)
    for one in ("make-contact", "cook-for-groups", "assist-consultation"):
        take(user, one)
    page = client.get("/portfolio").text
    groups = re.findall(r'<h2 id="groep-(\w+)">', page)
    assert groups == ["contact", "medical", "facilities"]


@pytest.mark.parametrize("role", [one for one in RoleName if one is not RoleName.CANDIDATE])
def test_a_portfolio_is_for_candidates(client: PortalClient, role: RoleName) -> None:
    client.sign_in(make_user(role).email)
    for path in ("/portfolio", "/portfolio/weggelaten", "/portfolio/wat-telt-nog"):
        assert client.get(path).status_code == 403


def test_another_person_sees_nothing_of_it(client: PortalClient) -> None:
    owner = make_user()
    take(owner, "make-contact")
    item = make_evidence(owner)
    signed_in(client)
    assert client.get("/portfolio/bekwaamheid/make-contact").status_code == 404
    for path in ("", "/bewerken", "/weghalen"):
        assert client.get(f"/portfolio/bewijs/{item.id}{path}").status_code == 404
    for path in ("bewerken", "weghalen", "terughalen", "laat-bekijken"):
        answer = client.post(f"/portfolio/bewijs/{item.id}/{path}", data={"version": "1"})
        assert answer.status_code == 404
