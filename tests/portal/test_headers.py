import pytest

from portal.headers import CONTENT_SECURITY_POLICY, HEADERS


@pytest.mark.parametrize("path", ["/inloggen", "/bestaat-niet", "/status"])
def test_every_response_has_them(client, path) -> None:
    response = client.get(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value


def test_the_policy_lets_nothing_else_in() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    for word in ("unsafe", "http:", "https:", "*", "data:", "blob:"):
        assert word not in CONTENT_SECURITY_POLICY


def test_https_is_asked_for_only_where_it_is(app, client) -> None:
    assert "Strict-Transport-Security" not in client.get("/status").headers
    app.config["BEKWAAM_HTTPS"] = True
    try:
        assert "Strict-Transport-Security" in client.get("/status").headers
    finally:
        app.config["BEKWAAM_HTTPS"] = False


def test_pages_are_not_kept_by_others(client) -> None:
    assert "no-store" in client.get("/inloggen").headers["Cache-Control"]
