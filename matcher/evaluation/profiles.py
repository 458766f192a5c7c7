"""The graded profiles: two halves, and the slices that each is measured on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field

from matcher import home
from matcher.datafiles import DataFileError, Record, by_id, read_records
from matcher.sayings import Identifier
from matcher.types import Opportunity, Profile

FOLDER = home.DATA / "evaluation"
"""Per half a file of that name."""


class Half(StrEnum):
    """The half to develop on, and the half that is opened only to report."""

    DEVELOPMENT = "development"
    REPORT = "report"


class Slice(StrEnum):
    """A kind of profile that is measured by itself."""

    NO_SHARED_WORD = "no_shared_word"
    ENGLISH = "english"
    A2 = "a2"
    UNPAID = "unpaid"
    RETURNER = "returner"
    EMPLOYEE = "employee"
    TWO_WISHES = "two_wishes"
    EXCLUSION = "exclusion"
    VERY_SHORT = "very_short"
    VERY_LONG = "very_long"


WrittenSlice: TypeAlias = Literal[
    Slice.A2, Slice.UNPAID, Slice.RETURNER, Slice.EMPLOYEE, Slice.TWO_WISHES, Slice.EXCLUSION
]
"""What only a reader can tell; the other slices are counted."""

SHORT, LONG = 6, 120
"""Words in both texts together: at most so many is very short, at least so many very long."""

_WORD = re.compile(r"[^\W\d_]+")
_CONTENT_FROM = 4
# Words of four letters and more that say nothing of work. Shorter ones do not count anyway.
_STOP_WORDS = frozenset(
    _WORD.findall(
        """
        alle alleen alles altijd ander andere anders beetje behalve beide bent best beter
        bijna binnen blijf blijven boven buiten daar daarna daarom dacht denk deze dingen
        doen doet door drie druk echt eens eentje eerst eigen elke even gaan gedaan geen
        gehad geweest gewerkt gewoon geworden goed goede graag haar hadden hebben hebt heeft
        heel hele helemaal hier hoeft hoor ieder iedere iedereen iemand iets jaar jaren
        jullie kunnen kwam kwamen laat laatste later liefst liever maar maken meer meest
        mensen mijn misschien moest moesten moet moeten naar niemand niet niets nooit onder
        ongeveer onze ooit over paar samen soms steeds tegen terug thuis tijd toch toen
        tussen twee vaak vanaf veel verder vier vijf vind vond voor vooral waar wanneer want
        waren week weer weet weinig weken welke werk werken werkte wilde willen worden wordt
        zelf zich zijn zoals zoek zoiets zonder zouden zoveel

        about after again also always anything around because been before being best both
        come could didn does doesn doing done down each enough even ever every everyone
        everything from getting give goes going good have having here into just keep know
        less like liked little long made make many maybe mean more most mostly much must
        myself need never nobody nothing often only other over people perhaps person rather
        really right same should since some somebody someone something sometimes still such
        take than that their them then there these they thing things think this those though
        through time together under until used very want wanted well went were what when
        where which while will with within without work worked working would year years your
        """
    )
)


class GradedProfile(Record):
    """A profile with the opportunities that suit: grade 2 very well, 1 somewhat, absent 0."""

    id: Identifier
    language: str = Field(pattern="^(nl|en)$")
    skills: str
    ambition: str
    slices: tuple[WrittenSlice, ...] = ()
    grades: dict[Identifier, int]

    @property
    def profile(self) -> Profile:
        """As the engine takes it."""
        return Profile(self.id, self.skills, self.ambition)


def load_profiles(file: Path, opportunities: Sequence[Opportunity]) -> list[GradedProfile]:
    """Read the graded profiles.

    Raises:
        DataFileError: a profile does not fit, grades something that is not in the region, a
            grade is not 1 or 2, none is 2, or there is no profile at all.
    """
    known = {one.id for one in opportunities}
    records = read_records(file, GradedProfile)
    if not records:
        raise DataFileError(file, 1, "", "there is no profile")
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


def slices_of(one: GradedProfile, pool: Mapping[str, Opportunity]) -> frozenset[Slice]:
    """The slices that a profile is in; `pool` holds every opportunity that it grades, by id."""
    found: set[Slice] = set(one.slices)
    length = len(query(one.profile).split())
    if one.language == "en":
        found.add(Slice.ENGLISH)
    if length <= SHORT:
        found.add(Slice.VERY_SHORT)
    if length >= LONG:
        found.add(Slice.VERY_LONG)
    best = (document(pool[name]) for name, grade in one.grades.items() if grade == 2)
    said = content_words(query(one.profile))
    if not any(said & content_words(text) for text in best):
        found.add(Slice.NO_SHARED_WORD)
    return frozenset(found)


def content_words(text: str) -> frozenset[str]:
    """The words of four letters and more that are not in every text; case and accents folded."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )
    words = (word for word in _WORD.findall(plain) if len(word) >= _CONTENT_FROM)
    return frozenset(words) - _STOP_WORDS


def document(opportunity: Opportunity) -> str:
    """What every baseline sees of an opportunity."""
    asked = [one.text for one in opportunity.requirements]
    return "\n".join((opportunity.title, opportunity.text, *asked))


def query(profile: Profile) -> str:
    """What every baseline sees of a profile."""
    return f"{profile.skills}\n{profile.ambition}"
