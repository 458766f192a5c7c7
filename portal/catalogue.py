"""Finds the catalogue of a page once, instead of for every word on it.

A page of matches translates more than a thousand texts. Flask-Babel looks up the language, its
name and the catalogue anew for each of them, which took a third of the time of such a page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar, cast

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Domain, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from portal.extensions import babel

Say = TypeVar("Say", bound=Callable[..., str])

_NOBODY: Final = NullTranslations()


class PageCatalogue(Domain):
    """The usual catalogues, with the one of this page at hand."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue in the language of who looks; outside a page an empty one."""
        try:
            page = g.get("_flask_babel")
        except RuntimeError:
            # Nobody looks.
            return _NOBODY
        locale = getattr(page, "babel_locale", None)
        if locale is not None:
            # A mail may be in another language than the page that it is sent from.
            known, kept = getattr(page, "catalogue", (None, _NOBODY))
            if known is locale:
                return cast(NullTranslations, kept)
        found: NullTranslations = super().get_translations()  # type: ignore[no-untyped-call]
        # The language is known now.
        page = g._flask_babel  # noqa: SLF001 - where Flask-Babel keeps what it knows of a page
        page.catalogue = page.babel_locale, found
        return found


def said_before(say: Say) -> Say:
    """Remember what `say` makes of its arguments, per language. It may depend on nothing else."""

    @lru_cache(4096)
    def remembered(_catalogue: NullTranslations, *arguments: Hashable) -> str:
        return say(*arguments)

    @wraps(say)
    def said(*arguments: Hashable) -> str:
        return remembered(get_translations(), *arguments)

    return cast(Say, said)


class QuickCalls(Context):
    """Calls macros at once: a page has two thousand calls, and most of them are of macros."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call `obj` as Jinja does."""
        if type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(self.eval_ctx, *args, **kwargs)


def init(app: Flask) -> None:
    """Let texts of `app` and of its templates be translated with the catalogue at hand."""
    domain = PageCatalogue(domain=app.config.get("BABEL_DOMAIN", "messages"))  # type: ignore[no-untyped-call]
    babel.domain_instance = domain

    def translate(text: str) -> str:
        return domain.get_translations().ugettext(text)

    def count(one: str, many: str, number: int) -> str:
        return domain.get_translations().ungettext(one, many, number)

    @pass_eval_context
    def say(page: EvalContext, text: str, /, **values: object) -> str:
        said = domain.get_translations().ugettext(text)
        if page.autoescape:
            said = Markup(said)  # noqa: S704 - our own words; values are escaped as they go in
        return said % values if "%" in said else said

    app.jinja_env.install_gettext_callables(translate, count, newstyle=True)  # type: ignore[attr-defined]
    # Jinja's own go from one function to the next, and inside a loop copy all that a page knows.
    app.jinja_env.globals.update(_=say, gettext=say)
    app.jinja_env.context_class = QuickCalls
