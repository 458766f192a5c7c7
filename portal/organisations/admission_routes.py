"""The coordinator admits organisations."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.errors import Forbidden, Invalid, NotFound
from portal.opportunities.fields import choices
from portal.organisations import joining, policy, queries
from portal.organisations.forms import CheckForm, FindForm, RefuseForm, check_data
from portal.organisations.models import Organisation
from portal.organisations.views import field_names, past, waiting_row
from portal.organisations.words import CHECK_HINTS, STANDING_LABELS
from portal.organisations.workflow import Standing
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction

blueprint = Blueprint("admission", __name__, url_prefix="/coordinator/werkgevers")
SIZE = 20


@blueprint.get("")
@requires(Permission.ORGANISATION_ADMIT)
def index() -> ResponseReturnValue:
    """Show who waits, the longest first, and all organisations."""
    now = clock.now()
    form = FindForm(request.args)
    form.standing.choices = choices([("", _("alle")), *STANDING_LABELS.items()])
    form.validate()
    standing = form.standing.data if not form.standing.errors else ""
    wanted = queries.listed((form.q.data or "")[:160], standing or "")

    def url(page: int) -> str:
        return url_for(
            "admission.index",
            page=page,
            q=form.q.data or None,
            standing=standing or None,
            _anchor="alle",
        )

    pages = paginate(
        queries.counted(wanted), wanted_page(request.args.get("page")), size=SIZE, url=url
    )
    rows = queries.page(wanted, limit=SIZE, offset=pages.offset)
    return render_template(
        "admission/index.html",
        waiting=[
            waiting_row(one, url_for("admission.show", organisation_id=one.id), now)
            for one in queries.waiting()
        ],
        form=form,
        pages=pages,
        rows=[
            {
                "name": one.name,
                "url": url_for("admission.show", organisation_id=one.id),
                "standing": str(STANDING_LABELS[one.standing]),
                "register_number": one.register_number or None,
                "sites": ", ".join(dict.fromkeys(site.place for site in one.sites)) or None,
            }
            for one in rows
        ],
        filtered=bool(form.q.data or standing),
    )


@blueprint.get("/<int:organisation_id>")
@requires(Permission.ORGANISATION_ADMIT)
def show(organisation_id: int) -> ResponseReturnValue:
    """Show an organisation with the checks."""
    organisation = _any(organisation_id)
    return _page(organisation, CheckForm(data=check_data(organisation)))


@blueprint.post("/<int:organisation_id>")
@requires(Permission.ORGANISATION_ADMIT)
def check(organisation_id: int) -> ResponseReturnValue:
    """Keep the checks; and admit the organisation when asked to."""
    form = CheckForm()
    admits = request.form.get("action") == "admit"
    if not form.validate():
        return _page(_any(organisation_id), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    now, actor = clock.now(), signed_in()
    with transaction():
        kept = joining.keep_checks(
            organisation_id, form.given(), version=_version(), actor=actor, now=now
        )
        version, name = kept.version, kept.name
    if admits:
        try:
            with transaction():
                joining.admit(organisation_id, version=version, actor=actor, now=now)
        except Invalid as error:
            # The ticks are kept; only the decision waits.
            flash(error.message or "", "warning")
            organisation = _any(organisation_id)
            form.version.data, form.version.raw_data = str(organisation.version), None
            return _page(organisation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        flash(_("%(name)s doet nu mee. Wie het vroeg, krijgt een mail.", name=name), "success")
        return redirect(url_for("admission.index"), HTTPStatus.SEE_OTHER)
    flash(_("De punten zijn bewaard."), "success")
    return redirect(
        url_for("admission.show", organisation_id=organisation_id), HTTPStatus.SEE_OTHER
    )


@blueprint.get("/<int:organisation_id>/weigeren")
@requires(Permission.ORGANISATION_ADMIT)
def ask_refuse(organisation_id: int) -> ResponseReturnValue:
    """Ask for the reason, and for what the organisation can do."""
    organisation = _waiting(organisation_id)
    form = RefuseForm(data={"version": str(organisation.version)})
    return _refuse_page(organisation, form)


@blueprint.post("/<int:organisation_id>/weigeren")
@requires(Permission.ORGANISATION_ADMIT)
def refuse(organisation_id: int) -> ResponseReturnValue:
    """Say no for now."""
    form = RefuseForm()
    if not form.validate():
        organisation = _waiting(organisation_id)
        return _refuse_page(organisation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    with transaction():
        joining.refuse(
            organisation_id,
            reason=form.reason.data,
            next_step=form.next_step.data,
            version=_version(),
            actor=signed_in(),
            now=clock.now(),
        )
    flash(_("Wie het vroeg, krijgt een mail met je uitleg."), "success")
    return redirect(url_for("admission.index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<int:organisation_id>/opnieuw")
@requires(Permission.ORGANISATION_ADMIT)
def reconsider(organisation_id: int) -> ResponseReturnValue:
    """Look once more at what was refused."""
    with transaction():
        joining.reconsider(organisation_id, version=_version(), actor=signed_in(), now=clock.now())
    flash(_("De vraag staat weer open. Wie het vroeg, krijgt een mail."), "success")
    return redirect(
        url_for("admission.show", organisation_id=organisation_id), HTTPStatus.SEE_OTHER
    )


def _any(organisation_id: int) -> Organisation:
    organisation = queries.organisation_by_id(organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def _waiting(organisation_id: int) -> Organisation:
    organisation = _any(organisation_id)
    if organisation.standing != Standing.ASKED:
        raise NotFound(_("Over deze vraag is al beslist."))
    if not _may_decide(organisation):
        raise Forbidden(_("Je hoort zelf bij deze organisatie. Een collega beslist hierover."))
    return organisation


def _may_decide(organisation: Organisation) -> bool:
    members = queries.member_ids(organisation.id)
    return policy.may_decide(signed_in().id, members, organisation.asked_by_id)


def _version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _page(
    organisation: Organisation, form: CheckForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    lines, names = queries.history(organisation.id)
    page = render_template(
        "admission/show.html",
        organisation=organisation,
        form=form,
        hints=CHECK_HINTS,
        fields=field_names(organisation),
        standing=str(STANDING_LABELS[organisation.standing]),
        standing_labels=STANDING_LABELS,
        like=queries.like(organisation),
        waits=organisation.standing == Standing.ASKED,
        refused=organisation.standing == Standing.REFUSED,
        may_decide=_may_decide(organisation),
        past=past(lines, names),
    )
    return page, status


def _refuse_page(
    organisation: Organisation, form: RefuseForm, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template("admission/refuse.html", organisation=organisation, form=form)
    return page, status
