"""The languages that the portal speaks: Dutch, in which it is written, and each catalogue.

A folder with a compiled catalogue in BABEL_TRANSLATION_DIRECTORIES is a language; nothing else
lists them. docs/languages.md tells how one joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app
from flask_babel import get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.wrappers import Response

SOURCE: Final = "nl"
"""The language of the texts in the code; it needs no catalogue."""
COOKIE: Final = "taal"
KEPT: Final = 365 * 24 * 3600
"""Seconds that a browser keeps the language that was chosen."""


class Language(NamedTuple):
    """A language as its own speakers know it."""

    code: str
    name: str
    direction: str

    @property
    def tag(self) -> str:
        """The code as HTML writes it: `pt-BR`."""
        return self.code.replace("_", "-")

    @property
    def short(self) -> str:
        """Two or three letters for a small button."""
        return self.code.split("_")[0].upper()


def found(folders: Iterable[str]) -> dict[str, Language]:
    """Return the source language, and then every language with a catalogue, by code.

    A folder that is named after no language is passed over.
    """
    codes = {
        catalogue.parent.parent.name
        for folder in folders
        for catalogue in Path(folder).glob("*/LC_MESSAGES/messages.mo")
    }
    languages = (_language(code) for code in (SOURCE, *sorted(codes - {SOURCE})))
    return {language.code: language for language in languages if language}


def _language(code: str) -> Language | None:
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    name = locale.get_display_name() or code
    return Language(code, name[:1].upper() + name[1:], locale.text_direction)


def choose(chosen: str | None, accepted: LanguageAccept, known: Mapping[str, Language]) -> str:
    """Return the language for a page: what was chosen, else the browser's wish, else Dutch."""
    if chosen is not None and chosen in known:
        return chosen
    by_tag = {language.tag: code for code, language in known.items()}
    return by_tag[accepted.best_match(by_tag) or SOURCE]


def languages() -> dict[str, Language]:
    """The languages of this portal, by code."""
    known: dict[str, Language] = current_app.extensions["languages"]
    return known


def page_language() -> Language:
    """The language of the page that is being made."""
    code = str(get_locale() or SOURCE)
    return languages().get(code) or languages()[SOURCE]


def data_language() -> str:
    """The language for what the framework says, which is in Dutch and in English.

    On a page in any third language that is English: who chose it may well read no Dutch.
    """
    return SOURCE if page_language().code == SOURCE else "en"


def name_of(code: str) -> str:
    """The name of any language in that of the page: `Duits`; the code when it has none."""
    locale = get_locale() or Locale(SOURCE)
    return str(locale.languages.get(code, code))


def keep(response: Response, code: str) -> None:
    """Let the browser keep the language that was chosen, also after it is closed."""
    response.set_cookie(
        COOKIE,
        code,
        max_age=KEPT,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def init(app: Flask) -> None:
    """Find the languages of `app`; before the extensions that use its catalogues."""
    folders = app.config["BABEL_TRANSLATION_DIRECTORIES"].split(";")
    app.extensions["languages"] = found(folders)
    app.config["SECURITY_I18N_DIRNAME"] = folders
    app.jinja_env.globals.update(
        locale=lambda: page_language().code,
        page_language=page_language,
        languages=languages,
        language_name=name_of,
        data_language=data_language,
    )
