"""The main journey: ask, read the reasons, correct one, narrow down, go on, forget."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import PHONE, Person, cards

pytestmark = pytest.mark.browser
EXAMPLE = "werkte op een camping"
WRONG = "Klopt niet?"
UNDO = "Herstel"


@pytest.mark.parametrize(
    "options",
    [{}, {"script": False, "axe": False}, {"size": PHONE, "axe": False}],
    ids=["desk", "without-script", "phone"],
)
def test_a_visitor_finds_work_and_understands_why(
    someone: Callable[..., Person], options: dict[str, object]
) -> None:
    visitor = someone(**options)
    script = options.get("script", True)
    ask_with_the_example(visitor, script=bool(script))
    read_the_reasons(visitor)
    correct_and_undo(visitor, script=bool(script))
    filter_and_page(visitor)
    change_the_text(visitor)
    open_one_and_see_whether_it_fits(visitor)
    forget(visitor, script=bool(script))


def test_in_the_dark(someone: Callable[..., Person]) -> None:
    visitor = someone(dark=True)
    ask_with_the_example(visitor, script=True)
    shade = visitor.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", shade)[:3])) < 200
    visitor.follow(visitor.page.locator("article[data-card] h2 a").first)
    visitor.go("/aanbod")
    visitor.go("/inloggen")


def ask_with_the_example(visitor: Person, *, script: bool) -> None:
    visitor.go("/")
    example = visitor.link(EXAMPLE)
    if script:
        example.click()
    else:
        visitor.follow(example)
    expect(visitor.page.get_by_label("Wat kun je?")).to_have_value(re.compile("Acht zomers"))
    expect(visitor.page.get_by_label("Waar woon je?")).to_have_value("Heerlen")
    visitor.follow(visitor.button("Laat zien wat past"))
    visitor.heading("Dit past bij jou")
    assert re.fullmatch(r"/passend/[\w-]+", visitor.path)


def read_the_reasons(visitor: Person) -> None:
    """The first match shows its requirements, with the visitor's own words beside them."""
    first = visitor.page.locator("article[data-card]").first
    for fact in ("Werkgever:", "Plaats:", "Werktijd:", "Loon:"):
        expect(first.get_by_text(fact)).to_be_attached()
    expect(first.locator(".level")).to_be_visible()
    expect(first.locator("[data-reason]").first).to_be_visible()
    told = visitor.page.locator("article[data-card] q").all_text_contents()
    assert any("camping" in words or "alzheimer" in words for words in told)
    # What is missing comes with how it is learnt.
    expect(visitor.page.get_by_text("Wat ontbreekt, en hoe je het leert").first).to_be_attached()


def correct_and_undo(visitor: Person, *, script: bool) -> None:
    """What the visitor denies changes that reason and the order, until it is taken back."""
    before = cards(visitor.page)
    said: list[str] = []
    while cards(visitor.page) == before:
        assert len(said) < 8, "the order stays whatever the visitor says"
        row = visitor.page.locator(f"#{before[0]} [data-reason]").filter(has_text=WRONG).first
        said.append(answer(visitor, row, WRONG, script=script))
        changed = visitor.page.locator(f"#{said[-1]}")
        if changed.count():
            expect(changed).to_contain_text("Jij zei: dit klopt niet.")
            expect(changed).to_contain_text("Nog niet")
    visitor.look()
    for name in reversed(said):
        row = visitor.page.locator(f"#{name}")
        if not row.count():
            # It went to another page of the answer; the same reason stands at another match.
            row = visitor.page.locator("[data-reason]").filter(has_text=UNDO).first
        answer(visitor, row, UNDO, script=script)
    assert cards(visitor.page) == before
    assert visitor.page.get_by_text("Jij zei: dit klopt niet.").count() == 0


def answer(visitor: Person, row: Locator, label: str, *, script: bool) -> str:
    """Press the button of a reason; return the id of its row."""
    name = row.get_attribute("id")
    assert name
    card = row.locator("xpath=ancestor::details").first
    if card.get_attribute("open") is None:
        card.locator("summary").first.click()
    button = row.get_by_role("button", name=label)
    if not script:
        visitor.follow(button)
        return name
    with visitor.page.expect_response(lambda got: got.request.method == "GET"):
        button.click()
    # The old list is taken away whole.
    expect(visitor.page.locator("[aria-busy=true]")).to_have_count(0)
    visitor.look()
    return name


def filter_and_page(visitor: Person) -> None:
    page = visitor.page
    panel = page.locator("#filters-vak")
    if not panel.locator("form").is_visible():
        panel.locator("> summary").click()
    kinds = panel.locator("details.facet").filter(has_text="Soort werk")
    kinds.locator("summary").click()
    kinds.get_by_label("vacature").check()
    visitor.follow(panel.get_by_role("button", name="Toon wat past"))
    shown = page.locator("article[data-card] > .row > .soft").all_text_contents()
    assert shown
    assert all(kind.lower().startswith("vacature") for kind in shown)
    used = page.locator(".used")
    visitor.follow(used.get_by_role("link", name="vacature"))
    visitor.follow(used.get_by_role("link", name="kilometer"))
    first = cards(page)
    visitor.follow(page.get_by_role("link", name="Volgende"))
    assert cards(page)
    assert not set(cards(page)) & set(first)
    visitor.follow(page.get_by_role("link", name="Vorige"))
    assert cards(page) == first


def change_the_text(visitor: Person) -> None:
    kept = visitor.path
    visitor.follow(visitor.link("Pas je tekst aan").locator("visible=true").first)
    skills = visitor.page.get_by_label("Wat kun je?")
    expect(skills).to_have_value(re.compile("Acht zomers"))
    skills.fill("Ik heb jaren vrachtwagens gerepareerd en ik rijd graag.")
    visitor.follow(visitor.button("Laat zien wat past"))
    assert visitor.path == kept
    expect(visitor.page.get_by_text("vrachtwagens").first).to_be_attached()


def open_one_and_see_whether_it_fits(visitor: Person) -> None:
    title = visitor.page.locator("article[data-card] h2 a").first
    name = title.inner_text()
    visitor.follow(title)
    visitor.heading(name)
    visitor.follow(visitor.link("Kijk of het past"))
    visitor.heading("Past dit bij mij?")
    # What was asked came along.
    expect(visitor.page.locator("article[data-card] [data-reason]").first).to_be_visible()
    expect(visitor.page.get_by_label("Wat kun je?")).to_have_value(re.compile("vrachtwagens"))
    visitor.follow(visitor.link("Bekijk alles wat bij je past"))


def forget(visitor: Person, *, script: bool) -> None:
    kept = visitor.path
    text = visitor.page.locator("#jouw-tekst")
    if not text.locator(".unfold__in").is_visible():
        text.locator("> summary").click()
    link = text.get_by_role("link", name="Wis mijn tekst")
    if script:
        link.click()
        visitor.look()
    else:
        visitor.follow(link)
    visitor.follow(visitor.button("Ja, wis alles"))
    expect(visitor.page.get_by_text("Je tekst is gewist.")).to_be_visible()
    visitor.go(kept, status=404)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_closed_card_opens_and_the_others_stay_open(someone, script) -> None:
    visitor = someone(script=script)
    visitor.go("/")
    page = visitor.page
    page.get_by_label("Wat kun je?").fill("Ik kookte tien jaar in een restaurant.")
    visitor.follow(visitor.button("Laat zien wat past"))
    second = cards(page)[1].removeprefix("plek-")
    opened = page.locator("article[data-card] > details.why")
    expect(opened).to_have_count(1)
    if script:
        page.evaluate("window.stays = true")
        page.locator(f"#open-{second}").click()
        expect(opened).to_have_count(2)
        expect(page.locator(f"summary#open-{second}")).to_be_focused()
        assert page.evaluate("window.stays")
        visitor.look()
    else:
        visitor.follow(page.locator(f"#open-{second}"))
        expect(opened).to_have_count(2)
