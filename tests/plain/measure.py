"""Measures one text: how long its sentences are, which words few people know, what its tone is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from wordfreq import zipf_frequency

from portal.glossary.terms import glossaries

LONGEST: Final = {"nl": 20, "en": 22}
"""Words in one sentence. Dutch plain-language guidance for B1 asks for about 10 to 15 words and
allows an exception; the British government's guidance puts its limit at 25 for English."""
AVERAGE: Final = {"nl": 15, "en": 16}
"""Words in the sentences of one text, on average: the upper end of that same guidance."""
A_TEXT: Final = 3
"""Sentences from which on an average says something."""
RARE: Final = 3.0
"""Zipf frequency (van Heuven e.a. 2014): 3 is once in a million words, where their paper puts the
border between words of low and of high frequency. A rarer word is fine when it is made of known
parts, explained in the glossary, or let through with a reason in words.yaml."""
KNOWN_PART: Final = 3.5
"""Zipf frequency that a part of a compound needs: short parts are otherwise found in anything."""
PASSIVE_SHARE: Final = 0.03
"""Part of the Dutch sentences that may be passive: "Leren wordt betaald" has no better way."""

FORBIDDEN: Final = {
    "nl": """u|uw|uzelf|men|dient te|dienen te|gelieve|middels|indien|teneinde|conform|derhalve|
        tevens|alsmede|alsook|hetgeen|betreffende|omtrent|inzake|jegens|aangaande|nochtans|doch|
        ten behoeve van|ten aanzien van|met betrekking tot|naar aanleiding van|in het kader van|
        door middel van|met inachtneming van|op grond van|zorg dragen voor|draagt zorg|
        reeds|thans|aldus|desgewenst|desbetreffende|onderhavige|voornoemde?|dergelijke|gaarne|
        geschiedt|trachten|verstrekken|verstrekt|aanvangen|aanwenden|bewerkstelligen|
        foutief|foutieve|verkeerd ingevuld|ongeldige?|mislukt|verboden|niet toegestaan|
        je bent vergeten|je moet eerst""",
    "en": """shall|hereby|thereof|therein|pursuant|henceforth|aforementioned|notwithstanding|
        in order to|prior to|subsequent to|with regard to|in respect of|in the event that|
        utilise|utilize|commence|endeavour|facilitate|leverage|terminate|ascertain|
        invalid|illegal|forbidden|failed to|you failed|incorrect|you forgot|not permitted""",
}
"""Words of letters from the authorities, and words that blame; each has a plain other one."""

_PLACE: Final = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
_TAG: Final = re.compile(r"<[^>]+>")
_FOREIGN: Final = re.compile(r"<(\w+)[^>]*\blang=[^>]*>.*?</\1>")
_END: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")
_TOKEN: Final = re.compile(r"[^\s·–/]*\w[^\s·–/]*")
_ADDRESS: Final = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b")
_HELPER: Final = re.compile(r"\b(word|wordt|worden|werd|werden)\b", re.IGNORECASE)
_DONE: Final = re.compile(
    r"\b(?:\w*ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{2,}(?:d|t|en))\b", re.IGNORECASE
)
_LINKS: Final = ("", "s", "en", "e", "n", "-")
_ENDINGS: Final = {
    "nl": ("en", "e", "t", "s", "n", "d", "de", "te", "den", "ten", "je", "jes", "tje", "tjes"),
    "en": ("s", "es", "ed", "d", "ing", "ly", "er", "'s"),
}
_SHORTEST: Final = 3
ALLOWED_FILE: Final = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, order=True)
class Finding:
    """One thing about a text that is above a limit."""

    kind: str
    detail: str


def sentences(text: str) -> list[str]:
    """The sentences of a text, without markup; what is filled in later stands as one word."""
    plain = _TAG.sub("", _PLACE.sub("Xx", text))
    return [part for part in (one.strip() for one in _END.split(plain)) if _TOKEN.search(part)]


def length(sentence: str) -> int:
    """How many words a sentence has; an address or a number is one."""
    return len(_TOKEN.findall(sentence))


def findings(text: str, language: str) -> list[Finding]:
    """What in this text is above a limit, in the order of the text."""
    return [*long(text, language), *forbidden(text, language), *rare(text, language)]


def long(text: str, language: str) -> Iterator[Finding]:
    """Sentences with too many words, and a text whose sentences are long on average."""
    said = sentences(text)
    counts = [length(one) for one in said]
    for one, count in zip(said, counts, strict=True):
        if count > LONGEST[language]:
            yield Finding("long sentence", f"{count} words: {one}")
    if len(counts) >= A_TEXT and sum(counts) / len(counts) > AVERAGE[language]:
        yield Finding("long sentences", f"{sum(counts) / len(counts):.1f} words on average")


def forbidden(text: str, language: str) -> Iterator[Finding]:
    """Words that we do not use to people."""
    words = re.sub(r"\s+", "", FORBIDDEN[language].replace(" ", "_")).replace("_", " ")
    for match in re.finditer(rf"(?<![\w-])(?:{_tidy(words)})(?![\w-])", _own(text, language), re.I):
        yield Finding("word we do not use", match[0])


def _tidy(words: str) -> str:
    return "|".join(" ".join(word.split()) for word in words.split("|"))


def rare(text: str, language: str) -> Iterator[Finding]:
    """Words that few people know, are not made of known ones, and that nobody explains."""
    for match in _WORD.finditer(_own(text, language)):
        word = match[0].strip("'’").lower()
        if not known(word, language) and word not in allowed(language):
            yield Finding("rare word", f"{word} ({zipf_frequency(word, language):.1f})")


def passives(text: str) -> list[str]:
    """Dutch sentences that say what is done and not who does it."""
    return [
        one
        for one in sentences(text)
        if (helper := _HELPER.search(one)) and _DONE.search(one.replace(helper[0], "", 1))
    ]


def _own(text: str, language: str) -> str:
    """The text without what is filled in later, addresses, and the terms that are explained."""
    plain = _ADDRESS.sub(" ", _PLACE.sub(" ", _TAG.sub(" ", _FOREIGN.sub(" ", text))))
    return glossaries()[language].without(plain)


@cache
def allowed(language: str) -> dict[str, str]:
    """Words let through, each with the reason."""
    listed: dict[str, dict[str, list[str]]] = yaml.safe_load(ALLOWED_FILE.read_text("utf-8"))
    return {word: reason for reason, words in listed[language].items() for word in words}


@cache
def known(word: str, language: str) -> bool:
    """Whether most people know this word, or can read it from its parts."""
    return (
        len(word) < _SHORTEST
        or zipf_frequency(word, language) >= RARE
        or any(_common(stem, language) for stem in _stems(word, language))
        or _made_of_known(word, language)
    )


def _common(word: str, language: str) -> bool:
    if len(word) < _SHORTEST:
        return False
    # In Dutch the stem of a verb stands in compounds: oefen+lokaal.
    forms = (word, word + "en") if language == "nl" else (word,)
    return any(zipf_frequency(form, language) >= KNOWN_PART for form in forms)


def _stems(word: str, language: str) -> Iterator[str]:
    """The word without an ending, as a form of a word that people do know."""
    if language == "nl":
        yield from _infinitives(word)
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word.removesuffix(ending)
            yield stem
            if language == "nl":
                yield from _infinitives(stem)
                if stem[-1] == stem[-2]:
                    yield stem[:-1]
            else:
                yield stem + "e"


def _infinitives(stem: str) -> Iterator[str]:
    """How the verb with this stem can be written: werk werken, vul vullen, sorteer sorteren."""
    yield stem + "en"
    yield stem + stem[-1] + "en"
    if len(stem) > _SHORTEST and stem[-2] == stem[-3]:
        yield stem[:-2] + stem[-1] + "en"


def _made_of_known(word: str, language: str) -> bool:
    """Whether the word falls apart in two or more known words: hart+film+pje."""
    for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
        if not _common(word[:cut], language):
            continue
        for link in _LINKS if language == "nl" else ("", "-"):
            rest = word[cut:].removeprefix(link)
            if len(rest) >= _SHORTEST and (
                _common(rest, language)
                or any(_common(stem, language) for stem in _stems(rest, language))
                or _made_of_known(rest, language)
            ):
                return True
    return False
