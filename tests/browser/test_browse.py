"""Looking around: everything on offer, learning, and the same in English."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import PHONE, Person

pytestmark = pytest.mark.browser


def found(visitor: Person) -> int:
    """How many places the page says that there are."""
    words = visitor.page.get_by_role("heading", name=re.compile(r"^\d+ plek")).inner_text()
    return int(words.split()[0])


def panel(visitor: Person) -> Locator:
    box = visitor.page.locator("#filters-vak")
    if not box.locator("form").is_visible():
        box.locator("> summary").click()
    return box


@pytest.mark.parametrize(
    "options",
    [{}, {"script": False, "axe": False}, {"size": PHONE, "axe": False}],
    ids=["desk", "without-script", "phone"],
)
def test_search_filter_and_open(someone: Callable[..., Person], options: dict[str, object]) -> None:
    visitor = someone(**options)
    page = visitor.page
    visitor.go("/aanbod")
    everything = found(visitor)
    assert everything > 100
    visitor.follow(page.get_by_role("link", name="Volgende"))
    visitor.follow(page.get_by_role("link", name="Vorige"))

    page.get_by_label("Zoek op woord, beroep of werkgever").fill("keuken")
    visitor.follow(page.get_by_role("button", name="Zoek"))
    searched = found(visitor)
    assert 0 < searched < everything

    filters = panel(visitor)
    filters.get_by_label("Waar woon je?").fill("Heerlen")
    filters.get_by_label("Hoe ver wil je reizen?").select_option("15")
    filters.get_by_label("Alleen werk zonder diploma-eis", exact=True).check()
    visitor.follow(filters.get_by_role("button", name="Toon wat past"))
    assert found(visitor) <= searched
    # The address holds it all.
    visitor.go(page.url.removeprefix(visitor.base))
    expect(page.get_by_label("Zoek op woord, beroep of werkgever")).to_have_value("keuken")
    visitor.follow(page.locator(".used").get_by_role("link", name="keuken"))

    title = page.locator("article h3 a").first
    name = title.inner_text()
    visitor.follow(title)
    visitor.heading(name)
    visitor.follow(page.locator("a.back"))
    assert visitor.path == "/aanbod"


def test_nothing_found_and_a_filter_that_cannot_be_used(visitor: Person) -> None:
    visitor.go("/aanbod?q=zeppelin")
    expect(visitor.page.get_by_role("heading", name="Hier is nu niets")).to_be_visible()
    visitor.go("/aanbod?place=Atlantis&distance=10", status=422)
    expect(visitor.page.locator("[data-summary]")).to_contain_text("Deze plaats kennen we niet.")
    visitor.follow(visitor.link("Toon alle plekken"))


@pytest.mark.parametrize(
    "options", [{}, {"size": PHONE}, {"script": False}], ids=["desk", "phone", "without-script"]
)
def test_learning(someone: Callable[..., Person], options: dict[str, object]) -> None:
    visitor = someone(axe=False, **options)
    visitor.go("/leren")
    activity = visitor.page.locator("main h3 a").first
    name = activity.inner_text()
    visitor.follow(activity)
    visitor.heading(name)
    visitor.follow(visitor.page.locator("a.back"))


@pytest.mark.parametrize(
    "options", [{}, {"size": PHONE}, {"script": False}], ids=["desk", "phone", "without-script"]
)
def test_in_english_and_back(someone: Callable[..., Person], options: dict[str, object]) -> None:
    visitor = someone(axe=False, **options)
    page = visitor.page
    visitor.go("/aanbod?q=keuken")

    def choose(language: str) -> None:
        menu = page.locator("details.menu")
        if menu.is_visible():
            menu.locator("summary").click()
        visitor.follow(page.get_by_role("button", name=language).locator("visible=true"))

    choose("English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/aanbod?q=keuken")
    for path in ("/", "/aanbod", "/leren", "/inloggen"):
        visitor.go(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
    choose("Nederlands")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
