"""Explains the words of the field: where they first stand on a page, and all in one list."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app
from markupsafe import Markup

from portal import languages
from portal.glossary import marking
from portal.glossary.routes import blueprint
from portal.glossary.terms import glossaries

PART: Final = "glossary/page_words.html"


def explain_terms(html: str) -> Markup:
    """Return the content of a page with its terms explained in the language of the page."""
    glossary = glossaries()[languages.data_language()]
    content, terms = marking.explain(html, glossary, tag=languages.page_language().tag)
    if not terms:
        return content
    terms.sort(key=lambda term: term.term.lower())
    template = current_app.jinja_env.get_template(PART)
    return content + Markup(template.render(terms=terms, language=glossary.language))  # noqa: S704


def init(app: Flask) -> None:
    """Read the terms now, so that a broken file stops `app` here and not on a page."""
    glossaries()
    app.jinja_env.filters["explain_terms"] = explain_terms
    app.register_blueprint(blueprint)
