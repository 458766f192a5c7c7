"""What somebody typed into a form, under the names of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flask_babel import gettext as _
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SubmitField
from wtforms.fields.choices import SelectFieldBase
from wtforms.fields.core import UnboundField
from wtforms.widgets import HiddenInput

NOT_TYPED: Final = (SelectFieldBase, BooleanField, HiddenField, SubmitField, FieldList, FormField)
"""Fields in which nobody types: what was chosen travels along, and needs no reading."""


def readable(fields: Iterable[tuple[str, str]], module: str) -> list[tuple[str, str]]:
    """Return label and text of what was typed.

    `module` is that of the view that takes the form; a form of its own feature names the fields.
    """
    labels = _labels(".".join(module.split(".")[:2]))
    shown = []
    for name, value in fields:
        # Of a list of parts: `tasks-0-text`.
        plain = name.rpartition("-")[2]
        if not value.strip():
            continue
        if plain in labels:
            if (label := labels[plain]) is not None:
                shown.append((str(label), value.strip()))
        elif len(value) > 40 or " " in value.strip():
            shown.append((_("Wat je typte"), value.strip()))
    return shown


def _labels(package: str) -> dict[str, object]:
    """The label of each field by its name; None for one in which nobody types."""
    found: dict[str, object] = {}
    for form in _forms(Form):
        module = f"{form.__module__}."
        if not module.startswith("portal."):
            continue
        for name in dir(form):
            field = getattr(form, name, None)
            if isinstance(field, UnboundField) and (
                name not in found or module.startswith(f"{package}.")
            ):
                found[name] = _label(field)
    return found


def _forms(base: type[Form]) -> Iterator[type[Form]]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def _label(field: UnboundField) -> object:
    typed = not issubclass(field.field_class, NOT_TYPED)
    hidden = isinstance(field.kwargs.get("widget"), HiddenInput)
    label = field.kwargs.get("label") or (field.args[0] if field.args else None)
    return label if typed and not hidden and label else None
