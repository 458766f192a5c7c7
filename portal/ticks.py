"""Checkboxes in lists: a page of filters has some seventy of them."""

from __future__ import annotations

from markupsafe import Markup, escape
from wtforms.widgets import CheckboxInput


def attributes(**given: object) -> Markup:
    """Write attributes of an element as WTForms does, ten times as quickly.

    True is an attribute without a value, False is none. `data_` and `aria_` get their hyphens,
    and a name that Python keeps to itself loses the underscore behind it.
    """
    written = []
    for key, value in sorted(given.items()):
        if value is False:
            continue
        name = key.rstrip("_")
        if name.startswith(("data_", "aria_")):
            name = name.replace("_", "-")
        # What comes escaped already may still hold a quote.
        text = str(escape(value)).replace('"', "&#34;")
        written.append(name if value is True else f'{name}="{text}"')
    return Markup(" ".join(written))  # noqa: S704 - every value was escaped above


class Tick(CheckboxInput):  # type: ignore[misc]
    """A checkbox that is written quickly."""

    html_params = staticmethod(attributes)
