"""Where the data of the project lies, and an engine made from it."""

from __future__ import annotations

from pathlib import Path

from matcher.encoder import Encoder, load_encoder
from matcher.engine import Engine
from matcher.framework import Framework, load_framework
from matcher.lexical import LexicalEncoder
from matcher.places import Places, load_places
from matcher.region import Region, load_region

DATA = Path(__file__).parents[1] / "data"
NGRAMS = DATA / "encoder" / "ngrams.npz"
CACHE = Path(__file__).parents[1] / "var" / "cache"


def framework() -> Framework:
    """The framework of the project."""
    return load_framework(DATA / "framework")


def places() -> Places:
    """The places of the Netherlands."""
    return load_places(DATA / "places.csv")


def demo_region(known: Framework) -> Region:
    """The demo region."""
    return load_region(DATA / "demo", known, places())


def engine(known: Framework, encoder: Encoder | None = None, cache: Path | None = CACHE) -> Engine:
    """An empty engine with the encoder that is asked for, or else our own."""
    return Engine(known, encoder or load_encoder(), LexicalEncoder.load(NGRAMS), cache=cache)
