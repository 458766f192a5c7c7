"""What was asked and how it is filtered, as the pages of matching show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape
from wtforms import Field

from portal.clock import local_date
from portal.languages import page_language
from portal.matching.asked import hours_text, place_text
from portal.matching.cards import MatchCard
from portal.matching.forms import DAY_PART_LABELS, TIME_LABELS, FilterForm
from portal.matching.kept import Kept
from portal.matching.models import MatchRequest
from portal.matching.service import hours_of, place_of
from portal.matching.words import LEVEL_LABELS, Wording
from portal.opportunities.presenting import KIND_LABELS
from portal.pictures import Home, RegionMap, numbered


@dataclass(frozen=True, slots=True)
class AskView:
    """What was asked, to show and to change."""

    skills: str
    ambition: str
    place: str
    hours_text: str
    expires_on: date | None


def ask_view(request: Kept) -> AskView:
    """What was asked, as the pages show it; a profile does not expire."""
    return AskView(
        skills=request.skills,
        ambition=request.ambition,
        place=place_text(place_of(request)),
        hours_text=hours_label(request),
        expires_on=local_date(request.expires_at) if isinstance(request, MatchRequest) else None,
    )


def map_of(request: Kept, cards: Sequence[MatchCard], *, first: int) -> RegionMap | None:
    """A map of the cards of one page, numbered from `first`; None without any."""
    if not cards:
        return None
    place = place_of(request)
    home = Home(place.name, place.latitude, place.longitude) if place else None
    return numbered(
        home,
        [
            (number, _marked(card), card.place, *card.at, card.distance_km)
            for number, card in enumerate(cards, first)
        ],
    )


def _marked(card: MatchCard) -> Markup:
    """The title, marked when it is in another language than the page."""
    foreign = card.language != page_language().code
    return escape(Wording(str(card.title), str(card.language) if foreign else ""))


def hours_label(request: Kept) -> str:
    """The hours in words; empty when none were given."""
    typed = hours_text(hours_of(request))
    if not typed:
        return ""
    low, *high = typed.split("-")
    if high:
        return _("%(low)s tot %(high)s uur", low=low, high=high[0])
    return _("ongeveer %(hours)s uur", hours=low)


def active_filters(form: FilterForm, request: Kept) -> list[tuple[str, dict[str, object]]]:
    """The filters that are on: what each says, and the address without it."""
    arguments = form_arguments(form)
    found: list[tuple[str, dict[str, object]]] = []
    if form.travel_km is not None and request.place:
        label = _("tot %(km)s kilometer", km=f"{form.travel_km:g}")
        found.append((label, {**arguments, "distance": "0"}))
    if form.found_hours is not None:
        typed = hours_text(form.found_hours)
        found.append((_("%(hours)s uur", hours=typed), {**arguments, "hours": ""}))
    for name, labels in (
        ("part", {key: str(label) for key, label in DAY_PART_LABELS.items()}),
        ("level", {key.value: str(label) for key, label in LEVEL_LABELS.items()}),
        ("kind", {key: str(label) for key, label in KIND_LABELS.items()}),
        ("field", _labels(form.field)),
        ("not_part", _without_times()),
        (
            "not_group",
            {k: _("niet met %(who)s", who=v) for k, v in _labels(form.not_group).items()},
        ),
        ("not_work", {k: _("zonder %(what)s", what=v) for k, v in _labels(form.not_work).items()}),
    ):
        chosen = list(form[name].data or ())
        found += [
            (labels[one], {**arguments, name: [other for other in chosen if other != one]})
            for one in chosen
        ]
    for name, label in (
        ("without_diploma", _("zonder diploma-eis")),
        ("no_licence", _("zonder rijbewijs")),
    ):
        if form[name].data:
            found.append((label, _without(arguments, name)))
    return found


def _labels(field: Field) -> dict[str, str]:
    return {str(key): str(label) for key, label in field.choices or ()}


def _without_times() -> dict[str, str]:
    return {key: _("niet %(when)s", when=label) for key, label in TIME_LABELS.items()}


def form_arguments(form: FilterForm) -> dict[str, object]:
    """The filters as arguments of an address; what is as usual stays out, but for the limits."""
    arguments: dict[str, object] = {
        "distance": form.distance.data or "0",
        "hours": form.hours.data or "",
    }
    if form.weight.data is not None and form.weight.data != 50:
        arguments["weight"] = form.weight.data
    for name in ("part", "level", "kind", "field", "not_part", "not_group", "not_work"):
        if form[name].data:
            arguments[name] = form[name].data
    for name in ("without_diploma", "no_licence"):
        if form[name].data:
            arguments[name] = "y"
    return arguments


def loosen(
    left_out: Mapping[str, int],
    form: FilterForm,
    address: Callable[[Mapping[str, object]], str],
    elsewhere: Mapping[str, str] | None = None,
) -> list[tuple[str, str]]:
    """What brings more: per filter that alone keeps something away, how many, and the link.

    `elsewhere` has the addresses of what is not changed by a filter of the page.
    """
    arguments = form_arguments(form)
    ways: dict[str, tuple[str, dict[str, object]]] = {
        "distance": (_("verder reizen"), {**arguments, "distance": "0"}),
        "hours": (_("andere uren"), {**arguments, "hours": ""}),
        "day_parts": (_("andere dagen en tijden"), _without(arguments, "part")),
        "kind": (_("elke soort werk"), _without(arguments, "kind")),
        "field": (_("alle sectoren"), _without(arguments, "field")),
        "level": (_("ook later beginnen"), _without(arguments, "level")),
        "diploma": (_("ook werk met een diploma-eis"), _without(arguments, "without_diploma")),
        "not_parts": (_("ook op andere tijden"), _without(arguments, "not_part")),
        "not_groups": (_("ook met andere mensen"), _without(arguments, "not_group")),
        "not_competences": (_("ook ander werk"), _without(arguments, "not_work")),
        "not_gates": (_("ook werk met een rijbewijs"), _without(arguments, "no_licence")),
    }
    found = []
    for name, count in sorted(left_out.items(), key=lambda pair: -pair[1]):
        if count:
            label, changed = ways[name]
            sentence = ngettext(
                "%(way)s: %(num)s plek meer", "%(way)s: %(num)s plekken meer", count, way=label
            )
            found.append((sentence, (elsewhere or {}).get(name) or address(changed)))
    return found


def _without(arguments: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in arguments.items() if key != name}
