"""How good is the order? Our own profiles, graded by reading, against named baselines.

Measures: nDCG@10 with gains 0, 1 and 3 for grades 0, 1 and 2 (Järvelin and Kekäläinen, 2002);
hit@k, whether one of grade 2 is among the first k; MRR, one over the place of the first of
grade 2 (Voorhees, 1999). All from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import Field

from matcher import home
from matcher.datafiles import Record, by_id, read_records
from matcher.encoder import Encoder, load_encoder
from matcher.engine import Engine
from matcher.framework import Framework, Identifier, check_ids
from matcher.types import Opportunity, Profile, Status

PROFILES = home.DATA / "evaluation" / "profiles.yaml"
PAIRS = home.DATA / "evaluation" / "coverage.yaml"
SEED = 20261121
_GAIN = {0: 0.0, 1: 1.0, 2: 3.0}

Ranker = Callable[[Profile], list[str]]


class GradedProfile(Record):
    """A profile with the opportunities that suit: grade 2 very well, 1 somewhat, absent 0."""

    id: Identifier
    language: str = Field(pattern="^(nl|en)$")
    skills: str
    ambition: str
    grades: dict[Identifier, int]

    @property
    def profile(self) -> Profile:
        """As the engine takes it."""
        return Profile(self.id, self.skills, self.ambition)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over profiles."""

    count: int
    ndcg: float
    hit1: float
    hit3: float
    hit5: float
    mrr: float


def load_profiles(file: Path, opportunities: Sequence[Opportunity]) -> list[GradedProfile]:
    """Read the graded profiles.

    Raises:
        DataFileError: a profile does not fit, grades something that is not in the region, a
            grade is not 1 or 2, or none is 2.
    """
    known = {one.id for one in opportunities}
    records = read_records(file, GradedProfile)
    for located in records:
        grades = located.record.grades
        for identifier, grade in grades.items():
            if identifier not in known:
                raise located.error(("grades", identifier), "is not in the region")
            if grade not in (1, 2):
                raise located.error(("grades", identifier), "a grade is 1 or 2")
        if 2 not in grades.values():
            raise located.error(("grades",), "nothing has grade 2")
    return list(by_id(records).values())


class GradedPair(Record):
    """A sentence and a competence: whether the sentence shows it, as somebody read it."""

    id: Identifier
    language: str = Field(pattern="^(nl|en)$")
    sentence: str
    competence: Identifier
    grade: Status


def load_pairs(file: Path, known: Framework) -> list[GradedPair]:
    """Read the graded pairs.

    Raises:
        DataFileError: a pair does not fit or names a competence that is not known.
    """
    records = read_records(file, GradedPair)
    for located in records:
        check_ids(located, "competence", [located.record.competence], known.competences)
    return list(by_id(records).values())


def measure_coverage(pairs: Sequence[GradedPair], engine: Engine) -> Mapping[str, float]:
    """How often the engine says *met*, per grade, and among pairs that have nothing in common.

    The last are made from the same sentences with competences drawn from the whole framework
    by a fixed seed; a few of those may fit after all, so that figure is an upper bound.
    """
    generator = np.random.default_rng(SEED)
    ids = list(engine.framework.competences)
    said: dict[str, list[bool]] = {}
    for pair in pairs:
        met = engine.shows(pair.sentence, pair.competence).status is Status.MET
        said.setdefault(pair.grade.value, []).append(met)
        for other in generator.choice(ids, 3, replace=False):
            unrelated = engine.shows(pair.sentence, str(other)).status is Status.MET
            said.setdefault("unrelated", []).append(unrelated)
    return {name: float(np.mean(values)) for name, values in said.items()}


def measure(profiles: Sequence[GradedProfile], ranker: Ranker) -> Figures:
    """Rank every profile and take the means."""
    rows = [_measured(one.grades, ranker(one.profile)) for one in profiles]
    means = np.array(rows).mean(axis=0) if rows else np.zeros(5)
    return Figures(len(rows), *(float(mean) for mean in means))


def _measured(grades: Mapping[str, int], order: Sequence[str]) -> tuple[float, ...]:
    gains = [_GAIN[grades.get(identifier, 0)] for identifier in order[:10]]
    ideal = sorted((_GAIN[grade] for grade in grades.values()), reverse=True)[:10]
    first = next((n for n, one in enumerate(order, start=1) if grades.get(one) == 2), None)
    hits = tuple(float(first is not None and first <= k) for k in (1, 3, 5))
    return (_discounted(gains) / _discounted(ideal), *hits, 1 / first if first else 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return float(sum(gain / np.log2(place + 1) for place, gain in enumerate(gains, start=1)))


def rankers(
    opportunities: Sequence[Opportunity], engine: Engine, encoder: Encoder
) -> Mapping[str, Ranker]:
    """The baselines and the engine, by name; each orders the ids of the whole pool."""
    ids = [one.id for one in opportunities]
    texts = [document(one) for one in opportunities]
    generator = np.random.default_rng(SEED)
    passages = encoder.encode(texts)

    def ordered(scores: npt.NDArray[np.float64]) -> list[str]:
        return [ids[number] for number in np.lexsort((np.arange(len(ids)), -scores))]

    def minilm(profile: Profile) -> list[str]:
        return ordered((passages @ encoder.encode([query(profile)])[0]).astype(np.float64))

    return {
        "random": lambda profile: ordered(generator.random(len(ids))),
        "word TF-IDF": _tfidf(texts, ordered, analyzer="word", ngram_range=(1, 1)),
        "character 3-5-gram TF-IDF": _tfidf(texts, ordered, analyzer="char_wb", ngram_range=(3, 5)),
        encoder.version.split("@")[0]: minilm,
        "engine": lambda profile: [
            match.opportunity for match in engine.rank(profile, limit=len(ids)).matches
        ],
    }


def _tfidf(
    texts: Sequence[str],
    ordered: Callable[[npt.NDArray[np.float64]], list[str]],
    *,
    analyzer: str,
    ngram_range: tuple[int, int],
) -> Ranker:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=analyzer, ngram_range=ngram_range, sublinear_tf=True)
    rows = vectorizer.fit_transform(texts)

    def rank(profile: Profile) -> list[str]:
        return ordered((rows @ vectorizer.transform([query(profile)]).T).toarray().ravel())

    return rank


def document(opportunity: Opportunity) -> str:
    """What every baseline sees of an opportunity."""
    asked = [one.text for one in opportunity.requirements]
    return "\n".join((opportunity.title, opportunity.text, *asked))


def query(profile: Profile) -> str:
    """What every baseline sees of a profile."""
    return f"{profile.skills}\n{profile.ambition}"


def report() -> str:
    """Evaluate on the demo region and lay out the figures as a table."""
    known = home.framework()
    opportunities = home.demo_region(known).opportunities(known)
    profiles = load_profiles(PROFILES, opportunities)
    encoder = load_encoder()
    engine = home.engine(known, encoder)
    engine.add(opportunities)
    english = [one for one in profiles if one.language == "en"]
    dutch = [one for one in profiles if one.language == "nl"]
    lines = [
        f"{len(profiles)} profiles ({len(dutch)} Dutch, {len(english)} English), "
        f"{len(opportunities)} opportunities",
        "",
        f"{'ranker':<28}{'nDCG@10':>9}{'Dutch':>8}{'English':>9}"
        f"{'hit@1':>8}{'hit@3':>8}{'hit@5':>8}{'MRR':>8}",
    ]
    for name, ranker in rankers(opportunities, engine, encoder).items():
        total = measure(profiles, ranker)
        lines.append(
            f"{name:<28}{total.ndcg:>9.2f}{measure(dutch, ranker).ndcg:>8.2f}"
            f"{measure(english, ranker).ndcg:>9.2f}{total.hit1:>8.2f}{total.hit3:>8.2f}"
            f"{total.hit5:>8.2f}{total.mrr:>8.2f}"
        )
    pairs = load_pairs(PAIRS, known)
    shares = measure_coverage(pairs, engine)
    lines += [
        "",
        f"coverage, {len(pairs)} pairs of a sentence and a competence: called met are "
        f"{shares['met']:.0%} of those graded met, {shares['partly']:.0%} of those graded partly, "
        f"{shares['not_shown']:.0%} of the tempting ones graded not shown, and "
        f"{shares['unrelated']:.1%} of pairs drawn at random",
    ]
    return "\n".join(lines)
