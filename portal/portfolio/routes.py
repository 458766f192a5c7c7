"""The candidate's portfolio: what is proposed, what stands in it, what was left out."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.errors import Conflict, Invalid, NotFound
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.permissions import Permission, requires, signed_in
from portal.portfolio import queries, service
from portal.portfolio.forms import CompetenceForm, NewCompetenceForm, ProposalForm
from portal.portfolio.models import CompetenceState, Mastery, PortfolioCompetence
from portal.portfolio.proposals import AT_ONCE, Proposal, propose
from portal.portfolio.service import CompetenceInput
from portal.portfolio.still import still_counts as counted
from portal.portfolio.views import competence_view, portfolio_view
from portal.portfolio.web import blueprint, own, today
from portal.transaction import transaction
from portal.undo import flash_undo

__all__ = ["blueprint"]


@blueprint.get("/portfolio")
@requires(Permission.JOURNEY_OWN)
def index() -> ResponseReturnValue:
    """Show what is proposed and what stands in the portfolio."""
    candidate = own()
    if candidate is None:
        return render_template("portfolio/index.html", view=None, proposals=None, text=False)
    rows = queries.competences(candidate.id)
    found = propose(candidate.skills, {one.competence for one in rows})
    return render_template(
        "portfolio/index.html",
        candidate=candidate,
        view=portfolio_view(candidate.id, today()),
        proposals=found,
        forms={one.competence: _proposal_form(one) for one in found.shown},
        text=bool(candidate.skills.strip()),
        ending=queries.ending_of(candidate.id, today()),
    )


@blueprint.post("/portfolio/voorstellen")
@requires(Permission.JOURNEY_OWN)
def decide() -> ResponseReturnValue:
    """Take proposals up, or leave them out: one, or all that were shown."""
    shown = list(dict.fromkeys(request.form.getlist("shown")))[:AT_ONCE]
    accept, drop = request.form.get("accept"), request.form.get("drop")
    now = clock.now()
    with transaction():
        ids: tuple[str, ...]
        if drop:
            were_in = service.drop([drop], actor=signed_in(), now=now)
            ids, told = (drop,), _("“%(what)s” laten we weg.", what=_label(drop))
            back_to_in = bool(were_in)
        else:
            wanted = [accept] if accept else shown if request.form.get("all") else []
            if not wanted:
                raise Invalid
            fresh = service.accept([_taken(one) for one in wanted], actor=signed_in(), now=now)
            ids = tuple(one.competence for one in fresh)
            told = (
                _("“%(what)s” staat in je portfolio.", what=_label(ids[0]))
                if len(ids) == 1
                else ngettext(
                    "%(num)s bekwaamheid staat in je portfolio.",
                    "%(num)s bekwaamheden staan in je portfolio.",
                    len(ids),
                )
            )
            back_to_in = False
    return _with_way_back(told, ids, accepted=back_to_in, anchor="voorstellen")


@blueprint.get("/portfolio/bekwaamheid/nieuw")
@requires(Permission.JOURNEY_OWN)
def new() -> ResponseReturnValue:
    """Show the form for a competence that somebody looks up."""
    return _new_page(NewCompetenceForm(own=_own_ids()))


@blueprint.post("/portfolio/bekwaamheid/nieuw")
@requires(Permission.JOURNEY_OWN)
def create() -> ResponseReturnValue:
    """Take up what somebody looked up."""
    form = NewCompetenceForm(own=_own_ids())
    if not form.validate():
        return _new_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    taken = [form.to_input(one) for one in form.competences.data]
    with transaction():
        fresh = service.accept(taken, actor=signed_in(), now=clock.now())
        ids = tuple(one.competence for one in fresh)
    if not ids:
        flash(_("Dit stond al in je portfolio."), "info")
        return redirect(url_for("portfolio.index"), HTTPStatus.SEE_OTHER)
    told = ngettext(
        "%(num)s bekwaamheid staat in je portfolio.",
        "%(num)s bekwaamheden staan in je portfolio.",
        len(ids),
    )
    return _with_way_back(told, ids, accepted=False, anchor=f"b-{ids[0]}")


@blueprint.get("/portfolio/bekwaamheid/<competence>")
@requires(Permission.JOURNEY_OWN)
def edit(competence: str) -> ResponseReturnValue:
    """Show one competence: its level, its words and what shows it."""
    row = _row(competence)
    form = CompetenceForm(
        data={
            "mastery": row.mastery,
            "sentence": row.sentence,
            "seen_at": row.updated_at.isoformat(),
        }
    )
    return _edit_page(form, row)


@blueprint.post("/portfolio/bekwaamheid/<competence>")
@requires(Permission.JOURNEY_OWN)
def save(competence: str) -> ResponseReturnValue:
    """Keep a level and words."""
    row = _row(competence)
    form = CompetenceForm()
    if not form.validate():
        return _edit_page(form, row, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            service.change(
                form.to_input(competence),
                seen_at=form.seen_at.data or "",
                actor=signed_in(),
                now=clock.now(),
            )
    except Conflict:
        latest = _row(competence)
        # Who has read the warning may save over it.
        form.seen_at.data = latest.updated_at.isoformat()
        form.seen_at.raw_data = None
        return _edit_page(form, latest, HTTPStatus.CONFLICT, stale=True)
    flash(_("“%(what)s” is bewaard.", what=_label(competence)), "success")
    return _to_index(f"b-{competence}")


@blueprint.post("/portfolio/bekwaamheid/<competence>/weglaten")
@requires(Permission.JOURNEY_OWN)
def leave_out(competence: str) -> ResponseReturnValue:
    """Take a competence out; the next page holds the way back."""
    _row(competence)
    with transaction():
        service.drop([competence], actor=signed_in(), now=clock.now())
    told = _("“%(what)s” staat niet meer in je portfolio.", what=_label(competence))
    return _with_way_back(told, (competence,), accepted=True)


@blueprint.get("/portfolio/weggelaten")
@requires(Permission.JOURNEY_OWN)
def dropped() -> ResponseReturnValue:
    """Show what was left out, each with the way back."""
    candidate = own()
    rows = queries.competences(candidate.id) if candidate else []
    known, language = framework().competences, data_language()
    return render_template(
        "portfolio/dropped.html",
        rows=[
            (one.competence, known[one.competence].label(language), one.sentence)
            for one in rows
            if one.state == CompetenceState.DROPPED and one.competence in known
        ],
    )


@blueprint.post("/portfolio/terugzetten")
@requires(Permission.JOURNEY_OWN)
def put_back() -> ResponseReturnValue:
    """Bring back what was left out, or take back what was just taken up."""
    ids = [one for one in request.form.get("competences", "").split(",") if one]
    accepted = request.form.get("to") == "accepted"
    with transaction():
        found = service.put_back(ids, accepted=accepted, actor=signed_in(), now=clock.now())
    if accepted and found:
        told = ngettext(
            "%(num)s bekwaamheid staat weer in je portfolio.",
            "%(num)s bekwaamheden staan weer in je portfolio.",
            len(found),
        )
        flash(told, "success")
        return _to_index(f"b-{found[0]}")
    flash(_("Dat is teruggedraaid."), "success")
    return _to_index()


@blueprint.get("/portfolio/wat-telt-nog")
@requires(Permission.JOURNEY_OWN)
def still_counts() -> ResponseReturnValue:
    """Show what of papers and years still counts, and how the rest is refreshed."""
    candidate = own()
    items = queries.evidence(candidate.id) if candidate else []
    return render_template("portfolio/still.html", still=counted(items, today()))


def _proposal_form(one: Proposal) -> ProposalForm:
    return ProposalForm(
        formdata=None,
        prefix=f"{one.competence}-",
        data={
            "sentence": one.sentence,
            "mastery": Mastery.INDEPENDENT if one.clear else Mastery.SUPERVISED,
        },
    )


def _taken(competence: str) -> CompetenceInput:
    """One proposal as it was sent, with the level that was chosen. Raises NotFound or Invalid."""
    if competence not in framework().competences:
        raise NotFound
    form = ProposalForm(prefix=f"{competence}-")
    if not form.validate():
        raise Invalid(_("Kies hoe goed je dit kunt."))
    return CompetenceInput(
        competence=competence,
        mastery=Mastery(form.mastery.data),
        sentence=form.sentence.data or "",
    )


def _own_ids() -> frozenset[str]:
    candidate = own()
    rows = queries.competences(candidate.id) if candidate else []
    return frozenset(one.competence for one in rows if one.state == CompetenceState.ACCEPTED)


def _row(competence: str) -> PortfolioCompetence:
    candidate = own()
    row = queries.competence(candidate.id, competence) if candidate else None
    if row is None or row.state != CompetenceState.ACCEPTED:
        raise NotFound
    return row


def _label(competence: str) -> str:
    known = framework().competences.get(competence)
    return known.label(data_language()) if known else competence


def _new_page(form: NewCompetenceForm, status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    return render_template("portfolio/new.html", form=form), status


def _edit_page(
    form: CompetenceForm,
    row: PortfolioCompetence,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    stale: bool = False,
) -> ResponseReturnValue:
    page = render_template(
        "portfolio/competence.html",
        form=form,
        row=row,
        one=competence_view(row.candidate_id, row.competence, today()),
        stale=stale,
    )
    return page, status


def _with_way_back(
    told: str, ids: tuple[str, ...], *, accepted: bool, anchor: str = ""
) -> ResponseReturnValue:
    if ids:
        fields = {"competences": ",".join(ids), "to": "accepted" if accepted else "gone"}
        flash_undo(told, url_for("portfolio.put_back"), fields)
    return _to_index(anchor)


def _to_index(anchor: str = "") -> ResponseReturnValue:
    url = url_for("portfolio.index", _anchor=anchor or None)
    return redirect(url, HTTPStatus.SEE_OTHER)
