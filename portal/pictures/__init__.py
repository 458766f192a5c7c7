"""Where everything stands in a picture: pure geometry, drawn by components/pictures.html.

Bars and lines are in percent of the width, so that they stretch and their words do not; the
map has a box of its own. Nothing here knows of a page or of a database.
"""

from portal.pictures.ability import Ability, ability
from portal.pictures.coverage import Coverage, Segment, coverage
from portal.pictures.money import Pay, part_time, pay
from portal.pictures.region import Home, RegionMap, Spot, numbered, region
from portal.pictures.timeline import Timeline, timeline
from portal.pictures.week import Glyph, Job, Week, glyph, week

__all__ = [
    "Ability",
    "Coverage",
    "Glyph",
    "Home",
    "Job",
    "Pay",
    "RegionMap",
    "Segment",
    "Spot",
    "Timeline",
    "Week",
    "ability",
    "coverage",
    "glyph",
    "numbered",
    "part_time",
    "pay",
    "region",
    "timeline",
    "week",
]
