"""What tests of portfolios begin with: people with a profile, evidence, and real files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

from PIL import Image

from portal import clock
from portal.accounts.models import User
from portal.candidates.models import Candidate
from portal.candidates.service import ensure
from portal.portfolio import evidence_service, service
from portal.portfolio.evidence_service import EvidenceInput
from portal.portfolio.models import EvidenceItem, EvidenceKind, Mastery
from portal.portfolio.service import CompetenceInput
from portal.transaction import transaction
from tests.factories import make_user

A_NURSE = "19912345630"
"""Has the form of a BIG number of a nurse; made up."""


def make_candidate(user: User | None = None, **columns: Any) -> Candidate:
    """Somebody with a profile; `columns` are set on it."""
    user = user or make_user()
    with transaction():
        candidate = ensure(user, now=clock.now())
        for name, value in columns.items():
            setattr(candidate, name, value)
    return candidate


def take(
    user: User,
    competence: str,
    mastery: Mastery = Mastery.INDEPENDENT,
    sentence: str = "Dat deed ik.",
) -> None:
    """Put a competence in the portfolio of somebody."""
    given = CompetenceInput(competence=competence, mastery=mastery, sentence=sentence)
    with transaction():
        service.accept([given], actor=user, now=clock.now())


def evidence_input(kind: EvidenceKind = EvidenceKind.PAID_WORK, **changes: Any) -> EvidenceInput:
    """What somebody sends for evidence; complete for its kind."""
    given = EvidenceInput(kind=kind, title="Kok")
    usual: dict[EvidenceKind, dict[str, Any]] = {
        EvidenceKind.PAID_WORK: {"from_date": date(2010, 1, 1), "to_date": date(2016, 12, 31)},
        EvidenceKind.DIPLOMA: {
            "title": "Verzorgende IG",
            "issued_on": date(2001, 1, 1),
            "level": 3,
        },
        EvidenceKind.REGISTER: {
            "title": "BIG-registratie verpleegkundige",
            "gate": "big-nurse",
            "number": A_NURSE,
        },
        EvidenceKind.VOG: {"title": "VOG", "gate": "vog"},
    }
    return replace(given, **(usual.get(kind, {}) | changes))


def make_evidence(
    user: User, kind: EvidenceKind = EvidenceKind.PAID_WORK, *, asks: bool = False, **changes: Any
) -> EvidenceItem:
    """Evidence of somebody, kept by the service."""
    with transaction():
        return evidence_service.add(
            evidence_input(kind, **changes), actor=user, now=clock.now(), ask_check=asks
        ).item


def a_pdf(text: str = "Diploma") -> bytes:
    """A small whole PDF."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text=text)
    return bytes(made.output())


def a_picture(kind: str = "JPEG", *, exif: bool = True, size: tuple[int, int] = (60, 30)) -> bytes:
    """A small picture, with a place in it as cameras add one."""
    picture = Image.new("RGB", size, "teal")
    out = io.BytesIO()
    more: dict[str, Any] = {}
    if exif and kind in ("JPEG", "WEBP"):
        told = Image.Exif()
        told[0x010F] = "Telefoon van Samira"
        # 6: turned a quarter; a picture without it has to be turned for good.
        told[0x0112] = 6
        more["exif"] = told.tobytes()
    picture.save(out, kind, **more)
    return out.getvalue()


def a_zip(name: str = "diploma.pdf") -> bytes:
    """An archive with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "geheim")
    return out.getvalue()
