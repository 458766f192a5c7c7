"""Whose text is read: a visitor's question, or somebody's saved profile; and where pages lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from portal.candidates.models import Candidate
from portal.matching.models import MatchRequest

Kept: TypeAlias = MatchRequest | Candidate
"""Both hold texts, place, hours, papers, answers and what is not needed, by the same names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the answer to a kept text leads; `answer`, `paper` and `dismiss` take a POST.

    `show` makes the address of the answer out of filters, and `change_place` that of the form
    with a place filled in. `forget` is empty where nothing is erased; `token` is that of a
    visitor's question, which the pages of openings take along.
    """

    show: Callable[..., str]
    change: str
    change_place: Callable[[str], str]
    answer: str
    paper: str
    dismiss: str
    forget: str = ""
    token: str = ""
