"""Who acts for an organisation, and its sites."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import RoleName
from portal.errors import Conflict
from portal.extensions import db
from portal.matching.models import IndexChange
from portal.opportunities.workflow import Status
from portal.organisations import members, queries
from portal.organisations.models import MemberInvite, Membership, Right
from portal.organisations.service import add_member
from portal.outbox.models import OutboxMessage
from portal.transaction import transaction
from tests.factories import (
    make_employer,
    make_opportunity,
    make_organisation,
    make_site,
    make_user,
)

pytestmark = pytest.mark.usefixtures("app")
ROOT = "/werkgever/organisatie"


def member_with(organisation, *rights: Right):
    user = make_user(RoleName.EMPLOYER)
    with transaction():
        add_member(organisation, user, rights=rights, actor=None, now=clock.now())
    return user


def last_link() -> str:
    body = db.session.scalars(select(OutboxMessage.body).order_by(OutboxMessage.id)).all()[-1]
    found = re.search(r"/aansluiten/uitnodiging/[\w-]+", body)
    assert found
    return found[0]


def rights_of(user, organisation) -> frozenset[Right]:
    found = queries.member(user.id, organisation.id)
    return found.rights if found else frozenset()


# Inviting


def test_invite_a_colleague_who_says_yes(client) -> None:
    organisation = make_organisation()
    admin = make_employer(organisation)
    colleague = make_user(email="collega@voorbeeld.example")
    client.sign_in(admin.email)
    sent = {"email": " Collega@Voorbeeld.example ", "rights": ["recruiter", "supervisor"]}
    url = f"{ROOT}/{organisation.id}/uitnodigen"
    assert client.post(url, data=sent).status_code == 303
    assert "collega@voorbeeld.example" in client.get(ROOT).text
    link = last_link()
    token = link.rsplit("/", 1)[1]
    kept = db.session.scalars(select(MemberInvite)).one()
    assert token not in kept.digest
    wrong = client.get(link)
    assert "niet het goede account" in wrong.text
    assert client.post(link).status_code == 403
    client.sign_out()
    assert organisation.name in client.get(link).text
    client.sign_in(colleague.email)
    assert "werven en begeleiden" in client.get(link).text
    assert client.post(link).status_code == 303
    assert client.post(link).status_code == 303, "a second click changes nothing"
    assert rights_of(colleague, organisation) == {Right.RECRUITER, Right.SUPERVISOR}
    assert colleague.has(RoleName.EMPLOYER)
    subjects = select(OutboxMessage.subject).where(OutboxMessage.recipient == admin.email)
    assert len(db.session.scalars(subjects).all()) == 1


def test_a_link_ends_after_two_weeks(client) -> None:
    organisation = make_organisation()
    admin = make_employer(organisation)
    colleague = make_user()
    long_ago = clock.now() - timedelta(days=14, seconds=1)
    with transaction():
        members.invite(organisation.id, colleague.email, [Right.ADMIN], actor=admin, now=long_ago)
    client.sign_in(colleague.email)
    assert client.get(last_link()).status_code == 410
    assert client.post(last_link()).status_code == 410
    assert rights_of(colleague, organisation) == frozenset()


def test_asked_again_only_the_new_link_works(client) -> None:
    organisation = make_organisation()
    admin = make_employer(organisation)
    colleague = make_user()
    links = []
    for rights in ([Right.ADMIN], [Right.SUPERVISOR]):
        with transaction():
            members.invite(organisation.id, colleague.email, rights, actor=admin, now=clock.now())
        links.append(last_link())
    client.sign_in(colleague.email)
    assert client.get(links[0]).status_code == 404
    assert client.post(links[0]).status_code == 404
    assert client.post(links[1]).status_code == 303
    assert rights_of(colleague, organisation) == {Right.SUPERVISOR}


def test_an_invitation_can_be_withdrawn(client) -> None:
    organisation = make_organisation()
    admin = make_employer(organisation)
    colleague = make_user()
    with transaction():
        made = members.invite(
            organisation.id, colleague.email, [Right.ADMIN], actor=admin, now=clock.now()
        )
        identity = made.id
    client.sign_in(make_employer().email)
    url = f"{ROOT}/{organisation.id}/uitnodiging/{identity}/intrekken"
    assert client.post(url).status_code == 404, "not of another organisation"
    client.sign_out()
    client.sign_in(admin.email)
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 404
    assert client.get(last_link()).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"email": "geen-adres", "rights": ["recruiter"]}, "geen geldig e-mailadres"),
        ({"email": "", "rights": ["recruiter"]}, "Vul het e-mailadres"),
        ({"email": "nieuw@voorbeeld.example", "rights": []}, "minstens één recht"),
        ({"email": "nieuw@voorbeeld.example", "rights": ["baas"]}, "minstens één recht"),
        ({"email": "er-al@voorbeeld.example", "rights": ["admin"]}, "werkt al mee"),
    ],
)
def test_an_invitation_that_is_not_right(client, sent, words) -> None:
    organisation = make_organisation()
    admin = make_employer(organisation, email="er-al@voorbeeld.example")
    client.sign_in(admin.email)
    response = client.post(f"{ROOT}/{organisation.id}/uitnodigen", data=sent)
    assert response.status_code == 422
    assert words in unescape(response.text)
    assert db.session.scalars(select(MemberInvite)).all() == []


# Rights


def test_only_an_admin_changes_anything(client) -> None:
    site = make_site()
    organisation = site.organisation
    admin = make_employer(organisation)
    recruiter = member_with(organisation, Right.RECRUITER, Right.SUPERVISOR)
    client.sign_in(recruiter.email)
    page = client.get(ROOT)
    assert "Je kunt hier lezen" in page.text
    assert f"{ROOT}/{organisation.id}/" not in page.text
    assert admin.email in page.text, "a colleague without a name is known by the address"
    base = f"{ROOT}/{organisation.id}"
    pages = ("gegevens", "locatie", f"locatie/{site.id}", "uitnodigen", f"collega/{admin.id}")
    for path in (*pages, f"collega/{admin.id}/weghalen"):
        assert client.get(f"{base}/{path}").status_code == 404
        assert client.post(f"{base}/{path}", data={}).status_code == 404
    for path in (f"locatie/{site.id}/sluiten", f"locatie/{site.id}/heropenen"):
        assert client.post(f"{base}/{path}").status_code == 404
    assert client.get(f"{ROOT}?organisation={make_organisation().id}").status_code == 404


def test_a_supervisor_sees_openings_and_posts_none(client) -> None:
    made = make_opportunity()
    user = member_with(made.site.organisation, Right.SUPERVISOR)
    client.sign_in(user.email)
    page = client.get("/werkgever")
    assert made.title in page.text
    assert "/bewerken" not in page.text
    assert "Plaats een plek" not in page.text
    assert client.get(f"/werkgever/aanbod/{made.slug}").status_code == 200
    assert client.get(f"/werkgever/aanbod/{made.slug}/bewerken").status_code == 404
    sent = {"version": str(made.version)}
    assert client.post(f"/werkgever/aanbod/{made.slug}/sluiten", data=sent).status_code == 404


def test_the_last_admin_stays(client) -> None:
    organisation = make_organisation()
    admin = make_employer(organisation)
    other = member_with(organisation, Right.RECRUITER)
    client.sign_in(admin.email)
    mine = f"{ROOT}/{organisation.id}/collega/{admin.id}"
    response = client.post(mine, data={"rights": ["recruiter"]})
    assert response.status_code == 409
    assert "laatste beheerder" in response.text
    client.post(f"{mine}/weghalen")
    assert Right.ADMIN in rights_of(admin, organisation)
    theirs = f"{ROOT}/{organisation.id}/collega/{other.id}"
    assert client.post(theirs, data={"rights": ["admin"]}).status_code == 303
    assert rights_of(other, organisation) == {Right.ADMIN}
    assert client.post(mine, data={"rights": ["recruiter"]}).status_code == 303
    assert client.get(mine).status_code == 404, "no longer an admin"


def test_no_right_at_all_is_no_member(client) -> None:
    organisation = make_organisation()
    admin, other = make_employer(organisation), make_employer(organisation)
    client.sign_in(admin.email)
    url = f"{ROOT}/{organisation.id}/collega/{other.id}"
    assert client.post(url, data={}).status_code == 422
    assert rights_of(other, organisation) == set(Right)


def test_who_is_removed_sees_nothing_more(client) -> None:
    organisation = make_organisation()
    admin, other = make_employer(organisation), make_employer(organisation)
    client.sign_in(admin.email)
    url = f"{ROOT}/{organisation.id}/collega/{other.id}/weghalen"
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 404
    db.session.expire_all()
    assert not other.has(RoleName.EMPLOYER)
    client.sign_out()
    client.sign_in(other.email)
    assert client.get("/werkgever").status_code == 403


def test_who_acts_for_another_organisation_keeps_the_role() -> None:
    first, second = make_organisation(), make_organisation()
    admin, other = make_employer(first), make_employer(first)
    with transaction():
        add_member(second, other, actor=None, now=clock.now())
        members.remove(first.id, other.id, actor=admin, now=clock.now())
    assert other.has(RoleName.EMPLOYER)
    assert queries.of_member(other.id) == [second]


def test_of_two_admins_who_leave_at_once_one_stays() -> None:
    organisation = make_organisation()
    one, two = make_employer(organisation), make_employer(organisation)
    with transaction():
        members.remove(organisation.id, two.id, actor=one, now=clock.now())
    with pytest.raises(Conflict), transaction():
        members.remove(organisation.id, one.id, actor=one, now=clock.now())
    assert db.session.scalars(select(Membership.user_id)).all() == [one.id]


def test_who_acts_for_several_chooses(client) -> None:
    first, second = make_organisation("Aan de beek"), make_organisation("Bij de bron")
    user = make_employer(first)
    with transaction():
        add_member(second, user, rights=[Right.SUPERVISOR], actor=None, now=clock.now())
    client.sign_in(user.email)
    assert "<h1>Aan de beek</h1>" in client.get(ROOT).text
    page = client.get(f"{ROOT}?organisation={second.id}")
    assert "<h1>Bij de bron</h1>" in page.text
    assert "Je kunt hier lezen" in page.text


def test_an_employer_without_organisation_is_helped_on(client) -> None:
    client.sign_in(make_user(RoleName.EMPLOYER).email)
    page = client.get(ROOT)
    assert page.status_code == 200
    assert "/aansluiten" in page.text


# What it tells, and its sites


def profile(organisation, **changes):
    sent = {
        "about": "Wij zorgen voor elkaar in kleine huizen.",
        "fields": ["nursing-home", "home-care"],
        "website": "zorggroep.example",
        "contact_phone": "",
        "answer_days": "5",
        "invitations_per_week": "20",
        "version": str(organisation.version),
    }
    return sent | changes


def test_change_what_it_tells(client) -> None:
    organisation = make_organisation()
    client.sign_in(make_employer(organisation).email)
    url = f"{ROOT}/{organisation.id}/gegevens"
    assert organisation.about in client.get(url).text
    sent = profile(organisation)
    assert client.post(url, data=sent).status_code == 303
    db.session.expire_all()
    assert (organisation.answer_days, organisation.invitations_per_week) == (5, 20)
    assert organisation.website == "https://zorggroep.example"
    late = client.post(url, data=sent | {"answer_days": "9"})
    assert late.status_code == 409
    assert 'value="9"' in late.text
    db.session.expire_all()
    assert organisation.answer_days == 5


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer_days": "0"}, "van 1 tot en met 30"),
        ({"answer_days": "31"}, "van 1 tot en met 30"),
        ({"answer_days": ""}, "Vul een getal in"),
        ({"invitations_per_week": "51"}, "van 0 tot en met 50"),
        ({"invitations_per_week": "2,5"}, "heel getal"),
        ({"about": "Zorg"}, "een of twee zinnen"),
    ],
)
def test_limits_of_what_it_tells(client, changes, words) -> None:
    organisation = make_organisation()
    client.sign_in(make_employer(organisation).email)
    url = f"{ROOT}/{organisation.id}/gegevens"
    response = client.post(url, data=profile(organisation, **changes))
    assert response.status_code == 422
    assert words in unescape(response.text)


SITE = {"site_name": "De Beuk", "address": "Bosweg 1", "place": "Kerkrade"}


def test_open_a_site_once(client) -> None:
    organisation = make_organisation()
    user = make_employer(organisation)
    client.sign_in(user.email)
    url = f"{ROOT}/{organisation.id}/locatie"
    assert client.post(url, data=SITE).status_code == 303
    again = client.post(url, data=SITE)
    assert again.status_code == 409
    assert 'value="Bosweg 1"' in again.text
    assert [site.name for site in queries.sites_of_member(user.id)] == ["De Beuk"]
    assert client.post(url, data=SITE | {"place": "Nergens"}).status_code == 422


def test_a_site_that_moves_takes_its_openings_along(client) -> None:
    made = make_opportunity()
    site = made.site
    client.sign_in(make_employer(site.organisation).email)
    before = len(db.session.scalars(select(IndexChange)).all())
    url = f"{ROOT}/{site.organisation_id}/locatie/{site.id}"
    assert site.name in client.get(url).text
    assert client.post(url, data=SITE).status_code == 303
    db.session.expire_all()
    assert (site.place, site.address) == ("Kerkrade", "Bosweg 1")
    assert len(db.session.scalars(select(IndexChange)).all()) == before + 1
    assert client.post(url, data=SITE | {"site_name": "De Eik"}).status_code == 303
    assert len(db.session.scalars(select(IndexChange)).all()) == before + 1, "it did not move"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
def test_a_site_with_openings_stays_open(client, status) -> None:
    made = make_opportunity(status)
    site = made.site
    client.sign_in(make_employer(site.organisation).email)
    url = f"{ROOT}/{site.organisation_id}/locatie/{site.id}/sluiten"
    page = client.post(url, follow_redirects=True)
    assert "nog plekken of concepten" in page.text
    db.session.expire_all()
    assert site.closed_at is None


def test_close_a_site_and_take_it_back(client) -> None:
    made = make_opportunity(Status.CLOSED)
    site = made.site
    user = make_employer(site.organisation)
    client.sign_in(user.email)
    base = f"{ROOT}/{site.organisation_id}/locatie/{site.id}"
    page = client.post(f"{base}/sluiten", follow_redirects=True)
    assert f'action="{base}/heropenen"' in page.text
    assert queries.sites_of_member(user.id) == []
    sent = {"version": str(made.version)}
    reopen = client.post(f"/werkgever/aanbod/{made.slug}/heropenen", data=sent)
    assert reopen.status_code == 422, "nothing opens at a closed site"
    assert client.post(f"{base}/heropenen").status_code == 303
    assert queries.sites_of_member(user.id) == [site]
