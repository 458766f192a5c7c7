"""Do words that must not matter change the order? Pairs of profiles that differ in such a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import Field

from matcher.datafiles import DataFileError, Record, by_id, read_records
from matcher.engine import Engine
from matcher.sayings import Identifier
from matcher.types import Profile

SWAPS = "swaps.yaml"
DEPTH = 20
"""So many of the first must be the same, in the same order."""


class What(StrEnum):
    """What differs between the two versions."""

    GENDER = "gender"
    NAME = "name"
    AGE = "age"
    ORIGIN = "origin"


class Swap(Record):
    """Two versions of one text that differ only in words that must not matter."""

    id: Identifier
    language: str = Field(default="nl", pattern="^(nl|en)$")
    what: What
    one: str = Field(min_length=3)
    other: str = Field(min_length=3)


def load_swaps(file: Path) -> list[Swap]:
    """Read the pairs.

    Raises:
        DataFileError: a pair does not fit, its two versions are the same, or there is none.
    """
    records = read_records(file, Swap)
    if not records:
        raise DataFileError(file, 1, "", "there is no pair")
    for located in records:
        if located.record.one == located.record.other:
            raise located.error(("other",), "is the same as 'one'")
    return list(by_id(records).values())


def unmoved(swaps: Sequence[Swap], engine: Engine) -> Mapping[str, bool]:
    """Per pair, by id, whether both versions give the same first 20 in the same order."""
    return {swap.id: _first(swap.one, engine) == _first(swap.other, engine) for swap in swaps}


def _first(text: str, engine: Engine) -> list[str]:
    matches = engine.rank(Profile("swap", text), limit=DEPTH).matches
    return [one.opportunity for one in matches]
