"""Examples to click on the home page: short lives, invented, in the words of visitors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """An example; its texts stay in the language in which a visitor would write them."""

    label: str
    values: dict[str, str]
    language: str = "nl"


def _values(skills: str, ambition: str, place: str = "", hours: str = "") -> dict[str, str]:
    return {"skills": skills, "ambition": ambition, "place": place, "hours": hours}


EXAMPLES = {
    "camping": Example(
        "werkte op een camping",
        _values(
            "Acht zomers op een camping gewerkt: gasten ontvangen en voor iedereen een praatje. "
            "Mijn oma had alzheimer en ik was vaak bij haar. Ik bak graag.",
            "Iets gezelligs met ouderen, liever overdag.",
            "Heerlen",
            "24",
        ),
    ),
    "bloemist": Example(
        "bloemist",
        _values(
            "Ik heb een bloemenwinkel gehad. Ik maakte boeketten, stond in de winkel en deed zelf "
            "de boekhouding. In het weekend werk ik in mijn moestuin.",
            "Buiten bezig zijn met mensen die niet zo snel meekomen.",
            "Vaals",
        ),
    ),
    "buurman": Example(
        "zorgde voor mijn buurman",
        _values(
            "Drie jaar voor mijn zieke buurman gezorgd: boodschappen, koken, wassen en de pillen "
            "op tijd. Daarna was ik bij hem tot het einde.",
            "Bij mensen thuis werken, graag in mijn eigen dorp.",
            "Brunssum",
            "20",
        ),
    ),
    "tennisclub": Example(
        "deed de boeken van de club",
        _values(
            "Jarenlang de administratie van de tennisclub gedaan: leden, rekeningen en de "
            "notulen. Ik ben precies en werk graag met de computer.",
            "Op kantoor, met aardige collega's om me heen.",
            "Sittard",
        ),
    ),
    "van": Example(
        "I drive a delivery van",
        _values(
            "I drive a delivery van in the city. I am always on time, I know every street and I "
            "like a chat at the door. I also help my father, who uses a wheelchair.",
            "Driving people instead of parcels.",
            "Maastricht",
            "32",
        ),
        language="en",
    ),
}
