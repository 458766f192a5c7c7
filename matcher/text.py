"""From what people type to the pieces that are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_PIECES = 60
"""A profile is cut into at most this many pieces, so that a very long text stays quick."""

_TAG = re.compile(r"<[^<>]{0,200}>")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\n\r]+|\s[•*]\s|\s[-–—]\s")
_CLAUSE_END = re.compile(r"[;:,()]\s*|\s+(?:maar|but|terwijl|while)\s+")
_SPACES = ("Cc", "Zl", "Zp", "Zs")
_UNSEEN = ("Cf", "Cs", "Co", "Cn")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NEGATED = re.compile(
    r"\b(?:niet|geen|nooit|zonder|liever\s+niet|no|not|never|without"
    r"|don'?t|doesn'?t|can'?t|cannot|won'?t|rather\s+not)\b",
    re.IGNORECASE,
)
# Turns of phrase in which the word of denial denies nothing.
_NOT_NEGATED = re.compile(
    r"\b(?:niet\s+(?:alleen|erg|bang|te\s+beroerd|vies|zo\s+snel|zomaar)"
    r"|geen\s+(?:probleem|bezwaar|moeite|angst|hekel|idee|diploma|diploma's|papieren"
    r"|ervaring(?!\s+(?:met|in|als|op|bij)\b))"
    r"|nooit\s+(?:te\s+beroerd|ziek)|not\s+(?:only|afraid|just)|no\s+(?:problem|idea|diploma)"
    r"|zonder\s+(?:moeite|problemen)|without\s+(?:trouble|problems))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or clause of a profile; `sentence` is the whole sentence it stands in."""

    text: str
    sentence: str
    negated: bool = False


def clean(text: str) -> str:
    """Normalise what was typed: no control characters, no markup, one kind of white space.

    Line breaks stay, because they end a sentence.
    """
    composed = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    # A text has few different characters: judge each once, and let C do the rest.
    without_tags = _TAG.sub(" ", composed.translate({ord(c): _shown(c) for c in set(composed)}))
    lines = (" ".join(line.split()) for line in without_tags.split("\n"))
    return "\n".join(line for line in lines if line)


def _shown(character: str) -> str | None:
    """What stands for a character in a cleaned text; None where it goes."""
    category = unicodedata.category(character)
    if character == "\n" or category not in _SPACES + _UNSEEN:
        return character
    return " " if category in _SPACES else None


def has_words(text: str) -> bool:
    """Whether there is anything to read: at least one word of two letters, in any script."""
    return _LETTERS.search(clean(text)) is not None


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, without empty ones."""
    parts = _SENTENCE_END.split(clean(text))
    return [part.strip(" -•*–—") for part in parts if _LETTERS.search(part)]


def pieces(text: str) -> list[Piece]:
    """What can support a requirement: each sentence, and each clause of two words or more.

    A clause that denies (*geen kinderen*, *not at night*) is marked, and so is a sentence of one
    clause. Beside a denial a single word counts too: *koken, geen kinderen* denies no cooking.
    At most `MAX_PIECES` are returned, the first ones.
    """
    found: list[Piece] = []
    for sentence in sentences(text):
        clauses = [part.strip() for part in _CLAUSE_END.split(sentence) if _LETTERS.search(part)]
        if len(clauses) > 1 and any(is_negated(part) for part in clauses):
            found.extend(Piece(part, sentence, is_negated(part)) for part in clauses)
            continue
        found.append(Piece(sentence, sentence, is_negated(sentence)))
        longer = [part for part in clauses if len(_LETTERS.findall(part)) >= 2]
        if len(longer) > 1:
            found.extend(Piece(part, sentence) for part in longer)
    return found[:MAX_PIECES]


def is_negated(clause: str) -> bool:
    """Whether a clause says that something is not wanted or cannot be done."""
    return _NEGATED.search(_NOT_NEGATED.sub(" ", clause)) is not None
