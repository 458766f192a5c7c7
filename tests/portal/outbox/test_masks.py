"""Personal links are keys; who watches the mail does not get them."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter

from portal.accounts.models import RoleName
from portal.addresses import public_url
from portal.outbox.letters import Letter, post
from portal.outbox.masks import HIDDEN, NO_KEYS, mask
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.conftest import PortalClient
from tests.factories import make_user

KEY = "Zo-geheim_dat-niemand.hem-raadt"


def test_every_address_of_ours_with_a_key_is_hidden(app: Flask) -> None:
    """Any argument that is not known to be harmless counts as a key, also in a new route."""
    tried = 0
    for rule in app.url_map.iter_rules():
        keys = {
            name
            for name in rule.arguments
            if name not in NO_KEYS and rule._converters[name].__class__.__name__ == "Readable"
        }
        if not keys or "GET" not in (rule.methods or ()):
            continue
        values = {
            name: KEY
            if name in keys
            else 7
            if isinstance(rule._converters[name], IntegerConverter)
            else "x"
            for name in rule.arguments
        }
        address = public_url(rule.endpoint, **values)
        for text in (f"Ga naar {address}.", f'<a href="{address}">{address}</a>'):
            assert KEY not in mask(text), address
            assert HIDDEN in mask(text)
        tried += 1
    assert tried > 2


def test_what_is_no_key_stays_to_be_read(app: Flask) -> None:
    address = public_url("opportunities.show", slug="kok-in-de-wijk")
    assert mask(f"Kijk op {address}.") == f"Kijk op {address}."
    assert mask("Mail naar hulp@bekwaam.example.") == "Mail naar hulp@bekwaam.example."


@pytest.mark.parametrize(
    "address",
    [
        "https://elders.example/pad/{key}?t={key}",
        "http://127.0.0.1:8000/bestaat-niet/{key}",
        "http://127.0.0.1:8000/aanbod?q={key}",
        "http://127.0.0.1:8000/aanbod?a=1&amp;sleutel={key}",
    ],
)
def test_of_other_addresses_only_the_place_is_shown(app: Flask, address: str) -> None:
    shown = mask(f"<a href='{address.format(key=KEY)}'>hier</a>")
    assert KEY not in shown
    assert "'>hier</a>" in shown


def test_the_page_and_the_frame_show_no_key(app: Flask, client: PortalClient) -> None:
    reader = make_user(RoleName.CANDIDATE)
    link = public_url("security.reset_password", token=KEY)
    from portal import clock

    with transaction():
        message = post(
            reader,
            lambda: Letter(
                subject="Kies een wachtwoord",
                lines=(f"Of hier: {link}",),
                action=("Kies", link),
                stop=("Stop", link),
            ),
            key="x",
            now=clock.now(),
        )
        assert isinstance(message, OutboxMessage)
        number = message.id
        assert KEY in message.body
        assert KEY in (message.html or "")
    client.sign_in(make_user(RoleName.ADMIN).email)
    for path in (f"/beheer/mail/{number}", f"/beheer/mail/{number}/opmaak", "/beheer/mail"):
        page = client.get(path)
        assert page.status_code == 200
        assert KEY not in page.text
    assert "href" not in client.get(f"/beheer/mail/{number}/opmaak").text
