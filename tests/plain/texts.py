"""Every text that a person can meet, with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from portal.glossary.terms import glossaries
from tests.catalogues import ROOT
from tests.portal.test_translations import english, wanted

FRAMEWORK = ROOT / "data" / "framework"
HELPING = ("gates", "learning", "limits")
"""Files of the framework that speak to people only; the engine reads the meaning of the others,
so their words are listed and not held to the limit."""


_MOMENT = re.compile(r"^\d\d:\d\d ")


class Text(NamedTuple):
    """A text in one language."""

    where: str
    language: str
    words: str


def spoken() -> Iterator[Text]:
    """What the portal itself says: its pages and mails, what helps, and the glossary."""
    for forms in wanted().values():
        yield from (Text("pages and mails", "nl", form) for form in forms)
    for message in english():
        if message.id:
            strings = message.string
            each = strings if isinstance(strings, tuple | list) else [strings]
            yield from (Text("catalogue", "en", str(one)) for one in each if one)
    for language, glossary in glossaries().items():
        yield from (Text("glossary", language, term.text) for term in glossary.terms)
    for name in HELPING:
        yield from _framework(FRAMEWORK / f"{name}.yaml")
    yield from guide()


def guide() -> Iterator[Text]:
    """What the guide to professions tells; it is for people only, so the limits hold for it."""
    for path in sorted((FRAMEWORK / "guide").rglob("*.yaml")):
        entries: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
        for entry in entries:
            for one in (entry, *entry.get("choices", ())):
                for language in ("nl", "en"):
                    for said in one[language].values():
                        for words in [said] if isinstance(said, str) else said:
                            # A moment of a day begins with its time.
                            yield Text("guide: " + entry["id"], language, _MOMENT.sub("", words))


def described() -> Iterator[Text]:
    """What the framework says about work and people; the engine embeds it."""
    for path in sorted(FRAMEWORK.glob("*.yaml")):
        if path.stem in {"fields", "professions", "target_groups"}:
            yield from _framework(path)
    for path in sorted((FRAMEWORK / "competences").glob("*.yaml")):
        yield from _framework(path)


def _framework(path: Path) -> Iterator[Text]:
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    for entry in entries:
        for language in ("nl", "en"):
            for key in ("label", "title", "description"):
                if words := entry[language].get(key):
                    yield Text(f"{path.stem}: {entry['id']}", language, words)


def outside_the_catalogue(path: Path) -> str:
    """What a mail says outside the marks that let it be translated; that should be nothing."""
    text = re.sub(
        r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", "", path.read_text("utf-8"), flags=re.DOTALL
    )
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text, flags=re.DOTALL).strip()
