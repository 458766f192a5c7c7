import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.accounts.models import User
from portal.audit.models import AuditLine
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.matching.changes import changes_since
from portal.opportunities import queries, service
from portal.opportunities.models import Opportunity
from portal.opportunities.service import RequirementInput
from portal.opportunities.workflow import Status
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_site, opportunity_input

pytestmark = pytest.mark.usefixtures("app")
NOW = clock.now()
TODAY = clock.local_date(NOW)


@pytest.fixture
def site(app):
    return make_site()


@pytest.fixture
def employer(site):
    return make_employer(site.organisation)


def draft(site, employer, **changes):
    with transaction():
        given = opportunity_input(site, **changes)
        return service.create_draft(given, actor=employer, now=NOW)


def audit_actions() -> list[str]:
    return list(
        db.session.scalars(
            select(AuditLine.action)
            .where(AuditLine.object_type == "opportunity")
            .order_by(AuditLine.id)
        )
    )


def test_a_draft_is_private(site, employer) -> None:
    made = draft(site, employer)
    assert made.status == Status.DRAFT
    assert made.version == 1
    assert made.slug.startswith("gastheer-of-gastvrouw-in-de-huiskamer-heerlen-")
    assert queries.by_slug(made.slug, TODAY) is None
    assert queries.for_employer(made.slug, employer.id) is made
    assert queries.for_employer(made.slug, make_employer().id) is None
    assert not queries.was_public(made.slug)


def test_a_draft_may_be_incomplete(site, employer) -> None:
    made = draft(site, employer, text="", hours_min=None, closes_on=None, requirements=())
    with pytest.raises(Invalid) as refused, transaction():
        service.publish(made.slug, version=1, actor=employer, now=NOW)
    assert refused.value.fields == ("text", "hours", "closes_on", "requirements")
    assert made.status == Status.DRAFT


def test_a_site_of_another_employer_is_not_found(site) -> None:
    stranger = make_employer()
    with pytest.raises(NotFound), transaction():
        service.create_draft(opportunity_input(site), actor=stranger, now=NOW)


def test_the_whole_life(site, employer) -> None:
    slug = draft(site, employer).slug
    with transaction():
        service.publish(slug, version=1, actor=employer, now=NOW)
    assert queries.by_slug(slug, TODAY)
    with transaction():
        service.close(slug, version=2, actor=employer, now=NOW)
    assert queries.by_slug(slug, TODAY) is None
    assert queries.was_public(slug)
    with transaction():
        again = service.reopen(slug, version=3, actor=employer, now=NOW)
    assert again.closed_at is None
    assert again.version == 4
    told = ["created", "publish", "close", "reopen"]
    assert audit_actions() == [f"opportunity.{what}" for what in told]
    assert [c.opportunity_id for c in changes_since(0)] == [again.id] * 4
    actors = db.session.scalars(
        select(AuditLine.actor_id).where(AuditLine.object_type == "opportunity")
    )
    assert set(actors) == {employer.id}


def test_update_replaces_the_requirements_in_order(site, employer) -> None:
    made = draft(site, employer)
    asked = (RequirementInput(text="Rijdt graag"), RequirementInput(competence="make-contact"))
    with transaction():
        given = replace(opportunity_input(site, title="Chauffeur"), requirements=asked)
        service.update(made.slug, given, version=1, actor=employer, now=NOW)
    assert made.title == "Chauffeur"
    assert made.version == 2
    assert [(r.position, r.text, r.competence) for r in made.requirements] == [
        (1, "Rijdt graag", None),
        (2, "", "make-contact"),
    ]


@pytest.mark.parametrize("act", ["update", "publish", "close", "reopen"])
def test_a_foreign_opportunity_is_not_found(site, act) -> None:
    made = make_opportunity(site=site)
    stranger = make_employer()
    extra = (opportunity_input(site),) if act == "update" else ()
    with pytest.raises(NotFound), transaction():
        getattr(service, act)(made.slug, *extra, version=made.version, actor=stranger, now=NOW)


def test_who_saw_an_older_version_is_told(site, employer) -> None:
    made = draft(site, employer)
    with transaction():
        service.update(
            made.slug, opportunity_input(site, title="Eerste"), version=1, actor=employer, now=NOW
        )
    with pytest.raises(Conflict), transaction():
        service.update(
            made.slug, opportunity_input(site, title="Tweede"), version=1, actor=employer, now=NOW
        )
    assert made.title == "Eerste"
    assert len(changes_since(0)) == 2


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (Status.DRAFT, "close"),
        (Status.DRAFT, "reopen"),
        (Status.PUBLISHED, "publish"),
        (Status.PUBLISHED, "reopen"),
        (Status.CLOSED, "publish"),
        (Status.CLOSED, "close"),
    ],
)
def test_a_step_that_the_table_lacks_is_a_conflict(site, employer, status, act) -> None:
    made = make_opportunity(status, site=site)
    with pytest.raises(Conflict), transaction():
        getattr(service, act)(made.slug, version=made.version, actor=employer, now=NOW)


def test_what_is_published_stays_complete(site, employer) -> None:
    made = make_opportunity(site=site)
    with pytest.raises(Invalid), transaction():
        service.update(
            made.slug,
            opportunity_input(site, requirements=()),
            version=made.version,
            actor=employer,
            now=NOW,
        )
    assert len(made.requirements) == 3


def test_reopening_after_the_last_day_asks_for_a_new_one(site, employer) -> None:
    made = make_opportunity(Status.CLOSED, site=site)
    later = NOW + timedelta(days=60)
    with pytest.raises(Invalid) as refused, transaction():
        service.reopen(made.slug, version=made.version, actor=employer, now=later)
    assert refused.value.fields == ("closes_on",)


def test_what_is_past_its_day_closes_by_itself(site) -> None:
    soon = make_opportunity(site=site, closes_on=TODAY)
    later = make_opportunity(site=site)
    make_opportunity(Status.DRAFT, site=site, closes_on=TODAY)
    tomorrow = NOW + timedelta(days=1)
    assert queries.by_slug(soon.slug, TODAY)
    assert queries.by_slug(soon.slug, TODAY + timedelta(days=1)) is None
    with transaction():
        assert service.close_due(now=tomorrow) == 1
    with transaction():
        assert service.close_due(now=tomorrow) == 0
    assert (soon.status, later.status) == (Status.CLOSED, Status.PUBLISHED)
    assert audit_actions()[-1] == "opportunity.close"


def test_visible_drops_what_has_closed(site) -> None:
    kept = make_opportunity(site=site)
    gone = make_opportunity(Status.CLOSED, site=site)
    assert list(queries.visible([kept.id, gone.id, 10**6], TODAY)) == [kept.id]


def test_an_employer_sees_all_of_the_own(site, employer) -> None:
    own = {make_opportunity(status, site=site).id for status in Status}
    make_opportunity()
    assert {row.id for row in queries.of_employer(employer.id)} == own


def test_two_who_publish_at_the_same_moment(app, site, employer) -> None:
    made = draft(site, employer)
    slug, user_id = made.slug, employer.id
    db.session.rollback()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def press() -> None:
        with app.app_context():
            actor = db.session.get_one(User, user_id)
            start.wait()
            try:
                with transaction():
                    service.publish(slug, version=1, actor=actor, now=NOW)
                outcomes.append("published")
            except Conflict:
                outcomes.append("told")

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["published", "told"]
    assert audit_actions().count("opportunity.publish") == 1


@pytest.mark.parametrize(
    "values",
    [
        {"status": "weg"},
        {"kind": "iets"},
        {"level": 5},
        {"hours_min": 30.0},
        {"hours_max": 61.0},
        {"day_parts": 2**28},
        {"pay_min": 10, "pay_max": 5},
        {"places": 0},
        {"closed_at": NOW},
        {"closes_on": None},
        {"title": ""},
    ],
)
def test_the_database_refuses_nonsense(site, values) -> None:
    made = make_opportunity(site=site)
    with pytest.raises(IntegrityError), transaction():
        for name, value in values.items():
            setattr(made, name, value)
        db.session.flush()


def test_a_requirement_asks_one_thing(site) -> None:
    both = (RequirementInput(competence="make-contact", gate="vog"),)
    neither = (RequirementInput(),)
    for asked in (both, neither):
        with pytest.raises(IntegrityError), transaction():
            service.add_draft(
                opportunity_input(site, requirements=asked), slug="x", actor=None, now=NOW
            )
    assert db.session.scalar(select(Opportunity.id)) is None
