"""Pictures for the page of components: places, pay and weeks that only serve to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from portal import pictures
from portal.pictures.ability import GRADES

_DAYTIME: Final = 0b0011
_PLACES: Final = (
    ("Heerlen", 50.888, 5.979, 41),
    ("Kerkrade", 50.866, 6.063, 18),
    ("Gulpen", 50.815, 5.889, 5),
    ("Sittard", 51.0, 5.869, 22),
    ("Maastricht", 50.851, 5.691, 30),
)


def near_home() -> pictures.RegionMap:
    """Places around a home."""
    return pictures.region(_spots(), pictures.Home("Valkenburg", 50.865, 5.832))


def everywhere() -> pictures.RegionMap:
    """The same places for who gave no home."""
    return pictures.region(_spots())


def numbers() -> pictures.RegionMap:
    """Numbered cards, two of them in one place."""
    cards = [
        (number, _("Helpende"), name, latitude, longitude, None)
        for number, (name, latitude, longitude, _count) in enumerate(_PLACES, start=1)
    ]
    return pictures.numbered(None, [*cards, (6, _("Kok"), *_PLACES[0][:3], None)])


def pay() -> pictures.Pay | None:
    """Pay somewhere in the middle of the region."""
    return pictures.pay(2350, 2780, (2100, 4600))


def weeks() -> list[tuple[str, list[pictures.Job]]]:
    """A week of one job, fixed or to choose from; of two that fit or clash; full and empty."""
    mornings, weekend = _on(range(3)), _on(range(5, 7))
    first, second = "Zorghuis De Linde", "Thuiszorg Geuldal"
    return [
        (_("Eén baan, vast"), [pictures.Job(first, mornings, 24, fixed=True)]),
        (_("Eén baan, om uit te kiezen"), [pictures.Job(first, mornings | weekend)]),
        (
            _("Twee banen"),
            [
                pictures.Job(first, mornings, 16, fixed=True),
                pictures.Job(second, weekend, 12, fixed=True),
            ],
        ),
        (
            _("Twee banen die botsen"),
            [
                pictures.Job(first, mornings, 16, fixed=True),
                pictures.Job(second, _on(range(2, 4)), 12, fixed=True),
            ],
        ),
        (_("Vol"), [pictures.Job(first, (1 << 28) - 1, fixed=True)]),
        (_("Leeg"), [pictures.Job(first, 0)]),
    ]


@dataclass(frozen=True, slots=True)
class _Can:
    grade: str


@dataclass(frozen=True, slots=True)
class _Group:
    label: str
    competences: tuple[_Can, ...]


def abilities() -> list[tuple[str, list[_Group]]]:
    """A portfolio of somebody who was seen at work, and one that is only told."""
    told, seen, signed, paper = map(_Can, GRADES)
    return [
        (
            _("Alles door elkaar"),
            [
                _Group(_("Zorgen voor iemand"), (paper, paper, signed, seen, told, told)),
                _Group(_("Omgaan met mensen"), (signed, seen, seen, told)),
                _Group(_("Regelen en organiseren"), (told,)),
            ],
        ),
        (_("Alleen zelf verteld"), [_Group(_("Zorgen voor iemand"), (told,) * 4)]),
    ]


def _spots() -> list[pictures.Spot]:
    return [
        pictures.Spot(name=name, latitude=latitude, longitude=longitude, count=count)
        for name, latitude, longitude, count in _PLACES
    ]


def _on(days: range) -> int:
    return sum(_DAYTIME << day * 4 for day in days)
