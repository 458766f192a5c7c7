"""The picker: typed in with the keyboard, the same without script, and sent as tick boxes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser
WHERE = "/bouwstenen/invullen"


def chosen(page: Page, form: str) -> list[str]:
    """What the form would send."""
    name = page.locator(f"#{form} input[type=checkbox]").first.get_attribute("name")
    values: list[str] = page.locator(f"#{form}").evaluate(
        "(form, name) => new FormData(form).getAll(name)", name
    )
    return values


@pytest.mark.parametrize("options", [{}, {"size": PHONE, "dark": True}], ids=["desk", "phone"])
def test_with_the_keyboard_alone(
    someone: Callable[..., Person], options: dict[str, object]
) -> None:
    visitor = someone(**options)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go(WHERE)
    form = page.locator("#proef-kiezer")
    field = form.get_by_role("combobox", name="Wat kun je al?")
    tags = form.locator(".picker__tags li")
    expect(form.locator("[data-list]")).to_be_hidden()
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")

    # Without accents and capitals; the first that fits is pointed at.
    keys.type("HÉLPT")
    options_shown = form.get_by_role("option")
    expect(field).to_have_attribute("aria-expanded", "true")
    names = options_shown.all_text_contents()
    assert names
    assert all("helpt" in one.lower() for one in names)
    visitor.look()
    expect(field).to_have_attribute(
        "aria-activedescendant", options_shown.first.get_attribute("id") or ""
    )
    keys.press("Enter")
    expect(tags).to_have_text([names[0] + "×"])
    expect(page.locator("#melding")).to_have_text(f"{names[0]} gekozen. Samen 1.")
    expect(field).to_have_value("")
    assert len(chosen(page, "proef-kiezer")) == 1

    # All are shown again; Home and End go to both ends, the arrows past them.
    total = form.locator("input[type=checkbox]").count()
    expect(options_shown).to_have_count(total)
    keys.press("End")
    expect(options_shown.last).to_have_class("is-here")
    keys.press("ArrowDown")
    expect(options_shown.first).to_have_class("is-here")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(tags).to_have_count(2)
    expect(options_shown.last).to_have_attribute("aria-selected", "true")
    keys.press("Home")
    expect(options_shown.first).to_have_class("is-here")
    keys.press("Escape")
    expect(form.get_by_role("listbox")).to_be_hidden()
    expect(field).to_be_focused()

    # Backspace in the empty field takes the last one; the button of a tag takes that one.
    keys.press("Backspace")
    expect(tags).to_have_count(1)
    expect(page.locator("#melding")).to_contain_text("weggehaald")
    keys.press("Shift+Tab")
    expect(form.get_by_role("button", name=f"Haal {names[0]} weg")).to_be_focused()
    keys.press("Enter")
    expect(tags).to_have_count(0)
    expect(field).to_be_focused()
    assert chosen(page, "proef-kiezer") == []

    keys.type("xyz")
    expect(page.locator("#melding")).to_contain_text("Niets gevonden")
    keys.press("Enter")
    assert page.url.endswith(WHERE), "Enter sends nothing while somebody searches"
    keys.press("Escape")
    keys.press("Escape")
    expect(field).to_have_value("")
    visitor.look()


def test_with_a_mouse_and_what_was_chosen_before(visitor: Person) -> None:
    page = visitor.page
    visitor.go(WHERE)
    form = page.locator("#proef-gekozen")
    before = chosen(page, "proef-gekozen")
    assert len(before) == 3
    expect(form.locator(".picker__tags li")).to_have_count(3)
    form.get_by_role("combobox").click()
    form.get_by_role("option", selected=False).first.click()
    expect(form.get_by_role("listbox")).to_be_visible()
    assert len(chosen(page, "proef-gekozen")) == 4
    form.get_by_role("option", selected=True).first.click()
    assert len(chosen(page, "proef-gekozen")) == 3
    page.get_by_role("heading", level=1).click()
    expect(form.get_by_role("listbox")).to_be_hidden()


def test_without_script_there_are_tick_boxes(someone: Callable[..., Person]) -> None:
    visitor = someone(script=False)
    visitor.go(WHERE)
    form = visitor.page.locator("#proef-kiezer")
    expect(form.get_by_role("combobox")).to_have_count(0)
    expect(form.get_by_role("group", name="Wat kun je al?").first).to_be_visible()
    form.get_by_role("checkbox").nth(20).check()
    visitor.follow(form.get_by_role("button", name="Probeer"))
    expect(visitor.page.get_by_text("We hebben niets bewaard.").first).to_be_visible()
