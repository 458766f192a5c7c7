"""People who fit an opening, and inviting one of them."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.candidates.views import anonymous
from portal.errors import Conflict, Invalid, NotFound
from portal.opportunities.models import Opportunity
from portal.opportunities.presenting import card
from portal.organisations.models import Right
from portal.organisations.queries import of_member
from portal.paging import paginate, wanted_page
from portal.permissions import Permission, requires, signed_in
from portal.portfolio.views import Seen, portfolio_view
from portal.recruiting import policy, queries, service
from portal.recruiting.coverage import coverage
from portal.recruiting.forms import InviteForm
from portal.recruiting.people_views import level_label, person_views, sent_view
from portal.recruiting.queries import Found
from portal.recruiting.web import blueprint
from portal.transaction import transaction

PAGE = 10


@blueprint.get("/werkgever/mensen")
@requires(Permission.CANDIDATE_FIND)
def people() -> ResponseReturnValue:
    """Choose for which opening to look."""
    user = signed_in()
    found = queries.openings(user.id, clock.local_date(clock.now()))
    return render_template(
        "recruiting/people.html",
        organisation=", ".join(one.name for one in of_member(user.id, Right.RECRUITER)),
        rows=[(card(one), number) for one, number in found],
    )


@blueprint.get("/werkgever/mensen/<slug>")
@requires(Permission.CANDIDATE_FIND)
def fitting(slug: str) -> ResponseReturnValue:
    """Show who fits an opening, without a name, and who was invited."""
    today = clock.local_date(clock.now())
    opportunity = _opening(slug, today)
    pages = paginate(
        queries.count_fitting(opportunity),
        wanted_page(request.args.get("page")),
        size=PAGE,
        url=lambda number: url_for(
            "recruiting.fitting", slug=slug, page=number if number > 1 else None
        ),
    )
    found = queries.page_of_fitting(opportunity, pages.offset, PAGE)
    sent = queries.sent_to(opportunity)
    applied = queries.applied_after(sent)
    return render_template(
        "recruiting/fitting.html",
        opening=card(opportunity),
        people=person_views(found, opportunity, today),
        pages=pages,
        sent=[sent_view(one, opportunity, applied) for one in sent],
        left=_left_text(opportunity, today),
    )


@blueprint.get("/werkgever/mensen/<slug>/<code>")
@requires(Permission.CANDIDATE_FIND)
def person(slug: str, code: str) -> ResponseReturnValue:
    """Show what one of them can, and ask for a personal line."""
    today = clock.local_date(clock.now())
    opportunity = _opening(slug, today)
    return _person_page(opportunity, _found(opportunity, code), InviteForm(formdata=None), today)


@blueprint.post("/werkgever/mensen/<slug>/<code>")
@requires(Permission.CANDIDATE_FIND)
def invite(slug: str, code: str) -> ResponseReturnValue:
    """Invite this one person."""
    now = clock.now()
    today = clock.local_date(now)
    opportunity = _opening(slug, today)
    found = _found(opportunity, code)
    form = InviteForm()
    if not form.validate():
        return _person_page(opportunity, found, form, today, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            service.invite(slug, code, form.text.data, actor=signed_in(), now=now)
            left = _left_text(queries.opening(slug, signed_in().id, today) or opportunity, today)
    except (Conflict, Invalid) as error:
        # What was typed stays, with why it did not go.
        form.text.errors = [error.message or _("Dit kan nu niet.")]
        return _person_page(
            _opening(slug, today),
            _found(_opening(slug, today), code),
            form,
            today,
            HTTPStatus(error.status),
        )
    flash(_("Je uitnodiging is verstuurd aan %(code)s. %(left)s", code=code, left=left), "success")
    return redirect(url_for("recruiting.fitting", slug=slug), HTTPStatus.SEE_OTHER)


def _opening(slug: str, today: date) -> Opportunity:
    opportunity = queries.opening(slug, signed_in().id, today)
    if opportunity is None:
        raise NotFound
    return opportunity


def _found(opportunity: Opportunity, code: str) -> Found:
    found = queries.person(opportunity, code)
    if found is None:
        raise NotFound
    return found


def _left_text(opportunity: Opportunity, today: date) -> str:
    organisation = opportunity.site.organisation
    limit = organisation.invitations_per_week
    sent = service.sent_this_week(organisation.id, today)
    return service.left_text(policy.left(limit, sent), limit, today)


def _person_page(
    opportunity: Opportunity,
    found: Found,
    form: InviteForm,
    today: date,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    organisation = opportunity.site.organisation
    sent = service.sent_this_week(organisation.id, today)
    page = render_template(
        "recruiting/person.html",
        opening=card(opportunity),
        who=anonymous(found.candidate),
        level=found.match.level,
        level_label=level_label(found.match.level),
        coverage=coverage(found.candidate, opportunity, today),
        portfolio=portfolio_view(found.candidate.id, today, seen=Seen.ANONYMOUS),
        invitation=sent_view(found.invitation, opportunity, {}) if found.invitation else None,
        can_invite=policy.left(organisation.invitations_per_week, sent) > 0,
        left=_left_text(opportunity, today),
        answer_by=policy.answer_by(today, opportunity.closes_on),
        form=form,
    )
    return page, status
