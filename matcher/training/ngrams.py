"""Count how rare each character n-gram is, and write `data/encoder/ngrams.npz`.

    python -m matcher.training.ngrams --sentences nld-eng.txt.gz \
        --occupations occupations_nl.csv.gz occupations_en.csv.gz

Sentences: Tatoeba by way of manythings.org/anki (CC BY 2.0 FR), English and Dutch in the first two
columns. Occupations: ESCO 1.1 (European Commission, CC BY 4.0), their descriptions. Besides these
the opportunities of the demo region are counted: what is common there (*bewoners*, *collega's*)
tells little about one of them, however rare it is elsewhere. Only numbers per hashed bucket are
kept: no word or sentence can be read back.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

import numpy as np

from matcher import home
from matcher.lexical import LexicalEncoder

TARGET = Path(__file__).parents[2] / "data" / "encoder" / "ngrams.npz"
CARE_COUNTS = 1.5
"""The region has few texts, so its rarities are lower by nature."""
PER_TEXT = 5
"""Sentences are short; so many together count as one text."""


def main() -> None:
    """Read the corpora and write the table, with 255 steps of rarity."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--occupations", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    texts = _sentences(given.sentences) + _descriptions(given.occupations)
    everyday = LexicalEncoder.fit(texts).rarity
    care = LexicalEncoder.fit(_opportunities()).rarity
    rarity = np.minimum(everyday, CARE_COUNTS * care)
    scale = float(rarity.max()) / 255
    steps = np.maximum(1, np.round(rarity / scale)).astype(np.uint8)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(TARGET, rarity=steps, scale=np.float32(scale))


def _opportunities() -> list[str]:
    region = home.demo_region(home.framework())
    return [
        "\n".join((posting.title, posting.text, *(one.text or "" for one in posting.requirements)))
        for posting in region.postings.values()
    ]


def _sentences(file: Path) -> list[str]:
    columns: tuple[list[str], list[str]] = ([], [])
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, dutch, *_ = line.split("\t")
            columns[0].append(english)
            columns[1].append(dutch)
    return [
        " ".join(column[start : start + PER_TEXT])
        for column in columns
        for start in range(0, len(column), PER_TEXT)
    ]


def _descriptions(files: list[Path]) -> list[str]:
    texts: list[str] = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
            texts.extend(row["description"] for row in csv.DictReader(rows))
    return texts


if __name__ == "__main__":
    main()
