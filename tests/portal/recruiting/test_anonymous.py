"""No page of an employer leads to who somebody is, before that person said yes."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import RoleName, User
from portal.accounts.service import ensure_role
from portal.applications.models import Invitation, InvitationState
from portal.candidates.models import Candidate
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.permissions import Permission
from portal.portfolio.models import (
    CompetenceState,
    EvidenceItem,
    EvidenceKind,
    Grade,
    Mastery,
    PortfolioCompetence,
)
from portal.transaction import transaction
from tests.factories.recruiting import make_invitation, make_match

NOW = clock.now()
FIRST, LAST, EMAIL = "Wilhelmina", "Achterhoeks", "wilhelmina.a@geheim.example"
PHONE, NUMBER, STREET = "06 55 44 33 22", "89012345601", "Kerkpad 7"
USER_ID, CANDIDATE_ID = 918273645, 897867564
SECRETS = (FIRST, LAST, EMAIL, PHONE, "0655443322", NUMBER, STREET, str(USER_ID), str(CANDIDATE_ID))
EMPLOYERS = (
    Permission.OPPORTUNITY_MANAGE,
    Permission.APPLICATION_ANSWER,
    Permission.CANDIDATE_FIND,
)


@pytest.fixture
def hidden(opening):
    """Somebody who tells everything everywhere, with ids that nothing else has."""
    told = f"Ik ben {FIRST} {LAST}, {STREET}. Bel {PHONE} of mail {EMAIL}. Ik kook voor groepen."
    with transaction():
        user = User(
            id=USER_ID,
            email=EMAIL,
            name=f"{FIRST} {LAST}",
            password=None,
            active=True,
            fs_uniquifier="geheim",
            confirmed_at=NOW,
            created_at=NOW,
            roles=[ensure_role(RoleName.CANDIDATE)],
        )
        person = Candidate(
            id=CANDIDATE_ID,
            user=user,
            code="K-ZZZZZZ",
            alerts_token="geheim",
            phone=PHONE,
            skills=told,
            ambition=told,
            place="Heerlen",
            province="Limburg",
            visible=True,
            created_at=NOW,
            updated_at=NOW,
        )
        db.session.add(person)
        db.session.flush()
        db.session.add(
            PortfolioCompetence(
                candidate_id=person.id,
                competence="make-contact",
                state=CompetenceState.ACCEPTED,
                mastery=Mastery.INDEPENDENT,
                sentence=told,
                created_at=NOW,
                updated_at=NOW,
            )
        )
        for kind in EvidenceKind:
            db.session.add(
                EvidenceItem(
                    candidate_id=person.id,
                    kind=kind,
                    grade=Grade.CLAIMED,
                    title="Verpleegkunde" if kind in _COURSES else told,
                    detail=told,
                    issuer=told,
                    number=NUMBER,
                    url=f"https://voorbeeld.example/{EMAIL}",
                    competences=["make-contact"],
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
    make_match(person, opening)
    return person


_COURSES = (
    EvidenceKind.DIPLOMA,
    EvidenceKind.CERTIFICATE,
    EvidenceKind.PRACTICE_STATEMENT,
    EvidenceKind.REGISTER,
    EvidenceKind.VOG,
    EvidenceKind.DRIVING_LICENCE,
)
"""Their title is that of a course or register."""


def pages(app, opening, code):
    """Every page for employers that needs no object of another kind."""
    values = {"slug": opening.slug, "code": code}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "portal_permission", None) not in EMPLOYERS:
            continue
        if "GET" in rule.methods and rule.arguments <= values.keys():
            with app.test_request_context():
                used = {name: values[name] for name in rule.arguments}
                yield app.url_map.bind("localhost").build(rule.endpoint, used)


def leaks(response) -> list[str]:
    seen = response.get_data(as_text=True) + str(response.headers) + (response.location or "")
    return [one for one in SECRETS if one in seen]


@pytest.mark.usefixtures("matching")
@pytest.mark.parametrize("state", [None, *InvitationState])
def test_no_page_of_an_employer_tells_who_it_is(app, client, employer, opening, hidden, state):
    if state is not None and state is not InvitationState.ACCEPTED:
        make_invitation(hidden, opening, sender=employer, state=state)
    paths = list(pages(app, opening, hidden.code))
    assert f"/werkgever/mensen/{opening.slug}/{hidden.code}" in paths
    assert len(paths) > 8
    for path in paths:
        for language in ("nl", "en"):
            client.set_cookie("lang", language)
            response = client.get(path)
            assert response.status_code < 500, path
            assert not leaks(response), path
    shown = client.get(f"/werkgever/mensen/{opening.slug}/{hidden.code}")
    assert hidden.code in shown.text
    assert "Heerlen" in shown.text


def test_what_is_answered_to_a_post_tells_it_neither(client, employer, opening, hidden):
    url = f"/werkgever/mensen/{opening.slug}/{hidden.code}"
    for text in ("", "Kom je praten over dit werk? We koken elke dag met twintig bewoners samen."):
        assert not leaks(client.post(url, data={"text": text}))
    assert not leaks(client.get(f"/werkgever/mensen/{opening.slug}"))
    mails = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == employer.email)
    )
    assert not [one for one in mails for secret in SECRETS if secret in one.body + one.subject]


def test_nobody_finds_a_person_by_number(client, employer, opening, hidden):
    for guess in (CANDIDATE_ID, USER_ID):
        assert client.get(f"/werkgever/mensen/{opening.slug}/{guess}").status_code == 404


@pytest.mark.usefixtures("matching")
def test_after_a_yes_the_name_is_there(app, client, employer, opening, hidden):
    from portal.recruiting import service

    invitation = make_invitation(hidden, opening, sender=employer)
    with transaction():
        made = service.accept(invitation.id, letter="", phone=PHONE, actor=hidden.user, now=NOW)
    assert db.session.get_one(Invitation, invitation.id).state == InvitationState.ACCEPTED
    page = client.get(f"/werkgever/reacties/{made.id}").text
    for one in (FIRST, LAST, EMAIL, PHONE):
        assert one in page
    # From then on the person is an application, and no longer somebody to be found.
    assert client.get(f"/werkgever/mensen/{opening.slug}/{hidden.code}").status_code == 404
    assert f"/werkgever/reacties/{made.id}" in client.get(f"/werkgever/mensen/{opening.slug}").text
