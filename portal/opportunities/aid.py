"""Reads a vacancy along with who writes it: words that shut people out, a needless diploma.

Pure: it takes texts and what the framework says, and gives flags. Nothing is forbidden here. A
flag says why and what else could stand there; who keeps the words writes down why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

GROUNDS: Final = ("age", "sex", "origin", "religion", "health", "private")
DIPLOMA: Final = "diploma"
"""The key of the flag on a needless diploma; the other flags have a rule and words."""
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]*)*[.!?]*", re.UNICODE)
_BEFORE: Final = 40
_ASKS_DIPLOMA: Final = re.compile(
    r"\b(?:in (?:het )?bezit van (?:een |het )?|je hebt (?:een |het )?|afgeronde? |behaalde? "
    r"|vereist:? |minimaal (?:een )?|you have (?:a |an )?|a completed )"
    r"[^.!?\n]{0,40}?(?:diploma|opleiding|degree|qualification)"
    r"|\b(?:diploma|opleiding) (?:is )?(?:een )?(?:vereiste?|verplicht|noodzakelijk|nodig|required)"
    r"|\b(?:mbo|hbo)[- ]?(?:niveau )?[1-4]? ?(?:diploma|werk- en denkniveau|opgeleid)",
    re.IGNORECASE,
)
_NO_DIPLOMA: Final = re.compile(
    r"\b(?:geen|zonder|niet|no|without) [^.!?\n]{0,20}(?:diploma|opleiding|degree|qualification)"
    r"|(?:diploma|opleiding)[^.!?\n]{0,15}(?:niet|geen) |rijbewijs|leer(?:t|je) je bij ons",
    re.IGNORECASE,
)


class AidError(ValueError):
    """A file of rules cannot be used; the message says which rule and why."""


class Alternative(NamedTuple):
    """What could stand there instead; empty words take the passage away."""

    words: str
    sentence: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that shut people out, on one ground."""

    id: str
    ground: str
    law: str
    reason: Mapping[str, str]
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    swaps: Mapping[str, str]
    other: Mapping[str, re.Pattern[str]]
    drop: re.Pattern[str] | None
    instead: Mapping[str, str]
    sentence: bool
    pairs: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """Words in one text that shut people out. `key` is the same wherever they stand.

    `start` and `end` are the place of the words in the text; `passage` is their sentence, which
    begins at `passage_start`.
    """

    key: str
    ground: str
    law: str
    words: str
    passage: str
    passage_start: int
    start: int
    end: int
    reason: str
    alternative: Alternative | None


def rules(files: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Rule, ...]:
    """Make rules of the files of data/framework/aid, each by its name. Raises AidError."""
    found: list[Rule] = []
    for name, file in files:
        try:
            ground = file["ground"]
            if ground not in GROUNDS:
                raise AidError(f"{name}: unknown ground {ground!r}")
            found += [_rule(file, one) for one in file["rules"]]
        except (KeyError, TypeError) as error:
            raise AidError(f"{name}: {error} is missing") from error
    ids = [one.id for one in found]
    if len(set(ids)) != len(ids):
        raise AidError("two rules have the same id")
    return tuple(found)


def _rule(file: Mapping[str, Any], said: Mapping[str, Any]) -> Rule:
    def joined(name: str, template: str) -> re.Pattern[str] | None:
        if name not in said:
            return None
        try:
            return re.compile(
                template % "|".join(f"(?:{one})" for one in said[name]), re.IGNORECASE
            )
        except re.error as error:
            raise AidError(f"{said['id']}: {name}: {error}") from error

    find = joined("find", r"(?<![\w-])(?:%s)(?!\w)")
    if find is None:
        raise AidError(f"{said['id']}: find is missing")
    return Rule(
        id=said["id"],
        ground=file["ground"],
        law=file["law"],
        reason=file["reason"],
        find=find,
        unless=joined("unless", r"\b(?:%s)"),
        unless_before=joined("unless_before", r"\b(?:%s)\W*$"),
        swaps={key.lower(): value for key, value in said.get("swaps", {}).items()},
        other={
            key: re.compile(rf"\b(?:{value})(?!\w)", re.IGNORECASE)
            for key, value in said.get("other", {}).items()
        },
        drop=re.compile(said["drop"], re.IGNORECASE) if "drop" in said else None,
        instead=said.get("instead", {}),
        sentence=bool(said.get("sentence")),
        pairs=bool(said.get("pairs")),
    )


def flags(text: str, known: Iterable[Rule], *, language: str, spoken: str) -> list[Flag]:
    """Return what in a text shuts people out, from left to right, each passage once.

    `language` is that of the text, for the alternative; `spoken` that of who reads the reason.
    """
    found = [flag for rule in known for flag in _of_rule(text, rule, language, spoken)]
    kept: list[Flag] = []
    for flag in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or flag.start >= kept[-1].end:
            kept.append(flag)
    return kept


def _of_rule(text: str, rule: Rule, language: str, spoken: str) -> Iterator[Flag]:
    for sentence in _SENTENCE.finditer(text):
        for hit in rule.find.finditer(sentence[0]):
            if rule.unless and rule.unless.search(sentence[0]):
                continue
            start, end = sentence.start() + hit.start(), sentence.start() + hit.end()
            before = sentence[0][max(0, hit.start() - _BEFORE) : hit.start()]
            if rule.unless_before and rule.unless_before.search(before):
                continue
            words = hit[0].strip()
            around = text[max(0, start - _BEFORE) : start] + " " + text[end : end + _BEFORE]
            other = rule.other.get(words.lower())
            if other and other.search(around):
                continue
            if rule.pairs and _both_named(words, rule.swaps.get(words.lower(), ""), around):
                continue
            yield Flag(
                key=f"{rule.id}:{' '.join(words.lower().split())}",
                ground=rule.ground,
                law=rule.law,
                words=words,
                passage=sentence[0].strip(),
                passage_start=sentence.start() + len(sentence[0]) - len(sentence[0].lstrip()),
                start=start,
                end=end,
                reason=rule.reason.get(spoken) or rule.reason["nl"],
                alternative=_alternative(rule, words, language),
            )


def _both_named(words: str, other: str, around: str) -> bool:
    """Whether the form for everybody stands beside it: *verpleegkundige/verpleegster*."""
    if not other:
        return False
    return re.search(rf"(?<!\w){re.escape(other)}(?!\w)", around, re.IGNORECASE) is not None


def _alternative(rule: Rule, words: str, language: str) -> Alternative | None:
    swapped = rule.swaps.get(" ".join(words.lower().split()))
    if swapped is None and rule.drop:
        swapped = rule.drop.sub("", words)
    if swapped is None:
        if not rule.instead:
            return None
        swapped = rule.instead.get(language) or rule.instead.get("nl", "")
    return Alternative(_as_written(words, swapped) if not rule.sentence else swapped, rule.sentence)


def _as_written(words: str, other: str) -> str:
    if words.isupper() and len(words) > 1:
        return other.upper()
    return other[:1].upper() + other[1:] if words[:1].isupper() else other


def replaced(text: str, key: str, known: Iterable[Rule], *, language: str) -> str:
    """Return a text with the alternative wherever a flag has this key."""
    found = flags(text, known, language=language, spoken=language)
    # From the end, so that what comes before keeps its place.
    last = len(text) + 1
    for flag in reversed(found):
        if flag.key == key and flag.alternative is not None and flag.start < last:
            last = flag.passage_start if flag.alternative.sentence else flag.start
            text = _replaced_once(text, flag, flag.alternative)
    return text


def _replaced_once(text: str, flag: Flag, alternative: Alternative) -> str:
    start, end = flag.start, flag.end
    if alternative.sentence:
        start, end = flag.passage_start, flag.passage_start + len(flag.passage)
    after = text[end:]
    if not alternative.words:
        return (text[:start].rstrip(" ") + " " + after.lstrip(" ")).strip(" ")
    return text[:start] + alternative.words + after


def asks_diploma(text: str) -> str:
    """Return the sentence of a text that demands a diploma; empty when none does."""
    for sentence in _SENTENCE.finditer(text):
        if _ASKS_DIPLOMA.search(sentence[0]) and not _NO_DIPLOMA.search(sentence[0]):
            return sentence[0].strip()
    return ""


def without_diploma_demand(text: str) -> str:
    """Return a text without the sentences that demand a diploma."""
    while sentence := asks_diploma(text):
        before, _, after = text.partition(sentence)
        space = " " if before.endswith(" ") and after.startswith(" ") else ""
        text = before.rstrip(" ") + space + after.lstrip(" ")
    return text.strip()


class Demand(NamedTuple):
    """What the rule on diplomas looks at. Ids are the framework's."""

    diploma_required: bool
    text: str
    gates: frozenset[str]
    """Asked for, or asked by law of everybody in the profession; VOG and licences aside."""
    legal_competences: frozenset[str]
    """Those asked for that the law reserves."""


def needless_diploma(demand: Demand) -> str | None:
    """Return why a diploma is demanded though no task needs it: the sentence, or nothing said.

    None when no diploma is demanded, or when the law asks for one.
    """
    if demand.gates or demand.legal_competences:
        return None
    sentence = asks_diploma(demand.text)
    return sentence if demand.diploma_required or sentence else None
