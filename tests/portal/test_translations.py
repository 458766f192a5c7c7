"""Every text has its English one, and the libraries speak along."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale
from flask_security.utils import get_message
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, Length, NumberRange

from portal.accounts.messages import MESSAGES
from portal.forms import OURS, LibraryTexts, PortalForm
from tests.catalogues import ROOT

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MARKS = {"_", "_l", "_n", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _texts(strings: object) -> list[str]:
    return list(strings) if isinstance(strings, tuple | list) else [str(strings)]


@cache
def wanted() -> dict[str, tuple[str, ...]]:
    """What `make messages` finds in the sources, by its first form."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    keywords = re.findall(r" -k (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert keywords
    found = extract_from_dir(ROOT, methods, options, DEFAULT_KEYWORDS | parse_keywords(keywords))
    texts = [tuple(_texts(ids)) for _file, _line, ids, _notes, _context in found]
    return {forms[0]: forms for forms in texts}


@cache
def english() -> Catalog:
    with (ROOT / "portal/translations/en/LC_MESSAGES/messages.po").open("rb") as texts:
        return read_po(texts, locale="en")


def entries() -> list[Message]:
    return [message for message in english() if message.id]


def test_every_text_is_in_the_catalogue() -> None:
    there = {_first(message): tuple(_texts(message.id)) for message in entries()}
    missing = {key: forms for key, forms in wanted().items() if there.get(key) != forms}
    assert not missing, f"run `make messages` and translate: {sorted(missing)}"


def test_nothing_in_the_catalogue_is_left_over() -> None:
    left = {_first(message) for message in entries()} - wanted().keys()
    assert not left, f"run `make messages`: {sorted(left)}"
    assert not english().obsolete


def test_every_text_is_translated() -> None:
    empty = [_first(one) for one in entries() if not all(_texts(one.string))]
    assert not empty
    assert not [_first(message) for message in entries() if message.fuzzy]
    assert not english().fuzzy


def test_plural_forms_are_complete() -> None:
    for message in entries():
        if isinstance(message.id, tuple):
            assert len(_texts(message.string)) == english().num_plurals == 2, message.id


def test_placeholders_are_the_same() -> None:
    for message in entries():
        for ours, text in zip(_texts(message.id), _texts(message.string), strict=True):
            assert _placeholders(text) == _placeholders(ours), (message.id, text)
            # Only the number may be left out, where it is one.
            assert _placeholders(_texts(message.id)[-1]) - _placeholders(ours) <= {"num"}, ours
        assert re.findall("<[^>]+>", _first(message)) == re.findall(
            "<[^>]+>", _texts(message.string)[0]
        ), message.id


def _placeholders(text: str) -> set[str]:
    braces = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}
    return set(PLACEHOLDER.findall(text)) | braces


def test_babel_finds_what_the_code_marks() -> None:
    """Babel passes over a text inside an f-string, and over one that is not written out."""
    for path in (ROOT / "portal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in MARKS:
                text = node.args[0]
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                assert isinstance(text, ast.Constant), f"{where}: write the text out"
                assert text.value in wanted(), f"{where}: Babel does not find {text.value!r}"


def test_messages_of_flask_security_are_in_the_catalogue(app: Flask) -> None:
    arguments = {"email": "a@b.example", "length": 10, "within": "1"}
    with app.test_request_context("/"):
        for name, (text, _category) in MESSAGES.items():
            assert get_message(name, **arguments)[0] == text % arguments
            with force_locale("en"):
                assert get_message(name, **arguments)[0] != text % arguments


class _Example(PortalForm):
    text = StringField(validators=[DataRequired()])
    short = StringField(validators=[Length(max=3)])
    number = IntegerField()
    size = IntegerField(validators=[NumberRange(1, 5)])
    choice = SelectField(choices=[SelectChoice("a", "a")])
    address = StringField(validators=[URL()])


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        (
            "nl",
            [
                "Vul dit in.",
                "Maak dit korter: 3 tekens of minder.",
                "Vul een heel getal in.",
                "Vul een getal in van 1 tot en met 5.",
                "Kies iets uit de lijst.",
                "Dit kunnen we niet lezen. Kijk na wat je hier invulde.",
            ],
        ),
        (
            "en",
            [
                "Fill this in.",
                "Make this shorter: 3 characters or fewer.",
                "Fill in a whole number.",
                "Fill in a number from 1 to 5.",
                "Choose something from the list.",
                "We cannot read this. Check what you filled in here.",
            ],
        ),
    ],
)
def test_wtforms_speaks_our_words(app: Flask, language, messages) -> None:
    typed = MultiDict(
        {"text": "", "short": "lang", "number": "x", "size": "9", "choice": "z", "address": "x"}
    )
    with app.test_request_context("/", method="POST"), force_locale(language):
        form = _Example(typed)
        assert not form.validate()
        assert [field.errors[-1] for field in form if field.errors] == messages


def said_by_wtforms() -> set[str]:
    """The first form of every message in the library's own sources."""
    found: set[str] = set()
    for path in Path(wtforms.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                if node.func.attr in ("gettext", "ngettext") and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_our_words_belong_to_what_wtforms_says() -> None:
    """An update of the library that words a message otherwise is noticed here."""
    assert OURS.keys() <= said_by_wtforms()


def test_our_words_ask_for_no_more_than_the_library_gives() -> None:
    for theirs, ours in OURS.items():
        assert set(PLACEHOLDER.findall(ours)) <= set(PLACEHOLDER.findall(theirs)), theirs


def test_every_form_speaks_our_words(app: Flask) -> None:
    """Whoever makes a form of the library itself gets its English, or its own Dutch."""
    ours = {form for form in _forms(FlaskForm) if form.__module__.startswith("portal.")}
    assert len(ours) >= 6
    for form in ours:
        # As WTForms puts a form's own Meta together with those of its bases.
        metas = [vars(base)["Meta"] for base in form.__mro__ if "Meta" in vars(base)]
        meta = type("Meta", tuple(metas), {})
        assert isinstance(meta().get_translations(None), LibraryTexts), form


def _forms(base: type) -> set[type]:
    return {base} | {one for sub in base.__subclasses__() for one in _forms(sub)}
