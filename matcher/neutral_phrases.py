"""The turns of phrase behind `matcher.neutral`: how people say their name, age and descent."""

from __future__ import annotations

import re
from collections.abc import Callable, Set


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GONE = "\ue000"
"""Stands where descent or age was, until the end."""
NAME = "\ue001"
"""Stands where a name was, until the end."""

_M = f"[{GONE}{NAME}]"
_I = re.IGNORECASE

_UNITS_NL = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TENS_NL = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig"
_TEENS_NL = "(?:veer|der|vijf|zes|zeven|acht|negen)tien"
_NUMBER_NL = rf"(?:(?:{_UNITS_NL})(?:en|ën))?(?:{_TENS_NL})|{_TEENS_NL}"
_TENS_EN = "twenty|thirty|forty|fifty|sixty|seventy|eighty"
_NUMBER_EN = (
    rf"(?:{_TENS_EN})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:four|fif|six|seven|eigh|nine)teen"
)
_FIRST, _LAST = 0xE100, 0xE8FF
_N = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_SPELLED = rf"(?:1[4-9]|[2-9]\d|{_NUMBER_NL}|{_NUMBER_EN})"
_NUMBER = re.compile(
    rf"\b(?<![.,:€/'-]){_SPELLED}"
    r"(?=(?:jarige?|ste|de|e|th|st|nd|rd|plus|plussers?|jr)?(?!\w|[.:,]\d))"
    r"(?!\w*\s*(?:uur|uren|u\b|hours?|hrs|%|procent|percent|km|kilo|euro|minut|weken|maanden|dagen"
    r"|weeks|months|days|mensen|people|kinderen|children|man\b|keer|times))",
    _I,
)
"""A number that can be somebody's age: 14 to 99, in digits or letters."""


def _spelled_out() -> frozenset[str]:
    """Every age that `_N` finds in letters, and the tens that an English one begins with."""
    tens = _TENS_NL.split("|")
    joined = (
        f"{unit}{link}{ten}"
        for unit in _UNITS_NL.split("|")
        for link in ("en", "ën")
        for ten in tens
    )
    teens = (f"{stem}tien" for stem in _set("veer der vijf zes zeven acht negen"))
    english = (f"{stem}teen" for stem in _set("four fif six seven eigh nine"))
    units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    exact = (f"{ten}-{unit}" for ten in _TENS_EN.split("|") for unit in units)
    bare = {*exact, *tens, *joined, *teens, *english, *_TENS_EN.split("|")}
    return frozenset(
        bare
        | {f"{one}{end}" for one in bare for end in ("jarige", "ste", "de", "plusser", "plussers")}
    )


_CLOSED = (
    r"(?=\s*(?:$|[.,;:!?)\n–—-]|(?:en|and|maar|but|dus|so|met|with|of|or|nu|now|want|because|uit"
    r"|from|zonder|without|getrouwd|married|single|vrijgezel|alleenstaand|gescheiden|moe|fit|gezond"
    r"|healthy|inmiddels|maar|ik|i|die|who|zoek|looking)\b))"
)
_SOON = (
    r"(?:(?:nu|inmiddels|al|bijna|net|pas|ruim|ondertussen|intussen|zelf|een|now|already|almost"
    r"|nearly|just|only|over|about|turning|maar|vandaag|dit jaar|this year|today)\s+){0,2}"
)
_OLD = r"(?:\s*(?:jaar|jr\.?|lentes)?\s+(?:oud|jong)|\s*(?:years|yrs)[- ](?:old|of age|young))"
_PARTICLE = r"(?:(?:van|de|der|den|ter|ten|te|el|al|bin|von|da|di|dos|'t)\s+)"
_BIG = r"[A-ZÀ-ÖØ-ÞŁŚŻŽŠČİ][\w'-]+"
_A_NAME = rf"[^\W\d_][\w'-]*\.?(?:\s+{_PARTICLE}{{0,3}}(?-i:{_BIG})){{0,3}}"

NUMBERS = (
    _set("""
    twintiger dertiger veertiger vijftiger zestiger zeventiger tiener teenager puber pensionado
    twenty-something thirty-something fifty-something teens twenties thirties forties fifties
    sixties seventies jonge oudere oude bejaarde ouwe young older elderly middle-aged""")
    | _spelled_out()
)
"""Words by which a sentence can tell an age, apart from digits."""


BEFORE: tuple[tuple[frozenset[str], re.Pattern[str], str], ...] = (
    # A title with a surname; the first, because its full stop ends no sentence.
    (
        _set("dhr mevr mw mr mrs ms dr meneer mevrouw mijnheer juf meester miss oom tante"),
        re.compile(
            r"\b(?i:dhr|mevr|mw|mr|mrs|ms|dr|meneer|mevrouw|mijnheer)\.?\s+"
            rf"(?i:{_PARTICLE}){{0,3}}{_BIG}"
        ),
        "iemand",
    ),
    # My name is ...; but "ik heet je welkom" names nobody.
    (
        _set("heet naam name name's"),
        re.compile(
            r"\b(?:ik heet|mijn naam is|m'n naam is|my name is|my name's)"
            rf"(?![^.!?\n]{{0,60}}\b(?:welkom|welcome)\b)\s+{_A_NAME}",
            _I,
        ),
        NAME,
    ),
    (
        _set("called noemen noem noemt call calls"),
        re.compile(
            r"\b(?:i am called|i'm called|ze noemen mij|ze noemen me|noem me maar|they call me"
            r"|call me|people call me|iedereen noemt me|everyone calls me)"
            rf"\s+(?-i:(?=[A-ZÀ-Þ])){_A_NAME}",
            _I,
        ),
        NAME,
    ),
    # A greeting with the name under it.
    (
        _set("groet groeten groetjes gr mvg liefs regards wishes greetings cheers love"),
        re.compile(
            r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*"
            r"(?:(?:met\s+)?(?:vriendelijke|hartelijke|lieve|warme)\s+)?"
            r"(?:groet(?:en|jes)?|gr\.?|mvg|liefs|(?:(?:kind|best|warm)\s+)?(?:regards|wishes)"
            r"|greetings|cheers|love)\s*[,:]?\s*(?:(?:van|from)\s+)?"
            r"[^\W\d_][\w'-]*(?:\s+[^\W\d_][\w'-]*){0,3}\s*[.!]?\s*$",
            _I | re.MULTILINE,
        ),
        NAME,
    ),
    # Where somebody was born or comes from, a Dutch place included.
    (
        _set(
            "geboren opgegroeid getogen afkomstig born raised bred originally oorspronkelijk kom"
            " come came am i'm ben"
        ),
        re.compile(
            r"(?i:\b(?:geboren en getogen|geboren|opgegroeid|getogen|afkomstig|born and raised"
            r"|born and bred|born|raised|originally|oorspronkelijk|ik kom(?: zelf| eigenlijk)?"
            r"(?: oorspronkelijk| van oorsprong)?|i come|i came|i am|i'm|ik ben)\s+"
            rf"(?:in|uit|te|from|vanuit)\s+)(?:{_BIG})(?:[ -]{_BIG})*(?:\s+in\s+(?:19|20)\d\d)?"
        ),
        GONE,
    ),
)

_WHOSE = r"\b(?P<whose>(?:mijn|m'n|ons|onze|zijn|haar|hun|my|our|his|her|their|me)\s+(?:\w+\s+)??)"
FAMILY_WORDS: dict[str, str] = {
    **dict.fromkeys(("man", "vrouw", "vent", "wijf", "missus", "ex-man", "ex-vrouw"), "partner"),
    **dict.fromkeys(("pa", "ma", "pap", "mam", "paps", "mams", "vaders", "moeders"), "ouder"),
    "zuster": "broer",
    **dict.fromkeys(("jongen", "meisje", "meid", "jongetje"), "kind"),
    **dict.fromkeys(("jongens", "meisjes", "meiden", "jongetjes"), "kinderen"),
    **dict.fromkeys(("boy", "girl", "lad", "lass"), "child"),
    **dict.fromkeys(("boys", "girls", "lads", "lasses"), "children"),
}
FAMILY = re.compile(rf"{_WHOSE}(?P<who>{'|'.join(FAMILY_WORDS)})\b", _I)
"""Words that are about the family only behind *mijn* and the like: *mijn man*, *ons mam*."""

_SEX = "jongen|meisje|jongetje|meid|boy|girl|lad|lass|tomboy|schoolboy|schoolgirl|man|vrouw|woman"
_SEXES = frozenset(_SEX.split("|"))
WRITER: tuple[tuple[frozenset[str], re.Pattern[str], tuple[str, str]], ...] = (
    # "Als jongen uit Kerkrade", "I am a shy girl": the writer. Index 0 is Dutch, 1 English.
    (
        _SEXES,
        re.compile(
            r"\b((?:als|ik ben|ik was|ben|i am|i'm|i was|as)\s+"
            r"(?:(?:een|maar|an?|the|de|just)\s+)*"
            rf"(?:[\w+-]+\s+){{0,3}}?)(?:{_SEX})\b",
            _I,
        ),
        (r"\1persoon", r"\1person"),
    ),
    (
        _SEXES,
        re.compile(rf"\b(?:{_SEX})(?=\s*[,(]?\s*(?:(?:van|of|aged)\s+)?{_SPELLED}\b)", _I),
        ("persoon", "person"),
    ),
    (
        _set("vrouwelijke vrouwelijk mannelijke mannelijk female male"),
        re.compile(
            r"\b(als|ben|i'm|am|as)\s+(een\s+|an?\s+)?(?:vrouwelijke?|mannelijke?|female|male)\b",
            _I,
        ),
        (r"\1 \2", r"\1 \2"),
    ),
)

_AGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, _I | re.MULTILINE), instead)
    for pattern, instead in (
        # "58 jaar oud", "a 42-year-old", "zestigjarige": always an age; not of a child.
        (rf"{_N}{_OLD}\b", GONE),
        (rf"\b(?:op|at)\s+(?:mijn\s+|my\s+)?{_N}[- ]?jarige\s+leeftijd\b", GONE),
        (rf"{_N}[- ]?(?:jarige?|years?[- ]old)\b", GONE),
        (rf"{_N}\s?(?:\+(?:['-]?ers?)?|[- ]?plus(?:sers?)?)(?![\w+])", GONE),
        # "ik ben 58", but not "ik ben twaalf jaar kok".
        (
            r"\b(ik ben|ben ik|ben|i am|i'm|i'll be|ik ben van)\s+"
            rf"{_SOON}{_N}(?:\s*(?:jaar|jr\.?|geworden))?{_CLOSED}",
            rf"\1 {GONE}",
        ),
        (rf"\b(persoon|person)\s+(?:van|of|aged)\s+{_N}(?:\s+jaar\b)?", rf"\1 {GONE}"),
        (rf"\b(ik word|ik werd|i turned|i turn)\s+{_SOON}{_N}", rf"\1 {GONE}"),
        # "een vrouw van 42", "person, 42 jaar", "Anna (42)", and a number that opens the text.
        (
            rf"(\b(?:persoon|person|ouder|parent|grootouder|grandparent|mens)\b)\s*[,(]?\s*"
            rf"(?:(?:van|of|aged)\s+)?(?:in de\s+)?{_N}(?:\s*(?:jaar|jr\.?|years))?{_CLOSED}\)?",
            rf"\1 {GONE}",
        ),
        (rf"({NAME})\s*[,(]\s*(?:aged\s+)?{_N}(?:\s*(?:jaar|jr\.?|years))?{_CLOSED}\)?", r"\1"),
        (rf"^\s*{_N}(?=\s*[,.;])", GONE),
        (rf",\s*(?:aged\s+)?{_N}(?=\s*,)", GONE),
        (rf"\baged\s+{_N}", GONE),
        # "op mijn 58ste", "at fifty-eight I", "met mijn 61 jaar", "in my late forties".
        (
            r"\b(?:op|met|na|voor|vanaf|sinds|rond|tot|at|after|before|by|since|around)\s+"
            rf"(?:mijn|m'n|my)\s+{_N}(?:e|de|ste|th|st|nd|rd)?(?:\s*(?:jaar|jr\.?|years))?"
            r"(?:\s+(?:verjaardag|birthday|levensjaar))?",
            GONE,
        ),
        (
            rf"\bat\s+(?:the\s+age\s+of\s+)?{_N}(?=,|\s+(?:I|years|it|you|my)\b)"
            r"(?:\s+years(?:\s+of\s+age)?)?",
            GONE,
        ),
        (rf"\b(?:the\s+age\s+of|de\s+leeftijd\s+van)\s+{_N}", GONE),
        (
            r"\b(?:(?:ver\s+|diep\s+|midden\s+)?in\s+de|begin(?:\s+de)?|eind(?:\s+de)?"
            rf"|halverwege\s+de)\s+{_N}(?!\s*(?:jaar|jr|graden|\d)\b)",
            GONE,
        ),
    )
)
_AGE_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, _I | re.MULTILINE), instead)
    for pattern, instead in (
        (
            r"\bin\s+my\s+(?:early\s+|mid[- ]|late\s+)?(?:teens|twenties|thirties|forties|fifties"
            r"|sixties|seventies|[2-7]0'?s)\b",
            GONE,
        ),
        (
            r"\b(?:twintiger|dertiger|veertiger|vijftiger|zestiger|zeventiger|tiener|teenager|puber"
            r"|twenty-something|thirty-something|fifty-something|pensionado)\b",
            "persoon",
        ),
        (
            r"\b(?:ik ben\s+|i was\s+|i am\s+)?(?:geboren|born|bouwjaar|jaargang|van)\s+"
            r"(?:in\s+)?(?:19[3-9]\d|20[01]\d)\b",
            GONE,
        ),
        (r"\bbouwjaar\s+'?\d\d\b", GONE),
        (
            r"(^|\b(?:als|ben|was|am|i'm|as)\s+(?:een\s+|an?\s+)?)"
            r"(?:jonge|oudere|oude|bejaarde|ouwe|young|older|elderly|middle-aged)\s+(?=(?:persoon|person|ouder|parent)\b)",
            r"\1",
        ),
    )
)


def without_ages(sentence: str) -> str:
    """A sentence without the age of whoever wrote it; years of experience stay."""
    numbers: list[str] = []

    def sign(found: re.Match[str]) -> str:
        numbers.append(found[0])
        return chr(_FIRST + len(numbers) - 1)

    # One sign for a number makes the patterns of ages plain, and quick.
    changed = _NUMBER.sub(sign, sentence, count=_LAST - _FIRST)
    for pattern, instead in _AGES if numbers else ():
        changed = pattern.sub(instead, changed)
    for pattern, instead in _AGE_WORDS:
        changed = pattern.sub(instead, changed)
    back = {_FIRST + place: number for place, number in enumerate(numbers)}
    return changed.translate(back) if numbers else changed


_DESCENT = re.compile(
    rf"\b(?:van|met(?:\s+een)?|of|with(?:\s+an?)?|een|an?)\s+(?:half[- ])?{_M}"
    rf"(?:\s*(?:en|and|-|/|,)\s*{_M})*"
    r"[ -]+(?:afkomst|komaf|origine|descent|origin|background|achtergrond|roots|bloed|wortels"
    r"|heritage|nationaliteit|paspoort|passport|nationality|blood)\b",
    _I,
)
_FROM = re.compile(
    r"\b(?:(?:oorspronkelijk|originally|afkomstig|geboren|opgegroeid|gevlucht|born|raised)\s+)?"
    r"(?:uit|in|naar|vanuit|from|to|of|van|through|via|te)\s+(?:het\s+|de\s+|the\s+)?"
    rf"(?:(?:zuid|noord|oost|west|north|south|east|west|zuidelijk|noordelijk)[- ])?{GONE}",
    _I,
)
_SURNAME = re.compile(rf"{NAME}(?:[ ]{_PARTICLE}{{0,3}}({_BIG}))+")
_BETWEEN = re.compile(rf"({_M})(?:\s*(?:,|\ben\b|\band\b|&|/|-)?\s*{_M})+")
_AN = re.compile(rf"\b([Aa])n?(?=\s+{_M})")
_LOOSE = re.compile(rf"\(\s*{_M}*\s*\)|[\"'“‘]\s*{_M}\s*[\"'”’]")
_GENITIVE = re.compile(rf"{_M}'s?\b")
_MARKS = re.compile(_M)
_TIDY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[ \t]{2,}"), " "),
    (re.compile(r"[ \t]+(?=[,.;:!?)\n])"), ""),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"[,;:](?=[.!?])"), ""),
    (re.compile(r"([.!?])[,;:]"), r"\1"),
    (re.compile(r"([.!?]) (?:[.!?](?= |$))+"), r"\1"),
    (re.compile(r"^[ ,;:.!?)]+", re.MULTILINE), ""),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
    (
        re.compile(r"\b([Aa])n(?= (?:person|parent|child|partner|relative|sibling|grandparent)\b)"),
        r"\1",
    ),
)


def whole_names(text: str, kept: Set[str]) -> str:
    """Take surnames along: a word with a capital behind a name, unless it is one of `kept`."""
    return _SURNAME.sub(_rest_of_name(kept), text) if NAME in text else text


def tidy(text: str) -> str:
    """Take the marks out with the small words that lean on them, and mend the spaces."""
    text = _GENITIVE.sub(lambda found: found[0][0], text)
    text = _BETWEEN.sub(r"\1", text)
    text = _AN.sub(r"\1", text)
    text = _DESCENT.sub(GONE, text)
    text = _FROM.sub(GONE, text)
    text = _LOOSE.sub("", text)
    text = _MARKS.sub("", text)
    for pattern, instead in _TIDY:
        text = pattern.sub(instead, text)
    return text


def _rest_of_name(kept: Set[str]) -> Callable[[re.Match[str]], str]:
    def instead(found: re.Match[str]) -> str:
        word = found[1]
        return found[0] if word in kept or word.lower() in kept else NAME

    return instead
