"""Signing, checking evidence, and sharing a portfolio."""

from __future__ import annotations

from portal import clock
from portal.accounts.models import RoleName, User
from portal.accounts.service import find_user
from portal.candidates.queries import of_user
from portal.candidates.service import ensure
from portal.coaching.models import Guidance
from portal.coaching.queries import coach_of
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.portfolio import sharing_service
from portal.portfolio.kinds import CompetenceState, EvidenceKind, Mastery
from portal.portfolio.models import EvidenceItem, PortfolioCompetence
from portal.portfolio.validation_service import Asked
from portal.transaction import transaction
from tests.factories import make_organisation
from tests.factories.signing import (
    CONTACT,
    COOKING,
    make_asked,
    make_owner,
    make_signed,
    make_supervisor,
)

PINNED: dict[str, tuple[int | None, ...]] = {
    "checks.index": (None, None, None, 6, 5, None),
    "checks.show": (None, None, None, 4, 3, None),
    "sharing.ask_revoke": (None, 2, None, None, None, None),
    "sharing.door": (2, 3, 3, 4, 3, 4),
    "sharing.index": (None, 7, None, None, None, None),
    "sharing.shared": (5, 6, 6, 7, 6, 7),
    "validations.ask": (None, 9, None, None, None, None),
    "validations.ask_decline": (None, None, 3, None, None, None),
    # Of a question that waits there is no signature to take back: it leads on.
    "validations.ask_withdraw": (None, None, None, None, None, None),
    "validations.ask_withdraw, signed": (None, None, 3, None, None, None),
    "validations.index": (None, None, 7, None, 5, None),
    "validations.mine": (None, 5, None, None, None, None),
    "validations.show": (None, None, 4, None, None, None),
    "validations.show, signed": (None, None, 4, None, None, None),
    "validations.signature": (None, 3, None, None, None, None),
    "validations.signature, signed": (None, 3, None, None, None, None),
}
NO_PAGE = {"sharing.pdf": "a file"}
_people: dict[RoleName, str] = {}


def fill(mine: Organisation, count: int) -> None:
    """More that waits and was signed, more evidence to look at, more links."""
    if not _people:
        return
    now = clock.now()
    coach = find_user(_people[RoleName.COACH])
    person = find_user(_people[RoleName.CANDIDATE])
    own = of_user(person.id) if person else None
    assert coach
    assert own
    signer = make_supervisor(mine)
    for number in range(count):
        other = make_owner(COOKING, CONTACT, name=f"Mens {number}")
        with transaction():
            db.session.add(Guidance(candidate_id=other.id, coach_id=coach.id, since=now))
        make_asked(other, Asked(organisation_id=mine.id), CONTACT)
        make_asked(other, Asked(), COOKING)
        make_signed(other, organisation=mine, by=signer)
        _evidence(other.id)
        make_signed(own, organisation=make_organisation())
        _link(own.user, number)


def _evidence(candidate_id: int) -> int:
    now = clock.now()
    with transaction():
        item = EvidenceItem(
            candidate_id=candidate_id,
            kind=EvidenceKind.DIPLOMA,
            title="Kok",
            competences=[COOKING],
            check_asked_at=now,
            created_at=now,
            updated_at=now,
        )
        db.session.add(item)
    return item.id


def _link(user: User, number: int) -> tuple[int, str]:
    token = sharing_service.token_of("", user.id, f"geheim{number}")
    with transaction():
        link = sharing_service.make(
            token, "Gesprek", days=7, with_name=True, actor=user, now=clock.now()
        )
    return link.id, token


def facts(mine: Organisation, users: dict[RoleName | None, User | None]) -> dict[str, str]:
    """A request that waits, one that was signed, evidence, and a link of the candidate."""
    person, employer = users[RoleName.CANDIDATE], users[RoleName.EMPLOYER]
    coach = users[RoleName.COACH]
    assert person
    assert employer
    assert coach
    now = clock.now()
    with transaction():
        own = ensure(person, now=now)
        for competence in (COOKING, CONTACT):
            known = (
                db.session.query(PortfolioCompetence)
                .filter_by(candidate_id=own.id, competence=competence)
                .one_or_none()
            )
            if known is None:
                db.session.add(
                    PortfolioCompetence(
                        candidate_id=own.id,
                        competence=competence,
                        state=CompetenceState.ACCEPTED,
                        mastery=Mastery.INDEPENDENT,
                        created_at=now,
                        updated_at=now,
                    )
                )
        if coach_of(own.id) is None:
            db.session.add(Guidance(candidate_id=own.id, coach_id=coach.id, since=now))
    (asked,) = make_asked(own, Asked(organisation_id=mine.id), CONTACT)
    signed = make_signed(own, organisation=mine, by=employer)
    other = make_owner(COOKING)
    with transaction():
        db.session.add(Guidance(candidate_id=other.id, coach_id=coach.id, since=now))
    link_id, token = _link(person, 0)
    _people.update({RoleName.CANDIDATE: person.email, RoleName.COACH: coach.email})
    return {
        "validation_id": str(asked.id),
        "signed_id": str(signed.id),
        "checks.show.evidence_id": str(_evidence(other.id)),
        "link_id": str(link_id),
        "share_token": token,
    }


STATES = {
    "validations.ask_withdraw, signed": "/tekenen/{signed_id}/terugnemen",
    "validations.show, signed": "/tekenen/{signed_id}",
    "validations.signature, signed": "/portfolio/getekend/{signed_id}",
}
