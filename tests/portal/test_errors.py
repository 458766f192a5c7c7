import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError

from portal import errors
from portal.app import create_app
from portal.permissions import public

RAISED = {
    "niet-gevonden": (errors.NotFound, 404),
    "verboden": (errors.Forbidden, 403),
    "conflict": (errors.Conflict("Iemand anders was eerder."), 409),
    "weg": (errors.Gone, 410),
    "ongeldig": (errors.Invalid("Zo kan het niet."), 422),
    "rust": (errors.Unavailable, 503),
    "database": (OperationalError("SELECT", {}, Exception("weg")), 503),
    "kapot": (ZeroDivisionError("geheim"), 500),
}


@pytest.fixture(scope="module")
def broken() -> Flask:
    app = create_app({"TESTING": False, "PROPAGATE_EXCEPTIONS": False})

    def fail(what: str) -> str:
        raise RAISED[what][0]

    def status(code: int) -> str:
        abort(code)

    def form() -> str:
        return "gelukt"

    app.add_url_rule("/stuk/<what>", "stuk", public(fail))
    app.add_url_rule("/status/<int:code>", "code", public(status))
    app.add_url_rule("/formulier", "formulier", public(form), methods=["GET", "POST"])
    return app


@pytest.mark.parametrize("what", RAISED)
def test_a_domain_exception_becomes_its_page(broken: Flask, what: str) -> None:
    response = broken.test_client().get(f"/stuk/{what}", headers={"Accept": "application/json"})
    raised, status = RAISED[what]
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert "<h1>" in response.text
    assert "geheim" not in response.text
    assert "Content-Security-Policy" in response.headers
    if message := getattr(raised, "message", None):
        assert message in response.text


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 418, 429, 500, 502, 503])
def test_every_status_has_words(broken: Flask, code: int) -> None:
    response = broken.test_client().get(f"/status/{code}")
    assert response.status_code == code
    assert "Naar het begin" in response.text


def test_a_page_that_is_not_there(broken: Flask) -> None:
    assert broken.test_client().get("/bestaat-niet").status_code == 404


def test_405_says_what_is_allowed(broken: Flask) -> None:
    response = broken.test_client().post("/status/404", data={})
    assert response.status_code in {400, 405}
    response = broken.test_client().get("/taal")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_an_old_form_shows_what_was_typed_and_a_way_back(broken: Flask) -> None:
    typed = {"skills": "Ik kan <b>goed</b> luisteren", "password": "geheim", "csrf_token": "oud"}
    response = broken.test_client().post("/formulier", data=typed)
    assert response.status_code == 400
    assert "te oud" in response.text
    assert "Ik kan &lt;b&gt;goed&lt;/b&gt; luisteren" in response.text
    assert "geheim" not in response.text
    assert 'href="/formulier"' in response.text


def test_an_old_form_that_has_no_page_gives_no_link_to_it(broken: Flask) -> None:
    response = broken.test_client().post("/taal", data={"lang": "en"})
    assert response.status_code == 400
    assert 'href="/taal"' not in response.text


def test_too_much_at_once(broken: Flask) -> None:
    response = broken.test_client().post("/formulier", data={"skills": "a" * 3_000_000})
    assert response.status_code == 413
    assert "te groot" in response.text


def test_a_database_that_does_not_answer(monkeypatch) -> None:
    """Somebody who is signed in is looked up, so that nothing works, and still has a page."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    browser = create_app({"TESTING": False}).test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = "iemand"
    for path in ("/inloggen", "/bestaat-niet", "/welkom", "/status"):
        response = browser.get(path)
        assert response.status_code in {500, 503}
        assert "Naar het begin" in response.text
    assert browser.get("/inloggen").headers["Retry-After"]
