"""The guide and the game."""

PINNED: dict[str, tuple[int | None, ...]] = {
    "orientation.field": (4, 12, 5, 6, 5, 6),
    "orientation.group": (3, 11, 4, 5, 4, 5),
    "orientation.index": (2, 6, 3, 4, 3, 4),
    "orientation.index, kept": (0, 6, 1, 2, 1, 2),
    "orientation.index, searched": (1, 5, 2, 3, 2, 3),
    "orientation.play": (0, 1, 1, 2, 1, 2),
    "orientation.play, the end": (1, 5, 2, 3, 2, 3),
    "orientation.profession": (3, 11, 4, 5, 4, 5),
    "orientation.profession, of somebody who asked": (5, 11, 6, 7, 6, 7),
}
STATES = {
    "orientation.index, kept": "/orientatie?mijn=1",
    "orientation.index, searched": "/orientatie?q=kok&level=3",
    "orientation.profession": "/orientatie/beroepen/care-cook",
    "orientation.profession, of somebody who asked": (
        "/orientatie/beroepen/care-cook?aanvraag={token}"
    ),
    "orientation.field": "/orientatie/velden/nursing-home",
    "orientation.group": "/orientatie/doelgroepen/older-people",
    "orientation.play": "/orientatie/spel?morning=people",
    "orientation.play, the end": (
        "/orientatie/spel?morning=people&hour=old&surprise=quiet&place=home"
        "&afternoon=one&tired=heart&week=days&decide=together"
    ),
}
