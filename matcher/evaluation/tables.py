"""The figures laid out as lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from matcher.evaluation.coverage import GRID, Judged
from matcher.evaluation.measures import Interval, Scores, interval
from matcher.evaluation.occupations import TEN, Asked, share_within
from matcher.evaluation.profiles import Slice
from matcher.types import Status

Rows = npt.NDArray[np.bool_]
_NAME = 28
_BETWEEN = 20


def ranker_table(
    scores: Mapping[str, Scores], languages: Sequence[str], engine: str, against: Sequence[str]
) -> str:
    """Every ranker over all profiles, and how far the engine is ahead of some of them."""
    dutch = np.array([one == "nl" for one in languages], dtype=np.bool_)
    lines = [
        f"{'ranker':<{_NAME}}{'nDCG@10':<{_BETWEEN}}{'Dutch':>7}{'English':>9}"
        f"{'hit@1':>8}{'hit@3':>8}{'MRR':>8}"
    ]
    for name, one in scores.items():
        lines.append(
            f"{name:<{_NAME}}{_between(interval(one.ndcg)):<{_BETWEEN}}"
            f"{_mean(one.ndcg[dutch]):>7}{_mean(one.ndcg[~dutch]):>9}"
            f"{_mean(one.hit1):>8}{_mean(one.hit3):>8}{_mean(one.mrr):>8}"
        )
    lines += [""] + [
        f"{engine} over {name}, same profiles: nDCG@10 "
        f"{_between(interval(scores[engine].ndcg - scores[name].ndcg), sign=True)}"
        for name in against
    ]
    return "\n".join(lines)


def slice_table(
    scores: Mapping[str, Scores], slices: Mapping[Slice, Rows], shown: Sequence[str]
) -> str:
    """nDCG@10 per slice: the first of `shown` with its interval, the others beside it."""
    first, *others = shown
    head = "".join(f"{name:>{len(name) + 2}}" for name in others)
    lines = [f"{'slice':<{_NAME}}{'profiles':>8}  {first:<{_BETWEEN}}{head}  hit@3"]
    for name, rows in slices.items():
        beside = "".join(f"{_mean(scores[one].ndcg[rows]):>{len(one) + 2}}" for one in others)
        lines.append(
            f"{name:<{_NAME}}{rows.sum():>8}  "
            f"{_between(interval(scores[first].ndcg[rows])):<{_BETWEEN}}{beside}"
            f"{_mean(scores[first].hit3[rows]):>7}"
        )
    return "\n".join(lines)


def ablation_table(full: Scores, parts: Mapping[str, Scores]) -> str:
    """nDCG@10 without each part, and what the part gives, on the same profiles."""
    lines = [
        f"{'engine':<{_NAME}}{'nDCG@10':<{_BETWEEN}}the part gives",
        f"{'everything on':<{_NAME}}{_between(interval(full.ndcg))}",
    ]
    for name, one in parts.items():
        lines.append(
            f"{'without ' + name:<{_NAME}}{_between(interval(one.ndcg)):<{_BETWEEN}}"
            f"{_between(interval(full.ndcg - one.ndcg), sign=True)}"
        )
    return "\n".join(lines)


def coverage_lines(judged: Judged, unrelated: Judged) -> str:
    """Precision and recall of *met*, and what was called met per grade."""
    figures = judged.figures()
    shares = {grade: judged.share_called(grade) for grade in Status}
    return "\n".join(
        (
            f"met: precision {_two(figures.precision)}, recall {_two(figures.recall)}",
            f"called met are {_percent(shares[Status.MET])} of those graded met, "
            f"{_percent(shares[Status.PARTLY])} of those graded partly, "
            f"{_percent(shares[Status.NOT_SHOWN])} of the tempting ones graded not shown, "
            f"and {_percent(unrelated.share_called(Status.NOT_SHOWN))} of pairs drawn at random",
        )
    )


def threshold_table(judged: Judged, unrelated: Judged) -> str:
    """Precision and recall of *met* if it began at another strength, and what is met by chance."""
    lines = [f"{'met from strength':<{_NAME}}{'precision':>9}{'recall':>9}{'at random':>12}"]
    for strength in GRID:
        figures = judged.figures(strength)
        by_chance = unrelated.share_called(Status.NOT_SHOWN, strength)
        lines.append(
            f"{strength:<{_NAME}.2f}{_two(figures.precision):>9}{_two(figures.recall):>9}"
            f"{_percent(by_chance):>12}"
        )
    return "\n".join(lines)


def occupation_table(asked: Asked) -> str:
    """First and among ten, over all names and by whether the occupation was seen."""
    groups = {
        "all": np.ones_like(asked.unseen),
        "unseen": asked.unseen,
        "other": ~asked.unseen,
    }
    head = "".join(f"{name + ' first':>14}{'in ten':>8}" for name in groups)
    lines = [f"{'ranker':<{_NAME}}{head}"]
    for name, places in asked.places.items():
        cells = "".join(
            f"{_percent(share_within(places[rows], 1)):>14}"
            f"{_percent(share_within(places[rows], TEN)):>8}"
            for rows in groups.values()
        )
        lines.append(f"{name:<{_NAME}}{cells}")
    return "\n".join(lines)


def _between(found: Interval, *, sign: bool = False) -> str:
    if np.isnan(found.mean):
        return "-"
    form = "+.2f" if sign else ".2f"
    return f"{found.mean:{form}} [{found.low:{form}}, {found.high:{form}}]"


def _mean(values: npt.NDArray[np.float64]) -> str:
    return _two(float(values.mean())) if len(values) else "-"


def _two(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.2f}"


def _percent(share: float) -> str:
    return "-" if np.isnan(share) else f"{share:.1%}"
