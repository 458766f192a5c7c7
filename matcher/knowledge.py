"""What the framework knows of an opportunity, added to its own words.

A vacancy for a ward secretary does not say *kept the books of the tennis club*; the competences
that it asks do. Each opportunity therefore counts as its own words plus a share of the words of
its competences, professions, field and target groups. Those words stand once in a small matrix,
and an opportunity only points at them, so that knowing more costs an index no memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from matcher.concepts import passages
from matcher.framework import LANGUAGES, Framework
from matcher.lexical import LexicalEncoder, divided, row_lengths
from matcher.types import Opportunity

COMPETENCE_SHARE = 0.5
"""An opportunity asks several competences and has one profession; shares against its own words."""
OTHER_SHARE = 1.0
PROFESSION_FROM = 0.5
"""A title stands for a profession from this agreement of letters on."""


class Knowledge:
    """The texts of the framework as sparse rows, and how opportunities point at them."""

    def __init__(self, framework: Framework, lexical: LexicalEncoder) -> None:
        texts: dict[tuple[str, str], str] = {}
        for competence in framework.competences.values():
            texts["competence", competence.id] = "\n".join(passages(competence))
        for profession in framework.professions.values():
            words = [
                part
                for each in (profession.nl, profession.en)
                for part in (each.label, *each.also_called, each.description)
            ]
            texts["profession", profession.id] = "\n".join(words)
        for kind, records in (("field", framework.fields), ("group", framework.target_groups)):
            for identifier, record in records.items():
                texts[kind, identifier] = "\n".join(
                    part
                    for language in LANGUAGES
                    for part in (record.label(language), record.description(language))
                )
        self._column = {key: number for number, key in enumerate(texts)}
        self._rows = lexical.weigh(list(texts.values()))
        # Turned over once, instead of at every comparison.
        self._columns: csr_matrix = self._rows.T.tocsr()
        names = [
            (profession.id, name)
            for profession in framework.professions.values()
            for words in (profession.nl, profession.en)
            for name in (words.label, *words.also_called)
        ]
        self._name_of = [identifier for identifier, _ in names]
        self._names = lexical.encode([name for _, name in names])

    def __len__(self) -> int:
        return len(self._column)

    def professions_of(self, titles: csr_matrix) -> list[str | None]:
        """The profession that each title names, where its letters agree well enough."""
        if not titles.shape[0]:
            return []
        nearness = (titles @ self._names.T).toarray()
        best = nearness.argmax(axis=1)
        return [
            self._name_of[column] if nearness[row, column] >= PROFESSION_FROM else None
            for row, column in enumerate(best)
        ]

    def pointers(self, opportunities: Sequence[Opportunity]) -> csr_matrix:
        """The share of each text in each opportunity, shape (opportunities, texts)."""
        shares = np.zeros((len(opportunities), len(self)), dtype=np.float32)
        for row, opportunity in enumerate(opportunities):
            for requirement in opportunity.requirements:
                self._point(shares[row], "competence", requirement.competence, COMPETENCE_SHARE)
            for profession in opportunity.professions:
                self._point(shares[row], "profession", profession, OTHER_SHARE)
            for group in opportunity.target_groups:
                self._point(shares[row], "group", group, OTHER_SHARE)
            self._point(shares[row], "field", opportunity.field, OTHER_SHARE)
        return csr_matrix(shares)

    def joined(self, own: csr_matrix, pointers: csr_matrix) -> tuple[csr_matrix, csr_matrix]:
        """Own rows and pointers, both divided by the length of the whole.

        With them the cosine of a query with the whole is the sum of two products.
        """
        lengths = np.maximum(row_lengths(own + pointers @ self._rows), np.float32(1e-6))
        return divided(own, lengths), divided(pointers, lengths)

    def nearness(self, query: csr_matrix) -> csr_matrix:
        """The products of one query row with each text, shape (1, texts)."""
        return (query @ self._columns).tocsr()

    def _point(
        self, shares: npt.NDArray[np.float32], kind: str, identifier: str | None, share: float
    ) -> None:
        column = self._column.get((kind, identifier or ""))
        if column is not None:
            shares[column] += share
