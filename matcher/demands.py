"""What every opportunity asks, as arrays, so that hundreds are compared at once.

Each row holds, for at most `PLACES` requirements that are no legal gate, the column of its
competence, the row of its own words and its weight; beside them the professions that it comes
near to, and its legal gates as bits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from matcher.growing import Growing
from matcher.types import Opportunity

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

PLACES = 10
CALLINGS = 3
_NONE = -1
_UNKNOWN_GATE = 63
"""The bit of a legal demand that the framework does not know."""

Affinity = tuple[tuple[int, float], ...]
"""Columns of competences or professions, with how near each is, 0 to 1."""


class Demands:
    """What the opportunities of the pool ask, by row."""

    def __init__(self, competences: Mapping[str, int], gates: Collection[str]) -> None:
        self._column = competences
        self._gate_bit = {gate: number for number, gate in enumerate(sorted(gates))}
        if len(self._gate_bit) > _UNKNOWN_GATE:
            raise ValueError(f"at most {_UNKNOWN_GATE} gates fit")
        self._competence = Growing(np.int16, PLACES)
        self._own = Growing(np.int32, PLACES)
        self._weight = Growing(np.uint8, PLACES)
        self._profession = Growing(np.int16, CALLINGS)
        self._affinity = Growing(np.float16, CALLINGS)
        self._gates = Growing(np.uint64)

    def __len__(self) -> int:
        return len(self._gates)

    @property
    def bytes(self) -> int:
        """Memory of the arrays."""
        return sum(array.bytes for array in self._arrays)

    @property
    def _arrays(self) -> tuple[Growing, ...]:
        return (
            self._competence,
            self._own,
            self._weight,
            self._profession,
            self._affinity,
            self._gates,
        )

    def append(
        self,
        opportunities: Sequence[Opportunity],
        own_rows: Mapping[str, int],
        implied: Sequence[Affinity],
    ) -> None:
        """Add opportunities behind those that are there.

        `implied` has the professions that each names, or seems to come near to.
        """
        count = len(opportunities)
        competence = np.full((count, PLACES), _NONE, dtype=np.int16)
        own = np.full((count, PLACES), _NONE, dtype=np.int32)
        weight = np.zeros((count, PLACES), dtype=np.uint8)
        profession = np.full((count, CALLINGS), _NONE, dtype=np.int16)
        affinity = np.zeros((count, CALLINGS), dtype=np.float16)
        gates = np.zeros(count, dtype=np.uint64)
        for row, (opportunity, seen) in enumerate(zip(opportunities, implied, strict=True)):
            asked = [one for one in opportunity.requirements if not one.legal]
            for place, one in enumerate(sorted(asked, key=lambda r: not r.critical)[:PLACES]):
                competence[row, place] = self._column.get(one.competence or "", _NONE)
                own[row, place] = own_rows.get(one.text, _NONE)
                weight[row, place] = 8 if one.critical else 4
            for place, (column, near) in enumerate(seen[:CALLINGS]):
                profession[row, place] = column
                affinity[row, place] = near
            for one in opportunity.requirements:
                if one.legal:
                    bit = self._gate_bit.get(one.gate or "", _UNKNOWN_GATE)
                    gates[row] |= np.uint64(1 << bit)
        fresh = (competence, own, weight, profession, affinity, gates)
        for array, values in zip(self._arrays, fresh, strict=True):
            array.extend(np.asarray(values))

    def keep(self, rows: Rows, own_rows: npt.NDArray[np.int32]) -> None:
        """Keep only these rows, in this order; `own_rows` gives the new row of own words."""
        for array in self._arrays:
            kept = array.values[rows]
            array.replace(kept)
        own = self._own.values
        own[own >= 0] = own_rows[own[own >= 0]]

    def own_rows(self, rows: Rows) -> Rows:
        """Which rows of own words these opportunities ask, each once."""
        found = np.unique(self._own.values[rows])
        return found[found >= 0].astype(np.int64)

    def covered(
        self, rows: Rows, by_competence: Floats, own_rows: Rows, by_own_words: Floats
    ) -> Floats:
        """The mean strength over what each row asks, critical ones double; nan without demands.

        `by_competence` has a strength per competence, below zero where the person said that they
        cannot do it; `by_own_words` one for each of `own_rows`, which must hold all that these
        rows ask.
        """
        weight = self._weight.values[rows].astype(np.float32)
        # One more at the end for places that are empty: -1 finds it.
        strength = np.append(by_competence, np.float32(0))[self._competence.values[rows]]
        if len(own_rows):
            place = np.searchsorted(own_rows, self._own.values[rows])
            own = np.append(by_own_words, np.float32(0))[np.minimum(place, len(own_rows))]
            own[self._own.values[rows] < 0] = 0
            # Whoever says *I cannot do this* has not shown it in other words either.
            strength = np.where(strength < 0, strength, np.maximum(strength, own))
        total = weight.sum(axis=1)
        strength = np.maximum(strength, 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = ((strength * weight).sum(axis=1) / total).astype(np.float32)
        return found

    def denied(self, rows: Rows, by_competence: Floats) -> Floats:
        """Which share of what each row asks the person said that they cannot do, 0 to 1."""
        weight = self._weight.values[rows].astype(np.float32)
        strength = np.append(by_competence, np.float32(0))[self._competence.values[rows]]
        found: Floats = (weight * (strength < 0)).sum(axis=1) / np.maximum(weight.sum(axis=1), 1)
        return found.astype(np.float32)

    def called(self, rows: Rows, by_profession: Floats) -> Floats:
        """How near the professions of each row are, weighed; nan where none is known."""
        affinity = self._affinity.values[rows].astype(np.float32)
        near = np.append(by_profession, np.float32(0))[self._profession.values[rows]]
        total = affinity.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = ((near * affinity).sum(axis=1) / total).astype(np.float32)
        return found

    def asking(self, rows: Rows, beyond: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which rows ask a legal gate other than those in `beyond`."""
        allowed = np.uint64(
            sum(1 << self._gate_bit[one] for one in beyond if one in self._gate_bit)
        )
        found: npt.NDArray[np.bool_] = (self._gates.values[rows] & ~allowed) != 0
        return found
