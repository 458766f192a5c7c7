"""The page with every word of the field."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import languages
from portal.glossary.terms import glossaries
from portal.permissions import public

blueprint = Blueprint("glossary", __name__)


@blueprint.get("/woorden")
@public
def index() -> ResponseReturnValue:
    """Show all terms in the order of the alphabet."""
    terms = glossaries()[languages.data_language()].alphabetical()
    letters = [
        (letter, list(some)) for letter, some in groupby(terms, lambda term: term.term[0].upper())
    ]
    return render_template("glossary/index.html", letters=letters)
