"""The words, the statement on access, the building blocks, and what goes wrong."""

from __future__ import annotations

from typing import Final

from portal.accounts.models import RoleName
from tests.browser.views import (
    CataloguePage,
    View,
    ask_in_a_dialog,
    at,
    grown_old,
    open_the_picker,
    send,
)


def gallery(group: str, *more: View) -> CataloguePage:
    """Return a page with components of one group."""
    return CataloguePage(
        f"bouwstenen-{group}",
        f"gallery.{group}",
        (View("plain", at(f"/bouwstenen/{group}")), *more),
        same_for_all=True,
    )


PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "woorden",
        "glossary.index",
        (View("plain", at("/woorden")),),
        same_for_all=True,
        title="Woorden uitgelegd",
        purpose="The words of care and of its schools, each in one or two plain sentences.",
    ),
    CataloguePage(
        "toegankelijkheid",
        "site.accessibility",
        (View("plain", at("/toegankelijkheid")),),
        same_for_all=True,
        title="Toegankelijkheid",
        purpose="What works for everybody, what does not yet, and where to say so.",
    ),
    CataloguePage(
        "bouwstenen",
        "gallery.index",
        (View("plain", at("/bouwstenen")),),
        same_for_all=True,
        title="Bouwstenen",
        purpose="Every component in every state, with when to use it and when not.",
    ),
    gallery("basis"),
    gallery(
        "invullen",
        View("picking", at("/bouwstenen/invullen"), then=open_the_picker, needs_script=True),
    ),
    gallery(
        "melden",
        View("undo", at("/bouwstenen/melden"), then=send("form[action$='/proberen']")),
        View("dialog", at("/bouwstenen/melden"), then=ask_in_a_dialog, needs_script=True),
    ),
    gallery("vinden"),
    gallery("dossier"),
    gallery("beelden"),
    CataloguePage(
        "bouwstenen-vraag",
        "gallery.ask",
        (View("plain", at("/bouwstenen/vraag")),),
        same_for_all=True,
    ),
    CataloguePage(
        "fout",
        None,
        (
            View("not-there", at("/bestaat-niet"), 404),
            View("not-yours", at("/werkgever"), 403, by=(RoleName.CANDIDATE, RoleName.COACH)),
            View("grown-old", at("/"), 400, grown_old),
        ),
    ),
)
