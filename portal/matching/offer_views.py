"""How the page tells what we read besides: each limit with its link, each origin with its asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from matcher import Framework, Limit, LimitKind
from portal.matching.asked import listed
from portal.matching.forms import DISTANCES, TIME_LABELS, FilterForm
from portal.matching.offers import OfferedLimit, OfferedOrigin
from portal.matching.views import form_arguments

Arguments = Mapping[str, object]
_DAYS = list(TIME_LABELS)[4:]


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit to apply; `left_out` is how many it leaves out of what is there now, if known."""

    id: str
    key: str
    label: str
    words: str
    url: str
    left_out: int | None
    dismissed: bool


@dataclass(frozen=True, slots=True)
class BringsView:
    """Something that an origin often brings, with what the visitor said of it."""

    id: str
    key: str
    competence: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class OriginView:
    """An origin by its usual name, with what to ask about."""

    id: str
    name: str
    brings: tuple[BringsView, ...]


def limit_views(
    offered: Iterable[OfferedLimit],
    form: FilterForm,
    *,
    has_place: bool,
    language: str,
    address: Callable[[Arguments], str],
    place_address: Callable[[str], str],
    count: Callable[[FilterForm], int],
) -> list[LimitView]:
    """The limits that are not applied yet, with the address that applies each.

    `count` tells how many opportunities pass the limits of a form. A place is no filter: its
    address, from `place_address`, leads to the form with the place filled in.
    """
    before = form_arguments(form)
    found: list[LimitView] = []
    present: int | None = None
    for number, one in enumerate(offered):
        if one.limit.kind is LimitKind.PLACE:
            if not has_place:
                found.append(
                    _view(number, one, form, url=place_address(one.limit.values[0]), left_out=None)
                )
            continue
        changed = _applied(one.limit, form, has_place=has_place)
        if changed is None:
            continue
        present = count(form) if present is None else present
        arguments = {**before, **changed}
        then = FilterForm(_as_sent(arguments), language)
        then.validate()
        fewer = max(0, present - count(then))
        found.append(_view(number, one, form, url=address(arguments), left_out=fewer))
    return found


def _view(
    number: int, one: OfferedLimit, form: FilterForm, *, url: str, left_out: int | None
) -> LimitView:
    return LimitView(
        id=f"gelezen-{number}",
        key=one.key,
        label=_label(one.limit, form),
        words=one.limit.words,
        url=url,
        left_out=left_out,
        dismissed=one.dismissed,
    )


def _as_sent(arguments: Arguments) -> MultiDict[str, str]:
    """Arguments of an address as they come in with the next request."""
    sent: MultiDict[str, str] = MultiDict()
    for name, value in arguments.items():
        sent.setlist(name, list(map(str, value if isinstance(value, list) else [value])))
    return sent


def origin_views(
    offered: Iterable[OfferedOrigin], framework: Framework, language: str
) -> list[OriginView]:
    """The origins with what each often brings, in the language of the page."""
    return [
        OriginView(
            id=one.origin,
            name=framework.origins[one.origin].label(language),
            brings=tuple(
                BringsView(
                    id=f"vaak-{one.origin}-{part.competence}",
                    key=part.key,
                    competence=part.competence,
                    text=framework.competences[part.competence].label(language),
                    state="can" if part.confirmed else "dismissed" if part.dismissed else "open",
                )
                for part in one.competences
            ),
        )
        for one in offered
    ]


def _applied(limit: Limit, form: FilterForm, *, has_place: bool) -> Arguments | None:
    """What a limit changes in the address; None when it is on already, or can do nothing."""
    match limit.kind:
        case LimitKind.HOURS:
            # Hours that somebody filled in say more than what they wrote in passing.
            return {"hours": limit.values[0]} if form.found_hours is None else None
        case LimitKind.DISTANCE:
            kilometres = _distance(limit)
            closer = form.travel_km is None or form.travel_km > kilometres
            return {"distance": str(kilometres)} if has_place and closer else None
        case LimitKind.LICENCE:
            return None if form.no_licence.data else {"no_licence": "y"}
        case LimitKind.DIPLOMA:
            return None if form.without_diploma.data else {"without_diploma": "y"}
        case LimitKind.PARTS:
            return _added(limit, form, "not_part")
        case LimitKind.GROUPS:
            return _added(limit, form, "not_group")
        case LimitKind.WORK:
            return _added(limit, form, "not_work")
        case LimitKind.PLACE:
            return None


def _added(limit: Limit, form: FilterForm, name: str) -> Arguments | None:
    chosen = list(form[name].data or ())
    more = [one for one in limit.values if one not in chosen]
    return {name: [*chosen, *more]} if more else None


def _distance(limit: Limit) -> int:
    """The nearest distance that can be chosen and is no shorter than what was written."""
    wanted = int(limit.values[0])
    return next((one for one in DISTANCES if one >= wanted), DISTANCES[-1])


def _label(limit: Limit, form: FilterForm) -> str:
    match limit.kind:
        case LimitKind.HOURS:
            return _hours(limit.values[0])
        case LimitKind.DISTANCE:
            return _("tot %(km)s kilometer", km=_distance(limit))
        case LimitKind.LICENCE:
            return _("zonder rijbewijs")
        case LimitKind.DIPLOMA:
            return _("zonder diploma-eis")
        case LimitKind.PARTS:
            return _("niet %(when)s", when=listed(tuple(_times(limit.values))))
        case LimitKind.GROUPS:
            return _("niet met %(who)s", who=_named(limit, form, "not_group"))
        case LimitKind.WORK:
            return _("zonder %(what)s", what=_named(limit, form, "not_work"))
        case LimitKind.PLACE:
            return _("in de buurt van %(place)s", place=limit.values[0])


def _hours(span: str) -> str:
    low, high = span.split("-")
    if low == "1":
        return _("hoogstens %(hours)s uur", hours=high)
    if high == "40":
        return _("minstens %(hours)s uur", hours=low)
    return _("%(low)s tot %(high)s uur", low=low, high=high)


def _times(values: tuple[str, ...]) -> Iterable[str]:
    """Times in words; days that have a name together get it."""
    left = list(values)
    for name, days in ((_("doordeweeks"), _DAYS[:5]), (_("in het weekend"), _DAYS[5:])):
        if set(days) <= set(left):
            left = [one for one in left if one not in days]
            yield name
    for one in left:
        yield str(TIME_LABELS[one])


def _named(limit: Limit, form: FilterForm, name: str) -> str:
    labels = {str(key): str(label) for key, label in form[name].choices or ()}
    return listed(tuple(labels[one] for one in limit.values if one in labels))
