"""The game of eight situations, one at a time; what was chosen stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.errors import Conflict
from portal.extensions import limiter
from portal.languages import data_language
from portal.matching import service as matching
from portal.matching.asked import Asked
from portal.matching.knowledge import framework
from portal.matching.web import limit
from portal.orientation import queries, service
from portal.orientation.forms import AmbitionForm
from portal.orientation.game import Situation
from portal.orientation.knowledge import game
from portal.orientation.web import Looking, blueprint, here, looking, sign_in_url, telling
from portal.permissions import public, signed_in
from portal.transaction import transaction


@blueprint.get("/orientatie/spel")
@public
def play() -> ResponseReturnValue:
    """Show the first situation without a choice, or what the choices make."""
    chosen = game().read(request.args)
    if not chosen and "begin" not in request.args:
        return render_template("orientation/start.html", before=_played(looking()))
    wanted = next((one for one in game().situations if one.id == request.args.get("anders")), None)
    situation = wanted or game().next(chosen)
    if situation is None:
        return _outcome(chosen, None)
    return render_template("orientation/situation.html", **_situation(situation, chosen))


@blueprint.post("/orientatie/spel")
@public
@limiter.limit(limit)
def use_game() -> ResponseReturnValue:
    """Put the ambition in the profile; of a visitor it becomes a question to complete."""
    look = looking()
    chosen = game().read(request.form)
    before = look.candidate.ambition if look.candidate else ""
    form = AmbitionForm(before=before)
    if not form.validate():
        return _outcome(chosen, form)
    now = clock.now()
    if not look.can_keep:
        with transaction():
            token = matching.ask(Asked("", form.text.data), now=now).token
        return redirect(url_for("matching.change", token=token), HTTPStatus.SEE_OTHER)
    try:
        with transaction():
            service.use_ambition(
                signed_in(),
                form.text.data,
                chosen,
                replace=form.how.data == "replace",
                version=form.version.data or 1,
                now=now,
            )
    except Conflict as error:
        return _outcome(chosen, form, conflict=error.message or "")
    flash(
        _("Dit staat nu in je profiel, bij Wat wil je. Je kunt het daar aanpassen."),
        "success",
    )
    return redirect(url_for("candidates.journey"), HTTPStatus.SEE_OTHER)


def _situation(situation: Situation, chosen: Mapping[str, str]) -> dict[str, object]:
    """One situation: each choice leads on, with those made before."""
    spoken = data_language()
    situations = game().situations
    number = situations.index(situation)
    earlier = [one.id for one in situations[:number] if one.id in chosen]
    return {
        "scene": situation.scene(spoken),
        "number": number + 1,
        "many": len(situations),
        "choices": [
            (
                choice.words(spoken),
                _address({**chosen, situation.id: choice.id}),
                chosen.get(situation.id) == choice.id,
            )
            for choice in situation.choices
        ],
        # Going back keeps what was chosen.
        "back_url": _address(chosen, anders=earlier[-1])
        if earlier
        else url_for("orientation.play"),
    }


def _outcome(
    chosen: Mapping[str, str], form: AmbitionForm | None, conflict: str = ""
) -> ResponseReturnValue:
    look = looking()
    spoken = data_language()
    candidate = look.candidate
    before = candidate.ambition if candidate else ""
    if form is None:
        form = AmbitionForm(
            formdata=None,
            before=before,
            data={
                "text": game().ambition(chosen, spoken),
                "how": "add",
                "version": candidate.version if candidate else 1,
            },
        )
    elif conflict:
        # What was typed stays; it is now compared with the profile as it is shown here.
        form.version.process_data(candidate.version if candidate else 1)
        form.version.raw_data = None
    today = clock.local_date(clock.now())
    tell = telling(look, queries.open_now(today))
    found = game().suggest(chosen, framework())
    labels = {
        one.id: choice.words(spoken).label
        for one in game().situations
        if (choice := one.choice(chosen.get(one.id, "")))
    }
    page = render_template(
        "orientation/outcome.html",
        form=form,
        before=before,
        conflict=conflict,
        chosen=chosen,
        picked=[
            (
                one.scene(spoken),
                labels[one.id],
                _address(chosen, anders=one.id),
            )
            for one in game().situations
            if one.id in labels
        ],
        rows=[tell.profession(one.profession) for one in found],
        because=[[labels[key] for key in one.because] for one in found],
        look=look,
        here=here() if request.method == "GET" else _address(chosen),
        sign_in_url=sign_in_url,
    )
    status = HTTPStatus.OK
    if conflict:
        status = HTTPStatus.CONFLICT
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return page, status


def _played(look: Looking) -> str:
    """Where what somebody chose earlier leads; empty for who did not play."""
    candidate = look.candidate
    chosen = game().read(candidate.game) if candidate else {}
    return _address(chosen) if chosen else ""


def _address(chosen: Mapping[str, str], **more: str) -> str:
    """The address of the game with these choices."""
    arguments: dict[str, Any] = {**chosen, **more}
    return url_for("orientation.play", **arguments)
