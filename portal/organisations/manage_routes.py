"""An organisation runs itself: what it tells, its sites, and who acts for it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.errors import Conflict, Invalid, NotFound
from portal.organisations import members, queries, service
from portal.organisations.forms import (
    InviteForm,
    ProfileForm,
    RightsForm,
    SiteForm,
    profile_data,
    site_data,
)
from portal.organisations.models import Membership, Organisation, Right, Site
from portal.organisations.views import field_names, invite_rows, member_rows
from portal.organisations.web import blueprint
from portal.permissions import Permission, requires, signed_in
from portal.transaction import transaction
from portal.undo import flash_undo

ROOT = "/werkgever/organisatie"


@blueprint.get(ROOT)
@requires(Permission.ORGANISATION_MANAGE)
def manage() -> ResponseReturnValue:
    """Show an organisation to who acts for it; who acts for several chooses."""
    user = signed_in()
    mine = queries.of_member(user.id)
    wanted = request.args.get("organisation", "")
    chosen = next((one for one in mine if str(one.id) == wanted), None)
    if wanted and chosen is None:
        raise NotFound
    chosen = chosen or (mine[0] if mine else None)
    if chosen is None:
        return render_template("organisations/none.html")
    now = clock.now()
    people = queries.members(chosen.id)
    me = next(one for one in people if one.user_id == user.id)
    return render_template(
        "organisations/manage.html",
        organisation=chosen,
        others=mine,
        fields=field_names(chosen),
        sites=[site for site in chosen.sites if site.closed_at is None],
        closed_sites=[site for site in chosen.sites if site.closed_at is not None],
        members=member_rows(people, me),
        invites=invite_rows(queries.invites(chosen.id, now) if me.admin else [], now),
        can_change=me.admin,
    )


@blueprint.get(f"{ROOT}/<int:organisation_id>/gegevens")
@requires(Permission.ORGANISATION_MANAGE)
def edit_profile(organisation_id: int) -> ResponseReturnValue:
    """Show the form of what the organisation tells."""
    organisation = _managed(organisation_id)
    return _profile_page(ProfileForm(data=profile_data(organisation)), organisation)


@blueprint.post(f"{ROOT}/<int:organisation_id>/gegevens")
@requires(Permission.ORGANISATION_MANAGE)
def save_profile(organisation_id: int) -> ResponseReturnValue:
    """Keep what was changed."""
    organisation = _managed(organisation_id)
    form = ProfileForm()
    if not form.validate():
        return _profile_page(form, organisation, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            service.change_profile(
                organisation_id,
                form.to_input(),
                version=_version(),
                actor=signed_in(),
                now=clock.now(),
            )
    except Conflict as error:
        flash(error.message or "", "warning")
        latest = _managed(organisation_id)
        form.version.data, form.version.raw_data = str(latest.version), None
        return _profile_page(form, latest, HTTPStatus.CONFLICT)
    flash(_("Bewaard. Iedereen ziet dit nu bij jullie plekken."), "success")
    return _back(organisation_id)


@blueprint.get(f"{ROOT}/<int:organisation_id>/locatie")
@requires(Permission.ORGANISATION_MANAGE)
def new_site(organisation_id: int) -> ResponseReturnValue:
    """Show the form of a new site."""
    return _site_page(SiteForm(), _managed(organisation_id), None)


@blueprint.post(f"{ROOT}/<int:organisation_id>/locatie")
@requires(Permission.ORGANISATION_MANAGE)
def add_site(organisation_id: int) -> ResponseReturnValue:
    """Open a site."""
    organisation = _managed(organisation_id)
    form = SiteForm()
    if not form.validate():
        return _site_page(form, organisation, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            service.open_site(organisation_id, form.to_input(), actor=signed_in(), now=clock.now())
    except Conflict as error:
        form.site_name.errors = [error.message or ""]
        return _site_page(form, _managed(organisation_id), None, HTTPStatus.CONFLICT)
    flash(_("De locatie staat erbij. Je kunt er nu plekken plaatsen."), "success")
    return _back(organisation_id)


@blueprint.get(f"{ROOT}/<int:organisation_id>/locatie/<int:site_id>")
@requires(Permission.ORGANISATION_MANAGE)
def edit_site(organisation_id: int, site_id: int) -> ResponseReturnValue:
    """Show the form of a site."""
    organisation = _managed(organisation_id)
    site = _site(organisation, site_id)
    return _site_page(SiteForm(data=site_data(site)), organisation, site)


@blueprint.post(f"{ROOT}/<int:organisation_id>/locatie/<int:site_id>")
@requires(Permission.ORGANISATION_MANAGE)
def save_site(organisation_id: int, site_id: int) -> ResponseReturnValue:
    """Keep what was changed about a site."""
    organisation = _managed(organisation_id)
    site = _site(organisation, site_id)
    form = SiteForm()
    if not form.validate():
        return _site_page(form, organisation, site, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            service.change_site(
                organisation_id, site_id, form.to_input(), actor=signed_in(), now=clock.now()
            )
    except Conflict as error:
        form.site_name.errors = [error.message or ""]
        organisation = _managed(organisation_id)
        return _site_page(form, organisation, _site(organisation, site_id), HTTPStatus.CONFLICT)
    flash(_("Bewaard. De plekken op deze locatie gaan mee."), "success")
    return _back(organisation_id)


@blueprint.post(f"{ROOT}/<int:organisation_id>/locatie/<int:site_id>/sluiten")
@requires(Permission.ORGANISATION_MANAGE)
def close_site(organisation_id: int, site_id: int) -> ResponseReturnValue:
    """Close a site; the next page holds the way back."""
    try:
        with transaction():
            site = service.close_site(organisation_id, site_id, actor=signed_in(), now=clock.now())
            name = site.name
    except Conflict as error:
        flash(error.message or "", "warning")
        return _back(organisation_id)
    flash_undo(
        _("“%(name)s” is gesloten. Je plaatst er geen plekken meer.", name=name),
        url_for("organisations.reopen_site", organisation_id=organisation_id, site_id=site_id),
        {},
    )
    return _back(organisation_id)


@blueprint.post(f"{ROOT}/<int:organisation_id>/locatie/<int:site_id>/heropenen")
@requires(Permission.ORGANISATION_MANAGE)
def reopen_site(organisation_id: int, site_id: int) -> ResponseReturnValue:
    """Use a closed site again."""
    with transaction():
        service.reopen_site(organisation_id, site_id, actor=signed_in(), now=clock.now())
    flash(_("De locatie is weer open."), "success")
    return _back(organisation_id)


@blueprint.get(f"{ROOT}/<int:organisation_id>/uitnodigen")
@requires(Permission.ORGANISATION_MANAGE)
def new_invite(organisation_id: int) -> ResponseReturnValue:
    """Show the form to ask a colleague."""
    organisation = _managed(organisation_id)
    return _invite_page(InviteForm(data={"rights": [Right.RECRUITER]}), organisation)


@blueprint.post(f"{ROOT}/<int:organisation_id>/uitnodigen")
@requires(Permission.ORGANISATION_MANAGE)
def invite(organisation_id: int) -> ResponseReturnValue:
    """Ask a colleague by mail."""
    organisation = _managed(organisation_id)
    form = InviteForm()
    if not form.validate():
        return _invite_page(form, organisation, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            members.invite(
                organisation_id,
                form.email.data,
                form.chosen(),
                actor=signed_in(),
                now=clock.now(),
            )
    except Invalid as error:
        form.email.errors = [error.message or ""]
        return _invite_page(form, _managed(organisation_id), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(
        _("De uitnodiging gaat per mail naar %(email)s.", email=form.email.data.lower()),
        "success",
    )
    return _back(organisation_id)


@blueprint.post(f"{ROOT}/<int:organisation_id>/uitnodiging/<int:invite_id>/intrekken")
@requires(Permission.ORGANISATION_MANAGE)
def withdraw_invite(organisation_id: int, invite_id: int) -> ResponseReturnValue:
    """End an invitation."""
    with transaction():
        members.withdraw_invite(organisation_id, invite_id, actor=signed_in(), now=clock.now())
    flash(_("De uitnodiging is ingetrokken. De link werkt niet meer."), "success")
    return _back(organisation_id)


@blueprint.get(f"{ROOT}/<int:organisation_id>/collega/<int:user_id>")
@requires(Permission.ORGANISATION_MANAGE)
def edit_rights(organisation_id: int, user_id: int) -> ResponseReturnValue:
    """Show what a member may do."""
    member = _member(organisation_id, user_id)
    form = RightsForm(data={"rights": [right.value for right in member.rights]})
    return _rights_page(form, member)


@blueprint.post(f"{ROOT}/<int:organisation_id>/collega/<int:user_id>")
@requires(Permission.ORGANISATION_MANAGE)
def save_rights(organisation_id: int, user_id: int) -> ResponseReturnValue:
    """Change what a member may do."""
    member = _member(organisation_id, user_id)
    form = RightsForm()
    if not form.validate():
        return _rights_page(form, member, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with transaction():
            members.change_rights(
                organisation_id, user_id, form.chosen(), actor=signed_in(), now=clock.now()
            )
    except Conflict as error:
        form.rights.errors = [error.message or ""]
        return _rights_page(form, _member(organisation_id, user_id), HTTPStatus.CONFLICT)
    flash(_("De rechten zijn veranderd. Ze gelden meteen."), "success")
    return _back(organisation_id)


@blueprint.get(f"{ROOT}/<int:organisation_id>/collega/<int:user_id>/weghalen")
@requires(Permission.ORGANISATION_MANAGE)
def ask_remove(organisation_id: int, user_id: int) -> ResponseReturnValue:
    """Ask whether somebody should really stop acting for the organisation."""
    return render_template("organisations/remove.html", member=_member(organisation_id, user_id))


@blueprint.post(f"{ROOT}/<int:organisation_id>/collega/<int:user_id>/weghalen")
@requires(Permission.ORGANISATION_MANAGE)
def remove(organisation_id: int, user_id: int) -> ResponseReturnValue:
    """End that somebody acts for the organisation."""
    me = signed_in().id
    try:
        with transaction():
            members.remove(organisation_id, user_id, actor=signed_in(), now=clock.now())
    except Conflict as error:
        flash(error.message or "", "warning")
        return _back(organisation_id)
    flash(_("Deze collega werkt niet meer mee. Dat geldt meteen."), "success")
    if user_id == me:
        return redirect(url_for("matching.home"), HTTPStatus.SEE_OTHER)
    return _back(organisation_id)


def _managed(organisation_id: int) -> Organisation:
    member = queries.member(signed_in().id, organisation_id)
    if member is None or not member.admin:
        raise NotFound
    return member.organisation


def _site(organisation: Organisation, site_id: int) -> Site:
    site = next((one for one in organisation.sites if one.id == site_id), None)
    if site is None:
        raise NotFound
    return site


def _member(organisation_id: int, user_id: int) -> Membership:
    _managed(organisation_id)
    member = queries.member(user_id, organisation_id)
    if member is None:
        raise NotFound
    return member


def _version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _back(organisation_id: int) -> ResponseReturnValue:
    return redirect(
        url_for("organisations.manage", organisation=organisation_id), HTTPStatus.SEE_OTHER
    )


def _profile_page(
    form: ProfileForm, organisation: Organisation, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template("organisations/profile.html", form=form, organisation=organisation)
    return page, status


def _site_page(
    form: SiteForm,
    organisation: Organisation,
    site: Site | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "organisations/site.html", form=form, organisation=organisation, site=site
    )
    return page, status


def _invite_page(
    form: InviteForm, organisation: Organisation, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template("organisations/invite.html", form=form, organisation=organisation)
    return page, status


def _rights_page(
    form: RightsForm, member: Membership, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template("organisations/rights.html", form=form, member=member)
    return page, status
