import pytest

from tests.factories import make_employer, make_opportunity, make_site
from tests.factories.recruiting import make_match, make_seeker


@pytest.fixture
def site(app):
    return make_site()


@pytest.fixture
def recruiter(site):
    return make_employer(site.organisation)


@pytest.fixture
def opening(site):
    return make_opportunity(site=site)


@pytest.fixture
def seeker(opening):
    """Somebody who may be found, and fits the opening."""
    candidate = make_seeker()
    make_match(candidate, opening)
    return candidate


@pytest.fixture
def employer(client, recruiter):
    """The recruiter, signed in."""
    client.sign_in(recruiter.email)
    return recruiter
