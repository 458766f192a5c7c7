from dataclasses import replace

import pytest

from portal import clock
from portal.opportunities import service
from portal.opportunities.service import RequirementInput
from portal.opportunities.workflow import Status
from portal.transaction import transaction
from tests.factories import make_employer, make_opportunity, make_site, opportunity_input
from tests.portal.opportunities.counting import queries

pytestmark = pytest.mark.usefixtures("app")


def test_everything_is_told(client) -> None:
    made = make_opportunity(
        pay_min=2350,
        pay_max=2780,
        profession="care-assistant-3ig",
        support=("werkkleding",),
        guidance="Je loopt mee met Marga.",
        requirements=(
            RequirementInput(competence="make-contact", critical=True, learnable=False),
            RequirementInput(competence="dementia-contact", learnable=True),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(text="Je houdt van koken"),
        ),
    )
    response = client.get(f"/aanbod/{made.slug}")
    assert response.status_code == 200
    for words in (
        made.title,
        made.site.organisation.name,
        made.site.name,
        "Heerlen",
        "16 tot 24 uur",
        "Koffie zetten",
        "Je houdt van koken",
        "VOG",
        "Moet van de wet",
        "Leer je hier",
        "werkkleding",
        "Marga",
        "Verzorgende IG",
        "Een kleine zorggroep.",
        "nog 30 dagen",
    ):
        assert words in response.text, words


def test_english_where_the_framework_has_it(client) -> None:
    made = make_opportunity(requirements=(RequirementInput(gate="vog"),))
    client.post("/taal", data={"lang": "en"})
    assert "Certificate of conduct" in client.get(f"/aanbod/{made.slug}").text


def test_ids_that_the_framework_lost_break_nothing(client) -> None:
    made = make_opportunity(
        profession="weg",
        shape="weg",
        requirements=(RequirementInput(competence="weg"), RequirementInput(gate="ook-weg")),
    )
    assert client.get(f"/aanbod/{made.slug}").status_code == 200


def test_markup_is_text(client) -> None:
    bad = "<script>alert(1)</script>"
    made = make_opportunity(title=bad, text=bad, tasks=(bad,), guidance=bad, support=(bad,))
    response = client.get(f"/aanbod/{made.slug}")
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text


@pytest.mark.parametrize("slug", ["bestaat-niet", "a" * 300, "%00", "a%0ab", "😀", "<b>"])
def test_what_never_was_is_not_found(client, slug) -> None:
    assert client.get(f"/aanbod/{slug}").status_code == 404


def test_a_draft_is_not_found_even_by_its_employer(client) -> None:
    made = make_opportunity(Status.DRAFT)
    assert client.get(f"/aanbod/{made.slug}").status_code == 404
    client.sign_in(make_employer(made.site.organisation).email)
    assert client.get(f"/aanbod/{made.slug}").status_code == 404
    assert client.get(f"/werkgever/aanbod/{made.slug}").status_code == 200


def test_what_closed_says_so_and_shows_what_is_like_it(client) -> None:
    gone = make_opportunity(Status.CLOSED, title="Kok <b>weg</b>")
    make_opportunity(title="Kok in de buurt")
    make_opportunity(title="Heel wat anders", field="youth")
    make_opportunity(Status.DRAFT, title="Kok in concept")
    response = client.get(f"/aanbod/{gone.slug}")
    assert response.status_code == 410
    assert "Kok &lt;b&gt;weg&lt;/b&gt;" in response.text
    assert "Kok in de buurt" in response.text
    assert "Heel wat anders" not in response.text
    assert "Kok in concept" not in response.text


def test_closed_without_anything_like_it(client) -> None:
    gone = make_opportunity(Status.CLOSED)
    response = client.get(f"/aanbod/{gone.slug}")
    assert response.status_code == 410
    assert "Dit lijkt erop" not in response.text


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/aanbod?q=kok&page=2", "/aanbod?q=kok&amp;page=2"),
        ("http://localhost/passend/abc?kind=vacancy", "/passend/abc?kind=vacancy"),
        ("http://localhost/inloggen", "/aanbod"),
        ("https://kwaad.example/aanbod?q=x", "/aanbod"),
        ("http://localhost//kwaad.example/", "/aanbod"),
        ("onzin", "/aanbod"),
    ],
)
def test_the_way_back(client, referrer, back) -> None:
    made = make_opportunity()
    response = client.get(f"/aanbod/{made.slug}", headers={"Referer": referrer})
    assert f'class="back" href="{back}"' in response.text


def test_the_page_costs_few_queries(client) -> None:
    few = make_opportunity()
    asked = tuple(RequirementInput(text=f"Eis nummer {number}") for number in range(12))
    many = make_opportunity(requirements=asked)
    for slug in (few.slug, many.slug):
        client.get(f"/aanbod/{slug}")  # how soon employers answer is read once for many pages
        with queries() as sent:
            client.get(f"/aanbod/{slug}")
        # Itself, its requirements, and what there is per place.
        assert len(sent) == 3, sent


def test_a_change_is_seen_at_once(client) -> None:
    site = make_site()
    employer = make_employer(site.organisation)
    made = make_opportunity(site=site)
    with transaction():
        given = replace(opportunity_input(site), title="Heel nieuw")
        service.update(made.slug, given, version=2, actor=employer, now=clock.now())
    assert "Heel nieuw" in client.get(f"/aanbod/{made.slug}").text
