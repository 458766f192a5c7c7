"""Invitations, as whom they are to sees and answers them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from portal import clock
from portal.applications.models import Application, InvitationState
from portal.extensions import db
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.recruiting import (
    NAME,
    PHONE,
    make_invitation,
    make_match,
    make_seeker,
)

NOW = clock.now()


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@pytest.fixture
def invitation(opening, seeker, recruiter):
    return make_invitation(seeker, opening, sender=recruiter)


@pytest.fixture
def person(client, seeker):
    client.sign_in(seeker.user.email)
    return seeker


def url(invitation, what="") -> str:
    return f"/uitnodigingen/{invitation.id}{what}"


def test_only_candidates_come_here(client, invitation, recruiter):
    for path in ("/uitnodigingen", url(invitation)):
        assert client.get(path).location.startswith("/inloggen")
    client.sign_in(recruiter.email)
    assert client.get(url(invitation)).status_code == 403


def test_somebody_elses_is_not_there(client, invitation):
    client.sign_in(make_seeker().user.email)
    assert client.get(url(invitation)).status_code == 404
    for what in ("/ja", "/nee", "/herstel"):
        assert client.post(url(invitation, what)).status_code == 404
    assert "nog geen uitnodiging" in words(client.get("/uitnodigingen"))


def test_without_a_profile_there_is_nothing(client):
    client.sign_in(make_user().email)
    assert "nog geen uitnodiging" in words(client.get("/uitnodigingen"))


@pytest.mark.usefixtures("matching")
def test_what_an_invitation_says(client, invitation, person, opening):
    page = words(client.get(url(invitation)))
    assert f"{opening.site.organisation.name} nodigt je uit" in page
    assert "Je kookt voor grote groepen. Dat zoeken we hier ook." in page
    assert "Zo past het bij jou" in page
    # What a yes gives away stands before it.
    before = page[: page.index("Ja, ik wil praten")]
    for one in (NAME, person.user.email, "telefoonnummer", "portfolio"):
        assert one in before


def test_the_list_begins_with_what_waits(client, invitation, person, recruiter):
    from tests.factories import make_opportunity

    late = make_opportunity(title="Een oude plek")
    make_invitation(person, late, state=InvitationState.LAPSED)
    page = words(client.get("/uitnodigingen"))
    assert page.index(invitation.opportunity.title) < page.index("Een oude plek")
    assert "Verlopen" in page


def test_yes(client, invitation, person):
    response = client.post(url(invitation, "/ja"), data={"phone": PHONE, "letter": "Graag!"})
    assert response.status_code == 303
    made = db.session.scalars(select(Application)).one()
    assert response.location.endswith(f"/reacties/{made.id}")
    assert (made.invited, made.phone, made.letter) == (True, PHONE, "Graag!")
    assert "Je hebt contact" in words(client.get(url(invitation)))
    again = client.post(url(invitation, "/ja"), data={"phone": PHONE})
    assert again.location == response.location


def test_yes_of_somebody_without_a_name(client, opening, recruiter):
    seeker = make_seeker(name="")
    make_match(seeker, opening)
    invitation = make_invitation(seeker, opening, sender=recruiter)
    client.sign_in(seeker.user.email)
    response = client.post(url(invitation, "/ja"), data={"phone": "", "letter": "Dit blijft staan"})
    assert response.status_code == 422
    assert "Vul in hoe je heet" in response.text
    assert "Dit blijft staan" in response.text
    assert client.post(url(invitation, "/ja"), data={"name": "Truus"}).status_code == 303


@pytest.mark.parametrize(("what", "field"), [("/ja", "letter"), ("/ja", "phone"), ("/nee", "word")])
def test_what_is_too_long_stays_on_the_page(client, invitation, person, what, field):
    text = "z" * 3001
    response = client.post(url(invitation, what), data={field: text})
    assert response.status_code == 422
    assert text in response.text
    db.session.refresh(invitation)
    assert invitation.state == InvitationState.SENT


def test_no_and_back(client, invitation, person):
    response = client.post(url(invitation, "/nee"), data={"word": "Te ver."})
    assert response.status_code == 303
    after = client.get(response.location)
    assert "Je zei nee" in words(after)
    assert "Maak ongedaan" in after.text
    assert "Te ver." in words(client.get(url(invitation)))
    assert client.post(url(invitation, "/herstel")).status_code == 303
    db.session.refresh(invitation)
    assert invitation.state == InvitationState.SENT


def test_after_it_lapsed(client, invitation, person):
    with transaction():
        invitation.state = InvitationState.LAPSED
        invitation.answered_at = NOW
    page = words(client.get(url(invitation)))
    assert "Dat is niet erg" in page
    assert "Ja, ik wil praten" not in page
    assert client.post(url(invitation, "/ja")).status_code == 409


def test_of_a_place_that_closed(client, invitation, person, opening):
    with transaction():
        opening.closes_on = clock.local_date(NOW) - timedelta(days=1)
    assert "Deze plek is gesloten" in words(client.get(url(invitation)))
    assert client.post(url(invitation, "/nee")).status_code == 409


def test_who_hides_again_can_still_answer(client, invitation, person):
    with transaction():
        person.visible = False
    assert client.post(url(invitation, "/ja"), data={"phone": ""}).status_code == 303
