"""No page mixes two languages, and what stays in another one says so."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from portal.matching.knowledge import framework
from portal.opportunities.employer_forms import PostingForm
from portal.opportunities.models import LEVELS
from portal.opportunities.presenting import card, day_parts_text
from portal.opportunities.service import RequirementInput
from portal.opportunities.workflow import Status
from tests.factories import PASSWORD, make_employer, make_opportunity, make_site, make_user

DUTCH = frozenset(
    re.findall(
        r"\w+",
        "aan aanbod alle als bekijk bij dan dat de deze dit een eisen er gebruik geen het "
        "hier hoe ik inloggen je jij jouw kies kun kunt leren maak mag mijn naar niet "
        "nog nu ons ook op plek plekken staat tot uit uren uur voor vul waar wanneer wat "
        "welk werkt wij zie zoek zonder zorg",
    )
)
ENGLISH = {"been", "invalid", "must", "not", "password", "please", "required", "the", "this", "you"}
SPOKEN = {"alt", "aria-label", "placeholder", "title"}


class _Words(HTMLParser):
    """The words of a page, but for those that say that they are in another language."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, bool]] = []
        self.heard: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        muted = self.muted or tag in ("script", "style", "svg", "textarea", "title")
        muted = muted or given.get("lang", self.language) != self.language
        if not muted:
            # What the script says stands on the root of the page.
            names = given if tag == "html" else SPOKEN & given.keys()
            self.heard += [value for name in names if (value := given[name])]
        if tag not in self.VOID:
            self.open.append((tag, muted))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.muted:
            self.heard.append(data)

    @property
    def muted(self) -> bool:
        return bool(self.open) and self.open[-1][1]


def heard(page: str, language: str) -> str:
    parser = _Words(language)
    parser.feed(page)
    return " ".join(" ".join(parser.heard).split())


def telltale(page: str, language: str) -> list[str]:
    """The words of a page that belong to the other language, each with what is around it."""
    foreign = DUTCH if language == "en" else ENGLISH
    words = heard(page, language).split()
    return [
        " ".join(words[max(0, number - 4) : number + 5])
        for number, word in enumerate(words)
        if word.strip(".,:;?!()“”\"'").casefold() in foreign
    ]


def unnamed(page: str) -> str:
    """A page without the names of who offers to teach: names have no translation."""
    for provider in {one.provider for one in framework().learning.values()}:
        page = page.replace(provider, "")
    return page


def followed(client, response):
    """The page at the end of the redirects; each is a request that stands on its own."""
    while 300 <= response.status_code < 400:
        response = client.get(response.location)
    return response


@pytest.fixture
def offered(app: Flask) -> str:
    """An opening in Dutch with everything that its page can tell; its slug."""
    make_opportunity(Status.CLOSED, title="Een plek die dicht is")
    made = make_opportunity(
        title="Iets met een lange titel voor wie van koken houdt",
        pay_min=2350,
        pay_max=2780,
        pay_group="FWG 25",
        collective_agreement="VVT",
        profession="care-assistant-3ig",
        shape="switcher",
        support=("je krijgt werkkleding",),
        guidance="Je loopt de eerste weken mee met een collega.",
        learning_paid=True,
        requirements=(
            RequirementInput(competence="make-contact", critical=True, learnable=False),
            RequirementInput(competence="dementia-contact", learnable=True),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(text="Je houdt van koken voor een groep"),
        ),
    )
    return made.slug


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/aanbod",
        "/aanbod?part=evening&level=0&hours=24&place=Heerlen&distance=10&sort=distance",
        "/aanbod?hours=999&place=Xyzzy&sort=onzin",
        "/aanbod?q=xyzzy",
        "/leren",
        "/leren?q=xyzzy",
        "/leren?form=onzin",
        "/inloggen",
        "/account-maken",
        "/wachtwoord-vergeten",
        "/werkgever",
        "/er-is-hier-niets",
        "/aanbod/{slug}",
        "/aanbod/{slug}/past-dit",
    ],
)
def test_a_page_speaks_one_language(client, offered, path, language) -> None:
    client.post("/taal", data={"lang": language})
    page = followed(client, client.get(path.format(slug=offered)))
    assert f'<html lang="{language}"' in page.text
    assert not telltale(page.text, language)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_pages_of_an_employer_speak_one_language(client, offered, language) -> None:
    site = make_site()
    made = make_opportunity(Status.DRAFT, site=site, title="Kok")
    client.sign_in(make_employer(site.organisation).email)
    client.post("/taal", data={"lang": language})
    own = f"/werkgever/aanbod/{made.slug}"
    for path in ("/werkgever", "/werkgever/aanbod/nieuw", own, f"{own}/sluiten"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert not telltale(page.text, language), path
    page = client.post("/werkgever/aanbod/nieuw", data={"action": "publish"})
    assert page.status_code == 422
    assert not telltale(page.text, language)


def test_every_matching_page_speaks_english(client, offered) -> None:
    client.post("/taal", data={"lang": "en"})
    sent = {"skills": "I cook", "ambition": "", "place": "Heerlen", "hours": "22,5"}
    page = followed(client, client.post("/passend", data=sent))
    assert "about 22.5 hours" in page.text
    assert not telltale(page.text, "en")


@pytest.mark.usefixtures("matching")
def test_an_answer_speaks_one_language(client) -> None:
    own = RequirementInput(
        competence="food-safety", text="Houdt de koeling <b>schoon</b> en koud", learnable=True
    )
    made = make_opportunity(
        title="Kok voor een groep",
        text="Je kookt elke dag voor een groep.",
        requirements=(
            RequirementInput(competence="cook-for-groups", critical=True, learnable=False),
            RequirementInput(gate="big-nurse", critical=True, learnable=False),
            RequirementInput(gate="vog", critical=True, learnable=False),
            RequirementInput(competence="patience", critical=True, learnable=False),
            own,
        ),
    )
    client.post("/taal", data={"lang": "en"})
    sent = {
        "skills": "I cooked for large groups in a canteen.",
        "ambition": "",
        "place": "",
        "hours": "",
    }
    page = followed(client, client.post("/passend", data=sent))
    assert page.status_code == 200
    assert made.slug in page.text
    assert not telltale(unnamed(page.text), "en")
    assert '<p class="req__text" lang="nl">Houdt de koeling' in page.text
    assert "Certificate of conduct" in page.text
    client.post("/taal", data={"lang": "nl"})
    page = client.get(page.request.path)
    assert 'lang="nl">Houdt' not in page.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "nl"),
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("de-DE,de;q=0.9,en;q=0.5", "en"),
        ("uk", "nl"),
        ("*", "nl"),
        ("en;q=0", "nl"),
        ("onzin;;q=x", "nl"),
    ],
)
def test_the_first_page_speaks_the_language_of_the_browser(client, accepted, language) -> None:
    headers = {"Accept-Language": accepted} if accepted else {}
    page = client.get("/leren", headers=headers)
    assert f'<html lang="{language}" dir="ltr"' in page.text
    assert not telltale(unnamed(page.text), language)


def test_what_somebody_chose_wins_from_the_browser_and_stays(client) -> None:
    kept = client.post("/taal", data={"lang": "nl"}).headers["Set-Cookie"]
    assert "Max-Age=31536000" in kept
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert '<html lang="nl"' in client.get("/", headers={"Accept-Language": "en"}).text


def test_a_cookie_that_somebody_made_up_is_passed_over(client) -> None:
    client.set_cookie("taal", '"><script>')
    assert '<html lang="nl"' in client.get("/").text


def test_every_activity_speaks_english(client) -> None:
    client.post("/taal", data={"lang": "en"})
    for activity in framework().learning.values():
        page = client.get(f"/leren/{activity.id}").text
        assert not telltale(unnamed(page), "en"), activity.id


def test_an_opening_says_that_it_is_in_dutch(client, offered) -> None:
    note = "This opening is written in Dutch."
    client.post("/taal", data={"lang": "en"})
    page = client.get(f"/aanbod/{offered}").text
    assert note in page
    assert '<h1 lang="nl">Iets met een lange titel' in page
    assert '<p class="req__text" lang="nl">Je houdt van koken' in page
    assert '<p class="req__text">Relates to people with dementia' in page
    assert 'lang="nl"><a href="/aanbod/' in client.get("/aanbod").text
    assert '<span class="tag">in Dutch</span>' in client.get("/aanbod").text
    client.post("/taal", data={"lang": "nl"})
    assert '<span class="tag">in het' not in client.get("/aanbod").text
    page = client.get(f"/aanbod/{offered}").text
    assert note not in page
    assert "in het Nederlands geschreven" not in page
    assert "<h1>Iets met een lange titel" in page


def test_an_opening_in_english_says_so_on_a_dutch_page(client) -> None:
    made = make_opportunity(language="en", title="Host in the living room")
    page = client.get(f"/aanbod/{made.slug}").text
    assert '<h1 lang="en">' in page
    assert "Deze plek is in het Engels geschreven." in page
    assert '<span class="tag">in het Engels</span>' in client.get("/aanbod").text


def test_dates_numbers_and_money_follow_the_language(app: Flask, client, offered) -> None:
    client.post("/taal", data={"lang": "en"})
    page = client.get(f"/aanbod/{offered}").text.replace("\u00a0", " ")
    assert "€ 2,350 to € 2,780 a month" in page
    months = "January February March April May June July August September October November December"
    assert re.search(rf"\d{{1,2}} ({months.replace(' ', '|')}) \d{{4}}", page)
    with app.test_request_context("/"), force_locale("en"):
        assert card(make_opportunity(hours_min=7.5, hours_max=20)).hours_text == "7.5 to 20 hours"
        for level in LEVELS:
            assert not telltale(str(card(make_opportunity(level=level)).level_text), "en")
        assert day_parts_text(0b11) == "Monday in the daytime"


@pytest.mark.parametrize(("language", "shown"), [("nl", "22,5"), ("en", "22.5")])
@pytest.mark.parametrize("typed", ["22,5", "22.5"])
def test_a_decimal_is_read_in_both_ways_and_shown_in_one(client, language, shown, typed) -> None:
    client.post("/taal", data={"lang": language})
    page = client.get("/aanbod", query_string={"hours": f"{typed} uur per week"}).text
    assert f"{shown} {'uur' if language == 'nl' else 'hours'}<" in page
    sent = {"skills": "koken", "ambition": "", "place": "", "hours": typed}
    answer = client.post("/passend", data=sent).location
    assert f'value="{shown}"' in client.get(f"{answer}/tekst").text


@pytest.mark.parametrize("typed", ["2350", "2.350", "2,350", "€ 2.350", "€2,350"])
def test_money_is_read_as_dutch_and_english_people_type_it(app: Flask, typed) -> None:
    with app.test_request_context("/", method="POST"):
        form = PostingForm(MultiDict({"pay_min": typed}), sites=[])
        assert form.pay_min.data == 2350


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("path", ["/account-maken", "/wachtwoord-vergeten"])
def test_what_is_wrong_is_summed_up_and_tied_to_its_field(client, path, language) -> None:
    client.post("/taal", data={"lang": language})
    page = client.post(path, data={"email": "x"}).text
    fault, address = ("Error:", "Email address") if language == "en" else ("Fout:", "E-mailadres")
    assert f"<title>{fault} " in page
    assert "data-summary" in page
    wrong = re.findall(r'<input[^>]*aria-invalid="true"[^>]*>', page)
    assert wrong
    for field in wrong:
        name = re.findall(r' id="([^"]+)"', field)[0]
        assert f'<a href="#{name}">' in page
        assert f'id="{name}-fout"' in page
        assert f"{name}-fout" in re.findall(r'aria-describedby="([^"]*)"', field)[0]
    assert f"{address}: " in page


@pytest.mark.parametrize("typed", ["", "x"])
def test_no_address_is_no_secret(client, typed) -> None:
    """Whether somebody has an account is one; that nothing usable was typed is not."""
    page = client.post("/wachtwoord-vergeten", data={"email": typed}).text
    assert "None" not in page
    assert 'id="email-fout"' in page
    assert "bij ons bekend is" not in page


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/inloggen", {}),
        ("/inloggen", {"email": "x", "password": "y"}),
        ("/inloggen", {"email": "iemand@voorbeeld.example", "password": "verkeerd wachtwoord"}),
        ("/inloggen?next=//kwaad.example", {"email": "{known}", "password": PASSWORD}),
        ("/account-maken", {}),
        ("/account-maken", {"email": "x", "password": "kort", "password_confirm": "anders"}),
        (
            "/account-maken",
            {"email": "{known}", "password": PASSWORD, "password_confirm": PASSWORD},
        ),
        ("/wachtwoord-vergeten", {}),
        ("/wachtwoord-vergeten", {"email": "x"}),
        ("/wachtwoord-vergeten", {"email": "iemand@voorbeeld.example"}),
        ("/wachtwoord-vergeten/onzin", {"password": PASSWORD, "password_confirm": PASSWORD}),
        ("/passend", {}),
        ("/passend", {"skills": "koken", "place": "Xyzzy", "hours": "99"}),
        ("/passend", {"skills": "koken", "place": "Hengelo"}),
        ("/passend", {"skills": "a" * 6000}),
    ],
)
def test_what_is_wrong_is_said_in_one_language(client, path, sent, language) -> None:
    known = make_user().email
    client.post("/taal", data={"lang": language})
    filled = {name: value.format(known=known) for name, value in sent.items()}
    page = followed(client, client.post(path, data=filled))
    assert page.status_code < 500
    assert not telltale(page.text, language)
