"""Evidence in the portfolio: choosing a kind, filling it in, changing, taking away, its file."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.errors import Conflict, Invalid, NotFound
from portal.matching.knowledge import framework
from portal.permissions import Permission, allowed, requires, signed_in
from portal.portfolio import check_queries, policy, queries
from portal.portfolio import evidence_service as service
from portal.portfolio.evidence_fields import EvidenceForm
from portal.portfolio.evidence_forms import FORMS, FileForm, form_data
from portal.portfolio.evidence_service import Kept
from portal.portfolio.files import ACCEPT
from portal.portfolio.models import CompetenceState, EvidenceItem, EvidenceKind
from portal.portfolio.views import evidence_line, label_of
from portal.portfolio.web import blueprint, own, store, today, version
from portal.portfolio.words import KIND_HINTS, KIND_LABELS
from portal.transaction import transaction
from portal.undo import flash_undo

SANDBOX = "sandbox; default-src 'none'"
"""For a file of somebody: should a browser ever show it, nothing in it runs or is fetched."""
_KINDS = (
    (EvidenceKind.PAID_WORK, EvidenceKind.UNPAID_WORK, EvidenceKind.CARE_FOR_FAMILY),
    (EvidenceKind.DIPLOMA, EvidenceKind.CERTIFICATE, EvidenceKind.PRACTICE_STATEMENT),
    (EvidenceKind.REGISTER, EvidenceKind.VOG, EvidenceKind.DRIVING_LICENCE),
    (EvidenceKind.REFERENCE, EvidenceKind.BADGE, EvidenceKind.FILE),
)


@blueprint.get("/portfolio/bewijs/nieuw")
@requires(Permission.JOURNEY_OWN)
def choose_kind() -> ResponseReturnValue:
    """Show the kinds of evidence, each with a form of its own."""
    about = request.args.get("voor", "")
    return render_template(
        "portfolio/kinds.html",
        groups=[[(one, KIND_LABELS[one], KIND_HINTS[one]) for one in some] for some in _KINDS],
        about=about if about in framework().competences else None,
        about_label=label_of(about),
    )


@blueprint.get("/portfolio/bewijs/nieuw/<kind>")
@requires(Permission.JOURNEY_OWN)
def new_evidence(kind: str) -> ResponseReturnValue:
    """Show the form of one kind."""
    about = request.args.get("voor", "")
    linked = [about] if about in framework().competences else []
    data: dict[str, object] = {"form_key": secrets.token_urlsafe(16), "competences": linked}
    return _page(_form(_kind(kind), data=data), None)


@blueprint.post("/portfolio/bewijs/nieuw/<kind>")
@requires(Permission.JOURNEY_OWN)
def create_evidence(kind: str) -> ResponseReturnValue:
    """Keep new evidence, with its file."""
    form = _form(_kind(kind))
    if not form.check(today()):
        return _page(form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with store().writing() as put, transaction():
            kept = service.add(
                form.to_input(),
                actor=signed_in(),
                now=clock.now(),
                form_key=(form.form_key.data or "")[:40] or None,
                upload=form.accepted,
                put=put,
                ask_check="ask_check" in form and bool(form.ask_check.data),
            )
            told = _kept(kept)
            identifier = kept.item.id
    except Invalid as error:
        return _page(_refused(form, error), None, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(told, "success")
    return redirect(url_for("portfolio.evidence", evidence_id=identifier), HTTPStatus.SEE_OTHER)


@blueprint.get("/portfolio/bewijs/<int:evidence_id>")
@requires(Permission.JOURNEY_OWN)
def evidence(evidence_id: int) -> ResponseReturnValue:
    """Show one piece of evidence."""
    item = _own(evidence_id)
    return render_template(
        "portfolio/evidence.html",
        item=item,
        line=evidence_line(item, today()),
        competences=[(one, label_of(one)) for one in item.competences],
        can_ask=EvidenceKind(item.kind) in policy.CHECKED and not item.awaits_check,
    )


@blueprint.get("/portfolio/bewijs/<int:evidence_id>/bewerken")
@requires(Permission.JOURNEY_OWN)
def edit_evidence(evidence_id: int) -> ResponseReturnValue:
    """Show the form with what is there."""
    item = _own(evidence_id)
    return _page(_form(_by_form(item), data=form_data(item), item=item), item)


@blueprint.post("/portfolio/bewijs/<int:evidence_id>/bewerken")
@requires(Permission.JOURNEY_OWN)
def save_evidence(evidence_id: int) -> ResponseReturnValue:
    """Keep what was changed."""
    item = _own(evidence_id)
    form = _form(_by_form(item), item=item)
    if not form.check(today()):
        return _page(form, item, HTTPStatus.UNPROCESSABLE_ENTITY)
    was_checked = item.checked_on is not None
    try:
        with store().writing() as put, transaction():
            kept = service.change(
                evidence_id,
                form.to_input(),
                version=version(),
                actor=signed_in(),
                now=clock.now(),
                upload=form.accepted,
                put=put,
                remove_file="remove_file" in form and bool(form.remove_file.data),
                ask_check="ask_check" in form and bool(form.ask_check.data),
            )
            lost = was_checked and kept.item.checked_on is None
            told = _kept(kept)
    except Invalid as error:
        return _page(_refused(form, error), item, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict:
        latest = _own(evidence_id)
        # Who has read the warning may save over it.
        form.version.data = str(latest.version)
        form.version.raw_data = None
        return _page(form, latest, HTTPStatus.CONFLICT, stale=True)
    flash(told, "success")
    if lost:
        flash(_("Je veranderde iets dat al was nagekeken. Laat het nog een keer bekijken."), "info")
    return redirect(url_for("portfolio.evidence", evidence_id=evidence_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/portfolio/bewijs/<int:evidence_id>/laat-bekijken")
@requires(Permission.JOURNEY_OWN)
def ask_check(evidence_id: int) -> ResponseReturnValue:
    """Ask a person to look at it."""
    with transaction():
        service.ask_check(evidence_id, version=version(), actor=signed_in(), now=clock.now())
    flash(_("Iemand van het loket kijkt hiernaar. Je ziet hier wat eruit komt."), "success")
    return redirect(url_for("portfolio.evidence", evidence_id=evidence_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/portfolio/bewijs/<int:evidence_id>/weghalen")
@requires(Permission.JOURNEY_OWN)
def ask_remove(evidence_id: int) -> ResponseReturnValue:
    """Ask whether it should really go."""
    item = _own(evidence_id)
    return render_template("portfolio/remove.html", item=item, line=evidence_line(item, today()))


@blueprint.post("/portfolio/bewijs/<int:evidence_id>/weghalen")
@requires(Permission.JOURNEY_OWN)
def remove_evidence(evidence_id: int) -> ResponseReturnValue:
    """Take it away; the next page holds the way back."""
    with transaction():
        item = service.remove(evidence_id, version=version(), actor=signed_in(), now=clock.now())
        told = _("“%(title)s” is weg. Na een dag wissen we het.", title=item.title)
    flash_undo(told, url_for("portfolio.bring_back", evidence_id=evidence_id), {})
    return redirect(url_for("portfolio.index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/portfolio/bewijs/<int:evidence_id>/terughalen")
@requires(Permission.JOURNEY_OWN)
def bring_back(evidence_id: int) -> ResponseReturnValue:
    """Bring back what was just taken away."""
    with transaction():
        service.bring_back(evidence_id, actor=signed_in(), now=clock.now())
    flash(_("Je bewijs is terug."), "success")
    return redirect(url_for("portfolio.evidence", evidence_id=evidence_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/portfolio/bestand/<int:file_id>")
@requires(Permission.ACCOUNT_OWN)
def download(file_id: int) -> ResponseReturnValue:
    """Send a file as a download, to whom it concerns."""
    file = queries.file_of(file_id, signed_in().id)
    if file is None and allowed(Permission.EVIDENCE_CHECK):
        file = check_queries.file_of(file_id, signed_in())
    path = store().path(file.key) if file else None
    if file is None or path is None or not path.is_file():
        raise NotFound
    response: Response = send_file(
        path,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
        conditional=False,
        etag=False,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _kind(name: str) -> EvidenceKind:
    if name not in {kind.value for kind in policy.BY_FORM}:
        raise NotFound
    return EvidenceKind(name)


def _by_form(item: EvidenceItem) -> EvidenceKind:
    """The kind of evidence that people fill in themselves; the rest is not theirs to change."""
    return _kind(item.kind)


def _own(identifier: int) -> EvidenceItem:
    candidate = own()
    item = queries.evidence_of(candidate.id, identifier) if candidate else None
    if item is None:
        raise NotFound
    return item


def _form(
    kind: EvidenceKind,
    *,
    data: dict[str, object] | None = None,
    item: EvidenceItem | None = None,
) -> EvidenceForm:
    candidate = own()
    rows = queries.competences(candidate.id) if candidate else []
    mine = frozenset(one.competence for one in rows if one.state == CompetenceState.ACCEPTED)
    form = FORMS[kind](kind=kind, own=mine, data=data)
    if isinstance(form, FileForm):
        form.has_file = item is not None and item.file is not None
    return form


def _refused(form: EvidenceForm, error: Invalid) -> EvidenceForm:
    """The form with what the service said about it."""
    name = next((one for one in error.fields if one in form), None)
    field = form[name] if name else next(iter(form))
    field.errors = [error.message or _("Dit kunnen we niet bewaren.")]
    return form


def _kept(kept: Kept) -> str:
    saved = _("“%(title)s” is bewaard.", title=kept.item.title)
    if not kept.taken_up:
        return saved
    more = ngettext(
        "Er kwam %(num)s bekwaamheid bij. Kijk of het niveau klopt.",
        "Er kwamen %(num)s bekwaamheden bij. Kijk of het niveau klopt.",
        len(kept.taken_up),
    )
    return f"{saved} {more}"


def _page(
    form: EvidenceForm,
    item: EvidenceItem | None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    stale: bool = False,
) -> ResponseReturnValue:
    page = render_template(
        "portfolio/evidence_form.html",
        form=form,
        item=item,
        kind=form.kind,
        kind_label=KIND_LABELS[form.kind],
        hint=KIND_HINTS[form.kind],
        accept=ACCEPT,
        stale=stale,
    )
    return page, status
