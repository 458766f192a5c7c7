"""The employer's pages about people who fit, and inviting one of them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.applications.models import Invitation, InvitationState
from portal.extensions import db
from portal.portfolio.models import CompetenceState, Mastery, PortfolioCompetence
from portal.transaction import transaction
from tests.factories import make_opportunity, make_user
from tests.factories.recruiting import make_invitation, make_match, make_seeker
from tests.portal.opportunities.counting import queries as counting

NOW = clock.now()
LINE = "Je kookt voor grote groepen in een buurthuis. Dat zoeken we hier ook. Kom je praten?"


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Invitation)) or 0


def page(opening, seeker) -> str:
    return f"/werkgever/mensen/{opening.slug}/{seeker.code}"


@pytest.mark.parametrize("path", ["", "/x", "/x/K-222222"])
def test_only_employers_come_here(client, path):
    assert client.get(f"/werkgever/mensen{path}").location.startswith("/inloggen")
    client.sign_in(make_user().email)
    assert client.get(f"/werkgever/mensen{path}").status_code == 403


def test_openings_to_choose_from(client, employer, opening, seeker):
    make_opportunity(site=opening.site, title="Zonder iemand")
    make_opportunity(title="Van een ander")
    found = words(client.get("/werkgever/mensen"))
    assert "1 persoon past" in found
    assert "Zonder iemand" in found
    assert "nog niemand gevonden" in found
    assert "Van een ander" not in found


def test_without_anything_online_it_says_what_to_do(client, employer):
    assert "Zet eerst een plek online" in words(client.get("/werkgever/mensen"))


def test_who_fits_and_who_was_invited(client, employer, opening, seeker):
    asked = make_seeker()
    make_match(asked, opening, score=0.1)
    make_invitation(asked, opening, state=InvitationState.DECLINED, word="Te ver weg.")
    found = words(client.get(f"/werkgever/mensen/{opening.slug}"))
    assert "2 mensen passen" in found
    assert found.index(seeker.code) < found.index(asked.code)
    assert "Zei nee" in found
    assert "Te ver weg." in found
    assert "Past bij 2 van de 3 eisen, 1 deels." in found
    assert "Je kunt deze week nog 9 mensen uitnodigen." in found


def test_nobody_fits(client, employer, opening):
    found = words(client.get(f"/werkgever/mensen/{opening.slug}"))
    assert "Nog niemand gevonden" in found
    assert "haal het weg" in found.lower()


def test_pages_of_many_people(client, employer, opening):
    for number in range(12):
        make_match(make_seeker(), opening, score=number / 20)
    first = client.get(f"/werkgever/mensen/{opening.slug}")
    assert first.text.count('class="card who"') == 10
    assert client.get(f"/werkgever/mensen/{opening.slug}?page=2").text.count("card who") == 2
    assert client.get(f"/werkgever/mensen/{opening.slug}?page=99").text.count("card who") == 2


def test_the_list_asks_as_often_of_many_as_of_few(client, employer, opening, seeker):
    url = f"/werkgever/mensen/{opening.slug}"
    client.get(url)
    with counting() as few:
        client.get(url)
    for _ in range(5):
        make_match(make_seeker(), opening)
    with counting() as many:
        client.get(url)
    assert len(few) == len(many)


def test_what_somebody_shows_stands_first(client, employer, opening, seeker):
    with transaction():
        for competence in ("cook-for-groups", "make-contact"):
            db.session.add(
                PortfolioCompetence(
                    candidate_id=seeker.id,
                    competence=competence,
                    state=CompetenceState.ACCEPTED,
                    mastery=Mastery.INDEPENDENT,
                    sentence="Ik kook al jaren.",
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
    found = words(client.get(f"/werkgever/mensen/{opening.slug}"))
    listed = found[found.index("Past bij 2 van") :]
    # What this opening asks goes before what it does not.
    assert re.search(r"(?i)praatje|contact", listed).start() < re.search("(?i)kook", listed).start()
    assert "Ik kook al jaren." not in found
    assert "Ik kook al jaren." not in words(client.get(page(opening, seeker)))


@pytest.mark.usefixtures("matching")
def test_one_person_beside_the_requirements(client, employer, opening, seeker):
    found = words(client.get(page(opening, seeker)))
    assert "Naast je eisen" in found
    assert "Moet van de wet" in found
    assert re.search(r"Laat \d van de 3 eisen zien", found)
    assert "heerlen" in found.lower()
    assert "16 tot 24 uur" in found


def test_while_matching_sleeps_the_page_is_there(client, employer, opening, seeker):
    response = client.get(page(opening, seeker))
    assert response.status_code == 200
    assert "Kijk over een minuut nog eens" in words(response)


def test_of_another_employer_nothing_is_there(client, employer):
    other = make_opportunity()
    seeker = make_seeker()
    make_match(seeker, other)
    assert client.get(f"/werkgever/mensen/{other.slug}").status_code == 404
    assert client.get(page(other, seeker)).status_code == 404
    assert client.post(page(other, seeker), data={"text": LINE}).status_code == 404
    assert count() == 0


def test_somebody_who_does_not_fit_is_not_there(client, employer, opening):
    stranger = make_seeker()
    assert client.get(page(opening, stranger)).status_code == 404
    assert client.post(page(opening, stranger), data={"text": LINE}).status_code == 404


def test_inviting(client, employer, opening, seeker):
    response = client.post(page(opening, seeker), data={"text": LINE})
    assert response.status_code == 303
    made = db.session.scalars(select(Invitation)).one()
    assert (made.text, made.candidate_id) == (LINE, seeker.id)
    after = words(client.get(response.location))
    assert f"verstuurd aan {seeker.code}" in after
    assert "nog 9 mensen" in after
    assert "Wacht op antwoord" in after
    assert (
        "<form"
        not in client.get(page(opening, seeker)).text.split("Nodig deze persoon uit")[1][:600]
    )


@pytest.mark.parametrize("text", ["", "Kom je?", "x" * 1001])
def test_a_line_that_is_not_right_stays_on_the_page(client, employer, opening, seeker, text):
    response = client.post(page(opening, seeker), data={"text": text})
    assert response.status_code == 422
    assert text in response.text
    assert "Er klopt nog iets niet" in response.text
    assert count() == 0


def test_when_the_week_is_full(client, employer, opening, seeker):
    with transaction():
        opening.site.organisation.invitations_per_week = 1
    make_match(other := make_seeker(), opening)
    make_invitation(other, opening)
    assert "zijn op" in words(client.get(page(opening, seeker)))
    response = client.post(page(opening, seeker), data={"text": LINE})
    assert response.status_code == 409
    # What was typed is not lost.
    assert LINE in unescape(response.text)
    assert count() == 1


def test_last_weeks_invitations_do_not_count(client, employer, opening, seeker):
    with transaction():
        opening.site.organisation.invitations_per_week = 1
    make_match(other := make_seeker(), opening)
    make_invitation(other, opening, now=NOW - timedelta(days=8))
    assert client.post(page(opening, seeker), data={"text": LINE}).status_code == 303
    assert count() == 2


def test_what_is_sent_needs_its_token(app, client, employer, opening, seeker, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert client.post(page(opening, seeker), data={"text": LINE}).status_code == 400
    assert count() == 0
