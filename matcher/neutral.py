"""Taking out of a text what must not bear on the order: sex, name, age, descent, faith.

The shown text is never changed: only what is encoded and compared goes through `neutral`. It
works by rules and word lists, so that everybody can see what goes; it is not meant to make a text
anonymous. Where two words differ only in the sex of a person, one stands for both (*vader* and
*moeder* become *ouder*); names, ages and descent go.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from matcher.language import is_english
from matcher.neutral_phrases import (
    BEFORE,
    FAMILY,
    FAMILY_WORDS,
    GONE,
    NAME,
    NUMBERS,
    WRITER,
    tidy,
    whole_names,
    without_ages,
)
from matcher.neutral_words import FOLDER, Words, words
from matcher.places import load_places


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_RULES = ("neutral", "neutral_phrases", "neutral_words", "language")
_PLACES = FOLDER.parents[1] / "places.csv"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BETWEEN = re.compile(r"((?<=[.!?…])[ \t]+|\n+)")
_GAP = re.compile(r"[ \t]{2,}")
_DIGITS = re.compile(r"\d\d")
_MARKED = re.compile(f"[{GONE}{NAME}]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PLACE_PART = re.compile(r"[^\W\d_]{2,}")
_MARKS = str.maketrans("", "", GONE + NAME)
_LEADERS = " \t\"'“”‘’«(–—-*•"
_NOUNS = (
    "zorg huis werk ing heid schap school centrum dienst hulp kunde theek tuin winkel club "
    "vereniging isme atie kamer techniek bouw kunst logie opleiding wet bank"
)
_NOUN_END = tuple(_NOUNS.split())
_ARTICLES = _set("de het een 't the a an dit deze die dat our onze ons")
_WHERE = _set("in te uit naar from near to bij rond vanuit omgeving regio stad dorp")

_HAIR_BEFORE = _set(
    """
    het mijn m'n je jouw hun ons zijn haar z'n d'r lang kort grijs mooi vals dun dik
    krullend blond nat vet droog iemands mensen mensens klanten gekleurd steil kroezend
    eigen
    """
)
_HAIR_AFTER = _set(
    """
    knippen knip knipte geknipt verven verf verfde geverfd kammen kamde gekamd föhnen föhnde
    vlechten vlocht gevlochten invlechten borstelen krullen stylen permanenten watergolven
    opsteken toupeerde touperen bleken
    """
)
_BE_BEFORE = _set(
    """
    wij we ze zij jullie er te kan kon kunnen zou zouden zal zullen wil willen mag moet
    moeten die dat dit deze hier daar wat wie waar graag hoe blij nooit altijd mogen
    """
)
_BE_AFTER = _set(
    """
    er geen niet altijd ook de het een we wij ze zij nu al heel erg zo te om in op aan met
    voor van bij naar uit over door als dan dat die en maar of want want mijn onze hun wat
    wie nog allemaal goed
    """
)

_NEAR = 240
_SENTENCE_END = re.compile(r"[.!?…\n]")
_SPEAKS = re.compile(
    r"\b(?:ge)?(?:spreek|spreken|spreekt|sprak|sproken|praat|praten|praatte|taal|talen|\w*tolk\w*"
    r"|vertaal\w*|vertalen|vloeiend|moedertaal|versta|verstaan|schrijf|schrijven|lezen|lees|les|leer"
    r"|leren|leerde|leraar|lerares|docente?|cursus|woordjes|tweetalig|speaks?|spoken?|speaking"
    r"|fluent\w*|languages?|interpret\w*|translat\w*|bilingual|reads?|writ(?:e|ing)|learn\w*"
    r"|teach\w*|taught|lessons?|tongue|nederlands|engels|dutch|english)\b",
    re.IGNORECASE,
)
_AT_HOME = frozenset({"nederlands", "engels", "dutch", "english"})
_SOMEBODY = _set(
    """
    vrouw man persoon iemand jongen meisje meid kerel gezin familie ouders ouder vader
    moeder afkomst komaf achtergrond roots bloed nationaliteit paspoort burger partner woman
    man person lady lad lass guy boy girl family parents parent mother father background
    descent origin heritage passport national citizen immigrant migrant husband wife
    """
)
_AM = _set("am i'm ben as als half were being and")
_OF_MY_LANGUAGE = _set("mijn my m'n our ons goed good better beter beetje some little")


@cache
def places_known() -> frozenset[str]:
    """The names of the Dutch places in `data/places.csv`, as they are written."""
    return frozenset(name.partition(" (")[0] for name in load_places(_PLACES).names())


@cache
def rules_digest(folder: Path = FOLDER) -> str:
    """A hash of the rules and word lists of `neutral`: when it changes, other words may go.

    Rules are code, so the code is in it too.
    """
    package = Path(__file__).parent
    files = [package / f"{name}.py" for name in _RULES]
    files += [*sorted(folder.glob("*.txt")), _PLACES]
    total = hashlib.sha256("\0".join(sorted(words(folder).known)).encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


def neutral(text: str, places: frozenset[str] | None = None) -> str:
    """Take out of a text what must not bear on the order.

    Sentences stay sentences, other words keep their case, and the name of a language that
    somebody speaks stays. A text of which nothing would be left comes back as it was. The same
    text always gives the same answer, in time linear in its length.

    `places` are the names that are no person's name; None means those of `data/places.csv`.

    Raises:
        DataFileError: a word list is missing or broken.
    """
    known = words()
    where = _parts(places_known() if places is None else places)
    english = is_english(text)
    whole = changed = _GAP.sub(" ", text.translate(_MARKS)).replace("’", "'")
    # Most phrases need a word that most texts lack: looking for that word first saves the search.
    said = frozenset(_WORD.findall(changed.lower()))
    for cues, pattern, instead in BEFORE:
        if not cues.isdisjoint(said):
            changed = pattern.sub(instead, changed)
    if not FAMILY_WORDS.keys().isdisjoint(said):
        changed = FAMILY.sub(_family, changed)
    for cues, pattern, choice in WRITER:
        if not cues.isdisjoint(said):
            changed = pattern.sub(choice[english], changed)
    changed = whole_names(_Pass(changed, known, where, english).run(), known.capitals)
    changed = "".join(_phrases(part) for part in _BETWEEN.split(changed))
    if changed == whole or not _LETTERS.search(changed):
        return text
    return _GAP.sub(" ", changed).strip()


def _phrases(sentence: str) -> str:
    """A sentence without its ages, and without the marks of what went before."""
    changed = sentence
    if _DIGITS.search(sentence) or not NUMBERS.isdisjoint(_WORD.findall(sentence.lower())):
        changed = without_ages(sentence)
    return tidy(changed) if changed != sentence or _MARKED.search(changed) else sentence


@cache
def _parts(places: frozenset[str]) -> frozenset[str]:
    return frozenset(part for name in places for part in _PLACE_PART.findall(name))


def _family(found: re.Match[str]) -> str:
    return found["whose"] + FAMILY_WORDS[found["who"].lower()]


class _Pass:
    """One walk over the words of a text; what goes leaves a mark, so that phrases still show."""

    def __init__(self, text: str, known: Words, places: frozenset[str], english: bool) -> None:
        self._text = text
        self._known = known
        self._places = places
        self._language = "en" if english else "nl"
        self._found = list(_WORD.finditer(text))
        self._lower = [match[0].lower() for match in self._found]

    def run(self) -> str:
        """The text with every word judged."""
        out: list[str] = []
        done = 0
        skip = False
        for number, match in enumerate(self._found):
            if skip:
                skip = False
                continue
            if self._is_plain(self._lower[number], match[0]):
                continue
            end = match.end()
            if self._is_pair(number):
                instead: str | None = GONE
                end = self._found[number + 1].end()
                skip = True
            else:
                instead = self._instead(number)
            if instead is not None:
                out += (self._text[done : match.start()], instead)
                done = end
        out.append(self._text[done:])
        return "".join(out)

    def _is_plain(self, low: str, word: str) -> bool:
        """Whether no rule can be about a word: most words, and quick to tell."""
        return (
            low not in self._known.watched
            and word[0] == low[0]
            and "-" not in low
            and "'" not in low
            and low[-4:] not in self._known.endings
        )

    def _instead(self, number: int) -> str | None:
        """What stands for a word; None where it stays."""
        low = self._lower[number]
        base, mark, rest = low, "", ""
        if low not in self._known.counterparts and "'" in low:
            base, mark, rest = low.partition("'")
        if self._language == "nl" and low in ("zijn", "haar"):
            return self._hers(number)
        if (target := self._counterpart(number, base)) is not None:
            written = target + mark + rest
            return written.capitalize() if self._found[number][0][0].isupper() else written
        if self._of_descent(number, base):
            return GONE
        return NAME if self._is_name(number, base) else None

    def _counterpart(self, number: int, low: str) -> str | None:
        targets = self._known.counterparts.get(low)
        if targets is not None:
            if low == "man" and (
                self._before(number) == "to" or self._after(number) in ("the", "our", "your", "a")
            ):
                return None  # the verb: to man a desk
            return targets.get(self._language) or targets.get("")
        for cut in range(2, len(low) - 6) if low[-4:] in self._known.endings else ():
            if (target := self._known.compounds.get(low[cut:])) is not None:
                return low[:cut] + target
        return None

    def _hers(self, number: int) -> str | None:
        """`hun` for *zijn* and *haar* of a person, unless it is the verb, or what grows."""
        before, after = self._before(number), self._after(number)
        if self._lower[number] == "haar":
            helped = before.startswith(("help", "hielp", "geholpen"))
            is_hair = not helped and (before in _HAIR_BEFORE or after in _HAIR_AFTER)
            return None if is_hair else "hun"
        plural = before.endswith(("en", "'s")) and before not in ("een", "en", "tegen", "binnen")
        if before in _BE_BEFORE or plural or not after or after in _BE_AFTER:
            return None
        return None if after.startswith("ge") and after.endswith(("d", "t", "en")) else "hun"

    def _is_pair(self, number: int) -> bool:
        """Whether this word and the next are one land or people: *Sri Lanka*, *South African*."""
        if number + 1 == len(self._found) or not self._found[number][0][0].isupper():
            return False
        between = self._text[self._found[number].end() : self._found[number + 1].start()]
        whole = f"{self._lower[number]}-{self._lower[number + 1]}"
        return between == " " and whole in self._known.descent

    def _of_descent(self, number: int, low: str) -> bool:
        doubtful = self._known.descent.get(low)
        if doubtful is None:
            parts = low.split("-")
            return len(parts) > 1 and all(part in self._known.descent for part in parts)
        if doubtful and (not self._has_capital(number) or self._opens(number)):
            return False
        return low not in self._known.languages or not self._is_spoken(number, low)

    def _is_spoken(self, number: int, low: str) -> bool:
        """Whether the name of a language means the language, not the people."""
        before, after = self._before(number), self._after(number)
        if after in _SOMEBODY or before in _AM:
            return before in _AM and after not in _SOMEBODY and self._in_row(number)
        if low in _AT_HOME or before in _OF_MY_LANGUAGE:
            return True
        start = self._found[number].start()
        # A sentence without an end must not be searched as a whole for each of its words.
        first, last = max(0, start - _NEAR), min(len(self._text), start + _NEAR)
        opened = max(self._text.rfind(mark, first, start) for mark in ".!?…\n") + 1
        closed = _SENTENCE_END.search(self._text, start, last)
        return bool(
            _SPEAKS.search(self._text, max(opened, first), closed.start() if closed else last)
        )

    def _in_row(self, number: int) -> bool:
        """Whether it follows on another language: *I speak Polish and Russian*."""
        return (
            self._before(number) == "and"
            and number > 1
            and self._lower[number - 2] in self._known.languages
        )

    def _is_name(self, number: int, low: str) -> bool:
        word = self._found[number][0]
        if len(word) == 1:
            return False  # plan B, licence C, level B2
        capital = self._has_capital(number)
        doubtful = self._known.names.get(low)
        if capital and self._before(number) in _WHERE and word in self._places:
            return False
        if low in self._known.languages and self._is_spoken(number, low):
            return False
        if word in self._known.kept and self._after(number).capitalize() in self._known.kept:
            return False  # Albert Heijn
        if doubtful is None and "-" in low:
            doubtful = self._known.names.get(low.partition("-")[0])
        if doubtful is False:
            return capital or len(low) > 3
        if not capital or self._opens(number):
            return False
        if doubtful:
            return word not in self._known.kept
        return not self._is_ordinary(number, word, low)

    def _is_ordinary(self, number: int, word: str, low: str) -> bool:
        """Whether a word with a capital inside a sentence is no name of a person."""
        known = self._known
        parts = word.replace("'", "-").split("-")
        return (
            word in known.kept
            or low in known.known
            or low in known.languages
            or any(part in self._places or part in known.kept for part in parts)
            or any(part != part.capitalize() for part in parts)
            or self._before(number) in _ARTICLES
            or low.endswith(_NOUN_END)
        )

    def _before(self, number: int) -> str:
        return self._beside(number - 1, number)

    def _after(self, number: int) -> str:
        return self._beside(number, number + 1, last=True)

    def _beside(self, first: int, second: int, *, last: bool = False) -> str:
        """The word before or after, "" where a mark stands between."""
        if first < 0 or second == len(self._found):
            return ""
        between = self._text[self._found[first].end() : self._found[second].start()]
        if between.strip():
            return ""
        return self._lower[second if last else first]

    def _has_capital(self, number: int) -> bool:
        word = self._found[number][0]
        return word[0].isupper() and (len(word) == 1 or not word.isupper())

    def _opens(self, number: int) -> bool:
        """Whether a word opens a sentence or a line, where every word has a capital."""
        at = self._found[number].start() - 1
        while at >= 0 and self._text[at] in _LEADERS:
            at -= 1
        return at < 0 or self._text[at] in ".!?…\n:"
