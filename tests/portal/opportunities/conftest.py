import pytest

from tests.factories import make_employer, make_site


@pytest.fixture
def site(app):
    return make_site()


@pytest.fixture
def employer(client, site):
    """Somebody who acts for the organisation of `site`, signed in."""
    user = make_employer(site.organisation)
    client.sign_in(user.email)
    return user
