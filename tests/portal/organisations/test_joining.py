"""An organisation asks to join, and a coordinator decides."""

from html import unescape

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import RoleName
from portal.audit.models import AuditLine
from portal.errors import Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.organisations import joining
from portal.organisations.models import Membership, Organisation
from portal.organisations.policy import Check
from portal.organisations.queries import of_member
from portal.organisations.workflow import Standing
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import make_organisation, make_user
from tests.factories.organisations import ALL_CHECKED, join_input, join_sent, make_request

pytestmark = pytest.mark.usefixtures("app")


def only() -> Organisation:
    db.session.expire_all()
    return db.session.scalars(select(Organisation)).one()


def mails_to(user) -> list[str]:
    found = select(OutboxMessage.subject).where(OutboxMessage.recipient == user.email)
    return list(db.session.scalars(found.order_by(OutboxMessage.id)))


def checks_sent(organisation: Organisation, *but: Check, action: str = "admit") -> dict[str, str]:
    ticked = {check.value: "y" for check in Check if check not in but}
    return ticked | {"version": str(organisation.version), "action": action}


# Asking


def test_a_visitor_reads_what_joining_asks_before_making_an_account(client) -> None:
    page = client.get("/aansluiten")
    assert page.status_code == 200
    for words in ("KvK-nummer", "Binnen 5 werkdagen", "tien minuten"):
        assert words in page.text
    assert "next=%2Faansluiten%2Fnieuw" in page.text or "next=/aansluiten/nieuw" in page.text
    assert client.get("/aansluiten/nieuw").status_code == 303


def test_ask_and_see_how_it_stands(client) -> None:
    asker, coordinator = make_user(), make_user(RoleName.COORDINATOR)
    client.sign_in(asker.email)
    response = client.post("/aansluiten/nieuw", data=join_sent())
    assert response.status_code == 303
    asked = only()
    assert (asked.standing, asked.register_number) == ("asked", "12345678")
    assert asked.website == "https://www.avondster.example"
    assert [(site.name, site.place) for site in asked.sites] == [("Avondster", "Heerlen")]
    assert "Wacht op ons" in client.get(response.location).text
    assert of_member(asker.id) == [], "who waits does not act for it yet"
    assert client.get("/werkgever").status_code == 403
    assert len(mails_to(asker)) == len(mails_to(coordinator)) == 1


def test_a_double_click_asks_once(client) -> None:
    asker = make_user()
    client.sign_in(asker.email)
    first = client.post("/aansluiten/nieuw", data=join_sent())
    again = client.post("/aansluiten/nieuw", data=join_sent())
    assert first.location == again.location
    only()
    assert len(mails_to(asker)) == 1


def test_nobody_fills_the_list_of_the_coordinator(client) -> None:
    asker = make_user()
    for number in range(5):
        make_request(asker=asker, name=f"Huis {number}")
    client.sign_in(asker.email)
    response = client.post("/aansluiten/nieuw", data=join_sent(name="Nog een huis"))
    assert response.status_code == 422
    assert 'value="Nog een huis"' in response.text
    assert db.session.scalar(select(func.count(Organisation.id))) == 5


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("register_number", "1234567", "acht cijfers"),
        ("register_number", "abcdefgh", "acht cijfers"),
        ("register_number", "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "acht cijfers"),
        ("register_number", "00000000", "acht cijfers"),
        ("website", "javascript:alert(1)", "adres in zoals"),
        ("website", "https://naam:woord@kwaad.example", "adres in zoals"),
        ("about", "Zorg", "40 tekens"),
        ("fields", [], "minstens één sector"),
        ("fields", ["bestaat-niet"], "minstens één sector"),
        ("place", "Atlantis", "kennen we niet"),
        ("place", "", "Vul de plaats in"),
        ("contact_phone", "bel maar", "telefoonnummer"),
        ("contact_phone", "12", "telefoonnummer"),
        ("agrees", "", "vinkje"),
        ("name", "x" * 161, "korter"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, field, typed, words) -> None:
    client.sign_in(make_user().email)
    response = client.post("/aansluiten/nieuw", data=join_sent(**{field: typed}))
    assert response.status_code == 422
    assert words in unescape(response.text)
    assert "Zonstraat 3" in response.text
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


def test_who_asks_hears_that_the_organisation_is_there_already(client) -> None:
    make_request(Standing.ADMITTED)
    asker = make_user()
    client.sign_in(asker.email)
    response = client.post("/aansluiten/nieuw", data=join_sent())
    assert response.status_code == 303, "only a coordinator can tell whether it is the same"
    assert "Deze organisatie doet al mee" in client.get(response.location).text


def test_only_who_asked_sees_a_request(client) -> None:
    made = make_request()
    client.sign_in(make_user().email)
    for path in ("", "/terugnemen"):
        assert client.get(f"/aansluiten/{made.id}{path}").status_code == 404
        sent = join_sent(version=str(made.version))
        assert client.post(f"/aansluiten/{made.id}{path}", data=sent).status_code == 404


def test_what_changes_has_to_be_looked_at_again() -> None:
    asker, coordinator = make_user(), make_user(RoleName.COORDINATOR)
    made = make_request(asker=asker)
    now = clock.now()
    with transaction():
        joining.keep_checks(made.id, ALL_CHECKED, version=made.version, actor=coordinator, now=now)
        joining.change(
            made.id,
            join_input(address="Maanstraat 9"),
            version=made.version,
            actor=asker,
            now=now,
        )
    assert made.sites[0].address == "Maanstraat 9"
    assert not made.checks["address"]["done"]
    assert made.checks["address"]["remark"] == "gebeld"
    assert made.checks["register"]["done"]


def test_a_stale_form_shows_what_was_typed(client) -> None:
    asker = make_user()
    made = make_request(asker=asker)
    client.sign_in(asker.email)
    url = f"/aansluiten/{made.id}"
    assert client.post(url, data=join_sent(version="1", asker_role="Baas")).status_code == 303
    response = client.post(url, data=join_sent(version="1", asker_role="Directeur"))
    assert response.status_code == 409
    assert 'value="Directeur"' in response.text
    assert only().asker_role == "Baas"


def test_take_back_and_ask_again(client) -> None:
    asker = make_user()
    made = make_request(asker=asker)
    client.sign_in(asker.email)
    url = f"/aansluiten/{made.id}"
    assert client.get(f"{url}/terugnemen").status_code == 200
    assert client.post(f"{url}/terugnemen", data={"version": "1"}).status_code == 303
    assert only().standing == Standing.WITHDRAWN
    again = client.post(f"{url}/terugnemen", data={"version": str(only().version)})
    assert again.status_code == 409
    sent = join_sent(version=str(only().version))
    assert client.post(url, data=sent).status_code == 303
    assert only().standing == Standing.ASKED
    assert len(mails_to(asker)) == 2


# Deciding


def test_admit(client) -> None:
    asker, coordinator = make_user(), make_user(RoleName.COORDINATOR)
    made = make_request(asker=asker)
    client.sign_in(coordinator.email)
    page = client.get("/coordinator/werkgevers")
    assert "Huize Avondster" in page.text
    url = f"/coordinator/werkgevers/{made.id}"
    assert "Loop dit na" in client.get(url).text
    assert client.post(url, data=checks_sent(made)).status_code == 303
    assert only().standing == Standing.ADMITTED
    assert only().decided_by_id == coordinator.id
    assert of_member(asker.id) == [only()]
    assert asker.has(RoleName.EMPLOYER)
    assert asker.has(RoleName.CANDIDATE), "the account keeps what it had"
    assert mails_to(asker)[-1] == "Welkom: Huize Avondster doet mee"
    client.sign_out()
    client.sign_in(asker.email)
    assert client.get("/werkgever/aanbod/nieuw").status_code == 200


def test_not_before_everything_was_looked_at(client) -> None:
    made = make_request()
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    sent = checks_sent(made, Check.ACTS_FOR) | {"acts_for_remark": "belt morgen terug"}
    response = client.post(f"/coordinator/werkgevers/{made.id}", data=sent)
    assert response.status_code == 422
    assert only().standing == Standing.ASKED
    assert only().checks["acts_for"] == {"done": False, "remark": "belt morgen terug"}
    assert only().checks["register"]["done"], "what was ticked is not lost"
    assert f'value="{only().version}"' in response.text, "the page can be sent again"


def test_refuse_with_a_reason_and_a_next_step(client) -> None:
    asker = make_user()
    made = make_request(asker=asker)
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    url = f"/coordinator/werkgevers/{made.id}/weigeren"
    assert client.get(url).status_code == 200
    empty = client.post(url, data={"reason": "", "next_step": "", "version": "1"})
    assert empty.status_code == 422
    said = {
        "reason": "Jullie hebben geen locatie in de regio.",
        "next_step": "Vraag opnieuw als die er is.",
        "version": "1",
    }
    assert client.post(url, data=said).status_code == 303
    assert only().standing == Standing.REFUSED
    body = db.session.scalars(
        select(OutboxMessage.body).where(OutboxMessage.recipient == asker.email)
    ).all()[-1]
    assert said["reason"] in body
    assert said["next_step"] in body
    client.sign_out()
    client.sign_in(asker.email)
    page = client.get(f"/aansluiten/{made.id}")
    assert said["reason"] in page.text
    sent = join_sent(version=str(only().version), place="Kerkrade")
    assert client.post(f"/aansluiten/{made.id}", data=sent).status_code == 303
    assert only().standing == Standing.ASKED


def test_a_coordinator_looks_once_more(client) -> None:
    asker = make_user()
    made = make_request(Standing.REFUSED, asker=asker)
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    sent = {"version": str(made.version)}
    url = f"/coordinator/werkgevers/{made.id}/opnieuw"
    assert client.post(url, data=sent).status_code == 303
    assert client.post(url, data=sent).status_code == 409
    assert only().standing == Standing.ASKED
    assert mails_to(asker)[-1] == "We kijken nog een keer naar Huize Avondster"


def test_of_two_coordinators_one_decides_and_the_other_is_told(client) -> None:
    made = make_request()
    sent = checks_sent(made)
    refusal = {"reason": "Er is geen locatie in de regio.", "next_step": "Vraag het later weer."}
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    url = f"/coordinator/werkgevers/{made.id}"
    assert client.post(url, data=sent).status_code == 303
    client.sign_out()
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    late = client.post(f"{url}/weigeren", data=refusal | {"version": sent["version"]})
    assert late.status_code == 409
    assert "al toegelaten" in late.text
    assert client.post(url, data=sent).status_code == 409
    assert only().standing == Standing.ADMITTED
    admitted = select(func.count(AuditLine.id)).where(AuditLine.action == "organisation.admit")
    assert db.session.scalar(admitted) == 1


def test_nobody_decides_about_an_own_organisation(client) -> None:
    both = make_user(RoleName.COORDINATOR, RoleName.CANDIDATE)
    made = make_request(asker=both)
    client.sign_in(both.email)
    url = f"/coordinator/werkgevers/{made.id}"
    page = client.get(url)
    assert "Een collega beslist" in page.text
    assert 'value="admit"' not in page.text
    assert client.get(f"{url}/weigeren").status_code == 403
    for path, sent in (
        ("", checks_sent(made)),
        ("/weigeren", {"reason": "Zomaar een reden.", "next_step": "Niets doen.", "version": "1"}),
        ("/opnieuw", {"version": "1"}),
    ):
        assert client.post(url + path, data=sent).status_code == 403
    assert only().standing == Standing.ASKED


def test_a_second_organisation_with_the_same_name_is_flagged_and_not_admitted(client) -> None:
    there = make_request(Standing.ADMITTED)
    made = make_request(register_number="87654321", name="huize avondster")
    coordinator = make_user(RoleName.COORDINATOR)
    client.sign_in(coordinator.email)
    page = client.get(f"/coordinator/werkgevers/{made.id}")
    assert "lijkt op een andere organisatie" in page.text
    assert f"/coordinator/werkgevers/{there.id}" in page.text
    now = clock.now()
    with transaction():
        joining.keep_checks(made.id, ALL_CHECKED, version=made.version, actor=coordinator, now=now)
    with pytest.raises(Invalid), transaction():
        joining.admit(made.id, version=made.version, actor=coordinator, now=now)


def test_the_same_number_is_flagged(client) -> None:
    make_request(Standing.ADMITTED, name="Avondster Holding")
    made = make_request()
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    assert "Avondster Holding" in client.get(f"/coordinator/werkgevers/{made.id}").text


def test_find_an_organisation(client) -> None:
    make_request(name="Huize Morgenrood", register_number="11112222")
    for number in range(25):
        make_organisation(f"Zorggroep met 100% hart {number:02}")
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    first = client.get("/coordinator/werkgevers").text
    assert "26 organisaties" in first
    assert "hart 24" in client.get("/coordinator/werkgevers?page=2").text
    assert "hart 24" not in first
    assert "1 organisatie" in client.get("/coordinator/werkgevers?q=morgen").text
    assert "1 organisatie" in client.get("/coordinator/werkgevers?q=11112222").text
    assert "25 organisaties" in client.get("/coordinator/werkgevers?q=100%25+hart").text
    assert "Niets gevonden" in client.get("/coordinator/werkgevers?q=_").text
    assert "1 organisatie" in client.get("/coordinator/werkgevers?standing=asked").text
    assert client.get("/coordinator/werkgevers?standing=raar&page=x").status_code == 200


def test_an_organisation_that_never_asked_is_not_decided_about(client) -> None:
    there = make_organisation()
    client.sign_in(make_user(RoleName.COORDINATOR).email)
    assert client.get(f"/coordinator/werkgevers/{there.id}").status_code == 200
    sent = checks_sent(there)
    assert client.post(f"/coordinator/werkgevers/{there.id}", data=sent).status_code == 404


def test_who_asked_can_be_gone(client) -> None:
    asker = make_user()
    made = make_request(asker=asker)
    with transaction():
        db.session.delete(asker)
    coordinator = make_user(RoleName.COORDINATOR)
    now = clock.now()
    with transaction():
        joining.keep_checks(made.id, ALL_CHECKED, version=made.version, actor=coordinator, now=now)
    with pytest.raises(Invalid), transaction():
        joining.admit(made.id, version=made.version, actor=coordinator, now=now)
    assert db.session.scalar(select(func.count(Membership.id))) == 0
    client.sign_in(coordinator.email)
    assert client.get(f"/coordinator/werkgevers/{made.id}").status_code == 200


def test_the_service_refuses_what_the_table_does_not_have() -> None:
    asker, coordinator = make_user(), make_user(RoleName.COORDINATOR)
    made = make_request(Standing.WITHDRAWN, asker=asker)
    for act in (joining.admit, joining.reconsider):
        with pytest.raises(Conflict), transaction():
            act(made.id, version=made.version, actor=coordinator, now=clock.now())
    with pytest.raises(Forbidden), transaction():
        joining.admit(made.id, version=made.version, actor=asker, now=clock.now())
