"""The word tables behind `matcher.neutral`: counterparts, names, descent, and what stays.

They are plain text in `data/framework/neutral/`; the head of each file says how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matcher.datafiles import DataFileError, read_text

FOLDER = Path(__file__).parents[1] / "data" / "framework" / "neutral"
_ENTRY = re.compile(r"(?P<plural>\+ )?(?P<target>[\w-]+): (?P<words>\S.*)")
_FORM = re.compile(r"(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)(?:@(?P<language>nl|en))?")
_DESCENT = re.compile(r"(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)(?P<doubtful>\?)?")
_KNOWN = re.compile(r"(?<![\w'])[a-zà-ÿ]{3,}(?!\w)")
_SURE_COMPOUND = 7
_NO_COMPOUND = frozenset(
    {"meester", "meesters", "familie", "brother", "dochter", "dochters", "mannetje", "vrouwtje"}
)


@dataclass(frozen=True)
class Words:
    """The tables, by word in small letters.

    `counterparts` gives per word the one that stands for it, per language; "" is for both.
    `descent` gives whether the word is doubtful: also an ordinary word, unless with a capital.
    `languages` are words of descent that also name a language. `compounds` are the counterparts
    that count at the end of a longer word, and `endings` their last four letters. `capitals` may
    stand behind a name without being part of it. `known` are the
    ordinary words of our own texts. `watched` are all words that a rule is about.
    """

    counterparts: dict[str, dict[str, str]]
    compounds: dict[str, str]
    names: dict[str, bool]
    descent: dict[str, bool]
    languages: frozenset[str]
    kept: frozenset[str]
    capitals: frozenset[str]
    known: frozenset[str]
    endings: frozenset[str]
    watched: frozenset[str]


@cache
def words(folder: Path = FOLDER) -> Words:
    """Read the tables once.

    Raises:
        DataFileError: a file is missing, or a line of it does not have the form that its head says.
    """
    counterparts = _counterparts(folder / "counterparts.txt")
    descent, languages = _descent(folder / "descent.txt")
    names = _names(folder / "names.txt")
    compounds = {
        word: targets[""]
        for word, targets in counterparts.items()
        if len(word) >= _SURE_COMPOUND and "" in targets and word not in _NO_COMPOUND
    }
    kept = frozenset(word for _, line in _lines(folder / "kept.txt") for word in line.split())
    return Words(
        counterparts=counterparts,
        compounds=compounds,
        names=names,
        descent=descent,
        languages=languages,
        kept=kept,
        capitals=kept | languages,
        known=_known(folder.parent),
        endings=frozenset(word[-4:] for word in compounds),
        watched=frozenset({*counterparts, *descent, *names, "zijn", "haar"}),
    )


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(read_text(file).splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _counterparts(file: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number, line in _lines(file):
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            raise DataFileError(file, number, "", "expected 'target: word, word'")
        target = entry["target"]
        for written in entry["words"].split(","):
            form = _FORM.fullmatch(written.strip())
            if form is None:
                raise DataFileError(file, number, target, f"'{written.strip()}' is no word")
            word = form["word"].lower()
            found.setdefault(word, {})[form["language"] or ""] = target
            if entry["plural"]:
                found.setdefault(word + "s", {})[""] = target + "s"
    return found


def _names(file: Path) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for number, line in _lines(file):
        for written in line.split():
            name = _DESCENT.fullmatch(written)
            if name is None:
                raise DataFileError(file, number, "", f"'{written}' is no name")
            found[name["word"].lower()] = name["doubtful"] is not None
    return found


def _descent(file: Path) -> tuple[dict[str, bool], frozenset[str]]:
    found: dict[str, bool] = {}
    languages: set[str] = set()
    for number, line in _lines(file):
        columns = line.split("|")
        if not 2 <= len(columns) <= 3:
            raise DataFileError(file, number, "", "expected two or three columns")
        for column, cell in enumerate(columns):
            for written in filter(None, (part.strip() for part in cell.split(","))):
                form = _DESCENT.fullmatch(written)
                if form is None:
                    raise DataFileError(file, number, "", f"'{written}' is no word")
                word = form["word"].lower()
                found[word] = form["doubtful"] is not None
                if column == 2:
                    languages.add(word)
    return found, frozenset(languages)


def _known(framework: Path) -> frozenset[str]:
    """The words in small letters of our own texts: with a capital they are no name either."""
    files = [*framework.rglob("*.yaml"), *framework.rglob("*.tsv")]
    return frozenset(word for file in files for word in _KNOWN.findall(read_text(file)))
