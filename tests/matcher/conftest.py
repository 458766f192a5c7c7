"""What the tests of the engine share: the real framework, the real encoder, a small pool."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matcher import home
from matcher.encoder import Encoder, SentenceEncoder, Vectors, load_encoder
from matcher.engine import Engine
from matcher.framework import Framework
from matcher.lexical import LexicalEncoder
from matcher.places import Places
from matcher.region import Region
from matcher.types import Opportunity
from tests.matcher.pools import HANDMADE

SMALL = (
    "help-washing-dressing",
    "help-eating-drinking",
    "administer-medication",
    "wound-care",
    "dementia-contact",
    "cook-for-groups",
    "clean-rooms",
    "maintain-gardens",
    "bookkeeping",
    "drive-clients",
    "guide-teenagers",
    "play-with-children",
)
CALLED = (
    "care-cook",
    "gardener-care",
    "care-helper-plus",
    "district-nurse",
    "care-administrator",
    "youth-street-worker",
    "client-driver",
)
"""Professions of the opportunities made by hand."""


@pytest.fixture(scope="session")
def framework() -> Framework:
    return home.framework()


@pytest.fixture(scope="session")
def places() -> Places:
    return home.places()


@pytest.fixture(scope="session")
def region(framework: Framework) -> Region:
    return home.demo_region(framework)


@pytest.fixture(scope="session")
def demo(region: Region, framework: Framework) -> list[Opportunity]:
    """The demo region's opportunities."""
    return region.opportunities(framework)


class Remembering:
    """The real encoder, which reads each text once in a session: many tests use the same few."""

    def __init__(self, real: SentenceEncoder) -> None:
        self.real = real
        self.version = real.version
        self.dimension = real.dimension
        self.knows_dutch = real.knows_dutch
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self.real.encode(new), strict=True))
        found = [self._known[text] for text in texts]
        return np.array(found, dtype=np.float32).reshape(len(texts), self.dimension)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        # The model has no prompts, so that one memory does for both.
        return self.encode(texts)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Remembering(load_encoder())


@pytest.fixture(scope="session")
def sentence_encoder(encoder: Remembering) -> SentenceEncoder:
    """The encoder itself, without a memory."""
    return encoder.real


@pytest.fixture(scope="session")
def lexical() -> LexicalEncoder:
    return LexicalEncoder.load(home.NGRAMS)


@pytest.fixture(scope="session")
def small_framework(framework: Framework) -> Framework:
    """A dozen competences and what teaches or brings them; quick to encode, with every gate."""
    origins = {
        one.id: one.model_copy(
            update={"brings": {key: how for key, how in one.brings.items() if key in SMALL}}
        )
        for one in framework.origins.values()
    }
    return replace(
        framework,
        competences={one: framework.competences[one] for one in SMALL},
        professions={one: framework.professions[one] for one in CALLED},
        learning={
            one.id: one
            for one in framework.learning.values()
            if set(one.competences) & set(SMALL) or one.gates
        },
        origins={key: one for key, one in origins.items() if one.brings},
    )


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def new_engine(
    small_framework: Framework,
    encoder: Encoder,
    lexical: LexicalEncoder,
    _cache: Path,
) -> Callable[..., Engine]:
    """Makes empty engines over the small framework."""

    def make(**options: object) -> Engine:
        return Engine(
            options.pop("framework", small_framework),
            options.pop("encoder", encoder),
            lexical,
            **{"cache": _cache, **options},
        )

    return make


@pytest.fixture(scope="session")
def stored() -> dict[str, Vectors]:
    """Vectors of HANDMADE by id; filled by the first engine that is asked to."""
    return {}


@pytest.fixture
def add(stored: dict[str, Vectors]) -> Callable[[Engine, list[Opportunity]], None]:
    """Adds (copies of) HANDMADE with vectors that are stored, as the portal does."""

    def add(engine: Engine, opportunities: list[Opportunity]) -> None:
        if not stored:
            vectors = engine.encode(HANDMADE)
            stored.update(zip([one.id for one in HANDMADE], vectors, strict=True))
        engine.add(
            opportunities,
            [stored["cook" if one.id.startswith("copy-") else one.id] for one in opportunities],
            engine.version,
        )

    return add


@pytest.fixture(scope="session")
def some(demo: list[Opportunity]) -> list[Opportunity]:
    """An eighth of the demo region, with the beginning of each text: quick to encode."""
    return [replace(one, text=" ".join(one.text.split()[:25])) for one in demo[::8]]


@pytest.fixture(scope="session")
def whole(framework: Framework, encoder: SentenceEncoder) -> Engine:
    """The whole framework over an empty pool."""
    return home.engine(framework, encoder)


@pytest.fixture(scope="session")
def engine(framework: Framework, encoder: Encoder, some: list[Opportunity]) -> Engine:
    """The whole framework over `some`; to read, not to change."""
    made = home.engine(framework, encoder)
    made.add(some)
    return made
