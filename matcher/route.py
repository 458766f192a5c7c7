"""From gaps to a route: which learning activities of the catalogue close what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.framework import Framework, LearningActivity
from matcher.types import Reason, Route, RouteStep


class Catalogue:
    """The learning activities, by what they deliver."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._delivering: dict[str, list[LearningActivity]] = {}
        for activity in framework.learning.values():
            for delivered in (*activity.competences, *activity.gates):
                self._delivering.setdefault(delivered, []).append(activity)

    def closes(self, target: str | None, level: int | None = None) -> bool:
        """Whether some activity, open to people of that level, delivers a competence or gate."""
        return bool(target and self._open(target, level))

    def plan(
        self,
        must: Iterable[tuple[str, Reason]],
        may_learn_there: Iterable[Reason],
        level: int | None = None,
    ) -> Route:
        """Choose activities for `must` (what to deliver, and for which reason), cheapest first.

        Greedy set cover: each time the activity with the fewest hours per gap that it closes, so
        a short module goes before a long course, unless the course is what a gate needs. What
        `may_learn_there` holds and no chosen activity delivers is learnt beside a colleague.
        """
        open_gaps: dict[str, list[str]] = {}
        for target, reason in must:
            if self.closes(target, level):
                open_gaps.setdefault(target, []).append(reason.requirement.id)
        chosen: list[tuple[LearningActivity, tuple[str, ...]]] = []
        while open_gaps:
            activity = min(
                {one.id: one for gap in open_gaps for one in self._open(gap, level)}.values(),
                key=lambda one: (_hours(one) / len(_closed(one, open_gaps)), not one.paid, one.id),
            )
            closed = _closed(activity, open_gaps)
            chosen.append((activity, tuple(sorted(i for gap in closed for i in open_gaps[gap]))))
            for gap in closed:
                del open_gaps[gap]
        chosen.sort(key=lambda pair: (_hours(pair[0]), pair[0].id))
        delivered = {
            target for activity, _ in chosen for target in (*activity.competences, *activity.gates)
        }
        return Route(
            steps=tuple(RouteStep(activity.id, closes) for activity, closes in chosen),
            on_the_job=tuple(
                (reason.requirement.id, self._weeks(reason))
                for reason in may_learn_there
                if reason.requirement.competence not in delivered
            ),
            weeks=sum(activity.weeks for activity, _ in chosen),
            hours=round(sum(_hours(activity) for activity, _ in chosen)),
            paid=all(activity.paid for activity, _ in chosen),
        )

    def _open(self, target: str, level: int | None) -> list[LearningActivity]:
        found = self._delivering.get(target, [])
        if level is None:
            return found
        return [activity for activity in found if activity.entry_level <= level]

    def _weeks(self, reason: Reason) -> int:
        competence = self._framework.competences.get(reason.requirement.competence or "")
        return (competence.weeks_on_the_job if competence else None) or 4


def _closed(activity: LearningActivity, gaps: Mapping[str, object]) -> list[str]:
    return [target for target in (*activity.competences, *activity.gates) if target in gaps]


def _hours(activity: LearningActivity) -> float:
    return activity.weeks * activity.hours_per_week
