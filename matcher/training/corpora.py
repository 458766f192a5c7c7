"""Reading the corpora, and what of them is held out.

Sentences: Tatoeba by way of manythings.org/anki (CC BY 2.0 FR). Occupations: ESCO 1.1 (European
Commission, CC BY 4.0). The files lie outside the project; their hashes tell whether they are the
ones that the figures were made with.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HASHES = {
    "nld-eng.txt.gz": "bda9dc7c242f2cc7dbef00da6da5dbe4dd737e7495190b15ac1117a4438cca5e",
    "occupations_nl.csv.gz": "7611a7ba667a1e1ebc564b3ce995c7b1073ab2b87c0caa90895acdb459221662",
    "occupations_en.csv.gz": "4c3814db314584a83efb12323fa86f2a5e07869a62cb2c7ea4646222c17f8fa3",
}


class CorpusError(RuntimeError):
    """A corpus is missing, or is not the one that was expected."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of ESCO in one language; `others` are its alternative names."""

    uri: str
    name: str
    others: tuple[str, ...]
    description: str


def checked(file: Path) -> Path:
    """The file, if it is there and holds what its name says.

    Raises:
        CorpusError: it is not.
    """
    if not file.is_file():
        raise CorpusError(f"there is no {file}")
    wanted = HASHES.get(file.name)
    if wanted is None:
        raise CorpusError(f"{file.name} is none of {', '.join(HASHES)}")
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != wanted:
        raise CorpusError(f"{file} has hash {found}, not {wanted}")
    return file


def sentence_pairs(file: Path) -> list[tuple[str, str]]:
    """Dutch and English of every pair of sentences.

    Raises:
        CorpusError: as `checked`.
    """
    with gzip.open(checked(file), "rt", encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines]
    return [(row[1], row[0]) for row in rows if len(row) > 1]


def occupations(file: Path) -> list[Occupation]:
    """Every occupation, in the order of the file.

    Raises:
        CorpusError: as `checked`.
    """
    with gzip.open(checked(file), "rt", encoding="utf-8", newline="") as rows:
        return [
            Occupation(
                uri=row["conceptUri"],
                name=row["preferredLabel"].strip(),
                others=tuple(
                    dict.fromkeys(
                        one.strip() for one in row["altLabels"].split("\n") if one.strip()
                    )
                ),
                description=row["description"].strip(),
            )
            for row in csv.DictReader(rows)
        ]


def unseen(uri: str) -> bool:
    """Whether all Dutch alternative names of an occupation are held out: one in ten."""
    return _share(uri) < 0.1


def held_out(uri: str, name: str) -> bool:
    """Whether a Dutch alternative name is kept from training, to be asked in the evaluation.

    All names of one occupation in ten, and one name in four of every other.
    """
    return unseen(uri) or _share(f"{uri}\n{name.casefold()}") < 0.25


def held_out_names(found: Iterable[Occupation]) -> list[tuple[str, str]]:
    """The uri and name of every alternative name that is held out, ambiguous ones included."""
    return [(one.uri, name) for one in found for name in one.others if held_out(one.uri, name)]


def _share(text: str) -> float:
    """A number from 0 to 1 that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48
