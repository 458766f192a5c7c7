"""How well matching understands a text, counted: which of its words our own model knows whole.

Measured with six short lives in eleven tongues (tests/portal/matching/lives.yaml). Known of the
words: Dutch, English and a mixture of both 0.99 or more, Limburgish 0.62, French 0.51, German
0.49, Spanish 0.42, Polish 0.26, Turkish 0.14, Arabic and Ukrainian none. Of the first ten places
for the same life in Dutch these bring back, on the demo region: a mixture 0.82, English 0.65,
Limburgish 0.23, French 0.20, German and Spanish 0.15, Polish 0.08, the others 0.05 or less;
chance brings 0.06. So what is not understood well gets a warning, and none is called good.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from flask import current_app

from matcher import known_language
from portal.matching.tongues import IN_OWN_WORDS, WORD, written_in

OUR_LANGUAGES: Final = frozenset({"nl", "en"})
"""What the model learnt; the languages of the portal are another matter."""
ENOUGH: Final = 4
"""Fewer words tell too little, and a name or two tells nothing."""
WELL: Final = 0.72
"""For another language: its best single life, in German, comes to 0.71."""
PARTLY: Final = 0.5
"""Below it more than every second word says nothing. Bad spelling of Dutch or English counts as
understood down to here: none of the 196 texts of our profiles lies lower."""


class Grade(StrEnum):
    """How well a text is understood."""

    WELL = "well"
    PARTLY = "partly"
    HARDLY = "hardly"


_GRADES: Final = tuple(Grade)  # from well to hardly


@dataclass(frozen=True, slots=True)
class Understanding:
    """How well a text is understood: of `words` words, `known` say something to the model.

    `known` is None when the model in use cannot be counted in. `language` is a guess, empty
    when it is one of ours or unclear; `own_words` says what to do in that language.
    """

    grade: Grade
    words: int = 0
    known: int | None = None
    language: str = ""
    own_words: str = ""


def understand(*texts: str) -> Understanding:
    """Tell how well matching understands what somebody wrote: the text that it knows least.

    One without enough words counts as well understood.
    """
    read = [_understand(text) for text in texts if text.strip()]
    return max(read, key=lambda one: _GRADES.index(one.grade), default=Understanding(Grade.WELL))


def _understand(text: str) -> Understanding:
    spoken = _without_names(text)
    if len(spoken) < ENOUGH:
        # Some scripts put no space between words: the engine counts letters there.
        return Understanding(Grade.WELL) if known_language(text) else _other(text, Grade.HARDLY)
    vocabulary = _vocabulary()
    if not vocabulary:
        return Understanding(Grade.WELL) if known_language(text) else _other(text, Grade.PARTLY)
    known = sum(_folded(word) in vocabulary for word in spoken)
    share = known / len(spoken)
    ours = known_language(text) and written_in(text) in {"", *OUR_LANGUAGES}
    if share >= (PARTLY if ours else WELL):
        return Understanding(Grade.WELL, len(spoken), known)
    grade = Grade.PARTLY if share >= PARTLY else Grade.HARDLY
    return _other(text, grade, len(spoken), known)


def _other(text: str, grade: Grade, words: int = 0, known: int | None = None) -> Understanding:
    language = written_in(text)
    if language in OUR_LANGUAGES:
        language = ""
    return Understanding(grade, words, known, language, IN_OWN_WORDS.get(language, ""))


def _without_names(text: str) -> list[str]:
    """The words, but for those with a capital inside a sentence: names of people and places."""
    found: list[str] = []
    begins = True
    after = 0
    for match in WORD.finditer(text):
        begins = begins or any(mark in text[after : match.start()] for mark in ".!?:\n")
        word = match.group()
        if begins or word == word.lower() or word == "I":
            found.append(word)
        begins, after = False, match.end()
    # Who writes everything in capitals names nobody.
    return WORD.findall(text) if text.isupper() else found


def _folded(word: str) -> str:
    # As the model's own tokenizer does: no capitals, no accents.
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()


def _vocabulary() -> frozenset[str]:
    """The words that the model knows whole; empty for a model that is not our own."""
    if current_app.config["ENCODER"]:
        return frozenset()
    return _words_of(Path(current_app.config["BEKWAAM_DATA"]) / "encoder/static/tokenizer.json")


@cache
def _words_of(tokenizer: Path) -> frozenset[str]:
    try:
        model = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]
    except (OSError, ValueError, KeyError):
        return frozenset()
    if model.get("type") != "WordPiece":
        return frozenset()
    return frozenset(piece for piece in model["vocab"] if not piece.startswith("##"))
