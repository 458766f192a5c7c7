"""The static encoder while it learns: one vector per piece of a word, and their mean.

What it minimises, in every step:

- *follow*: an English text lies where the teacher puts it, and its Dutch twin lies there too
  (Reimers and Gurevych, 2020);
- *agree*: among all the texts of a batch, a text finds its own twin, family or scene (InfoNCE,
  Van den Oord et al., 2018); texts of the same family are not held against each other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from matcher.training.material import Family, Material

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome, besides the material."""

    seed: int = 20261122
    dimension: int = 384
    vocabulary: int = 30_000
    steps: int = 5_000
    batch: int = 512
    scenes: int = 256
    rate: float = 3e-3
    temperature: float = 0.05
    follow: float = 4.0
    drop: float = 0.15
    """This share of the pieces of a text is left out at random, so that no single one decides."""
    told: float = 0.7
    """So often a line is put beside a description; else beside another line of its family."""
    family_share: tuple[tuple[str, float], ...] = (
        ("competences", 0.4),
        ("professions", 0.15),
        ("origins", 0.1),
        ("occupations", 0.35),
    )


@dataclass(frozen=True)
class _Batch:
    """Texts that belong together, two by two; `of` is equal where meanings are the same."""

    one: list[Ids]
    two: list[Ids]
    of: Ids
    target: Floats | None = None


class Table:
    """A row of numbers per piece, with an Adam that moves only the rows that a step has used.

    Adam as by Kingma and Ba (2015); rows that a step does not use keep their moments.
    """

    def __init__(self, rows: int, dimension: int, generator: np.random.Generator) -> None:
        self.values = (0.1 * generator.standard_normal((rows, dimension))).astype(np.float32)
        self._first = np.zeros_like(self.values)
        self._second = np.zeros_like(self.values)
        self._steps = np.zeros(rows, dtype=np.int64)

    def move(self, rows: Ids, gradient: Floats, rate: float) -> None:
        """One step for these rows, each of which is named once."""
        self._steps[rows] += 1
        steps = self._steps[rows][:, None]
        first = 0.9 * self._first[rows] + 0.1 * gradient
        second = 0.999 * self._second[rows] + 0.001 * gradient**2
        self._first[rows], self._second[rows] = first, second
        bias = np.sqrt(1 - 0.999**steps) / (1 - 0.9**steps)
        self.values[rows] -= (rate * bias * first / (np.sqrt(second) + 1e-8)).astype(np.float32)


class _Mean(torch.autograd.Function):
    """The mean of rows per text, as a product with a sparse matrix; torch's own is ten times
    slower backwards."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, members: csr_matrix) -> Tensor:  # noqa: ANN401 - torch's own
        ctx.members = members
        return torch.from_numpy(members @ rows.detach().numpy())

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> tuple[Tensor, None]:  # noqa: ANN401
        return torch.from_numpy(ctx.members.T @ outputs[0].numpy()), None


class Trainer:
    """Draws batches and takes steps; `targets` are the teacher's vectors of English texts."""

    def __init__(
        self,
        recipe: Recipe,
        material: Material,
        tokenizer: Tokenizer,
        targets: dict[str, npt.NDArray[np.float32]],
    ) -> None:
        self._recipe = recipe
        self._material = material
        self._targets = targets
        self._random = random.Random(recipe.seed)  # noqa: S311 - chance, no secret
        self._numbers = np.random.default_rng(recipe.seed)
        torch.manual_seed(recipe.seed)
        texts = material.texts()
        self._ids = {
            text: np.array(found.ids, dtype=np.int64)
            for text, found in zip(
                texts, tokenizer.encode_batch(texts, add_special_tokens=False), strict=True
            )
        }
        sizes = [len(families) for families in material.families.values()]
        starts = np.cumsum([0, *sizes[:-1]]).tolist()
        self._family_starts = dict(zip(material.families, starts, strict=True))
        weights = np.array([pair.weight for pair in material.pairs])
        self._reach = np.cumsum(weights / weights.sum())
        self.table = Table(tokenizer.get_vocab_size(), recipe.dimension, self._numbers)

    def run(self) -> Iterator[tuple[int, float]]:
        """Train; gives the step and the mean loss every hundred steps."""
        recipe = self._recipe
        total = 0.0
        for step in range(1, recipe.steps + 1):
            batches = [self._translation(), self._family_batch(), self._scene_batch()]
            texts = [row for batch in batches for side in (batch.one, batch.two) for row in side]
            pieces, members = self._members(texts)
            rows = torch.from_numpy(self.table.values[pieces]).requires_grad_()
            mean: Tensor = _Mean.apply(rows, members)  # type: ignore[no-untyped-call]
            vectors = functional.normalize(mean, dim=1)
            loss = self._loss(batches, vectors)
            loss.backward()  # type: ignore[no-untyped-call]
            assert rows.grad is not None  # noqa: S101 - backward has just made it
            warm, cool = min(1.0, step / 200), max(0.02, 1 - step / recipe.steps)
            self.table.move(pieces, rows.grad.numpy(), recipe.rate * warm * cool)
            total += loss.item()
            if step % 100 == 0:
                yield step, total / 100
                total = 0.0

    def _members(self, texts: Sequence[Ids]) -> tuple[Ids, csr_matrix]:
        """The pieces in use, and per text the share of each: one over their number."""
        ids = np.concatenate(texts)
        counts = np.array([len(row) for row in texts])
        of = np.repeat(np.arange(len(texts)), counts)
        kept = self._numbers.random(len(ids)) >= self._recipe.drop
        # A text of one or two pieces keeps them, and none is left without any.
        kept |= (counts < 3)[of]
        kept[np.cumsum(counts) - counts] |= np.bincount(of[kept], minlength=len(texts)) == 0
        of = of[kept]
        counts = np.bincount(of, minlength=len(texts))
        pieces, columns = np.unique(ids[kept], return_inverse=True)
        shares = (1 / counts[of]).astype(np.float32)
        return pieces, csr_matrix((shares, (of, columns)), shape=(len(texts), len(pieces)))

    def _loss(self, batches: Sequence[_Batch], vectors: Tensor) -> Tensor:
        total = torch.zeros(())
        start = 0
        for batch in batches:
            count = len(batch.one)
            one, two = vectors[start : start + count], vectors[start + count : start + 2 * count]
            start += 2 * count
            total = total + self._agree(one, two, torch.from_numpy(batch.of))
            if batch.target is not None:
                target = torch.from_numpy(batch.target)
                follow = 2 - (one * target).sum(1).mean() - (two * target).sum(1).mean()
                total = total + self._recipe.follow * follow
        return total

    def _translation(self) -> _Batch:
        """Twins: follow the teacher and find each other."""
        drawn = np.searchsorted(self._reach, self._numbers.random(self._recipe.batch))
        chosen = np.unique(drawn.clip(0, len(self._reach) - 1))
        pairs = [self._material.pairs[int(number)] for number in chosen]
        return _Batch(
            one=[self._ids[pair.dutch] for pair in pairs],
            two=[self._ids[pair.english] for pair in pairs],
            of=chosen,
            target=np.stack([self._targets[pair.english] for pair in pairs]),
        )

    def _family_batch(self) -> _Batch:
        """What people say finds what describes it, and other ways to say it."""
        names = [name for name, _ in self._recipe.family_share]
        shares = [share for _, share in self._recipe.family_share]
        one, two, of = [], [], []
        for name in self._random.choices(names, shares, k=self._recipe.batch):
            group = self._material.families[name]
            number = self._random.randrange(len(group))
            first, second = self._two(group[number])
            one.append(self._ids[first])
            two.append(self._ids[second])
            of.append(self._family_starts[name] + number)
        return _Batch(one, two, np.array(of))

    def _two(self, family: Family) -> tuple[str, str]:
        one = self._random.choice(family.asked)
        others = family.told if self._random.random() < self._recipe.told else family.asked
        return one, self._random.choice(others)

    def _scene_batch(self) -> _Batch:
        """A profile of several lines finds the profession."""
        one, two, of = [], [], []
        for _ in range(self._recipe.scenes):
            number = self._random.randrange(len(self._material.scenes))
            scene = self._material.scenes[number]
            many = self._random.randint(1, min(4, len(scene.skills)))
            lines = [self._random.choice(said) for said in self._random.sample(scene.skills, many)]
            if scene.wishes and self._random.random() < 0.5:
                lines.append(self._random.choice(scene.wishes))
            one.append(np.concatenate([self._ids[line] for line in lines]))
            two.append(self._ids[self._random.choice(scene.told)])
            of.append(number)
        return _Batch(one, two, np.array(of))

    def _agree(self, one: Tensor, two: Tensor, of: Tensor) -> Tensor:
        scores = one @ two.T / self._recipe.temperature
        same = (of[:, None] == of[None, :]) & ~torch.eye(len(of), dtype=torch.bool)
        scores = scores.masked_fill(same, float("-inf"))
        wanted = torch.arange(len(of))
        return (
            functional.cross_entropy(scores, wanted) + functional.cross_entropy(scores.T, wanted)
        ) / 2
