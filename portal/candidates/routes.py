"""The candidate's own pages: the route, the profile, and mail about what is new."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.candidates import queries, ranking, service
from portal.candidates.forms import (
    SITUATION_LABELS,
    AlertsForm,
    BeginForm,
    ProfileForm,
    profile_data,
)
from portal.candidates.models import Alerts, Candidate, Situation
from portal.candidates.route_views import alerts_text, journey_page
from portal.candidates.views import anonymous
from portal.candidates.web import blueprint, mine
from portal.errors import Conflict, Gone, NotFound
from portal.extensions import limiter
from portal.matching import service as matching
from portal.matching.models import MatchRequest
from portal.matching.views import ask_view
from portal.matching.web import limit
from portal.permissions import Permission, public, requires, signed_in
from portal.portfolio.views import Seen, portfolio_view
from portal.transaction import transaction
from portal.undo import flash_undo


@blueprint.get("/mijn-route")
@requires(Permission.JOURNEY_OWN)
def journey() -> ResponseReturnValue:
    """Show where somebody is, and the one thing to do next; ask who they are first."""
    candidate = mine()
    if candidate is None or candidate.situation is None:
        return _begin_page(BeginForm(formdata=None, data={"name": signed_in().name}))
    return render_template("candidates/journey.html", **journey_page(candidate, clock.now()))


@blueprint.post("/mijn-route/begin")
@requires(Permission.JOURNEY_OWN)
def begin() -> ResponseReturnValue:
    """Keep from where somebody comes."""
    form = BeginForm()
    if not form.validate():
        return _begin_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction():
        service.begin(
            signed_in(), Situation(form.situation.data or ""), form.name.data or "", now=clock.now()
        )
    return redirect(url_for("candidates.journey"), HTTPStatus.SEE_OTHER)


@blueprint.post("/mijn-route/stap")
@requires(Permission.JOURNEY_OWN)
def set_step() -> ResponseReturnValue:
    """Leave a step out, or take it up again."""
    step, skipped = request.form.get("step", ""), request.form.get("skipped") == "1"
    with transaction():
        service.set_step(signed_in(), step, skipped=skipped, now=clock.now())
    if skipped:
        flash_undo(
            _("Goed. Deze stap slaan we over."),
            url_for("candidates.set_step"),
            {"step": step, "skipped": 0},
        )
    else:
        flash(_("De stap staat weer op je route."), "success")
    return redirect(url_for("candidates.journey"), HTTPStatus.SEE_OTHER)


@blueprint.get("/mijn-route/profiel")
@requires(Permission.JOURNEY_OWN)
def profile() -> ResponseReturnValue:
    """Show the profile to change it."""
    candidate = mine()
    data = (
        profile_data(candidate)
        if candidate
        else dict[str, object](name=signed_in().name, travel="25")
    )
    # A place that was read in the text: filled in, to keep or to change.
    data["place"] = request.args.get("plaats", "")[:80] or data.get("place", "")
    return _profile_page(_profile_form(data), candidate)


@blueprint.post("/mijn-route/profiel")
@requires(Permission.JOURNEY_OWN)
def save_profile() -> ResponseReturnValue:
    """Keep the profile, and look at once what fits it."""
    form = _profile_form()
    if not form.validate():
        return _profile_page(form, mine(), HTTPStatus.UNPROCESSABLE_ENTITY)
    typed = form.version.data or ""
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    now = clock.now()
    try:
        with transaction():
            saved = service.save_profile(signed_in(), form.to_input(), version=version, now=now)
            identity = saved.id
    except Conflict:
        latest = mine()
        # Who has read the warning may save over it.
        form.version.data = str(latest.version if latest else 0)
        form.version.raw_data = None
        return _profile_page(form, latest, HTTPStatus.CONFLICT, stale=True)
    ranking.rank_again(identity, now=now)
    flash(_("Je profiel is bewaard. Dit past nu bij je."), "success")
    return redirect(url_for("candidates.matches"), HTTPStatus.SEE_OTHER)


@blueprint.get("/mijn-route/overnemen/<token>")
@requires(Permission.JOURNEY_OWN)
def ask_adopt(token: str) -> ResponseReturnValue:
    """Ask whether the text of a question replaces that of the profile."""
    asked = _asked(token)
    return render_template(
        "candidates/adopt.html", token=token, ask=ask_view(asked), candidate=mine()
    )


@blueprint.post("/mijn-route/overnemen/<token>")
@requires(Permission.JOURNEY_OWN)
def adopt(token: str) -> ResponseReturnValue:
    """Take over what somebody asked before they signed in."""
    now = clock.now()
    with transaction():
        identity = service.adopt(signed_in(), _asked(token), now=now).id
    ranking.rank_again(identity, now=now)
    flash(_("Je tekst staat nu in je profiel. Je kunt hem altijd veranderen."), "success")
    return redirect(url_for("candidates.matches"), HTTPStatus.SEE_OTHER)


@blueprint.post("/mijn-route/meldingen")
@requires(Permission.JOURNEY_OWN)
def set_alerts() -> ResponseReturnValue:
    """Choose how soon somebody hears of what is new."""
    form = AlertsForm()
    if not form.validate():
        candidate = mine()
        form_of_profile = _profile_form(profile_data(candidate) if candidate else {})
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _profile_page(form_of_profile, candidate, status, alerts=form)
    with transaction():
        service.ensure(signed_in(), now=clock.now())
        service.set_alerts(signed_in(), Alerts(form.alerts.data or ""), now=clock.now())
    flash(_("Bewaard. Zo mailen we je voortaan."), "success")
    return redirect(url_for("candidates.profile", _anchor="mail"), HTTPStatus.SEE_OTHER)


@blueprint.get("/meldingen/stoppen/<stop_token>")
@public
def ask_stop_alerts(stop_token: str) -> ResponseReturnValue:
    """The link of a mail: one button stops it, for who is not signed in too."""
    candidate = queries.by_alerts_token(stop_token)
    if candidate is None:
        raise NotFound
    return render_template("candidates/alerts.html", stop_token=stop_token, alerts=candidate.alerts)


@blueprint.post("/meldingen/stoppen/<stop_token>")
@public
@limiter.limit(limit)
def stop_alerts(stop_token: str) -> ResponseReturnValue:
    """Stop that mail, or begin again with what was chosen before."""
    wanted = request.form.get("alerts", Alerts.NEVER.value)
    if wanted not in set(Alerts):
        raise NotFound
    with transaction():
        service.set_alerts_by_token(stop_token, Alerts(wanted), now=clock.now())
    if wanted == Alerts.NEVER:
        flash(_("Gestopt. Je krijgt geen mail meer over nieuw werk."), "success")
    else:
        flash(_("Je krijgt weer mail over nieuw werk."), "success")
    return redirect(
        url_for("candidates.ask_stop_alerts", stop_token=stop_token), HTTPStatus.SEE_OTHER
    )


def _begin_page(form: BeginForm) -> str:
    return render_template("candidates/begin.html", form=form, labels=SITUATION_LABELS)


def _profile_form(data: Mapping[str, object] | None = None) -> ProfileForm:
    today = clock.local_date(clock.now())
    employers = queries.employers()
    if data is None:
        return ProfileForm(employers=employers, today=today)
    return ProfileForm(formdata=None, data=data, employers=employers, today=today)


def _profile_page(
    form: ProfileForm,
    candidate: Candidate | None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    stale: bool = False,
    alerts: AlertsForm | None = None,
) -> ResponseReturnValue:
    now = clock.now()
    usual = {"alerts": candidate.alerts if candidate else Alerts.WEEKLY.value}
    page = render_template(
        "candidates/profile.html",
        form=form,
        stale=stale,
        alerts=alerts or AlertsForm(formdata=None, data=usual),
        alerts_text=alerts_text(candidate, now) if candidate else "",
        shown=anonymous(candidate) if candidate else None,
        portfolio=portfolio_view(candidate.id, clock.local_date(now), seen=Seen.ANONYMOUS)
        if candidate
        else None,
    )
    return page, status


def _asked(token: str) -> MatchRequest:
    try:
        return matching.of_token(token, now=clock.now())
    except Gone as error:
        raise Gone(_("Deze tekst is gewist. Schrijf hem opnieuw in je profiel.")) from error
