"""What the text says in passing: applied by a click, undone, confirmed, and only then counted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import PHONE, Person, cards

pytestmark = pytest.mark.browser
SKILLS = "Ik was twintig jaar conducteur op de trein. Ik heb geen rijbewijs."
AMBITION = "Iets met mensen, maximaal 24 uur, liever niet 's nachts en geen kinderen."


@pytest.mark.parametrize(
    "options",
    [{}, {"script": False, "axe": False}, {"size": PHONE, "axe": False}],
    ids=["desk", "without-script", "phone"],
)
def test_what_was_read_besides_waits_for_a_click(
    someone: Callable[..., Person], options: dict[str, object]
) -> None:
    visitor = someone(**options)
    page = visitor.page
    visitor.go("/")
    page.get_by_label("Wat kun je?").fill(SKILLS)
    page.get_by_label("Wat wil je?").fill(AMBITION)
    visitor.follow(visitor.button("Laat zien wat past"))
    limits = page.locator("#gelezen li.offer")
    expect(limits).to_have_count(4)
    expect(page.locator(".used")).to_have_count(0)
    expect(page.locator("#gelezen q")).to_have_text(
        ["geen rijbewijs", "maximaal 24 uur", "liever niet 's nachts", "geen kinderen"]
    )
    apply_and_take_off(visitor)
    dismiss_and_want_back(visitor)
    confirm_what_the_work_brought(visitor, script=bool(options.get("script", True)))


def apply_and_take_off(visitor: Person) -> None:
    page = visitor.page
    licence = page.locator("#gelezen li.offer").filter(has_text="zonder rijbewijs")
    told = licence.inner_text()
    fewer = int((re.search(r"(\d+) plek", told) or ["", "0"])[1])
    visitor.follow(licence.get_by_role("link", name="Gebruik dit"))
    expect(page.locator(".used")).to_contain_text("zonder rijbewijs")
    expect(page.locator("#gelezen li.offer")).to_have_count(3)
    if fewer:
        expect(page.locator("#uitslag")).to_contain_text("ook werk met een rijbewijs")
    visitor.follow(page.locator(".used").get_by_role("link", name="zonder rijbewijs"))
    expect(page.locator("#gelezen li.offer")).to_have_count(4)


def dismiss_and_want_back(visitor: Person) -> None:
    page = visitor.page
    night = page.locator("#gelezen > ul > li.offer").filter(has_text="niet in de nacht")
    visitor.follow(night.get_by_role("button", name="Niet nodig"))
    expect(page.locator("#gelezen > ul > li.offer")).to_have_count(3)
    page.get_by_text("1 niet nodig").click()
    visitor.follow(page.locator("#niet-nodig").get_by_role("button", name="Toch laten zien"))
    expect(page.locator("#gelezen > ul > li.offer")).to_have_count(4)


def confirm_what_the_work_brought(visitor: Person, *, script: bool) -> None:
    """A confirmed competence counts in the reasons, until it is taken back."""
    page = visitor.page
    said = page.locator("article[data-card]").get_by_text("Jij zei: dit kan ik.")
    first = page.locator("#vaak-train-conductor li.offer").first
    name = first.get_attribute("id")
    expect(said).to_have_count(0)
    everything = "&".join(f"open={one.removeprefix('plek-')}" for one in cards(page))
    visitor.go(f"{page.url.split('#')[0].removeprefix(visitor.base)}&{everything}")
    assert page.locator("article[data-card] > details.why").count() == len(cards(page)) > 1
    press(visitor, name, "Dat klopt", script=script)
    row = page.locator(f"#{name}")
    expect(row).to_contain_text("Jij zei: dit kan ik.")
    assert said.count(), "it counts in the reasons"
    if script:
        expect(row.get_by_role("button", name="Herstel")).to_be_focused()
    press(visitor, name, "Herstel", script=script)
    expect(said).to_have_count(0)
    press(visitor, name, "Niet bij mij", script=script)
    expect(page.locator(f"#{name}")).to_contain_text("Jij zei: niet bij mij.")
    expect(said).to_have_count(0)
    press(visitor, name, "Herstel", script=script)
    expect(page.locator(f"#{name}")).not_to_contain_text("Jij zei")


def press(visitor: Person, name: str | None, label: str, *, script: bool) -> None:
    button = visitor.page.locator(f"#{name}").get_by_role("button", name=label)
    if not script:
        visitor.follow(button)
        return
    with visitor.page.expect_response(lambda got: got.request.method == "GET"):
        button.click()
    expect(visitor.page.locator("[aria-busy=true]")).to_have_count(0)
    visitor.look()
