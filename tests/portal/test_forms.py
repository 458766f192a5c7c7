"""Errors: said in the title, summed up at the top, and tied to their fields, on every form."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.factories import make_employer, make_site

FORMS = {
    "/inloggen": {"email": "", "password": ""},
    "/account-maken": {"email": "geen adres", "password": "kort"},
    "/wachtwoord-vergeten": {"email": "geen adres"},
    "/passend": {"skills": "", "ambition": ""},
    "/werkgever/aanbod/nieuw": {"action": "publish", "requirements-0-keep": "y"},
}


@pytest.fixture
def wrong(app, client, request):
    """The page of a form that was sent with errors."""
    path = request.param
    if path.startswith("/werkgever"):
        site = make_site()
        client.sign_in(make_employer(site.organisation).email)
    known = {str(rule) for rule in app.url_map.iter_rules()}
    assert path in known, sorted(known)
    return client.post(path, data=FORMS[path]).text


@pytest.mark.parametrize("wrong", FORMS, indirect=True)
def test_the_title_says_that_something_is_wrong(wrong) -> None:
    title = re.search(r"<title>(.*?)</title>", wrong, re.DOTALL)
    assert title
    assert title[1].startswith("Fout:")


@pytest.mark.parametrize("wrong", FORMS, indirect=True)
def test_the_summary_leads_to_every_wrong_field(wrong) -> None:
    summary = re.search(r'<div class="summary" role="alert".*?</ul>', wrong, re.DOTALL)
    assert summary
    ids = set(re.findall(r'\bid="([^"]+)"', wrong))
    links = re.findall(r'href="#([^"]+)"', summary[0])
    assert "<li>" in summary[0]
    assert set(links) <= ids
    marked = set(re.findall(r'<p class="error" id="([^"]+)-fout"', wrong))
    assert marked == {re.sub(r"-\d+$", "", one) if one not in marked else one for one in links}


@pytest.mark.parametrize("wrong", FORMS, indirect=True)
def test_each_error_is_tied_to_its_field(wrong) -> None:
    for name in re.findall(r'<p class="error" id="([^"]+)-fout"', wrong):
        kinds = "input|textarea|select|fieldset"
        tied = rf'<(?:{kinds})\b[^>]*aria-describedby="[^"]*\b{name}-fout"[^>]*>'
        field = re.search(tied, wrong)
        assert field, name
        assert 'aria-invalid="true"' in field[0] or field[0].startswith("<fieldset"), name
        # Who only hears it is told that it is an error.
        said = re.search(rf'id="{name}-fout".*?</p>', wrong, re.DOTALL)
        assert said
        assert "Fout:" in unescape(said[0])


def test_a_form_without_errors_has_no_mark(client) -> None:
    for path in ("/inloggen", "/"):
        page = client.get(path).text
        assert "<title>Fout:" not in page
        assert "aria-invalid" not in page
