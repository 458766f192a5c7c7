"""What the routes of matching share: the blueprint, the limit, and a text that was kept."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, current_app, url_for

from portal import clock
from portal.errors import Gone, NotFound
from portal.matching import service
from portal.matching.asked import hours_text, place_text
from portal.matching.kept import Links
from portal.matching.models import MatchRequest
from portal.matching.tongues import written_in

blueprint = Blueprint("matching", __name__)
blueprint.add_app_template_global(written_in)


def limit() -> str:
    """How often somebody may ask, as Flask-Limiter reads it."""
    limit: str = current_app.config["LIMIT_MATCH"]
    return limit


def kept(token: str, *, strict: bool = True) -> MatchRequest | None:
    """What was asked under a token; None when its time is up. Raises NotFound when `strict`."""
    try:
        return service.of_token(token, now=clock.now())
    except Gone:
        return None
    except NotFound:
        if strict:
            raise
        return None


def form_data(asked: MatchRequest) -> dict[str, str]:
    """What was asked, as the form takes it."""
    profile = service.profile_of(asked)
    return {
        "skills": asked.skills,
        "ambition": asked.ambition,
        "place": place_text(profile.place),
        "hours": hours_text(profile.hours),
    }


def links_of(token: str) -> Links:
    """Where the answer to a visitor's question leads."""
    return Links(
        show=partial(url_for, "matching.result", token=token),
        change=url_for("matching.change", token=token),
        change_place=lambda name: url_for("matching.change", token=token, plaats=name),
        answer=url_for("matching.answer", token=token),
        paper=url_for("matching.paper", token=token),
        dismiss=url_for("matching.dismiss", token=token),
        forget=url_for("matching.ask_forget", token=token),
        token=token,
    )
