"""A portfolio as a document that a person hands over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

import qrcode
from flask_babel import gettext as _

from portal.pictures import Ability, ability
from portal.pictures.ability import GRADES
from portal.portfolio.kinds import Grade
from portal.portfolio.pdf_layout import (
    APRICOT,
    EDGE,
    INK,
    PINE,
    RULE,
    SOFT,
    WHITE,
    Colour,
    Document,
    sayable,
)
from portal.portfolio.views import (
    CompetenceView,
    EvidenceLine,
    PortfolioView,
    ValidationLine,
)
from portal.portfolio.words import GRADE_LABELS
from portal.when import day_text

_FILLS: Final[dict[str, tuple[Colour, Colour]]] = {
    "claimed": (WHITE, EDGE),
    "demonstrated": (APRICOT, EDGE),
    "validated": (PINE, PINE),
    "certified": (INK, INK),
}
_STEP: Final = 2.0  # mm; a column is as many steps high as its grade
_QR: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on it besides the portfolio. `name`: of the person, or their code.

    `url` leads to the same online, until a day; both empty without a link.
    """

    name: str
    made_on: date
    language: str
    url: str = ""
    until: date | None = None


def write(view: PortfolioView, paper: Paper) -> bytes:
    """Return the document as PDF, in the language of the page."""
    title = _("Portfolio van %(name)s", name=paper.name)
    document = Document(
        title=title,
        subject=_("Wat iemand kan, en hoe sterk dat te zien is"),
        language=paper.language,
        made_at=datetime.combine(paper.made_on, time(12), tzinfo=UTC),
    )
    document.footer_left = title
    document.footer_right = _("bladzijde %(page)s van %(pages)s", page="{page}", pages="{nb}")
    _beginning(document, view, paper)
    for group in view.groups:
        document.heading(2, group.label, keep=26)
        for one in group.competences:
            _competence(document, one)
    if view.papers:
        document.heading(2, _("Papieren"))
        for line in view.papers:
            _proof(document, line, indent=0)
    if view.loose:
        document.heading(2, _("Ander bewijs"))
        for line in view.loose:
            _proof(document, line, indent=0)
    _checking(document, paper)
    return bytes(document.output())


def _beginning(document: Document, view: PortfolioView, paper: Paper) -> None:
    document.words("P", _("Portfolio"), size=10.5, style="B", colour=PINE, after=0)
    document.heading(1, paper.name)
    document.words(
        "P",
        _("Gemaakt op %(day)s met Bekwaam.", day=day_text(paper.made_on)),
        colour=SOFT,
        after=3,
    )
    document.rule()
    if view.empty:
        document.words("P", _("Er staat nu niets in dit portfolio."), before=4)
        return
    document.words(
        "P",
        _("Hier staat wat iemand kan. Bij alles staat hoe sterk dat te zien is."),
        size=12,
        after=4,
    )
    drawn = ability(view.groups)
    if drawn.total:
        _picture(document, drawn)
    _key(document)


def _picture(document: Document, drawn: Ability) -> None:
    height = len(GRADES) * _STEP
    for row in drawn.rows:
        told = ", ".join(
            f"{number} {GRADE_LABELS[Grade(grade)]}"
            for grade, number in reversed(list(zip(GRADES, row.counts, strict=True)))
            if number
        )
        document.room(height + 16)
        document.words("P", row.label, style="B", before=1, after=0.8)
        left, ground = document.l_margin, document.y + height
        with document.tagged("Figure", alt=sayable(f"{row.label}: {told}")):
            for column in row.columns:
                fill, edge = _FILLS[column.grade]
                tall = column.steps * _STEP
                document.bar(
                    left + column.x / 100 * document.epw,
                    ground - tall,
                    column.width / 100 * document.epw,
                    tall,
                    fill,
                    edge,
                )
        with document.artifact():
            document.set_draw_color(*RULE)
            document.line(left, ground + 0.2, left + document.epw, ground + 0.2)
        document.y = ground + 0.8
        document.words("P", told, size=9.5, colour=SOFT, after=2.2)


def _key(document: Document) -> None:
    """What the grades mean, the strongest first."""
    document.room(38)
    document.words("P", _("Zo lees je dit"), style="B", before=3, after=1)
    for grade, meaning in (
        (Grade.CERTIFIED, _("Een diploma, certificaat of registratie. Iemand keek het na.")),
        (Grade.VALIDATED, _("Iemand die dat mag, zag het zelf en tekende ervoor, tot een datum.")),
        (Grade.DEMONSTRATED, _("Gezien door een coach, of onder begeleiding gedaan.")),
        (Grade.CLAIMED, _("De persoon vertelt dit zelf. Nog niemand keek het na.")),
    ):
        _marked(document, grade, f"{GRADE_LABELS[grade]}: {meaning}", size=9.5, colour=SOFT)


def _marked(
    document: Document, grade: Grade, text: str, *, size: float = 10.5, colour: Colour = INK
) -> None:
    """A line with four small steps before it, as many filled as the grade has."""
    document.room(8)
    top = document.y
    steps = GRADES.index(grade) + 1
    with document.artifact():
        for number in range(len(GRADES)):
            on = number < steps
            height = 1.0 + number * 0.7
            document.bar(
                document.l_margin + number * 1.9,
                top + 3.6 - height,
                1.3,
                height,
                PINE if on else WHITE,
                PINE if on else EDGE,
            )
    document.words("P", text, size=size, colour=colour, indent=10, after=0.6)


def _competence(document: Document, one: CompetenceView) -> None:
    # A line of evidence alone at the top of a page belongs to nothing; what is long is cut anyhow.
    lines = 3 + bool(one.sentence) + 2 * len(one.validations) + len(one.evidence)
    document.room(min(lines * 5.5, 70))
    document.heading(3, one.label, keep=14)
    _marked(document, one.grade, f"{one.grade_label} · {one.mastery_label}", colour=SOFT)
    if one.sentence:
        document.words("P", f"“{one.sentence}”", style="I", indent=10, after=0.8)
    for validation in one.validations:
        _signature(document, validation)
    for line in one.evidence:
        _proof(document, line, indent=10)


def _signature(document: Document, one: ValidationLine) -> None:
    who = ", ".join(part for part in (one.signed_by, one.organisation) if part)
    parts = [
        _("Getekend door %(who)s", who=who),
        _("op %(day)s", day=day_text(one.signed_on)) if one.signed_on else "",
        one.mastery_label,
        one.scope,
        _until(one.until, ended=one.expired),
    ]
    _line(document, parts, indent=10)


def _proof(document: Document, line: EvidenceLine, *, indent: float) -> None:
    kind = line.kind if line.kind != line.title else ""
    parts = [line.title, kind, line.source, line.when, line.gate if line.gate != line.title else ""]
    if line.checked and line.checked_on:
        parts.append(_("nagekeken op %(day)s", day=day_text(line.checked_on)))
    parts.append(_until(line.until, ended=not line.counts))
    _line(document, parts, indent=indent)


def _until(day: date | None, *, ended: bool) -> str:
    if day is None:
        return ""
    told = day_text(day)
    return (
        _("was geldig tot en met %(day)s", day=told)
        if ended
        else _("geldig tot en met %(day)s", day=told)
    )


def _line(document: Document, parts: list[str], *, indent: float) -> None:
    text = " · ".join(part.strip().rstrip(".") for part in parts if part.strip())
    document.words("P", f"– {text}", size=10, indent=indent, after=0.5)


def _checking(document: Document, paper: Paper) -> None:
    """How who receives it can look whether it is still so."""
    document.heading(2, _("Klopt het nog?"), keep=_QR + 10 if paper.url else 20)
    document.words(
        "P",
        _(
            "Dit is een foto van één dag. Wat getekend of nagekeken is, kan daarna zijn veranderd. "
            "Vraag bij een diploma of registratie altijd naar het origineel."
        ),
        after=2,
    )
    if not paper.url:
        document.words("P", _("Wil je het nu zien? Vraag om een link naar het portfolio."))
        return
    document.room(_QR + 6)
    top = document.y
    with document.tagged("Figure", alt=_("Code met de link hiernaast")):
        _code(document, paper.url, document.l_margin, top)
    wide = document.epw - _QR - 8
    document.words(
        "P",
        _(
            "Bekijk hier hoe het nu is. De link werkt tot en met %(day)s.",
            day=day_text(paper.until) if paper.until else "",
        ),
        indent=_QR + 8,
        width=wide,
        after=1,
    )
    document.words(
        "P", paper.url, size=9.5, colour=PINE, indent=_QR + 8, width=wide, link=paper.url
    )
    document.y = max(document.y, top + _QR + 2)


def _code(document: Document, url: str, left: float, top: float) -> None:
    made = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(url)
    made.make(fit=True)
    modules = made.get_matrix()
    size = _QR / len(modules)
    document.set_fill_color(*INK)
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                # One rectangle for neighbours: seams between squares confuse a camera.
                document.rect(left + x * size, top + y * size, run * size, size, style="F")
            x += run or 1
