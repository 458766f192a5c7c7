"""The pages that show every component in every state, with when to use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.config import ROOT
from portal.errors import NotFound
from portal.gallery import drawn, samples
from portal.gallery.colours import colours, pairs
from portal.gallery.forms import FieldsForm, FiltersForm, PaperForm, PickerForm, WeekForm
from portal.gallery.parts import BASICS, FILLING, FINDING, GROUPS, RECORDS, TELLING, Group
from portal.languages import data_language
from portal.matching.knowledge import framework
from portal.matching.samples import sample_cards, sample_opportunity
from portal.opportunities.presenting import card
from portal.paging import paginate, wanted_page
from portal.permissions import public
from portal.undo import flash_undo

blueprint = Blueprint("gallery", __name__, url_prefix="/bouwstenen")


@blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """Show what there is, by group."""
    return render_template("gallery/index.html", groups=GROUPS)


def _page_of(shown: Group) -> Callable[[], ResponseReturnValue]:
    @public
    def page() -> ResponseReturnValue:
        """Show the components of one group."""
        return render_template(
            shown.template,
            groups=GROUPS,
            shown=shown,
            parts={part.id: part for part in shown.parts},
            **_samples(shown),
        )

    return page


# Each page by its own name in the map, so that whoever walks the map finds every one.
for _group in GROUPS:
    blueprint.add_url_rule(f"/{_group.slug}", _group.slug, _page_of(_group), methods=["GET"])


@blueprint.get("/vraag")
@public
def ask() -> ResponseReturnValue:
    """Ask to confirm something that does nothing: the page behind the dialog."""
    return render_template("gallery/ask.html")


@blueprint.post("/proberen")
@public
def try_out() -> ResponseReturnValue:
    """Take any form of these pages, keep nothing, and say so with a way back."""
    back = request.form.get("back", "")
    if back not in {one.slug for one in GROUPS}:
        raise NotFound
    if request.form.get("undo"):
        flash(_("Teruggedraaid. Ook dat was een voorbeeld."), "info")
    else:
        flash_undo(
            _("Dit is een voorbeeld. We hebben niets bewaard."),
            url_for("gallery.try_out"),
            {"undo": 1, "back": back},
        )
    return redirect(url_for(f"gallery.{back}"), 303)


def _samples(here: Group) -> dict[str, Any]:
    today = clock.local_date(clock.now())
    if here is BASICS:
        icons = (ROOT / "templates" / "components" / "icons.html").read_text("utf-8")
        return {
            "colours": colours(),
            "pairs": pairs(),
            "icons": re.findall(r'name == "(\w+)"', icons),
            "fields": [(one.id, one.label(data_language())) for one in framework().fields.values()],
        }
    if here is FILLING:
        return _filled()
    if here is TELLING:
        sent = {"back": here.slug}
        note = {"message": _("De plek is gesloten."), "url": url_for("gallery.try_out")}
        return {"note": note | {"fields": sent}, "long_word": samples.LONG_WORD}
    if here is FINDING:
        return _found()
    if here is RECORDS:
        order = request.args.get("orde", "name")
        columns, rows, total = samples.table_samples(
            order.removeprefix("-"),
            order.startswith("-"),
            lambda key: url_for("gallery.dossier", orde=key, _anchor="tabel"),
        )
        return {
            "steps_shown": samples.step_samples(today),
            "evidence_shown": samples.evidence_samples(today),
            "agreements": samples.agreement_samples(today),
            "events": samples.history_samples(today),
            "waiting": samples.inbox_samples(url_for("gallery.dossier", _anchor="postvak")),
            "columns": columns,
            "rows": rows,
            "total": total,
        }
    return _drawn()


def _filled() -> dict[str, Any]:
    wrong = FieldsForm("fout", data={"place": samples.LONG_WORD})
    wrong.wrong(
        name=_("Vul je naam in."),
        place=_("Deze plaats kennen we niet. Kijk of je haar goed schreef."),
        agree=_("Zet een vinkje als je verder wilt."),
        kind=_("Kies er een."),
        groups=_("Kies er een of meer."),
    )
    full = FieldsForm("vol", data={"name": samples.LONG_NAME, "story": samples.LONG_WORD + ". "})
    picked = PickerForm("gekozen", data_language())
    picked.competences.data = [one.value for one in picked.competences.choices[:3]]
    unpicked = PickerForm("kiesfout", data_language())
    unpicked.wrong(fields=_("Kies er een of meer."))
    unsent = PaperForm("papierfout")
    unsent.wrong(paper=_("Dit bestand is te groot."))
    return {
        "empty_form": FieldsForm("leeg"),
        "full_form": full,
        "wrong_form": wrong,
        "picker": PickerForm("kies", data_language()),
        "picked": picked,
        "unpicked": unpicked,
        "week": WeekForm("week", data={"week": ["mon-morning", "mon-afternoon", "sat-night"]}),
        "paper": PaperForm("papier"),
        "sent_paper": PaperForm("papiernu"),
        "unsent": unsent,
        "stored": {
            "name": f"diploma-{samples.LONG_WORD}.pdf",
            "size": f"{format_decimal(1.2)} MB",
            "url": "",
        },
    }


def _drawn() -> dict[str, Any]:
    now = clock.now()
    return {
        "cards": sample_cards(now),
        "rows": [card(sample_opportunity(now))],
        "near": drawn.near_home(),
        "everywhere": drawn.everywhere(),
        "numbers": drawn.numbers(),
        "pay": drawn.pay(),
        "weeks": drawn.weeks(),
        "abilities": drawn.abilities(),
    }


def _found() -> dict[str, Any]:
    now = clock.now()
    # Without a choice of the reader one filter is on, so that it can be seen.
    form = FiltersForm(request.args or MultiDict({"kind": "care"}))
    chosen = {field.name: field.data for field in form if field.data and field.data != "0"}
    labels = {choice.value: choice.label for choice in form.kind.choices}
    used = [
        (
            labels[one],
            url_for(
                "gallery.vinden",
                distance=form.distance.data or "0",
                kind=[other for other in form.kind.data if other != one],
            ),
        )
        for one in form.kind.data or ()
    ]
    return {
        "cards": sample_cards(now),
        "rows": [
            card(sample_opportunity(now), distance_km=4.2),
            card(
                sample_opportunity(
                    now,
                    title=_("Begeleider bij de %(word)s", word=samples.LONG_WORD),
                    organisation=samples.LONG_NAME,
                    language="nl" if data_language() == "en" else "en",
                    learning_paid=True,
                ),
                distance_km=31,
            ),
        ],
        "filters": form,
        "used": used,
        "pages": paginate(
            95,
            wanted_page(request.args.get("page") or "4"),
            size=10,
            url=lambda number: url_for("gallery.vinden", **{**chosen, "page": number}),
        ),
    }
