"""Occupations that somebody names: what they usually bring becomes a proposal to confirm.

An origin is never evidence. It says what to ask: *als conducteur kun je vaak ook ...*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.denials import TOKEN, about_another, fold, is_denied, without_turns
from matcher.framework import LANGUAGES, Framework
from matcher.language import is_english
from matcher.text import sentences

MOST = 3
"""At most so many origins are named to a visitor at a time."""
_SHORT = 5
"""A name under so many letters counts only in a sentence of its own language: *pa*, *vet*."""
_FUZZY = 7
"""A name of so many letters is also found with one letter wrong."""
_ARTICLES = frozenset({"de", "het", "een", "'t", "'n", "mijn", "n", "t", "the", "a", "an", "my"})
_WISHED = re.compile(
    r"\b(?:worden|zou\s+willen\s+zijn|wil\s+(?:ik\s+)?(?:graag\s+)?als"
    r"|want\s+to\s+be(?:come)?|would\s+like\s+to\s+be(?:come)?|become)\b"
)


@dataclass(frozen=True, slots=True)
class FoundOrigin:
    """An origin (its id in the framework), and the words of the text that named it."""

    origin: str
    words: str


def origins_in(text: str, framework: Framework) -> tuple[FoundOrigin, ...]:
    """The origins that a text names as the writer's own, in the order of the text; at most 3.

    The longest name wins, capitals and accents do not matter, plurals count, and a long name
    counts with one letter wrong. What is denied, wished for or told of somebody else does not.
    """
    names = _names(framework)
    found: dict[str, FoundOrigin] = {}
    for sentence in sentences(text):
        for one in _in_sentence(sentence, names):
            found.setdefault(one.origin, one)
    return tuple(found.values())[:MOST]


def _in_sentence(sentence: str, names: _Names) -> Iterator[FoundOrigin]:
    folded = without_turns(fold(sentence)).replace("§", "x")
    if _WISHED.search(folded):
        return
    tokens = [token for token in TOKEN.finditer(folded) if token[0] not in _ARTICLES]
    words = [token[0] for token in tokens]
    language = "en" if is_english(sentence) else "nl"
    at = 0
    while at < len(words):
        match = names.at(words, at, language)
        if match is None:
            at += 1
            continue
        origin, end = match
        if not is_denied(words, at) and not about_another(words, at):
            yield FoundOrigin(origin, sentence[tokens[at].start() : tokens[end - 1].end()])
        at = end


class _Names:
    """The names of origins, as words to look up."""

    def __init__(self, framework: Framework) -> None:
        self._exact: dict[tuple[str, ...], tuple[str, frozenset[str]]] = {}
        self._near: dict[str, list[tuple[str, str]]] = {}
        for origin in framework.origins.values():
            for language, spoken in zip(LANGUAGES, (origin.nl, origin.en), strict=True):
                for name in spoken.names:
                    self._add(name, origin.id, language)
        self._longest = max(map(len, self._exact), default=0)
        self._ordinary = frozenset(
            word
            for line in _lines(framework)
            for word in TOKEN.findall(fold(line))
            if len(word) >= _FUZZY - 1
        )

    def at(self, words: list[str], at: int, language: str) -> tuple[str, int] | None:
        """The origin of which the longest name begins at a place, and the place after it."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            key = tuple(words[at : at + length])
            known = self._exact.get(key)
            if known and (len("".join(key)) >= _SHORT or language in known[1]):
                return known[0], at + length
        near = self._misspelt(words[at])
        return (near, at + 1) if near else None

    def _add(self, name: str, origin: str, language: str) -> None:
        words = tuple(word for word in TOKEN.findall(fold(name)) if word not in _ARTICLES)
        if not words:
            return
        for last in _inflected(words[-1]) if len(words) == 1 else (words[-1],):
            key = (*words[:-1], last)
            known, languages = self._exact.get(key, (origin, frozenset()))
            if known == origin:
                self._exact[key] = (origin, languages | {language})
        if len(words) == 1 and len(words[0]) >= _FUZZY:
            for shorter in _shortened(words[0]):
                self._near.setdefault(shorter, []).append((words[0], origin))

    def _misspelt(self, word: str) -> str | None:
        if len(word) < _FUZZY - 1 or word in self._ordinary:
            return None
        for shorter in _shortened(word):
            for name, origin in self._near.get(shorter, ()):
                # With another first letter it is more often another word, and with another last
                # one another form: a schoonmaker is no schoonmaken.
                if name[0] == word[0] and name[-1] == word[-1] and _one_apart(name, word):
                    return origin
        return None


def _lines(framework: Framework) -> Iterator[str]:
    """What the framework says in ordinary words: those are no misspelt names."""
    for saying in (*framework.expressions.values(), *framework.wishes.values()):
        yield from saying.lines
    for competence in framework.competences.values():
        for text in (competence.nl, competence.en):
            yield from (text.label, text.description, *text.elsewhere)
    for topic in framework.unwanted.values():
        yield from topic.words


def _inflected(word: str) -> tuple[str, ...]:
    """The usual plurals and endings of a name of one word, itself first."""
    forms = [word, word + "s", word + "es"]
    if word.endswith(("a", "e", "i", "o", "u", "y")):
        forms.append(word + "'s")
    if len(word) >= _SHORT:
        # Koken is what a kok does, not two of them.
        forms += [word + "en", word + "e"]
    if word.endswith("y"):
        forms.append(word[:-1] + "ies")
    if word.endswith("man"):
        forms += [word[:-3] + "men", word[:-3] + "lieden", word[:-3] + "vrouw"]
    if word.endswith(("er", "or")):
        forms.append(word[:-2] + ("ster" if word.endswith("er") else "rice"))
    if not word.endswith(("a", "e", "i", "o", "u", "s")):
        # Kok, kokken.
        forms.append(word + word[-1] + "en")
    return tuple(forms)


def _shortened(word: str) -> set[str]:
    """A word, and the word without each of its letters in turn."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter was left out, added, mistaken or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, others = one[at:], other[at:]
    if len(one) != len(other):
        longer, shorter = (rest, others) if len(one) > len(other) else (others, rest)
        return longer[1:] == shorter
    swapped = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or swapped


_held: list[tuple[Framework, _Names]] = []


def _names(framework: Framework) -> _Names:
    # A process has one framework, and looking names up in thousands takes a while to prepare.
    for known, names in _held:
        if known is framework:
            return names
    made = _Names(framework)
    _held[:] = [*_held[-1:], (framework, made)]
    return made
