"""Inviting somebody without a name, answering it, and what happens when nobody does."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import RoleName, User
from portal.applications.models import Application, Invitation, InvitationState
from portal.applications.workflow import State
from portal.audit.models import AuditLine
from portal.candidates.models import CandidateChoice, Choice
from portal.clock import local_date
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.opportunities import service as opportunities
from portal.opportunities.workflow import Status
from portal.organisations.models import Membership
from portal.organisations.service import add_member
from portal.outbox.models import OutboxMessage
from portal.recruiting import queries, service, tending
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_site, make_user
from tests.factories.recruiting import (
    NAME,
    PHONE,
    make_invitation,
    make_match,
    make_seeker,
)

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = local_date(NOW)
LINE = "Je kookt voor grote groepen in een buurthuis. Dat zoeken we hier ook. Kom je praten?"


def invite(opening, seeker, recruiter, text=LINE, now=NOW):
    with transaction():
        return service.invite(opening.slug, seeker.code, text, actor=recruiter, now=now)


def mails(to=None):
    wanted = select(OutboxMessage).order_by(OutboxMessage.id)
    if to is not None:
        wanted = wanted.where(OutboxMessage.recipient == to.email)
    return list(db.session.scalars(wanted))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


# Who is found


def test_who_fits_is_found(opening, seeker):
    assert queries.count_fitting(opening) == 1
    assert queries.person(opening, seeker.code).candidate.id == seeker.id
    assert queries.person(opening, "K-222222") is None


@pytest.mark.parametrize("changes", [{"visible": False}])
def test_who_does_not_want_to_be_seen_is_not_found(opening, seeker, changes):
    with transaction():
        for key, value in changes.items():
            setattr(seeker, key, value)
    assert queries.count_fitting(opening) == 0
    assert queries.person(opening, seeker.code) is None


def test_a_closed_account_is_not_found(opening, seeker):
    with transaction():
        seeker.user.active = False
    assert queries.count_fitting(opening) == 0


@pytest.mark.parametrize(
    ("level", "found"), [("now", 1), ("guided", 1), ("route", 1), ("not_yet", 0)]
)
def test_only_who_could_begin_is_found(opening, level, found):
    make_match(make_seeker(), opening, level=level)
    assert queries.count_fitting(opening) == found


def test_who_hid_the_opening_is_not_found(opening, seeker):
    kept = CandidateChoice(
        candidate_id=seeker.id, opportunity_id=opening.id, choice=Choice.SAVED, reason="", at=NOW
    )
    with transaction():
        db.session.add(kept)
    assert queries.count_fitting(opening) == 1
    with transaction():
        db.session.get_one(CandidateChoice, kept.id).choice = Choice.HIDDEN
    assert queries.count_fitting(opening) == 0


def test_hiding_another_opening_changes_nothing(opening, seeker):
    other = make_opportunity()
    with transaction():
        db.session.add(
            CandidateChoice(
                candidate_id=seeker.id,
                opportunity_id=other.id,
                choice=Choice.HIDDEN,
                reason="",
                at=NOW,
            )
        )
    assert queries.count_fitting(opening) == 1


def test_who_works_there_is_not_found_by_the_own_employer(opening, seeker):
    with transaction():
        seeker.employer_id = opening.site.organisation_id
    assert queries.count_fitting(opening) == 0
    with transaction():
        seeker.employer_id = make_site().organisation_id
    assert queries.count_fitting(opening) == 1


def test_who_acts_for_the_organisation_is_not_found(opening, seeker):
    with transaction():
        add_member(opening.site.organisation, seeker.user, actor=None, now=NOW)
    assert queries.count_fitting(opening) == 0


def test_who_answered_before_is_not_found(opening, seeker):
    with transaction():
        service.apply(seeker, opening, letter="", phone="", actor=seeker.user, now=NOW)
    assert queries.count_fitting(opening) == 0


def test_the_best_comes_first(opening):
    low, high = make_seeker(), make_seeker()
    make_match(low, opening, score=0.2)
    make_match(high, opening, score=0.8)
    assert [one.candidate.id for one in queries.page_of_fitting(opening, 0, 9)] == [high.id, low.id]
    assert [one.candidate.id for one in queries.page_of_fitting(opening, 1, 1)] == [low.id]


def test_openings_with_how_many_fit(opening, seeker, recruiter):
    make_opportunity(Status.DRAFT, site=opening.site)
    make_opportunity(Status.CLOSED, site=opening.site)
    make_match(seeker, make_opportunity())
    make_match(make_seeker(visible=False), opening)
    assert [(one.id, n) for one, n in queries.openings(recruiter.id, TODAY)] == [(opening.id, 1)]
    assert queries.openings(make_employer().id, TODAY) == []


def test_finding_people_is_for_recruiters(opening, seeker, recruiter):
    with transaction():
        member = db.session.scalars(
            select(Membership).where(Membership.user_id == recruiter.id)
        ).one()
        member.recruiter = False
    assert queries.openings(recruiter.id, TODAY) == []
    with pytest.raises(NotFound):
        invite(opening, seeker, recruiter)


# Inviting


def test_an_invitation_is_sent_and_told(opening, seeker, recruiter):
    made = invite(opening, seeker, recruiter)
    assert (made.state, made.sender_id, made.text) == (InvitationState.SENT, recruiter.id, LINE)
    assert made.answer_by > TODAY
    (mail,) = mails()
    assert mail.recipient == seeker.user.email
    assert LINE in mail.body
    assert f"/uitnodigingen/{made.id}" in mail.body
    actions = list(db.session.scalars(select(AuditLine.action)))
    assert "invitation.sent" in actions


def test_a_double_click_is_one_invitation(opening, seeker, recruiter):
    first = invite(opening, seeker, recruiter)
    assert invite(opening, seeker, recruiter).id == first.id
    assert count(Invitation) == 1
    assert len(mails()) == 1


@pytest.mark.parametrize("state", InvitationState)
def test_once_is_enough_whatever_the_answer(opening, seeker, recruiter, state):
    make_invitation(seeker, opening, sender=recruiter, state=state)
    with pytest.raises(Conflict, match="Een keer is genoeg"):
        invite(opening, seeker, recruiter)
    assert count(Invitation) == 1


@pytest.mark.parametrize("text", ["", "   ", "Kom je?", "a" * 1001, " " * 80 + "Kom je?"])
def test_a_line_that_could_be_to_anybody_is_not_enough(opening, seeker, recruiter, text):
    with pytest.raises(Invalid) as error:
        invite(opening, seeker, recruiter, text)
    assert error.value.fields == ("text",)
    assert count(Invitation) == 0


def test_of_another_employer_nobody_is_invited(opening, seeker):
    with pytest.raises(NotFound):
        invite(opening, seeker, make_employer())


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CLOSED])
def test_for_what_is_not_on_offer_nobody_is_invited(site, recruiter, status):
    opening = make_opportunity(status, site=site)
    seeker = make_seeker()
    make_match(seeker, opening)
    with pytest.raises(NotFound):
        invite(opening, seeker, recruiter)


def test_somebody_who_may_not_be_found_is_not_invited(opening, seeker, recruiter):
    with transaction():
        seeker.visible = False
    with pytest.raises(NotFound):
        invite(opening, seeker, recruiter)


def test_there_is_a_limit_for_each_week(opening, recruiter):
    with transaction():
        opening.site.organisation.invitations_per_week = 2
    people = [make_seeker() for _ in range(4)]
    for one in people:
        make_match(one, opening)
    make_invitation(people[0], opening, now=NOW - timedelta(days=8))
    for one in people[1:3]:
        invite(opening, one, recruiter)
    assert service.sent_this_week(opening.site.organisation_id, TODAY) == 2
    with pytest.raises(Conflict, match="deze week zijn op"):
        invite(opening, people[3], recruiter)
    assert invite(opening, people[3], recruiter, now=NOW + timedelta(days=7)).id


def test_the_limit_is_of_the_organisation_over_all_openings(site, opening, recruiter):
    with transaction():
        site.organisation.invitations_per_week = 1
    other = make_opportunity(site=site)
    one, two = make_seeker(), make_seeker()
    make_match(one, opening)
    make_match(two, other)
    invite(opening, one, recruiter)
    with pytest.raises(Conflict, match="deze week zijn op"):
        invite(other, two, make_employer(site.organisation))
    elsewhere = make_opportunity()
    make_match(two, elsewhere)
    assert invite(elsewhere, two, make_employer(elsewhere.site.organisation)).id


def at_once(app, *acts):
    """Do several things at the same moment, each by somebody of their own; return what came."""
    start = threading.Barrier(len(acts))
    outcomes = []
    db.session.rollback()

    def do(act):
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    outcomes.append(act())
            except (Conflict, NotFound) as error:
                outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_clicks_at_the_same_moment_do_not_pass_the_limit(app, opening, recruiter):
    with transaction():
        opening.site.organisation.invitations_per_week = 1
    people = [make_seeker(), make_seeker()]
    for one in people:
        make_match(one, opening)
    slug, codes, actor_id = opening.slug, [one.code for one in people], recruiter.id

    def inviting(code):
        def act():
            actor = db.session.get_one(User, actor_id)
            service.invite(slug, code, LINE, actor=actor, now=NOW)
            return "sent"

        return act

    assert at_once(app, *map(inviting, codes)) == ["Conflict", "sent"]
    assert count(Invitation) == 1


def test_two_recruiters_invite_the_same_person_once(app, opening, seeker, recruiter):
    other = make_employer(opening.site.organisation)
    slug, code, ids = opening.slug, seeker.code, [recruiter.id, other.id]

    def inviting(actor_id):
        def act():
            actor = db.session.get_one(User, actor_id)
            service.invite(slug, code, LINE, actor=actor, now=NOW)
            return "sent"

        return act

    assert at_once(app, *map(inviting, ids)) == ["Conflict", "sent"]
    assert count(Invitation) == 1


# Answering


@pytest.fixture
def invitation(opening, seeker, recruiter):
    return invite(opening, seeker, recruiter)


def accept(invitation, actor, now=NOW, **given):
    with transaction():
        return service.accept(
            invitation.id, **({"letter": "", "phone": PHONE} | given), actor=actor, now=now
        )


def decline(invitation, actor, word="", now=NOW):
    with transaction():
        return service.decline(invitation.id, word=word, actor=actor, now=now)


def test_yes_makes_an_application_with_name_and_contact(invitation, seeker, recruiter):
    made = accept(invitation, seeker.user, letter="Graag!")
    assert (made.invited, made.letter, made.phone) == (True, "Graag!", PHONE)
    assert made.state in (State.NEW, State.IN_CONVERSATION)
    db.session.refresh(invitation)
    assert invitation.state == InvitationState.ACCEPTED
    assert invitation.answered_at == NOW
    assert any(NAME in one.body for one in mails(recruiter))


def test_yes_twice_is_one_application(invitation, seeker):
    first = accept(invitation, seeker.user)
    assert accept(invitation, seeker.user).id == first.id
    assert count(Application) == 1


def test_somebody_without_a_name_gives_it_now(opening, recruiter):
    seeker = make_seeker(name="")
    make_match(seeker, opening)
    invitation = invite(opening, seeker, recruiter)
    with pytest.raises(Invalid) as error:
        accept(invitation, seeker.user, name="  ")
    assert error.value.fields == ("name",)
    assert count(Application) == 0
    accept(invitation, seeker.user, name="Truus ten Have")
    assert seeker.user.name == "Truus ten Have"


def test_yes_and_no_at_the_same_moment(app, invitation, seeker):
    identity, user_id = invitation.id, seeker.user_id

    def yes():
        actor = db.session.get_one(User, user_id)
        service.accept(identity, letter="", phone="", actor=actor, now=NOW)
        return "yes"

    def no():
        service.decline(identity, word="", actor=db.session.get_one(User, user_id), now=NOW)
        return "no"

    found = at_once(app, yes, no)
    assert found in (["Conflict", "yes"], ["Conflict", "no"])
    db.session.rollback()
    state = db.session.get_one(Invitation, identity).state
    assert state == ("accepted" if "yes" in found else "declined")
    assert count(Application) == ("yes" in found)


def test_no_says_so_to_who_invited_and_not_who_it_was(invitation, seeker, recruiter):
    decline(invitation, seeker.user, "Het is te ver fietsen voor mij.")
    db.session.refresh(invitation)
    assert invitation.state == InvitationState.DECLINED
    (mail,) = mails(recruiter)
    assert "Het is te ver fietsen voor mij." in mail.body
    assert seeker.code in mail.body
    for secret in (NAME, seeker.user.email, PHONE):
        assert secret not in mail.body + mail.html + mail.subject
    decline(invitation, seeker.user)
    assert len(mails(recruiter)) == 1


def test_a_no_by_mistake_is_taken_back(invitation, seeker, recruiter):
    decline(invitation, seeker.user, "Nee")
    with transaction():
        service.take_back_no(invitation.id, actor=seeker.user, now=NOW + timedelta(hours=3))
    db.session.refresh(invitation)
    assert (invitation.state, invitation.word) == (InvitationState.SENT, "")
    assert len(mails(recruiter)) == 2
    accept(invitation, seeker.user, now=NOW + timedelta(hours=4))


def test_a_no_of_long_ago_stays(invitation, seeker):
    decline(invitation, seeker.user)
    with pytest.raises(Conflict), transaction():
        service.take_back_no(invitation.id, actor=seeker.user, now=NOW + timedelta(hours=25))


@pytest.mark.parametrize("answer", [accept, decline])
def test_somebody_elses_invitation_is_not_there(invitation, answer):
    stranger = make_seeker(user=make_user(RoleName.CANDIDATE))
    with pytest.raises(NotFound):
        answer(invitation, stranger.user)
    with pytest.raises(NotFound), transaction():
        service.take_back_no(invitation.id, actor=stranger.user, now=NOW)


@pytest.mark.parametrize("answer", [accept, decline])
@pytest.mark.parametrize("state", [InvitationState.LAPSED])
def test_what_is_over_cannot_be_answered(opening, answer, state):
    seeker = make_seeker()
    invitation = make_invitation(seeker, opening, state=state)
    with pytest.raises(Conflict):
        answer(invitation, seeker.user)


def test_what_closed_cannot_be_answered(invitation, seeker, opening, recruiter):
    with transaction():
        opportunities.close(opening.slug, version=opening.version, actor=recruiter, now=NOW)
    with pytest.raises(Conflict):
        accept(invitation, seeker.user)
    assert count(Application) == 0


def test_a_word_that_is_too_long(invitation, seeker):
    with pytest.raises(Invalid) as error:
        decline(invitation, seeker.user, "a" * 301)
    assert error.value.fields == ("word",)


# Silence


def test_nothing_is_due_yet(invitation):
    assert not tending.run(now=NOW)


def test_a_reminder_once_and_then_an_end(invitation, seeker, recruiter):
    before = len(mails(seeker.user))
    day = timedelta(days=1)
    assert tending.run(now=NOW + 12 * day) == {"reminded": 1}
    assert not tending.run(now=NOW + 12 * day)
    assert len(mails(seeker.user)) == before + 1
    after = NOW + (invitation.answer_by - TODAY).days * day
    assert not tending.run(now=after)
    assert tending.run(now=after + day) == {"lapsed": 1}
    assert not tending.run(now=after + day)
    db.session.refresh(invitation)
    assert invitation.state == InvitationState.LAPSED
    assert len(mails(seeker.user)) == before + 2
    (told,) = mails(recruiter)
    for secret in (NAME, seeker.user.email, PHONE):
        assert secret not in told.body + told.html


def test_who_answered_the_opening_itself_is_not_reminded(invitation, seeker, opening):
    with transaction():
        service.apply(seeker, opening, letter="", phone="", actor=seeker.user, now=NOW)
    before = len(mails())
    assert tending.run(now=NOW + timedelta(days=1)) == {"answered": 1}
    db.session.refresh(invitation)
    assert invitation.state == InvitationState.ACCEPTED
    assert len(mails()) == before
