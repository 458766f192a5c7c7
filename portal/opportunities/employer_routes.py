"""An employer's own opportunities: see, post, change, put online, close."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.applications import queries as applications
from portal.errors import Conflict, Invalid, NotFound, Unavailable
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.matching.reach import Reach, without_diploma
from portal.matching.service import propose_requirements
from portal.opportunities import lapsing, policy, queries, service
from portal.opportunities.employer_forms import (
    MAX_REQUIREMENTS,
    MAX_ROWS,
    TEXT_LENGTH,
    PostingForm,
    form_data,
)
from portal.opportunities.models import CloseReason, Opportunity
from portal.opportunities.reading_along import Review
from portal.opportunities.views import employer_groups, opportunity_page
from portal.opportunities.workflow import Status
from portal.organisations.models import Right
from portal.organisations.queries import of_member, sites_of_member
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction
from portal.undo import flash_undo
from portal.when import day_text

blueprint = Blueprint("employer", __name__, url_prefix="/werkgever")
TAKE = "take:"
"""Before the key of a flag: put its alternative in the place of the words."""
LONGEST_ACTION = 300


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A row that was filled in out of the text, and the sentence that says so."""

    row: int
    sentence: str


@blueprint.get("")
@requires(Permission.OPPORTUNITY_MANAGE)
def index() -> ResponseReturnValue:
    """Show what the own organisations offer, offered and prepare."""
    user = signed_in()
    recruits_for = [one.id for one in of_member(user.id, Right.RECRUITER)]
    return render_template(
        "employer/index.html",
        organisation=", ".join(one.name for one in of_member(user.id)),
        groups=employer_groups(
            queries.of_employer(user.id), clock.now(), recruits_for=recruits_for
        ),
        can_post=bool(recruits_for),
    )


@blueprint.get("/aanbod/nieuw")
@requires(Permission.OPPORTUNITY_MANAGE)
def new() -> ResponseReturnValue:
    """Show the empty form."""
    form = PostingForm(sites=sites_of_member(signed_in().id))
    if not form.site_id.choices:
        flash(_("Je organisatie heeft nog geen locatie. Vraag de beheerder om er een."), "warning")
        return redirect(url_for("employer.index"), HTTPStatus.SEE_OTHER)
    return _page(form, None)


@blueprint.post("/aanbod/nieuw")
@requires(Permission.OPPORTUNITY_MANAGE)
def create() -> ResponseReturnValue:
    """Keep a new draft, or put it online at once; or only help with its requirements."""
    form = PostingForm(sites=sites_of_member(signed_in().id))
    action = _action()
    if action in ("propose", "add"):
        return _with_rows(form, None, action)
    if action == "check" or action.startswith(TAKE):
        return _read_along(form, None, action)
    now = clock.now()
    if not form.check(complete=action == "publish", today=clock.local_date(now)):
        return _page(form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction():
        made = service.create_draft(form.to_input(), actor=signed_in(), now=now)
        slug = made.slug
        if action == "publish":
            service.publish(slug, version=made.version, actor=signed_in(), now=now)
    return _saved(slug, Status.PUBLISHED if action == "publish" else Status.DRAFT)


@blueprint.get("/aanbod/<slug>")
@requires(Permission.OPPORTUNITY_MANAGE)
def preview(slug: str) -> ResponseReturnValue:
    """Show an own opportunity as others see it, or are going to see it."""
    user = signed_in()
    opportunity = queries.for_member(slug, user.id)
    if opportunity is None:
        raise NotFound
    recruits_for = [one.id for one in of_member(user.id, Right.RECRUITER)]
    manages = policy.may_manage(opportunity.site.organisation_id, recruits_for)
    return render_template(
        "opportunities/show.html",
        o=opportunity_page(opportunity, clock.local_date(clock.now())),
        back_url=url_for("employer.edit", slug=slug) if manages else url_for("employer.index"),
        preview=True,
    )


@blueprint.get("/aanbod/<slug>/bewerken")
@requires(Permission.OPPORTUNITY_MANAGE)
def edit(slug: str) -> ResponseReturnValue:
    """Show the form with what is there."""
    opportunity = _own(slug)
    form = PostingForm(data=form_data(opportunity), sites=sites_of_member(signed_in().id))
    return _page(form, opportunity)


@blueprint.post("/aanbod/<slug>/bewerken")
@requires(Permission.OPPORTUNITY_MANAGE)
def save(slug: str) -> ResponseReturnValue:
    """Keep what was changed, or put it online; or only help with its requirements."""
    opportunity = _own(slug)
    form = PostingForm(sites=sites_of_member(signed_in().id))
    action = _action()
    if action in ("propose", "add"):
        return _with_rows(form, opportunity, action)
    if action == "check" or action.startswith(TAKE):
        return _read_along(form, opportunity, action)
    now = clock.now()
    complete = action == "publish" or opportunity.status == Status.PUBLISHED
    if not form.check(complete=complete, today=clock.local_date(now)):
        return _page(form, opportunity, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            changed = service.update(
                slug, form.to_input(), version=_version(), actor=signed_in(), now=now
            )
            step = {Status.DRAFT: service.publish, Status.CLOSED: service.reopen}.get(
                Status(changed.status)
            )
            if action == "publish" and step:
                step(slug, version=changed.version, actor=signed_in(), now=now)
            status = Status(changed.status)
    except Conflict:
        latest = _own(slug)
        # Who has read the warning may save over it.
        form.version.data = str(latest.version)
        form.version.raw_data = None
        return _page(form, latest, HTTPStatus.CONFLICT, stale=True)
    return _saved(slug, status)


@blueprint.post("/aanbod/<slug>/online")
@requires(Permission.OPPORTUNITY_MANAGE)
def publish(slug: str) -> ResponseReturnValue:
    """Put a draft online."""
    return _put_online(slug, service.publish)


@blueprint.post("/aanbod/<slug>/heropenen")
@requires(Permission.OPPORTUNITY_MANAGE)
def reopen(slug: str) -> ResponseReturnValue:
    """Put what was closed online again."""
    return _put_online(slug, service.reopen)


@blueprint.get("/aanbod/<slug>/sluiten")
@requires(Permission.OPPORTUNITY_MANAGE)
def ask_close(slug: str) -> ResponseReturnValue:
    """Ask whether it should really close."""
    opportunity = _own(slug)
    return render_template(
        "employer/close.html",
        opportunity=opportunity,
        waiting=applications.ending_with(opportunity.id),
    )


@blueprint.post("/aanbod/<slug>/sluiten")
@requires(Permission.OPPORTUNITY_MANAGE)
def close(slug: str) -> ResponseReturnValue:
    """Take it off the site; the next page holds the way back."""
    now = clock.now()
    filled = request.form.get("reason") == CloseReason.FILLED
    reason = CloseReason.FILLED if filled else CloseReason.CLOSED
    with transaction():
        closed = service.close(slug, version=_version(), actor=signed_in(), now=now, reason=reason)
        lacks = policy.lacks_to_be_published(closed, clock.local_date(now))
        title, version = closed.title, closed.version
    told = _("“%(title)s” is gesloten. Niemand ziet de plek nog.", title=title)
    if lacks:
        # Its last day was past: open again it would need another one first.
        flash(told, "success")
    else:
        flash_undo(told, url_for("employer.reopen", slug=slug), {"version": version})
    return redirect(url_for("employer.index"), HTTPStatus.SEE_OTHER)


@blueprint.get("/aanbod/<slug>/nog-open")
@requires(Permission.OPPORTUNITY_MANAGE)
def ask_confirm(slug: str) -> ResponseReturnValue:
    """Ask whether it is still open: one button. The link in the mail leads here."""
    opportunity = _own(slug)
    return render_template(
        "employer/confirm.html", opportunity=opportunity, lapses_on=policy.lapses_on(opportunity)
    )


@blueprint.post("/aanbod/<slug>/nog-open")
@requires(Permission.OPPORTUNITY_MANAGE)
def confirm(slug: str) -> ResponseReturnValue:
    """Keep it open for another 60 days."""
    with transaction():
        confirmed = lapsing.confirm(slug, actor=signed_in(), now=clock.now())
        title, ends = confirmed.title, policy.lapses_on(confirmed)
    if ends:
        day = day_text(ends)
        flash(_("“%(title)s” blijft open tot %(day)s.", title=title, day=day), "success")
    return redirect(url_for("employer.index"), HTTPStatus.SEE_OTHER)


def _put_online(slug: str, step: Callable[..., Opportunity]) -> ResponseReturnValue:
    now = clock.now()
    try:
        with transaction():
            step(slug, version=_version(), actor=signed_in(), now=now)
    except Invalid:
        opportunity = _own(slug)
        form = PostingForm(
            formdata=None,
            data=form_data(opportunity),
            sites=sites_of_member(signed_in().id),
        )
        form.check(complete=True, today=clock.local_date(now))
        return _page(form, opportunity, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _saved(slug, Status.PUBLISHED)


def _own(slug: str) -> Opportunity:
    opportunity = queries.for_employer(slug, signed_in().id)
    if opportunity is None:
        raise NotFound
    return opportunity


def _action() -> str:
    action = request.form.get("action", "save")
    if action not in ("save", "publish", "propose", "add", "check") and not (
        action.startswith(TAKE) and len(action) < LONGEST_ACTION
    ):
        raise Invalid
    return action


def _version() -> int:
    """The version that the page was made from; 0, which none has, when it says nothing."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _with_rows(
    form: PostingForm, opportunity: Opportunity | None, action: str
) -> ResponseReturnValue:
    """Show the form again, as it was typed, with a row more or with proposed ones."""
    if action == "add":
        if len(form.requirements) < MAX_ROWS:
            form.add_row()
        return _page(form, opportunity)
    text = form.text.data
    if not text:
        form.text.errors = [_("Plak eerst je vacaturetekst. Dan stellen we eisen voor.")]
    elif len(text) > TEXT_LENGTH[1]:
        form.text.errors = [_("Deze tekst is te lang om te lezen. Maak hem korter.")]
    if form.text.errors:
        return _page(form, opportunity, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        found = propose_requirements(text)
    except Unavailable:
        flash(
            _(
                "Voorstellen doen lukt nu niet. Wat je typte staat er nog. Probeer het over een "
                "minuut opnieuw, of zet de eisen er zelf bij."
            ),
            "warning",
        )
        return _page(form, opportunity, HTTPStatus.SERVICE_UNAVAILABLE)
    rows = [entry.form for entry in form.requirements]
    known = {row.competence.data or row.gate.data for row in rows}
    kept = sum(row.asks for row in rows)
    proposals = []
    for one in found:
        if (one.competence or one.gate) in known or len(form.requirements) >= MAX_ROWS:
            continue
        row = form.add_row(
            competence=one.competence or "",
            gate=one.gate or "",
            critical=one.critical,
            learnable=one.learnable,
            keep=kept < MAX_REQUIREMENTS,
        )
        kept += 1
        proposals.append(ProposedRow(row, one.sentence))
    if not proposals:
        flash(_("We vonden geen nieuwe eisen in je tekst. Zet ze er zelf bij."), "info")
    return _page(form, opportunity, proposals=proposals)


def _read_along(
    form: PostingForm, opportunity: Opportunity | None, action: str
) -> ResponseReturnValue:
    """Show the form again with what to look at; with other words where somebody chose them."""
    if action.startswith(TAKE):
        form.take(action.removeprefix(TAKE))
    return _page(form, opportunity)


def _reach(form: PostingForm, review: Review) -> Reach | None:
    """How many more people fit without the diploma; nothing while matching wakes or rests."""
    if review.diploma is None:
        return None
    try:
        return without_diploma(form.to_input().requirements, today=clock.local_date(clock.now()))
    except Unavailable:
        return None


def _page(
    form: PostingForm,
    opportunity: Opportunity | None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    proposals: list[ProposedRow] | None = None,
    stale: bool = False,
) -> ResponseReturnValue:
    known = framework()
    review = form.read_along() if form.text.data or form.title.data else None
    page = render_template(
        "employer/edit.html",
        form=form,
        review=review,
        reach=_reach(form, review) if review else None,
        take=TAKE,
        opportunity=opportunity,
        action_url=(
            url_for("employer.edit", slug=opportunity.slug)
            if opportunity
            else url_for("employer.new")
        ),
        proposals=proposals or [],
        stale=stale,
        requirement_labels={
            one.id: one.label(data_language())
            for group in (known.competences, known.gates)
            for one in group.values()
        },
        can_add_requirement=len(form.requirements) < MAX_ROWS,
    )
    return page, status


def _saved(slug: str, status: Status) -> ResponseReturnValue:
    """Say what happened and what is next."""
    if status is Status.PUBLISHED:
        flash(_("Je plek staat online. Wie erbij past, ziet haar meteen."), "success")
        return redirect(url_for("employer.index"), HTTPStatus.SEE_OTHER)
    if status is Status.CLOSED:
        flash(
            _("Bewaard. De plek is nog gesloten. Zet haar online als ze weer open is."), "success"
        )
        return redirect(url_for("employer.index"), HTTPStatus.SEE_OTHER)
    flash(_("Je concept is bewaard. Klaar? Kies dan “Zet online”."), "success")
    return redirect(url_for("employer.edit", slug=slug), HTTPStatus.SEE_OTHER)
