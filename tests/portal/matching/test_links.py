"""A link that is kept: good for a while, then gone, and known as such by its own date."""

from datetime import UTC, timedelta

import pytest

from portal import clock
from portal.extensions import db
from portal.matching.models import MatchRequest
from portal.matching.retention import purge_expired
from portal.matching.service import KEPT_FOR, new_token
from portal.transaction import transaction
from tests.portal.matching.asking import COOK, ask, cook, words

pytestmark = pytest.mark.usefixtures("app")
SENT = {"answer": "can", "key": "x", "gate": "vog", "has": "1"}


def expired_token(*, purged: bool) -> str:
    """The link of somebody who asked 15 days ago."""
    now = clock.now()
    asked = now - timedelta(days=15)
    token = new_token(asked + KEPT_FOR)
    with transaction():
        row = MatchRequest(token=token, created_at=asked, expires_at=asked + KEPT_FOR)
        db.session.add(row)
        row.skills, row.gates, row.answers = COOK, [], {}
    if purged:
        with transaction():
            assert purge_expired(now) == 1
    return token


@pytest.mark.parametrize("purged", [False, True])
def test_an_expired_link_says_so(client, purged) -> None:
    token = expired_token(purged=purged)
    for path in ("", "/tekst"):
        response = client.get(f"/passend/{token}{path}")
        assert response.status_code == 410
        assert "Deze tekst is gewist" in words(response.text)
        assert "Begin opnieuw" in response.text
        assert COOK not in response.text
    for path in ("reden", "papier", "wissen"):
        assert client.post(f"/passend/{token}/{path}", data=SENT).status_code == 410


@pytest.mark.parametrize("purged", [False, True])
def test_a_change_under_an_expired_link_becomes_a_new_question(client, matching, purged) -> None:
    token = expired_token(purged=purged)
    response = client.post(f"/passend/{token}/tekst", data={"skills": COOK})
    assert response.status_code == 303
    assert token not in response.location
    assert client.get(response.location).status_code == 200


def test_a_link_tells_its_own_last_day(client) -> None:
    token = ask(client)
    (row,) = db.session.query(MatchRequest)
    assert token.startswith(f"{row.expires_at.astimezone(UTC):%Y%m%d}-")
    assert row.expires_at - row.created_at == KEPT_FOR


UNKNOWN = [
    "x",
    "a" * 500,
    "%00",
    "😀",
    "681231-" + "a" * 24,
    "999999-" + "a" * 24,
    "200101-kort",
    "200101",
    "-" * 31,
    "' OR 1=1 --",
    "<b>",
]


@pytest.mark.parametrize("token", UNKNOWN)
def test_a_link_that_never_was(client, token) -> None:
    for path in ("", "/tekst"):
        assert client.get(f"/passend/{token}{path}").status_code == 404
    for path in ("reden", "papier", "wissen"):
        assert client.post(f"/passend/{token}/{path}", data=SENT).status_code == 404


def test_a_change_under_a_link_that_never_was_is_a_new_question(client) -> None:
    response = client.post("/passend/x/tekst", data={"skills": COOK})
    assert response.status_code == 303
    assert response.location != "/passend/x"


def test_the_link_of_one_says_nothing_of_another(client, matching) -> None:
    cook()
    mine, other = ask(client, "Ik kook graag voor mijn buren."), ask(client, "Mijn geheim: bakken.")
    assert "geheim" not in client.get(f"/passend/{mine}").text
    client.post(f"/passend/{mine}/papier", data={"gate": "big-nurse", "has": "1"})
    client.post(f"/passend/{mine}/wissen")
    db.session.rollback()
    (left,) = db.session.query(MatchRequest)
    assert (left.token, left.gates) == (other, [])
