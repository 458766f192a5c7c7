"""The request as the portal reads it."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

Words = ImmutableMultiDict[str, str]


class Incoming(Request):
    """A request whose words hold no NUL: no text has one, and PostgreSQL keeps none."""

    @cached_property
    def args(self) -> Words:
        """What stands behind the question mark."""
        return _clean(super().args)

    def _load_form_data(self) -> None:
        super()._load_form_data()
        self.__dict__["form"] = _clean(self.form)


def _clean(words: MultiDict[str, str]) -> Words:
    pairs = list(words.items(multi=True))
    if not any("\x00" in name or "\x00" in value for name, value in pairs):
        return words if isinstance(words, ImmutableMultiDict) else Words(words)
    return ImmutableMultiDict(
        (name.replace("\x00", ""), value.replace("\x00", "")) for name, value in pairs
    )
