"""Reads the forms of a page, as a browser sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = ("text", "search", "email", "tel", "url", "textarea", "")
"""Kinds of fields in which people write."""


@dataclass
class Field:
    """A field: its name, what kind it is, and what is sent when nobody touches it."""

    name: str
    kind: str
    value: str = ""
    sent: bool = True
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form: where it goes and how, with its fields in order."""

    action: str
    method: str
    multipart: bool
    fields: list[Field] = field(default_factory=list)

    def sent(self) -> dict[str, list[str]]:
        """What a browser sends when nobody touches anything."""
        found: dict[str, list[str]] = {}
        for one in self.fields:
            if one.sent and one.kind != "file":
                found.setdefault(one.name, []).append(one.value)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields, each once."""
        return tuple(dict.fromkeys(one.name for one in self.fields))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._text: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(
                given.get("action", ""),
                given.get("method", "get").lower(),
                given.get("enctype") == "multipart/form-data",
            )
            self.forms.append(self._open)
            self._by_id[given.get("id", "")] = self._open
            return
        form = self._by_id.get(given["form"]) if "form" in given else self._open
        if form is None:
            return
        if tag == "option" and self._select is not None:
            value = given.get("value", "")
            self._select.options.append(value)
            if "selected" in given or len(self._select.options) == 1:
                self._select.value = value
        elif "name" in given and tag in ("input", "textarea", "select", "button"):
            kind = given.get("type", "text") if tag == "input" else tag
            made = Field(given["name"], kind, given.get("value", ""))
            if given.get("inputmode") in ("numeric", "decimal"):
                made.kind = "number"
            if kind in ("checkbox", "radio"):
                made.sent = "checked" in given
                made.value = made.value or "on"
            if kind == "button":
                # The first one is what the Enter key presses.
                made.sent = not any(one.kind == "button" for one in form.fields)
            form.fields.append(made)
            self._text = made if tag == "textarea" else None
            self._select = made if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            # A browser drops the first line break.
            self._text.value += data


def forms_of(page: str) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(page)
    for form in reader.forms:
        for one in form.fields:
            if one.kind == "textarea":
                text = one.value.replace("\r\n", "\n").removeprefix("\n")
                one.value = text.replace("\n", "\r\n")
    return reader.forms
