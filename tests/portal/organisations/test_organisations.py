import pytest
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.organisations import queries, service
from portal.organisations.models import Right
from portal.organisations.workflow import Standing
from portal.transaction import transaction
from tests.factories import make_employer, make_organisation, make_site, make_user


def test_a_member_sees_the_own_sites_only(app) -> None:
    site = make_site()
    make_site()
    employer = make_employer(site.organisation)
    assert queries.of_member(employer.id) == [site.organisation]
    assert queries.sites_of_member(employer.id) == [site]
    assert queries.site_of_member(site.id, employer.id) is site
    assert queries.site_of_member(site.id, make_employer().id) is None
    assert queries.sites_of_member(make_user().id) == []


def test_a_member_is_added_once(app) -> None:
    organisation, user = make_organisation(), make_user()
    with transaction():
        first = service.add_member(organisation, user, actor=None, now=clock.now())
        again = service.add_member(organisation, user, actor=None, now=clock.now())
    assert first is again


def test_a_site_stands_on_earth(app) -> None:
    with pytest.raises(IntegrityError):
        make_site(latitude=91.0)


def test_by_slug(app) -> None:
    site = make_site()
    assert queries.site_by_slug(site.slug) is site
    assert queries.organisation_by_slug(site.organisation.slug) is site.organisation
    assert queries.organisation_by_slug("niemand") is None


def test_a_right_opens_only_what_it_is_for(app) -> None:
    site = make_site()
    user = make_user()
    with transaction():
        service.add_member(
            site.organisation, user, rights=(Right.SUPERVISOR,), actor=None, now=clock.now()
        )
    assert queries.of_member(user.id) == [site.organisation]
    assert queries.of_member(user.id, Right.SUPERVISOR) == [site.organisation]
    assert queries.of_member(user.id, Right.RECRUITER) == []
    assert queries.of_member(user.id, Right.ADMIN) == []
    assert queries.sites_of_member(user.id) == []
    assert queries.site_of_member(site.id, user.id) is None


@pytest.mark.parametrize("standing", [Standing.ASKED, Standing.REFUSED])
def test_nobody_acts_for_an_organisation_that_was_not_admitted(app, standing: Standing) -> None:
    site = make_site()
    employer = make_employer(site.organisation)
    with transaction():
        site.organisation.standing = standing
    assert queries.of_member(employer.id) == []
    assert queries.sites_of_member(employer.id) == []
