"""A calm document: type, colours, tags for who listens, and where a page ends.

fpdf2 tags pictures and headings by itself, all as pictures. Here every text gets the tag that it
is (H1 to H3, P, LI, Figure), what only decorates is an artifact, and no tagged text crosses a
page. The font is Source Sans Pro (SIL Open Font License 1.1), of the package
font-source-sans-pro; what is used of it is embedded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, cast

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

Colour = tuple[int, int, int]
INK: Final[Colour] = (23, 48, 45)
SOFT: Final[Colour] = (74, 95, 92)
PINE: Final[Colour] = (13, 95, 87)
EDGE: Final[Colour] = (123, 139, 135)
RULE: Final[Colour] = (227, 221, 210)
APRICOT: Final[Colour] = (242, 166, 90)
WHITE: Final[Colour] = (255, 255, 255)
MARGIN: Final = 22.0  # mm
_FAMILY: Final = "Source Sans Pro"
_FACES: Final = {"": "Regular", "B": "Semibold", "I": "It"}
_LEADING: Final = 1.32
_MM: Final = 25.4 / 72  # in a point


@cache
def _face(style: str) -> Path:
    return Path(str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{_FACES[style]}.ttf"))


@cache
def _letters(style: str) -> frozenset[int]:
    with TTFont(_face(style), lazy=True) as font:
        return frozenset(font.getBestCmap())


def sayable(text: str, style: str = "") -> str:
    """Return a text with only what the font can write: bare letters where it lacks an accent.

    The font has all Latin letters, Vietnamese included. Another script becomes question marks,
    so that it shows that something stood there; pictograms are left out.
    """
    known = _letters(style)
    found = []
    for letter in unicodedata.normalize("NFC", text):
        if letter == "\n" or ord(letter) in known:
            found.append(letter)
            continue
        bare = [one for one in unicodedata.normalize("NFKD", letter) if ord(one) in known]
        if bare:
            found += bare
        elif unicodedata.category(letter)[0] in "LN":
            found.append("?")
        elif unicodedata.category(letter)[0] == "Z":
            found.append(" ")
    return unicodedata.normalize("NFC", "".join(found))


class Document(FPDF):
    """A document on A4 that grows from above. Measures in mm, sizes of type in points."""

    def __init__(self, *, title: str, subject: str, language: str, made_at: datetime) -> None:
        super().__init__(orientation="P", unit="mm", format="A4")
        self.footer_left = ""
        self.footer_right = ""
        self.set_margins(MARGIN, 20, MARGIN)
        # Words stand on the same line as what is drawn.
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=24)
        for style in _FACES:
            self.add_font(_FAMILY, style, str(_face(style)))
        self.set_title(sayable(title))
        self.set_subject(sayable(subject))
        self.set_author("Bekwaam")
        self.set_creator("Bekwaam")
        self.set_lang(language)
        self.set_creation_date(made_at)
        self.alias_nb_pages()
        self.viewer_preferences = None
        self.add_page()

    def footer(self) -> None:
        """Whose it is, and which page of how many. Repeated on each page, so no content."""
        with self.artifact():
            self.set_y(-16)
            self._type("", 9, SOFT)
            self.cell(0, 5, sayable(self.footer_left), align="L", new_x=XPos.LMARGIN)
            words = self.footer_right.replace("{page}", str(self.page_no()))
            self.cell(0, 5, sayable(words), align="R")

    # What it is, for who listens

    @contextmanager
    def tagged(self, kind: str, alt: str | None = None) -> Iterator[None]:
        """Say what is written inside: H1, P, Figure. It must stay on one page."""
        # fpdf2 has this for pictures only; the two calls are those that it makes for them.
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number, alt_text=alt)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside says nothing."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    # Text

    def words(
        self,
        kind: str,
        text: str,
        *,
        size: float = 10.5,
        style: str = "",
        colour: Colour = INK,
        indent: float = 0,
        before: float = 0,
        after: float = 1.2,
        keep: float = 0,
        width: float | None = None,
        link: str = "",
    ) -> None:
        """Write a text below the last one. `keep`: so much room must follow on the same page.

        `link`: an address that it leads to.
        """
        text = sayable(text, style)
        if not text.strip():
            return
        self._type(style, size, colour)
        line = size * _MM * _LEADING
        width = width or self.epw - indent
        lines = cast(
            list[str],
            self.multi_cell(
                width, line, text, align="L", dry_run=True, output=MethodReturnValue.LINES
            ),
        )
        if self.y > self.t_margin:
            self.y += before
        if self.y + min(len(lines), 2) * line + keep > self.page_break_trigger:
            self.add_page()
        while lines:
            room = max(1, int((self.page_break_trigger - self.y) / line))
            part, lines = lines[:room], lines[room:]
            with self.tagged(kind):
                self._type(style, size, colour)
                self.set_x(self.l_margin + indent)
                self.multi_cell(
                    width,
                    line,
                    "\n".join(part),
                    align="L",
                    link=link,
                    new_x=XPos.LMARGIN,
                    new_y=YPos.NEXT,
                )
            if lines:
                self.add_page()
        self.y += after

    def heading(self, level: int, text: str, *, keep: float = 14) -> None:
        """Write a heading, and put it in the outline."""
        size, before, after = {1: (25, 0, 1.5), 2: (15, 8, 2.0), 3: (11.5, 3.2, 0.6)}[level]
        if self.y > self.t_margin and self.y + before + size * _MM + keep > (
            self.page_break_trigger
        ):
            self.add_page()
        elif self.y > self.t_margin:
            self.y += before
        self.start_section(sayable(text), level=level - 1, strict=False)
        colour = PINE if level == 2 else INK
        self.words(f"H{level}", text, size=size, style="B", colour=colour, after=after)

    def rule(self) -> None:
        """Draw a thin line."""
        with self.artifact():
            self.set_draw_color(*RULE)
            self.set_line_width(0.3)
            self.line(self.l_margin, self.y, self.l_margin + self.epw, self.y)
        self.y += 3

    def bar(
        self, x: float, y: float, width: float, height: float, fill: Colour, edge: Colour
    ) -> None:
        """Draw a rectangle."""
        self.set_fill_color(*fill)
        self.set_draw_color(*edge)
        self.set_line_width(0.25)
        self.rect(x, y, width, height, style="DF")

    def room(self, height: float) -> None:
        """Begin a new page unless there is so much room."""
        if self.y + height > self.page_break_trigger:
            self.add_page()

    def _type(self, style: str, size: float, colour: Colour) -> None:
        self.set_font(_FAMILY, style, size)
        self.set_text_color(*colour)
