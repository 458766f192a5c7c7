"""A third language that nobody speaks: every text of the catalogue, in ⟦brackets⟧.

What a page shows without brackets was never given to the catalogue. Only the words themselves
are wrapped: what is filled in stays outside, so that a filled-in text without brackets shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.catalogues import ROOT

CODE = "ar"
"""Written from right to left, with six plurals: what is hard is tried as well."""
_FILLED_IN = re.compile(r"(%\(\w+\)[sd]|\{\w*\}|<[^>]+>)")
_WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
_ADDRESS = re.compile(r"\w+://[^\s⟦⟧]+")
_SPOKEN = frozenset({"alt", "aria-label", "aria-description", "placeholder", "title"})
_QUIET = frozenset({"script", "style", "textarea"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "circle"})


def wrapped(text: str) -> str:
    """The text with brackets around its words, not around what is filled in."""
    return "".join(
        piece if _FILLED_IN.fullmatch(piece) or not _WORD.search(piece) else f"⟦{piece}⟧"
        for piece in _FILLED_IN.split(text)
    )


def make_catalogue(folder: Path) -> None:
    """Write the compiled catalogue of the third language, made from the English one."""
    with (ROOT / "portal/translations/en/LC_MESSAGES/messages.po").open("rb") as texts:
        english = read_po(texts, locale="en")
    catalogue = Catalog(locale=CODE)
    for message in english:
        if not message.id:
            continue
        many = isinstance(message.id, tuple)
        text = message.string[-1] if many else message.string
        # Dutch where English is still to come: that is another test's complaint.
        text = text or (message.id[-1] if many else message.id)
        forms = (wrapped(text),) * catalogue.num_plurals if many else wrapped(text)
        catalogue.add(message.id, forms, context=message.context)
    target = folder / CODE / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "messages.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


class _Page(HTMLParser):
    """Collects what somebody sees or hears in the language of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.heard: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # A name of the code is the same in every language.
        muted = self.muted or tag in _QUIET or given.get("translate") == "no"
        if "lang" in given:
            muted = given["lang"] != CODE
        if not muted:
            self.heard += [value for name, value in given.items() if name in _SPOKEN]
            if tag == "html":
                self.heard += [v for name, v in given.items() if name.startswith("data-")]
            if tag == "meta" and given.get("name") == "description":
                self.heard.append(given.get("content", ""))
            if tag == "input" and given.get("type") in ("submit", "button", "reset"):
                self.heard.append(given.get("value", ""))
        if tag not in _VOID:
            self.open.append((tag, muted))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self.muted:
            self.text.append(data)

    @property
    def muted(self) -> bool:
        return bool(self.open) and self.open[-1][1]


def unwrapped(text: str, data: Iterable[str]) -> list[str]:
    """What of a text stands outside brackets, but for `data`: names, and words of people."""
    left = _ADDRESS.sub(" ", " ".join(text.split()))
    while _WRAPPED.search(left):
        left = _WRAPPED.sub("|", left)
    # A sentence of data may hold a button that explains a word; then it comes in pieces.
    left = re.sub(r" (?=[.,:;!?)])", "", re.sub(r"[\s|]+", " ", left))
    for known in data:
        left = left.replace(known, "|")
    return [piece.strip() for piece in left.split("|") if _WORD.search(piece)]


def untranslated(page: str, data: Iterable[str]) -> list[str]:
    """What a page shows in its own language without having asked the catalogue."""
    parser = _Page()
    parser.feed(page)
    known = sorted({" ".join(one.split()) for one in data if one}, key=len, reverse=True)
    # One text: a term that is explained stands as a button inside its sentence.
    said = (*parser.heard, "|".join(parser.text))
    return [piece for text in said for piece in unwrapped(text, known)]
