import pytest


def test_status_answers(client) -> None:
    response = client.get("/status")
    assert response.status_code == 200
    assert response.json["status"] == "ok"
    assert response.json["matching"]["state"] == "waking"


def test_the_language_is_kept(client) -> None:
    assert '<html lang="nl"' in client.get("/inloggen").text
    response = client.post("/taal", data={"lang": "en", "next": "/inloggen?a=1"})
    assert response.location == "/inloggen?a=1"
    assert '<html lang="en"' in client.get("/inloggen").text


@pytest.mark.parametrize("lang", ["", "xx", "../nl"])
def test_an_unknown_language_is_refused(client, lang) -> None:
    assert client.post("/taal", data={"lang": lang}).status_code == 422


@pytest.mark.parametrize(
    "target", ["//kwaad.example", "https://kwaad.example/", "/\\kwaad.example", "x", "/a\r\nb"]
)
def test_the_way_back_stays_on_this_site(client, target) -> None:
    assert client.post("/taal", data={"lang": "nl", "next": target}).location == "/"
