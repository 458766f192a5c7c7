"""What each part of the ranking gives: the engine with one weight at zero at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from matcher.ranking import Weights


def without_each(weights: Weights) -> Mapping[str, Weights]:
    """The weights with one part off, by the name of the part; parts that are off stay out."""
    return {
        part.name: replace(weights, **{part.name: 0.0})
        for part in fields(weights)
        if isinstance(value := getattr(weights, part.name), float) and value
    }
