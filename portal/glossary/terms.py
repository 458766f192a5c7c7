"""The terms and how their forms are found in text; what terms.yaml holds, checked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

FILE: Final = Path(__file__).with_name("terms.yaml")
LANGUAGES: Final = ("nl", "en")
# An `&` or `#` before it: the name of a character, not a word.
_WORD: Final = re.compile(r"(?<![\w&#-])\w+")


class GlossaryError(ValueError):
    """terms.yaml cannot be used; the message says which term and why."""


class Term(NamedTuple):
    """One word of the field in one language."""

    id: str
    term: str
    forms: tuple[str, ...]
    text: str


class Glossary:
    """The terms of one language, and how they are found in a text."""

    def __init__(self, language: str, terms: tuple[Term, ...]) -> None:
        self.language = language
        self.terms = terms
        self.by_id = {term.id: term for term in terms}
        self._whole: dict[str, str] = {}
        self._loose: list[tuple[re.Pattern[str], str]] = []
        beginning: dict[str, list[str]] = defaultdict(list)
        for form, one in sorted(
            ((form, term.id) for term in terms for form in term.forms),
            # The longest first; what a hyphen ties on only when no whole form is there.
            key=lambda pair: (pair[0].endswith("-*"), -len(pair[0])),
        ):
            expression = _expression(form)
            word = _WORD.search(form.lower())
            if word is None:
                raise GlossaryError(f"{one}: {form!r} has no word")
            beginning[word[0]].append(expression)
            if form.endswith("-*") or "#" in form:
                self._loose.append((re.compile(expression), one))
            elif (other := self._whole.setdefault(form.lstrip("=").lower(), one)) != one:
                raise GlossaryError(f"{form!r} is of {other} and of {one}")
        # The same labels and openings stand on page after page.
        self.found_in: Final = lru_cache(8192)(lambda text: tuple(self._find(text)))
        self._beginning: Final = {
            word: re.compile(rf"(?:{'|'.join(forms)})(?![\w]|-\w)")
            for word, forms in beginning.items()
        }

    def _find(self, text: str) -> Iterator[re.Match[str]]:
        """Every form in the text, from left to right.

        Each word is looked up by itself first: one expression with all forms takes ten times
        as long on a page.
        """
        end = 0
        for word in _WORD.finditer(text):
            forms = self._beginning.get(word[0].lower())
            if forms and word.start() >= end and (match := forms.match(text, word.start())):
                end = match.end()
                yield match

    def without(self, text: str) -> str:
        """The text with a space in the place of each form."""
        start = 0
        parts = []
        for match in self.found_in(text):
            parts.append(text[start : match.start()])
            start = match.end()
        return " ".join([*parts, text[start:]])

    def of(self, words: str) -> Term:
        """Return the term that `words` are a form of. Raises KeyError when they are of none."""
        key = " ".join(words.split()).lower()
        if (one := self._whole.get(key)) is None:
            one = next((one for loose, one in self._loose if loose.fullmatch(words)), "")
        return self.by_id[one]

    def alphabetical(self) -> list[Term]:
        """The terms as a person looks for them."""
        return sorted(self.terms, key=lambda term: term.term.lower())


def _expression(form: str) -> str:
    whole = form.removeprefix("=").removesuffix("-*")
    expression = r"\s+".join(re.escape(word) for word in whole.split())
    expression = expression.replace(r"\#", r"\d+")
    if form.endswith("-*"):
        expression += r"(?:-\w+)+"
    exact = form.startswith("=") or whole != whole.lower()
    return expression if exact else f"(?i:{expression})"


@cache
def glossaries() -> dict[str, Glossary]:
    """Return the glossary of each language. Raises GlossaryError when the file is not right."""
    with FILE.open(encoding="utf-8") as file:
        entries: list[dict[str, Any]] = yaml.safe_load(file)
    if len({entry["id"] for entry in entries}) != len(entries):
        raise GlossaryError("two terms have the same id")
    return {language: _glossary(language, entries) for language in LANGUAGES}


def _glossary(language: str, entries: list[dict[str, Any]]) -> Glossary:
    return Glossary(
        language,
        tuple(_term(entry["id"], entry[language]) for entry in entries if language in entry),
    )


def _term(one: str, said: dict[str, Any]) -> Term:
    if unknown := said.keys() - {"term", "forms", "text"}:
        raise GlossaryError(f"{one}: unknown {sorted(unknown)}")
    try:
        return Term(one, said["term"], tuple(said.get("forms", [said["term"]])), said["text"])
    except KeyError as error:
        raise GlossaryError(f"{one}: {error} is missing") from None
