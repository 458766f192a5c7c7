"""How many paragraphs a second encoders take, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from matcher.encoder import Encoder

TURNS = 3


def texts_per_second(
    encoders: Sequence[Encoder], texts: Sequence[str], at_least: float = 1.0
) -> list[float]:
    """The rate of each encoder; in each turn it reads all texts until `at_least` seconds passed.

    The encoders take turns, so that a busy moment of the machine slows down all of them.

    Raises:
        ValueError: there is no text.
    """
    if not texts:
        raise ValueError("there is no text to encode")
    read, passed = [0] * len(encoders), [0.0] * len(encoders)
    for encoder in encoders:
        # The first call of all prepares more than it reads.
        encoder.encode(texts[:1])
    for _ in range(TURNS):
        for number, encoder in enumerate(encoders):
            start = perf_counter()
            while True:
                encoder.encode(texts)
                read[number] += len(texts)
                spent = perf_counter() - start
                if spent >= at_least:
                    break
            passed[number] += spent
    return [count / seconds for count, seconds in zip(read, passed, strict=True)]
