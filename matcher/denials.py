"""Finding what a sentence denies: from the word of denial to the things that it is about.

A denial reaches as far as the words between are ones that only join (*liever niet met kleine
kinderen*), so that *niet vergeten om kinderen op te halen* denies no children. It also reaches
back, as Dutch does: *wassen doe ik liever niet*. Turns of phrase that sound like a denial and
are none (*geen probleem met nachten*) are taken out before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN = re.compile(r"'s\b|\w+(?:['-]\w+)*-?|[,;:()]")
_MARK = re.compile(r"[,;:()]")
_DENIALS = _words(
    "niet geen niets niks nooit zonder behalve hekel haat noch "
    "not no never without except hate don't dont can't cant cannot won't wont avoid nor"
)
_BACKWARD = _words("niet niets niks nooit not never geen")
_DISLIKES = _words("hekel haat hate avoid")
_ONLY = _words("alleen enkel uitsluitend slechts only solely")
# What may stand between a denial and what it is about.
_JOINING = _words(
    """
    met voor bij aan van naar tegen in op om te de het 't een 's s per al zo heel veel vaak ook
    graag meer liever liefst iets wat werk werken werkt doen hoeven hoef willen wil wou zou kan
    kunnen hebben zorgen ik me mij je of en zijn worden mee over zin dag dienst diensten goed
    elke iedere hele baan baantje functie geven achter tijdens mensen kleine
    with for to at on the a an any around near by during of and or nor i me be do doing work
    working want like really much too have having jobs job rather prefer just all every looking
    after behind in front front shift shifts people available able
    """
)
_TAIL = _words(
    """
    werken werk doen doe meer graag zo aan hebben voor mij me nodig echt komen weer hoor want
    work do please really thanks anymore again for me
    """
)
_BACK_VERBS = _words(
    """
    doe vind zie hoeft hoef mag moet ga lukt gaat past ligt trekt trekken liggen passen spreekt
    is zijn zal liever dat die daar is are am suits suit appeals
    """
)
_BACK_TO = _words("dat die daar that those")
_GOING_ON = _words("maar en want omdat dus but and because so")
_HAVING = _words("heb hebben heeft had hadden hebt have has had got 've i've")
_NAMING = _words("als geweest echte was ben been am as real ervaren")
_MYSELF = _words("ik i i'm i'd me mij en and maar but")
_PAST = _words(
    "werkte werkten deed deden was waren kon konden wilde wilden mocht mochten hoefde kwam "
    "gaf worked did could was were used"
)
_OTHERS = _words(
    """
    hij zij ze die wie moeder vader oma opa man vrouw zoon dochter broer zus buurman buurvrouw
    iemand tante oom
    he she they who mother father grandma grandpa husband wife son daughter brother sister
    neighbour somebody someone
    """
)
_NO_DENIAL = re.compile(
    r"""\b(?:
    niet\s(?:alleen|bang|te\sberoerd|vies|zo\ssnel|zomaar|zonder|zeker|anders|perse|per\sse
        |wachten|genoeg|zo\s?n\sprobleem|erg(?!\s(?:leuk|fijn|graag|goed|prettig)))
    |geen\s(?:probleem|problemen|bezwaar|bezwaren|moeite|angst|hekel|idee|voorkeur|punt|dag
        |ervaring|last\svan|genoeg)
    |nooit\s(?:te\sberoerd|ziek|genoeg|een\sprobleem|moeite)
    |nog\snooit|weet\s(?:ik\s)?(?:nog\s)?niet|waarom\sniet|of\sniet|hoeft?\sniet\salleen
    |ma(?:a|k)k?t?\s(?:\w+\s){0,3}niet(?:s)?\suit|niets\sliever|niet\suit
    |zonder\s(?:moeite|problemen|probleem|twijfel)
    |not\s(?:only|just|afraid|scared|sure|necessarily|shy|averse|a\sproblem|a\sbother)
    |no\s(?:problem|problems|idea|trouble|objection|objections|preference|issue|stranger\sto)
    |(?:don't|dont|do\snot|wouldn't|would\snot|never)\smind
    |(?:can't|cannot|can\snot)\s(?:wait|get\senough|help)
    |(?:don't|do\snot)\sknow|never\sa\sproblem|without\s(?:trouble|problems|doubt)
    |(?:doesn't|does\snot|don't)\smatter|(?:has|have|had)\snever|never\s(?:have|had)
    )(?![\w'])""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Denied(Generic[Meaning]):
    """Something denied: what it means, and where the words that say so begin and end.

    `only` is set where everything else is denied (*alleen 's ochtends*); `owned` where the words
    may also say what somebody has not (*ik heb geen kinderen*).
    """

    meanings: tuple[Meaning, ...]
    start: int
    end: int
    only: bool = False
    owned: bool = False


def fold(text: str) -> str:
    """Lower case without accents, of the same length, so that places in it stay."""
    return "".join(_bare(character) for character in text)


def _bare(character: str) -> str:
    if character in "’‘`´":
        return "'"
    plain = unicodedata.normalize("NFD", character)[:1].lower()
    return plain if len(plain) == 1 else character


def without_turns(folded: str) -> str:
    """A folded text whose turns of phrase that deny nothing are blotted out; same length."""
    return _NO_DENIAL.sub(lambda found: "§" * len(found[0]), folded)


class Denials(Generic[Meaning]):
    """Finds in a sentence which of the given terms are denied; `terms` are words to a meaning."""

    def __init__(self, terms: Iterable[tuple[str, Meaning]]) -> None:
        self._terms: dict[tuple[str, ...], Meaning] = {}
        for words, meaning in terms:
            self._terms.setdefault(tuple(TOKEN.findall(fold(words))), meaning)
        self._longest = max(map(len, self._terms), default=0)

    def find(self, sentence: str) -> Iterator[Denied[Meaning]]:
        """What a sentence denies, in order."""
        tokens = list(TOKEN.finditer(without_turns(fold(sentence)).replace("§", "x")))
        words = [token[0].strip("-") for token in tokens]
        last = -1
        for at, word in enumerate(words):
            # The second word of one denial: "niet 's nachts en ook niet 's avonds" has two.
            if at <= last or not (word in _DENIALS or word in _ONLY):
                continue
            if about_another(words, at) or _PAST & set(words[max(0, at - 4) : at]):
                continue
            joined = word in _ONLY and words[at + 1 : at + 2] == ["maar"]
            found, end = self._forward(words, at + 2 if joined else at + 1)
            start = self._from(words, at)
            if not found and word in _BACKWARD:
                start, found, end = self._backward(words, at)
            if not found:
                continue
            last = end
            yield Denied(
                tuple(dict.fromkeys(found)),
                tokens[start].start(),
                tokens[end].end(),
                only=word in _ONLY,
                owned=self._owned(words, at),
            )

    def _at(self, words: list[str], at: int) -> tuple[Meaning, int] | None:
        """The longest term that begins at a place, and the place after it."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            key = tuple(words[at : at + length])
            if key in self._terms:
                return self._terms[key], at + length
        return None

    def _forward(self, words: list[str], at: int) -> tuple[list[Meaning], int]:
        found: list[Meaning] = []
        end = at
        while at < len(words):
            term = self._at(words, at)
            if term is not None:
                found.append(term[0])
                at = term[1]
                end = at - 1
            elif words[at] in _JOINING or (
                words[at] == "," and found and self._listed(words, at + 1)
            ):
                at += 1
            else:
                break
        return found, end

    def _listed(self, words: list[str], at: int) -> bool:
        """Whether a comma goes on with a list: terms and what joins them, to the next mark."""
        named = False
        while at < len(words) and not _MARK.fullmatch(words[at]):
            term = self._at(words, at)
            if term is None and words[at] not in {"en", "of", "and", "or", "'s", "s", "in", "het"}:
                return False
            named = named or term is not None
            at = term[1] if term is not None else at + 1
        return named

    def _backward(self, words: list[str], at: int) -> tuple[int, list[Meaning], int]:
        end = at
        while end + 1 < len(words) and words[end + 1] in _TAIL:
            end += 1
        beyond = words[end + 1] if end + 1 < len(words) else ","
        if not _MARK.fullmatch(beyond) and beyond not in _GOING_ON:
            return at, [], at
        first = at
        while first > 0 and (
            words[first - 1] in _JOINING | _BACK_VERBS or self._ends(words, first) is not None
        ):
            first -= 1
            if first > 1 and words[first] in _BACK_TO and words[first - 1] == ",":
                first -= 1
        found: list[Meaning] = []
        begin = at
        here = first
        while here < at:
            term = self._at(words, here)
            if term is None or term[1] > at:
                here += 1
                continue
            if not found:
                begin = here
            found.append(term[0])
            here = term[1]
        if begin > 0 and words[begin - 1] in {"'s", "s"}:
            begin -= 1
        return begin, found, end

    def _ends(self, words: list[str], end: int) -> int | None:
        """Where a term begins of which the last word stands just before a place."""
        for length in range(min(self._longest, end), 0, -1):
            if tuple(words[end - length : end]) in self._terms:
                return end - length
        for start in range(max(0, end - self._longest), end):
            term = self._at(words, start)
            if term is not None and term[1] >= end:
                return start
        return None

    @staticmethod
    def _from(words: list[str], at: int) -> int:
        """Where the denial begins: at *liever* or *rather* where that stands before it."""
        return at - 1 if at and words[at - 1] in {"liever", "liefst", "rather"} else at

    @staticmethod
    def _owned(words: list[str], at: int) -> bool:
        before = words[max(0, at - 3) : at]
        if words[at] in {"zonder", "without"}:
            return True
        if words[at] in _DISLIKES or words[at + 1 : at + 2] == ["zin"]:
            return False
        return bool(_HAVING & set(before)) and not {"liever", "liefst", "rather"} & set(before)


def about_another(words: Sequence[str], at: int) -> bool:
    """Whether the (folded) words before a place say that it is about somebody else."""
    for word in reversed(words[max(0, at - 4) : at]):
        if word in _MYSELF:
            return False
        if word in _OTHERS:
            return True
        if _MARK.fullmatch(word):
            return False
    return False


def is_denied(words: Sequence[str], at: int) -> bool:
    """Whether a (folded) word is denied by one shortly before it: *ik was geen kok*."""
    for word in reversed(words[max(0, at - 4) : at]):
        if word in _DENIALS:
            return True
        if word not in _JOINING | _NAMING:
            return False
    return False
