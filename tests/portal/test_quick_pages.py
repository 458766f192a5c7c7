"""What makes pages quick says the same as what it replaces."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale, format_decimal, gettext
from markupsafe import Markup
from wtforms.widgets import html_params

from portal.app import create_app
from portal.catalogue import said_before
from portal.ticks import attributes


@pytest.fixture
def app(_portal: Flask) -> Flask:
    """A portal whose context is not open already: each page has its own."""
    return create_app()


def render(app: Flask, source: str, **values: object) -> str:
    return app.jinja_env.from_string(source).render(**values)


def test_a_text_follows_the_language_also_halfway(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert gettext("Uitloggen") == "Sign out"
        with force_locale("nl"):
            assert gettext("Uitloggen") == "Uitloggen"
            assert render(app, "{{ _('Uitloggen') }}") == "Uitloggen"
        assert gettext("Uitloggen") == "Sign out"
        assert render(app, "{{ _('Uitloggen') }}") == "Sign out"
    with app.test_request_context():
        assert gettext("Uitloggen") == "Uitloggen"


def test_what_goes_into_a_text_is_escaped_once(app: Flask) -> None:
    with app.test_request_context():
        source = "{% autoescape true %}{{ _('<b>%(who)s</b> 100%%', who=who) }}{% endautoescape %}"
        assert render(app, source, who="<i>") == "<b>&lt;i&gt;</b> 100%"
        assert render(app, source, who=Markup("<i>")) == "<b><i></b> 100%"


def test_macros_are_called_with_all_that_they_take(app: Flask) -> None:
    source = (
        "{% macro m(a, b='2') %}{{ a }}{{ b }}{{ kwargs.c }}{{ varargs|length }}"
        "{{ caller() if caller else '' }}{% endmacro %}"
        "{% for one in [1] %}{{ m('<', c=3) }}{{ m(1, 2, 3, 4) }}"
        "{% call m('x') %}{{ one }}{% endcall %}{% endfor %}"
    )
    with app.test_request_context():
        assert render(app, source) == "&lt;230" + "122" + "x201"


def test_what_was_said_before_is_kept_per_language(app: Flask) -> None:
    asked: list[float] = []

    @said_before
    def spoken(number: float) -> str:
        asked.append(number)
        return str(format_decimal(number))

    for language, wanted in (("nl", "1,5"), ("en", "1.5")):
        for _again in range(2):
            with app.test_request_context(headers={"Accept-Language": language}):
                assert spoken(1.5) == wanted
    assert asked == [1.5, 1.5]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"type": "checkbox", "id": "part-0", "name": "part", "value": "day", "checked": True},
        {"class_": "a b", "data_max_length": 3, "aria_label": "x", "disabled": False, "for_": "q"},
        {"value": "<\"'&", "title": Markup("&lt;b&gt;")},
    ],
)
def test_attributes_are_those_of_the_library(given: dict[str, object]) -> None:
    # The library writes a quote by its name where markupsafe wrote a number.
    assert attributes(**given) == html_params(**given).replace("&quot;", "&#34;")


def test_a_quote_in_what_is_escaped_already_does_not_end_the_attribute() -> None:
    assert attributes(title=Markup('a "b"')) == 'title="a &#34;b&#34;"'
