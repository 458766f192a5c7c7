"""What the framework knows of an opportunity counts beside its own words, at no cost in memory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.concepts import passages
from matcher.framework import Framework
from matcher.knowledge import COMPETENCE_SHARE, Knowledge
from matcher.lexical import LexicalEncoder
from matcher.passages import wording_text
from tests.matcher.pools import BARE, COOK, GARDEN


@pytest.fixture(scope="module")
def knowledge(small_framework: Framework, lexical: LexicalEncoder) -> Knowledge:
    return Knowledge(small_framework, lexical)


def test_the_cosine_with_the_whole_is_the_sum_of_two_products(
    small_framework: Framework, lexical: LexicalEncoder
):
    competence = small_framework.competences["cook-for-groups"]
    alone = replace(small_framework, competences={competence.id: competence}, fields={})
    knowledge = Knowledge(alone, lexical)
    own = lexical.weigh([wording_text(one) for one in (COOK, GARDEN)])
    known = lexical.weigh(["\n".join(passages(competence))])
    whole = own.toarray()
    whole[0] += COMPETENCE_SHARE * known.toarray()[0]
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    query = lexical.encode(["Ik kook graag en snoei heggen"])
    rows, shares = knowledge.joined(own, knowledge.pointers([COOK, GARDEN]))
    found = (rows @ query.T + shares @ knowledge.nearness(query).T).toarray().ravel()
    assert found == pytest.approx(whole @ query.toarray().ravel(), abs=1e-4)


def test_an_opportunity_points_at_what_it_asks(knowledge: Knowledge):
    cook, bare, plain = knowledge.pointers([COOK, BARE, replace(COOK, requirements=(), field=None)])
    assert cook.nnz == 2  # A competence and a field.
    assert bare.nnz == plain.nnz == 0
    assert knowledge.pointers([]).shape == (0, len(knowledge))


def test_what_people_say_of_a_competence_finds_the_opportunity(
    knowledge: Knowledge, lexical: LexicalEncoder, small_framework: Framework
):
    """Words that stand in no opportunity, but in the competence that one of them asks."""
    said = small_framework.competences["cook-for-groups"].nl.elsewhere[0]
    query = lexical.encode([said])
    shares = knowledge.pointers([COOK, GARDEN])
    near = (shares @ knowledge.nearness(query).T).toarray().ravel()
    assert near[0] > near[1]


def test_a_title_names_its_profession(
    knowledge: Knowledge, lexical: LexicalEncoder, small_framework: Framework
):
    some = list(small_framework.professions.values())
    titles = [one.label() for one in some]
    found = knowledge.professions_of(lexical.encode([*titles, "Astronaut", ""]))
    assert found == [*(one.id for one in some), None, None]
    assert knowledge.professions_of(lexical.encode([])) == []
