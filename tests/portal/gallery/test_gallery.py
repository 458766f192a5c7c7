"""Every component stands on the pages of components, and those pages hold together."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from portal import clock
from portal.config import ROOT
from portal.gallery.colours import PAIRS, colours, contrast, pairs
from portal.gallery.parts import GROUPS
from portal.matching.samples import sample_cards

TEMPLATES = ROOT / "templates"
PAGES = ["/bouwstenen", "/bouwstenen/vraag", *(f"/bouwstenen/{one.slug}" for one in GROUPS)]
READ = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def macros() -> set[str]:
    """The macros that a template may ask for, as `file:name`."""
    found = set()
    for file in (TEMPLATES / "components").glob("*.html"):
        for macro in READ.parse(file.read_text("utf-8")).find_all(nodes.Macro):
            if not macro.name.startswith("_"):
                found.add(f"{file.name}:{macro.name}")
    return found


def shown() -> set[str]:
    """What the pages of components take from a file and call, as `file:name`."""
    found = set()
    for file in (TEMPLATES / "gallery").glob("*.html"):
        tree = READ.parse(file.read_text("utf-8"))
        called = {
            call.node.name for call in tree.find_all(nodes.Call) if hasattr(call.node, "name")
        }
        for taken in tree.find_all(nodes.FromImport):
            folder, _slash, name = taken.template.value.rpartition("/")
            if folder == "components":
                found |= {f"{name}:{one}" for one in taken.names if one in called}
    return found


def test_every_macro_is_shown() -> None:
    missing = macros() - shown()
    assert not missing, f"give these a place in portal/gallery/parts.py: {sorted(missing)}"


def test_a_macro_that_nobody_calls_would_be_noticed() -> None:
    assert "steps.html:steps" in macros()
    assert "forms.html:_explain" not in macros()
    assert len(shown() & macros()) > 40


class Page(HTMLParser):
    """Ids, what refers to them, headings in order, and whether anything has no words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.refers: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids[values["id"]] += 1
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.refers += [(name, one) for one in (values.get(name) or "").split()]
        if (values.get("href") or "").startswith("#"):
            self.refers.append(("href", values["href"][1:]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_together(client, path, language) -> None:
    client.post("/taal", data={"lang": language, "next": "/"})
    response = client.get(path)
    assert response.status_code == 200
    assert 'name="robots" content="noindex"' in response.text
    page = Page(response.text)
    assert not [one for one, times in page.ids.items() if times > 1]
    assert not [(what, to) for what, to in page.refers if to and to not in page.ids]
    assert page.headings.count(1) == 1
    jumps = [
        (before, after)
        for before, after in zip(page.headings, page.headings[1:], strict=False)
        if after > before + 1
    ]
    assert not jumps, "headings follow in order"


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.slug)
def test_every_part_is_on_its_page_and_in_the_contents(client, group) -> None:
    page = client.get(f"/bouwstenen/{group.slug}").text
    # Terms of the field are explained on the spot; here only the words themselves count.
    page = unescape(re.sub(r"<span popover\b.*?</span>|</?button\b[^>]*>", "", page))
    overview = unescape(client.get("/bouwstenen").text)
    for part in group.parts:
        assert page.count(f'<section class="spec" id="{part.id}"') == 1
        assert f'href="#{part.id}"' in page
        assert f"/bouwstenen/{group.slug}#{part.id}" in overview
        for words in (part.name, part.use, part.avoid, part.call):
            assert str(words) in page
    assert page.count('<section class="spec"') == len(group.parts)


def test_the_way_there_is_at_the_foot_of_every_page(client) -> None:
    assert 'href="/bouwstenen"' in client.get("/aanbod").text


# What is shown


def test_each_level_has_its_card(app) -> None:
    with app.test_request_context():
        cards = sample_cards(clock.now())
        assert [card.level for card in cards] == ["now", "guided", "route", "not_yet"]
        assert all(reason.text for card in cards for reason in card.reasons)


def test_every_state_is_there(client) -> None:
    page = client.get("/bouwstenen/dossier").text
    for name in ("track__step--done", "--now", "--next", "--skipped"):
        assert name in page
    for state in ("valid", "expiring", "expired", "waiting", "rejected"):
        assert f"proof--{state}" in page
    for words in ("Akkoord", "Aan jou", "Wacht op antwoord", "Niet akkoord", "Vervallen"):
        assert words in page
    for words in ("2 dagen te laat", "vandaag de laatste dag", "nog 2 dagen", "nog 14 dagen"):
        assert words in page
    assert "Nog 2 van eerder" in page
    assert "Er wacht niets op je" in page


@pytest.mark.parametrize(
    ("order", "first", "sort"),
    [
        ("", "Arbeids", "ascending"),
        ("open", "Arbeids", "ascending"),
        ("-open", "Wilhelmina", "descending"),
        ("given", "Arbeids", "ascending"),
        ("-got", "Arbeids", "descending"),
        ("nergens", "Arbeids", "ascending"),
    ],
)
def test_the_table_is_sorted_by_its_headings(client, order, first, sort) -> None:
    page = client.get("/bouwstenen/dossier", query_string={"orde": order} if order else {}).text
    table = page.partition('id="uren-kop"')[2].partition("</table>")[0]
    rows = re.findall(r'<th role="rowheader" scope="row">(.*?)</th>', table)
    assert rows[0].startswith(first)
    assert rows[-1] == "Samen"
    assert table.count("aria-sort=") == 1
    assert f'aria-sort="{sort}"' in table
    assert "onbekend" in table, "a value that is not there says so"
    assert ">420<" in table, "the total of what was given"


def test_a_number_in_a_table_reads_as_people_write_it(client) -> None:
    assert "1.240" in client.get("/bouwstenen/dossier").text
    client.post("/taal", data={"lang": "en", "next": "/"})
    assert "1,240" in client.get("/bouwstenen/dossier").text


def test_trying_something_keeps_nothing_and_offers_the_way_back(client) -> None:
    response = client.post("/bouwstenen/proberen", data={"back": "melden"})
    assert response.location == "/bouwstenen/melden"
    assert "We hebben niets bewaard" in client.get(response.location).text
    client.post("/bouwstenen/proberen", data={"back": "melden", "undo": "1"})
    assert "Teruggedraaid" in client.get("/bouwstenen/melden").text
    for back in ("", "//kwaad.example", "index"):
        assert client.post("/bouwstenen/proberen", data={"back": back}).status_code == 404


# Colours


def test_every_pair_can_be_read_by_day_and_in_the_dark() -> None:
    bad = [(one.front, one.ground, one.light, one.dark) for one in pairs() if not one.good]
    assert not bad
    assert len(pairs()) == len(PAIRS)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#777777", 1.0),
        # From the understanding document of WCAG 1.4.3: the lightest grey that passes on white.
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast(one, other, ratio) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_the_colours_are_those_of_the_stylesheet() -> None:
    source = (ROOT / "portal/static/css/tokens.css").read_text("utf-8")
    names = {one.name for one in colours()}
    assert {name for pair in PAIRS for name in pair[:2]} <= names
    for one in colours():
        assert f"--{one.name}: {one.light}" in source
        assert one.dark in source
