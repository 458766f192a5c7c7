"""Wishes and limits that somebody writes in passing: *maximaal 24 uur, niet 's nachts*.

They are read to be offered as filters, never to be applied in silence. So a limit says what it
would do and the very words that it was read in. What somebody merely likes is no limit, and what
they did or was true of somebody else is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from matcher.denials import Denials, fold, without_turns
from matcher.framework import Framework
from matcher.places import Places
from matcher.text import sentences
from matcher.types import DayPart, Hours, Slot, Weekday

LICENCES = frozenset({"driving-licence-b", "driving-licence-c1"})
"""The gates that somebody without a driving licence has not."""


class LimitKind(StrEnum):
    """What a limit is about."""

    HOURS = "hours"
    PARTS = "parts"
    LICENCE = "licence"
    DIPLOMA = "diploma"
    GROUPS = "groups"
    WORK = "work"
    DISTANCE = "distance"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that was read in a text.

    `values` depends on the kind. Hours: one, such as `1-24`, hours a week. Parts: words of
    `DAY_WORDS` that somebody cannot work. Groups and work: ids of the framework's `unwanted`.
    Distance: one, whole kilometres. Place: one, a name that finds one place. Licence and diploma:
    none, there is but one thing to say.
    `words` is the piece of the text that says so, as it was written.
    """

    kind: LimitKind
    values: tuple[str, ...]
    words: str


_NEAR_PLACE = re.compile(
    r"\b(?:in|rond|rondom|bij|nabij|vlakbij|omgeving(?:\s+van)?|buurt\s+van|regio|near|around)\s+"
    r"((?:[A-Z]|'s-)[\w'-]+(?:\s+(?:aan|den|op|de|[A-Z])[\w'-]*){0,3})"
)
Meaning: TypeAlias = tuple[LimitKind, tuple[str, ...]]
_Found: TypeAlias = tuple[int, int, LimitKind, tuple[str, ...]]
_PARTS = tuple(part.value for part in DayPart)
_DAYS = tuple(day.value for day in Weekday)
_WORKDAYS, _WEEKEND = _DAYS[:5], _DAYS[5:]
DAY_WORDS: Mapping[str, frozenset[Slot]] = {
    **{part.value: frozenset((day, part) for day in Weekday) for part in DayPart},
    **{day.value: frozenset((day, part) for part in DayPart) for day in Weekday},
}
"""What people call times of the week: a part of every day, or a whole day."""

_DAY_TERMS: Mapping[tuple[str, ...], str] = {
    ("morning",): """ochtend ochtends ochtenden ochtenddienst ochtenddiensten morgens vroege
        morning mornings""",
    ("afternoon",): "middag middags middagen middagdienst middagdiensten afternoon afternoons",
    ("evening",): "avond avonds avonden avonddienst avonddiensten avondwerk evening evenings",
    ("night",): """nacht nachts snachts nachten nachtdienst nachtdiensten nachtwerk night nights
        night-time nightshift nightshifts""",
    ("sat", "sun"): """weekend weekends weekenden weekeinde weekeinden weekenddienst
        weekenddiensten weekendwerk""",
    ("mon", "tue", "wed", "thu", "fri"): "doordeweeks weekdagen werkdagen weekdays",
    ("morning", "afternoon"): "overdag daytime",
    ("mon",): "maandag maandags maandagen monday mondays",
    ("tue",): "dinsdag dinsdags dinsdagen tuesday tuesdays",
    ("wed",): "woensdag woensdags woensdagen wednesday wednesdays",
    ("thu",): "donderdag donderdags donderdagen thursday thursdays",
    ("fri",): "vrijdag vrijdags vrijdagen friday fridays",
    ("sat",): "zaterdag zaterdags zaterdagen saturday saturdays",
    ("sun",): "zondag zondags zondagen sunday sundays",
}
_NUMBERS = {"a": 1, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5} | {
    word: number for number, word in enumerate(["one", "two", "three", "four", "five"], 1)
}
_N = r"(\d{1,2})"
_COUNT = r"(een|twee|drie|vier|vijf|a|one|two|three|four|five|[1-6])"
_HOUR = r"\s*(?:u|uur|uurtjes|uren|hours?|hrs?)\b(?!\s*(?:per|a|/|'s)\s*(?:dag|day|nachts))"
_TO = r"\s*(?:tot|a|of|to|or|en|t/m|-|–)\s*"
_WEEK = r"\s*(?:per|in\s+de|in\s+een|a|each|in\s+the|/|p\.?)\s*(?:werk)?(?:week|w)\b"
_AT_MOST = (
    r"(?:maximaal|maximum|max\.?|hooguit|hoogstens|ten\s+hoogste|niet\s+meer\s+dan"
    r"|niet\s+langer\s+dan|tot\s+maximaal|at\s+most|no\s+more\s+than|not\s+more\s+than|up\s+to"
    r"|a\s+maximum\s+of)\s+(?:zo'n\s+|ongeveer\s+|about\s+)?"
)
_AT_LEAST = r"(?:minimaal|minstens|ten\s+minste|tenminste|at\s+least|a\s+minimum\s+of)\s+"
# Said of what somebody wants, or without a verb at all; not of what they did.
_DONE = re.compile(
    r"\b(?:werkte|werkten|gewerkt|deed|deden|gedaan|was|waren|had|hadden|jarenlang|jaar\s+lang"
    r"|zorgde|hielp|stond|gestaan|gehad|vroeger|toen|geleden|reed|gereden|fietste|gefietst"
    r"|bezorgde|bezorgd|gewoond|worked|did|used\s+to|were|years\s+ago|drove|cycled|delivered"
    r"|vrijwilliger|vrijwilligerswerk|vrijwillig|volunteer|volunteered|mantelzorg|mantelzorger"
    r"|pas\s+ik\s+op|oppas|zorg\s+ik\s+voor|help\s+ik|ik\s+help|ik\s+zorg|i\s+help|i\s+care"
    r"|i\s+look\s+after|nu\s+werk\s+ik|ik\s+werk\s+nu|i\s+now\s+work|my\s+current)\b"
)
_SELF = re.compile(r"\b(?:ik|mijn|i|my|i'm|i've)\b")
_WISH = re.compile(
    r"\b(?:wil|zou|zoek|liefst|liever|graag|kan|beschikbaar|moet|mag|werken|genoeg|voorkeur"
    r"|want|would|looking\s+for|like|can|could|available|prefer|need|rather|must)\b"
)
_LICENCE = re.compile(
    r"\b(?:geen\s+(?:auto)?rijbewijs|zonder\s+(?:auto)?rijbewijs"
    r"|rijbewijs\s+(?:\w+\s+){0,2}(?:niet|nog\s+niet)|nog\s+geen\s+rijbewijs"
    r"|kan\s+(?:ik\s+)?(?:geen\s+auto|niet\s+auto)\s?rijden"
    r"|(?:don't|dont|do\s+not|can't|cant|cannot|can\s+not)\s+drive"
    r"|(?:no|without\s+a|not\s+have\s+a|don'?t\s+have\s+a|haven't\s+got\s+a|without)"
    r"\s+(?:driving|driver's|drivers)\s+licen[cs]e)\b"
)
_LICENCE_MATTERS_NOT = re.compile(r"geen\s+rijbewijs\s+kwijt|rijbewijs\s+(?:is\s+)?niet\s+kwijt")
_DIPLOMA = re.compile(
    r"\b(?:geen\s+(?:\w+\s+)?(?:diploma'?s?|papieren|opleiding)|zonder\s+(?:diploma'?s?|papieren)"
    r"|diploma'?s?\s+(?:heb|bezit)\s+ik\s+niet"
    r"|(?:no|without\s+a|without|don't\s+have\s+a|don't\s+have\s+any)\s+"
    r"(?:diplomas?|qualifications?|degree))\b(?!\s+(?:nodig\s+om|te\s+kort))"
)
_KILOMETRES = re.compile(
    r"\b(?:binnen|maximaal|max\.?|hooguit|hoogstens|niet\s+(?:verder|meer)\s+dan|tot|within"
    r"|up\s+to|at\s+most|no\s+(?:further|more|farther)\s+than)\s+(?:een\s+straal\s+van\s+)?"
    + _N
    + r"\s*(?:km|kms|kilometer|kilometers|kilometre|kilometres)\b(?!\s+(?:per|a)\b)"
)
_NEAR = {
    10: re.compile(
        r"\b(?:(?:op|met)\s+(?:de|mijn|m'n)\s+fiets|fietsafstand|te\s+fietsen|fietsend"
        r"|by\s+bike|on\s+my\s+bike|by\s+bicycle|cycling\s+distance|dicht\s?bij\s+huis"
        r"|close\s+to\s+home|near\s+my\s+home)\b"
    ),
    5: re.compile(
        r"\b(?:loopafstand|lopend|te\s+voet|wandelafstand|walking\s+distance|on\s+foot)\b"
    ),
}
_COMING = re.compile(
    r"\b(?:bereik\w*|kom|komen|moet|naar\s+(?:het\s+|mijn\s+)?werk|reis|reizen|afstand"
    r"|\w+afstand|kan|huis|home|distance|get\s+there|come|travel|commute|work|must)\b"
)
_SCHOOL = re.compile(
    r"\b(?:(?:onder|tijdens|binnen|in)\s+(?:de\s+)?school(?:tijd|tijden|uren)"
    r"|(?:during|in|within)\s+(?:the\s+)?school\s+(?:hours|time)"
    r"|als\s+(?:de|mijn)\s+kinderen\s+(?:op|naar)\s+school\s+zijn"
    r"|when\s+(?:the|my)\s+(?:children|kids)\s+are\s+at\s+school)\b"
)
_OUTSIDE_SCHOOL = ("evening", "night", "sat", "sun")


def limits_in(text: str, framework: Framework, places: Places | None = None) -> tuple[Limit, ...]:
    """The limits that a text names, in the order of the text, each once.

    `text` is Dutch or English, usually what somebody can and wants together. A limit that an
    earlier one holds already is left out. Nothing found gives an empty tuple. Without `places` no
    places are read.
    """
    denials = _denials(_terms(framework))
    found: list[Limit] = []
    for sentence in sentences(text):
        for limit in _in_sentence(sentence, denials):
            if not any(_holds(earlier, limit) for earlier in found):
                found.append(limit)
        # Counting the places, as their truth would, takes longer than reading the sentence.
        if places is not None and not any(one.kind is LimitKind.PLACE for one in found):
            found += _place(sentence, places)
    return tuple(found)


def _holds(earlier: Limit, limit: Limit) -> bool:
    # A second number of hours or kilometres would only confuse: the first stands.
    one = limit.kind in (LimitKind.HOURS, LimitKind.DISTANCE)
    return earlier.kind is limit.kind and (one or set(limit.values) <= set(earlier.values))


def _in_sentence(sentence: str, denials: Denials[Meaning]) -> list[Limit]:
    folded = fold(sentence)
    found: list[tuple[int, Limit]] = []
    for start, end, kind, values in (
        *_hours(folded),
        *_facts(folded),
        *_near(folded),
        *_denied(sentence, denials),
    ):
        found.append((start, Limit(kind, values, sentence[start:end].strip())))
    if any(limit.kind is LimitKind.LICENCE for _, limit in found):
        # "No driving licence" says more than that somebody does not like driving.
        found = [(at, limit) for at, limit in found if limit.values != ("driving",)]
    return [limit for _, limit in sorted(found, key=lambda pair: pair[0])]


def _hours(folded: str) -> Iterator[_Found]:
    if re.search(r"\b(?:per|a)\s+(?:dag|day)\b", folded):
        return
    for pattern, wished, read in _HOUR_FORMS:
        match = pattern.search(folded)
        if match is None or _DONE.search(folded):
            continue
        if not wished and _SELF.search(folded) and not _WISH.search(folded):
            continue
        hours = read(match)
        if hours is not None:
            yield *match.span(), LimitKind.HOURS, (f"{hours.low:g}-{hours.high:g}",)
            return


def _hours_between(low: float, high: float) -> Hours | None:
    low, high = min(low, high), max(low, high)
    return Hours(low, min(high, 40)) if 1 <= low <= 40 else None


def _days(match: re.Match[str]) -> Hours | None:
    counts = [_count(one) for one in match.groups() if one]
    # A working day in care is six to eight hours.
    return _hours_between(6 * min(counts), 8 * max(counts))


def _day_parts(match: re.Match[str]) -> Hours | None:
    counts = [_count(one) for one in match.groups() if one]
    return _hours_between(3 * min(counts), 4 * max(counts))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


# Pattern, whether it says by itself that it is a wish, and how it is read. The first counts.
_HOUR_FORMS = (
    (
        re.compile(rf"\b{_AT_MOST}{_N}{_HOUR}"),
        True,
        lambda m: _hours_between(1, int(m[1])),
    ),
    (
        re.compile(rf"\b{_AT_LEAST}{_N}{_HOUR}"),
        True,
        lambda m: _hours_between(int(m[1]), 40),
    ),
    (
        # "Tussen 9 en 14 uur" is a time of the day.
        re.compile(rf"(?<!tussen )(?<!between )\b{_N}(?:{_HOUR})?{_TO}{_N}{_HOUR}"),
        False,
        lambda m: _hours_between(int(m[1]), int(m[2])),
    ),
    (
        re.compile(
            # Not a time of the day, nor how soon something is done.
            r"(?<!binnen )(?<!within )(?<!na )(?<!after )(?<!tot )(?<!om )(?<!vanaf )"
            rf"(?<!en )(?<!and )\b{_N}{_HOUR}(?:{_WEEK})?"
        ),
        False,
        lambda m: _hours_between(max(1, int(m[1]) - 4), int(m[1]) + 4),
    ),
    (
        re.compile(r"\b(?:een\s+)?(?:dag|day)\s+(?:of|or)\s+(?:twee|two)\b"),
        False,
        lambda _m: Hours(6, 16),
    ),
    (
        re.compile(rf"\b{_AT_MOST}{_COUNT}\s+(?:dag|dagen|days?)\b(?!\s+(?:vrij|off))"),
        True,
        lambda m: _hours_between(1, 8 * _count(m[1])),
    ),
    (
        re.compile(rf"\b{_COUNT}(?:{_TO}{_COUNT})?\s+(?:dag|dagen|days?){_WEEK}"),
        False,
        _days,
    ),
    (
        re.compile(
            rf"\b{_COUNT}(?:{_TO}{_COUNT})?\s+(?:dagdeel|dagdelen|ochtenden|middagen|avonden"
            rf"|mornings?|afternoons?|evenings?|half\s+days){_WEEK}"
        ),
        False,
        _day_parts,
    ),
    (
        re.compile(
            r"\b(?:een\s+)?paar\s+(?:uur|uurtjes|uren)(?:" + _WEEK + r")|\ba\s+few\s+hours"
            r"(?:" + _WEEK + r")?"
        ),
        False,
        lambda _m: Hours(1, 12),
    ),
    (
        re.compile(r"\b(?:parttime|part-time|part\s+time|deeltijd|deeltijdbaan)\b"),
        False,
        lambda _m: Hours(1, 32),
    ),
    (
        re.compile(r"\b(?:fulltime|full-time|full\s+time|voltijd|hele\s+week\s+werken)\b"),
        False,
        lambda _m: Hours(32, 40),
    ),
)


def _place(sentence: str, places: Places) -> list[Limit]:
    """The first place that somebody names as where they live or want to work."""
    if _DONE.search(fold(sentence)):
        return []
    for match in _NEAR_PLACE.finditer(sentence.replace("’", "'")):
        words = match[1].split()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            if places.knows(name):
                end = match.start(1) + len(name)
                return [Limit(LimitKind.PLACE, (name,), sentence[match.start() : end])]
    return []


def _facts(folded: str) -> Iterator[_Found]:
    licence = _LICENCE.search(folded)
    if licence and not _LICENCE_MATTERS_NOT.search(folded):
        yield *licence.span(), LimitKind.LICENCE, ()
    diploma = _DIPLOMA.search(folded)
    if diploma:
        yield *diploma.span(), LimitKind.DIPLOMA, ()
    school = _SCHOOL.search(folded)
    if school and not _DONE.search(folded):
        yield *school.span(), LimitKind.PARTS, _OUTSIDE_SCHOOL


def _near(folded: str) -> Iterator[_Found]:
    # "Niet alleen binnen 10 kilometer" is no limit.
    folded = without_turns(folded)
    if _DONE.search(folded):
        return
    match = _KILOMETRES.search(folded)
    if match and 0 < int(match[1]) <= 60:
        yield *match.span(), LimitKind.DISTANCE, (match[1],)
        return
    for kilometres, pattern in _NEAR.items():
        match = pattern.search(folded)
        if match and (_COMING.search(folded) or not _SELF.search(folded)):
            yield *match.span(), LimitKind.DISTANCE, (f"{kilometres}",)
            return


def _denied(sentence: str, denials: Denials[Meaning]) -> Iterator[_Found]:
    for denied in denials.find(sentence):
        by_kind: dict[LimitKind, list[str]] = {}
        for kind, values in denied.meanings:
            by_kind.setdefault(kind, []).extend(values)
        for kind, named in by_kind.items():
            if kind is LimitKind.PARTS:
                chosen = _rest_of_the_week(named) if denied.only else _in_order(named)
                if chosen and not (denied.only and _DONE.search(fold(sentence))):
                    yield denied.start, denied.end, kind, chosen
            elif not denied.only and not denied.owned:
                yield denied.start, denied.end, kind, tuple(dict.fromkeys(named))


def _rest_of_the_week(only: Sequence[str]) -> tuple[str, ...]:
    """What is left out by who works only then: other parts of the day, and other days."""
    parts, days = set(only) & set(_PARTS), set(only) & set(_DAYS)
    rest = [part for part in _PARTS if parts and part not in parts]
    return (*rest, *(day for day in _DAYS if days and day not in days))


def _in_order(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in DAY_WORDS if word in values)


def _terms(framework: Framework) -> tuple[tuple[str, Meaning], ...]:
    times = [
        (word, (LimitKind.PARTS, values))
        for values, words in _DAY_TERMS.items()
        for word in words.split()
    ]
    topics = [
        (word, (LimitKind.GROUPS if topic.groups else LimitKind.WORK, (topic.id,)))
        for topic in framework.unwanted.values()
        for word in topic.words
    ]
    groups = [
        (group.label(language), (LimitKind.GROUPS, (topic.id,)))
        for topic in framework.unwanted.values()
        for one in topic.groups[:1]
        for group in [framework.target_groups[one]]
        for language in ("nl", "en")
    ]
    return (*times, *topics, *groups)


@lru_cache(maxsize=4)
def _denials(terms: tuple[tuple[str, Meaning], ...]) -> Denials[Meaning]:
    return Denials(terms)
