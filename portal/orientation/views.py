"""What the pages of the guide show, put together from the framework, the guide and the pool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal import pictures
from portal.candidates.models import FavouriteKind
from portal.languages import data_language
from portal.learning.views import ActivityPage, activity_page
from portal.matching.knowledge import framework
from portal.opportunities.presenting import LEVEL_TEXTS, pay_text
from portal.opportunities.queries import OnOffer
from portal.opportunities.search import folded
from portal.orientation.forms import LEVELS, GuideForm
from portal.orientation.guide import Found
from portal.orientation.knowledge import guide

ALIKE: Final = 4
"""So many professions like it stand on a page."""
_SAME_FIELD, _PER_LEVEL = 0.06, 0.02
_SHORT: Final = frozenset({"module", "e_learning"})
_SHORT_WAYS: Final = 3
FOUND_LABELS: Final[Mapping[Found, LazyString]] = {
    Found.EASY: _l("Werk vind je snel"),
    Found.FAIR: _l("Werk vind je meestal wel"),
    Found.HARD: _l("Werk vind je niet zo snel"),
}
PLACES: Final = {
    FavouriteKind.PROFESSION: ("orientation.profession", "profession"),
    FavouriteKind.FIELD: ("orientation.field", "field"),
    FavouriteKind.TARGET_GROUP: ("orientation.group", "group"),
}
"""The page of each kind, and the name of its id in the address."""
GROUP_PICTURES: Final = {
    "older-people": "nursing-home",
    "people-with-dementia": "mental-health",
    "people-with-disability": "disability",
    "people-mental-health": "social-work",
    "children": "child-care",
    "young-people": "youth",
    "families-newborn": "maternity",
    "patients": "hospital",
    "newcomers": "general-practice",
    "neighbourhood": "home-care",
    "colleagues": "staff",
}
"""The drawing beside each group: that of a field where it is mostly met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideCard:
    """Something of the guide in a list. `kept` is None for who cannot keep anything."""

    kind: str
    ref: str
    url: str
    title: str
    text: str
    picture: str
    level_text: str = ""
    field_label: str = ""
    count: int = 0
    kept: bool | None = None
    because: str = ""

    @property
    def anchor(self) -> str:
        """Where it stands on a page."""
        return f"{self.kind.replace('_', '-')}-{self.ref}"


class Telling:
    """Makes cards for one page: who looks, what they keep, and how much is open.

    `token` is that of a visitor's question, which the addresses take along.
    """

    def __init__(
        self,
        counts: Callable[[FavouriteKind, str], int],
        *,
        kept: Collection[tuple[str, str]] | None,
        token: str = "",
    ) -> None:
        self._counts = counts
        self._kept = kept
        self._token = token

    def url(self, kind: FavouriteKind, ref: str) -> str:
        """The page of something in the guide."""
        return page_url(kind, ref, aanvraag=self._token or None)

    def kept(self, kind: FavouriteKind, ref: str) -> bool | None:
        """Whether who looks keeps it; None for who cannot keep anything."""
        return None if self._kept is None else (kind.value, ref) in self._kept

    def profession(self, ref: str, because: str = "") -> GuideCard:
        """A profession."""
        known, spoken = framework(), data_language()
        profession = known.professions[ref]
        kind = FavouriteKind.PROFESSION
        return GuideCard(
            kind=kind.value,
            ref=ref,
            url=self.url(kind, ref),
            title=profession.label(spoken),
            text=_first_sentence(profession.description(spoken)),
            picture=profession.field,
            level_text=level_text(profession.level),
            field_label=known.fields[profession.field].label(spoken),
            count=self._counts(kind, ref),
            kept=self.kept(kind, ref),
            because=because,
        )

    def field(self, ref: str) -> GuideCard:
        """A field of work."""
        known = framework().fields[ref]
        return self._place(FavouriteKind.FIELD, ref, known, ref)

    def group(self, ref: str) -> GuideCard:
        """A target group."""
        known = framework().target_groups[ref]
        return self._place(FavouriteKind.TARGET_GROUP, ref, known, GROUP_PICTURES.get(ref, ""))

    def card(self, kind: str, ref: str) -> GuideCard:
        """Any of the three."""
        match FavouriteKind(kind):
            case FavouriteKind.PROFESSION:
                return self.profession(ref)
            case FavouriteKind.FIELD:
                return self.field(ref)
            case FavouriteKind.TARGET_GROUP:
                return self.group(ref)

    def _place(self, kind: FavouriteKind, ref: str, known: object, picture: str) -> GuideCard:
        spoken = data_language()
        return GuideCard(
            kind=kind.value,
            ref=ref,
            url=self.url(kind, ref),
            title=known.label(spoken),  # type: ignore[attr-defined]
            text=known.description(spoken),  # type: ignore[attr-defined]
            picture=picture,
            count=self._counts(kind, ref),
            kept=self.kept(kind, ref),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionPage:
    """Everything that the page of a profession tells, apart from openings and pay."""

    id: str
    title: str
    also_called: str
    description: str
    field: str
    field_label: str
    groups: tuple[tuple[str, str], ...]
    level_text: str
    papers: tuple[tuple[str, str], ...]
    scale_text: str
    day: tuple[tuple[str, str], ...]
    body: str
    mind: str
    contact: str
    competences: tuple[str, ...]
    found: str
    found_label: str
    found_text: str
    next_text: str
    routes_text: str
    ways: tuple[ActivityPage, ...]
    short_ways: tuple[ActivityPage, ...]


def page_url(kind: FavouriteKind, ref: str, **more: object) -> str:
    """The page of something in the guide."""
    endpoint, name = PLACES[kind]
    arguments: dict[str, Any] = {name: ref, **more}
    return url_for(endpoint, **arguments)


def profession_page(ref: str) -> ProfessionPage:
    """Tell a profession in the language of who looks. Raises KeyError for an unknown id."""
    known, spoken = framework(), data_language()
    profession = known.professions[ref]
    told = guide().professions[ref]
    words = told.words(spoken)
    names = (profession.en if spoken == "en" else profession.nl).also_called
    return ProfessionPage(
        id=ref,
        title=profession.label(spoken),
        also_called=", ".join(names),
        description=profession.description(spoken),
        field=profession.field,
        field_label=known.fields[profession.field].label(spoken),
        groups=tuple(
            (one, known.target_groups[one].label(spoken)) for one in profession.target_groups
        ),
        level_text=level_text(profession.level),
        papers=tuple(
            (known.gates[one].label(spoken), known.gates[one].description(spoken))
            for one in profession.gates
        ),
        scale_text=_scale_text(profession.pay_group, profession.collective_agreement),
        day=words.moments,
        body=words.body,
        mind=words.mind,
        contact=words.contact,
        competences=tuple(known.competences[one].label(spoken) for one in profession.competences),
        found=told.found.value,
        found_label=str(FOUND_LABELS[told.found]),
        found_text=words.found,
        next_text=words.next,
        routes_text=words.routes or "",
        ways=_activities(told.ways),
        short_ways=_activities(_short_ways(ref)),
    )


def find(form: GuideForm) -> list[str]:
    """The professions that hold every word and pass the filters, by name.

    Words are looked for in the names, the description and what one does there.
    """
    words = folded(form.q.data).split()
    spoken = data_language()
    found = [
        one.id
        for one in framework().professions.values()
        if (not form.levels or one.level in form.levels)
        and (not form.field.data or one.field in form.field.data)
        and (not form.group.data or set(one.target_groups) & set(form.group.data))
        and all(word in _searched(one.id, spoken) for word in words)
    ]
    return sorted(found, key=lambda one: folded(framework().professions[one].label(spoken)))


def active_filters(form: GuideForm, url: Callable[..., str]) -> list[tuple[str, str]]:
    """What limits the list, each with the address of the list without it."""
    arguments = form.arguments()
    found = []
    if form.q.data:
        left = {key: value for key, value in arguments.items() if key != "q"}
        found.append((f"“{form.q.data}”", url(**left)))
    for field in (form.level, form.field, form.group):
        labels = {choice.value: choice.label for choice in field.choices}
        for one in field.data or ():
            others = [other for other in field.data if other != one]
            found.append((labels[one], url(**(arguments | {field.name: others}))))
    return found


def alike(ref: str) -> list[str]:
    """The professions that ask most of the same, the most first.

    What many professions ask, such as working precisely, makes two of them hardly alike: each
    competence counts for the less, the more professions ask it.
    """
    known = framework().professions
    asked = Counter(one for profession in known.values() for one in profession.competences)
    own = set(known[ref].competences)

    def weight(some: Collection[str]) -> float:
        return sum(1 / asked[one] for one in some)

    def shared(other: str) -> float:
        theirs = set(known[other].competences)
        steps = abs(known[other].level - known[ref].level)
        # A little for a field that people know already, a little less for each step of schooling.
        near = _SAME_FIELD * (known[other].field == known[ref].field) - _PER_LEVEL * steps
        return weight(own & theirs) / weight(own | theirs) + near

    others = [one for one in known if one != ref and own & set(known[one].competences)]
    return sorted(others, key=lambda one: -shared(one))[:ALIKE]


def professions_of(kind: FavouriteKind, ref: str) -> list[str]:
    """The professions of a field or a target group, those that begin without a diploma first."""
    known = framework().professions
    if kind is FavouriteKind.FIELD:
        found = [one for one in known.values() if one.field == ref]
    else:
        found = [one for one in known.values() if ref in one.target_groups]
    return [one.id for one in sorted(found, key=lambda one: one.level)]


@dataclass(frozen=True, slots=True)
class PayView:
    """What openings of now pay, in words and drawn on the scale of the region."""

    words: str
    drawn: pictures.Pay | None


def pay_view(here: list[OnOffer], everywhere: list[OnOffer]) -> PayView | None:
    """The pay of real openings; None when none of now tells any."""
    mine, region = _range(here), _range(everywhere)
    if mine is None:
        return None
    return PayView(pay_text(*mine), pictures.pay(*mine, region))


def level_text(level: int) -> str:
    """A level as people choose it."""
    if level <= 1:
        return str(LEVELS["begin"][0])
    return str(LEVEL_TEXTS[level])


def _range(places: list[OnOffer]) -> tuple[int, int] | None:
    paid = [
        (one.pay_low, one.pay_high)
        for one in places
        if one.pay_low is not None and one.pay_high is not None
    ]
    return (min(low for low, _ in paid), max(high for _, high in paid)) if paid else None


def _scale_text(group: str, agreement: str) -> str:
    if agreement == "Geen cao":
        return _("Er is geen cao. De praktijk spreekt het loon met je af.")
    return _("Meestal %(group)s in de cao %(agreement)s.", group=group, agreement=agreement)


def _activities(ids: Collection[str]) -> tuple[ActivityPage, ...]:
    return tuple(page for one in ids if (page := activity_page(one)) is not None)


def _short_ways(ref: str) -> list[str]:
    """Short courses that teach at least two of the things that a profession asks."""
    known = framework()
    profession = known.professions[ref]
    # What every job asks says little about which course leads to this one.
    asked = set(profession.competences) - set(known.groups.get("attitude", ()))
    told = guide().professions[ref].ways
    found = [
        one
        for one in known.learning.values()
        if one.form.value in _SHORT
        and one.id not in told
        and one.entry_level <= profession.level
        # Courses for who comes back stand among the ways, where they belong.
        and not one.id.startswith("module-refresh-")
        and len(asked & set(one.competences)) > 1
    ]
    found.sort(key=lambda one: (-len(asked & set(one.competences)), one.weeks * one.hours_per_week))
    return [one.id for one in found[:_SHORT_WAYS]]


def _first_sentence(text: str) -> str:
    head, dot, _rest = text.partition(". ")
    return head + "." if dot else head


@cache
def _searched(ref: str, spoken: str) -> str:
    known = framework()
    profession = known.professions[ref]
    said = [
        text
        for language in (profession.nl, profession.en)
        for text in (language.label, *language.also_called)
    ]
    said += [
        profession.description(spoken),
        known.fields[profession.field].label(spoken),
        *(known.competences[one].label(spoken) for one in profession.competences),
        *(known.target_groups[one].label(spoken) for one in profession.target_groups),
    ]
    return folded("\n".join(said))
