"""Words that differ in form only, written alike: verbs as infinitives, large numbers as *veel*.

A mean of word pieces takes *kook*, *kookte* and *koken* for three words, and *tachtig* for an
age rather than for many. Beside a text as it was written the engine therefore compares the same
text written alike. It is never shown. Verbs stand in `data/framework/verbs/`, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from matcher.datafiles import DataFileError, read_text
from matcher.language import is_english

FOLDER = Path(__file__).parents[1] / "data" / "framework" / "verbs"
_LINE = re.compile(r"(?P<verb>[^\W\d_]+)(?:: (?P<forms>-?[^\W\d_]+(?: -?[^\W\d_]+)*))?")
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = "aeiouy"
_FIXED = re.compile(r"(?:be|ge|her|ont|ver|onder|over)")
_PARTS = re.compile(
    r"(?P<part>aan|achter|af|bij|binnen|buiten|door|fijn|in|klaar|langs|los|mee|na|neer|om|op"
    r"|open|over|samen|schoon|terug|thuis|toe|uit|vast|voor|weg)(?P<form>ge\w{3,})"
)
_MANY = {
    False: re.compile(
        r"\b(?:(?:der|veer|vijf|zes|zeven|acht|negen)tien|twaalf"
        r"|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?"
        r"(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"
        r"|(?:twee|drie|vier|vijf|zes|zeven|acht|negen)?honderd|duizend|tientallen|honderden"
        r"|\d{2,3})\b",
        re.IGNORECASE,
    ),
    True: re.compile(
        r"\b(?:twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
        r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?"
        r"|(?:an?\s|one\s|two\s|three\s|four\s|five\s)?hundred|thousand|dozens|hundreds|\d{2,3})\b",
        re.IGNORECASE,
    ),
}
_MUCH = {False: "veel", True: "many"}


def alike(text: str) -> str:
    """Write the verbs of a text as infinitives and its numbers from twelve on as *veel*."""
    english = is_english(text)
    known = verb_forms()[english]

    def infinitive(found: re.Match[str]) -> str:
        word = found[0].lower()
        verb = known.get(word)
        if verb is None and not english and (parted := _PARTS.fullmatch(word)):
            whole = known.get(parted["form"])
            verb = parted["part"] + whole if whole else None
        return verb or found[0]

    return _WORD.sub(infinitive, _MANY[english].sub(_MUCH[english], text))


@cache
def verb_forms(folder: Path = FOLDER) -> tuple[dict[str, str], dict[str, str]]:
    """The infinitive of each form of the verbs on the lists, Dutch and English.

    Raises:
        DataFileError: a file is missing, or a line of it does not have the form that its head says.
    """
    return _read(folder / "nl.txt", dutch_forms), _read(folder / "en.txt", english_forms)


def _read(file: Path, regular: Callable[[str], set[str]]) -> dict[str, str]:
    by_rule: dict[str, str] = {}
    listed: dict[str, str] = {}
    verbs: set[str] = set()
    stays: set[str] = set()
    for number, line in enumerate(read_text(file).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = _LINE.fullmatch(line)
        if entry is None:
            raise DataFileError(file, number, "", "expected 'verb' or 'verb: form -form'")
        verb = entry["verb"]
        if verb in verbs:
            raise DataFileError(file, number, verb, "stands there twice")
        verbs.add(verb)
        forms = (entry["forms"] or "").split()
        stays |= {form[1:] for form in forms if form.startswith("-")}
        listed |= dict.fromkeys((form for form in forms if not form.startswith("-")), verb)
        by_rule |= dict.fromkeys(regular(verb), verb)
    # What is listed goes before what a rule makes of another verb, and an infinitive stays one.
    found = by_rule | listed
    return {form: verb for form, verb in found.items() if form not in stays | verbs}


def dutch_forms(verb: str) -> set[str]:
    """The regular forms of a Dutch verb: *kook*, *kookt*, *kookte*, *kookten*, *gekookt*."""
    raw = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    found: set[str] = set()
    for stem in _stems(raw):
        end = "t" if raw[-1] in "tkfschpx" else "d"
        past = stem if stem.endswith(end) else stem + end
        found |= {stem, stem if stem.endswith("t") else stem + "t", f"{stem}{end}e"}
        found |= {f"{stem}{end}en", past if _FIXED.match(verb) else f"ge{past}"}
    return found


def _stems(raw: str) -> set[str]:
    """The stem as it is spelt at the end of a word; two where the stress decides."""
    stems = {raw}
    if len(raw) > 2 and raw[-1] == raw[-2] and raw[-1] not in _VOWELS:
        stems = {raw[:-1]}
    elif re.search(r"(?:^|[^aeiouy])[aeou][^aeiouywj]$", raw):
        doubled = raw[:-1] + raw[-2:]
        several = len(re.findall(r"[aeiouy]+", raw)) > 1
        # *Schilder*, *wandel*, *teken* beside *organiseer*, *verleen*.
        stems = {raw, doubled} if several and raw[-2] == "e" else {doubled}
    return {one[:-1] + {"v": "f", "z": "s"}.get(one[-1], one[-1]) for one in stems}


def english_forms(verb: str) -> set[str]:
    """The regular forms of an English verb: *cooks*, *cooked*, *cooking*."""
    if verb.endswith("e"):
        return {verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    last = verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) else ""
    plural = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return {verb + plural, f"{verb}{last}ed", f"{verb}{last}ing"}
