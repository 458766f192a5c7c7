"""The portfolios of the demo's invented people, as data/demo/portfolios.yaml tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from flask import current_app
from fpdf import FPDF

from portal.accounts.models import User
from portal.accounts.service import find_user
from portal.candidates.queries import of_user
from portal.clock import local_date
from portal.matching.knowledge import framework
from portal.portfolio import evidence_service, policy, queries, service
from portal.portfolio.evidence_service import EvidenceInput
from portal.portfolio.files import Accepted, accept
from portal.portfolio.models import CheckResult, EvidenceItem, EvidenceKind, Mastery
from portal.portfolio.service import CompetenceInput
from portal.portfolio.web import store

FILE: Final = "demo/portfolios.yaml"
CHECKER: Final = "coordinator@bekwaam.example"
_BEGAN: Final = timedelta(days=22)


def portfolios() -> list[dict[str, Any]]:
    """Read the portfolios of the demo."""
    path = Path(current_app.config["BEKWAAM_DATA"]) / FILE
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def seed(*, now: datetime) -> Counter[str]:
    """Give everybody of the file who has a profile and an empty portfolio the one of the file."""
    added: Counter[str] = Counter()
    checker = find_user(CHECKER)
    for given in portfolios():
        user = find_user(given["email"])
        candidate = of_user(user.id) if user else None
        if user is None or candidate is None:
            continue
        if queries.competences(candidate.id) or queries.evidence(candidate.id):
            continue
        began = now - _BEGAN
        taken = [
            CompetenceInput(competence=key, mastery=Mastery(how), sentence=said)
            for key, (how, said) in given["skills"].items()
        ]
        service.accept(taken, actor=user, now=began)
        service.drop(given.get("dropped", ()), actor=user, now=began)
        for one in given.get("evidence", ()):
            _evidence(one, user, checker, now)
            added["evidence"] += 1
        added["portfolios"] += 1
    return added


def _evidence(
    given: Mapping[str, Any], user: User, checker: User | None, now: datetime
) -> EvidenceItem:
    asked = given.get("asked")
    at = now - (timedelta(days=asked) if asked else _BEGAN)
    data = _input(given, local_date(now))
    with store().writing() as put:
        item = evidence_service.add(
            data,
            actor=user,
            now=at,
            upload=_upload(given),
            put=put,
            ask_check=asked is not None,
        ).item
    if checker is not None and given.get("checked"):
        note = given.get("rejected", "")
        result = CheckResult.REJECTED if note else CheckResult.CONFIRMED
        checked = now - timedelta(days=given["checked"])
        evidence_service.set_checked(item, result, note=note, actor=checker, now=checked)
    return item


def _input(given: Mapping[str, Any], today: date) -> EvidenceInput:
    def day(name: str, offset: str) -> date | None:
        found: date | None = given.get(name)
        return today + timedelta(days=given[offset]) if offset in given else found

    kind = EvidenceKind(given["kind"])
    gates = policy.GATES_OF.get(kind, ())
    gate = given.get("gate") or (gates[0] if kind is EvidenceKind.VOG else None)
    title = given.get("title") or framework().gates[gate or ""].label()
    return EvidenceInput(
        kind=kind,
        title=title,
        detail=given.get("detail", ""),
        issuer=given.get("issuer", ""),
        gate=gate,
        number=given.get("number", ""),
        level=given.get("level"),
        hours_week=given.get("hours"),
        contact=given.get("contact", ""),
        url=given.get("url", ""),
        from_date=given.get("from"),
        to_date=given.get("to"),
        issued_on=day("issued_on", "issued"),
        expires_on=day("expires_on", "ends"),
        competences=tuple(given.get("competences", ())),
    )


def _upload(given: Mapping[str, Any]) -> Accepted | None:
    words = given.get("file")
    if words is None:
        return None
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=16)
    paper.multi_cell(w=0, text=str(words))
    return accept(f"{words}.pdf", bytes(paper.output()))
