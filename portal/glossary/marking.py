"""Finds the terms in a finished piece of HTML and explains each where it first stands.

It reads tags and text without building a tree, so that a page loses a millisecond, not fifty.
What our templates write is well-formed; a stray tag costs an explanation, never the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from portal.glossary.terms import Glossary, Term

_TOKEN: Final = re.compile(
    r"""<!--.*?-->
      | <(?P<whole>svg|textarea|script|style|template)\b.*?</(?P=whole)\s*>
      | <(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""",
    re.DOTALL | re.VERBOSE,
)
"""A comment, a drawing or a field with all that is in it, or one tag."""
_END: Final = "<!-- -->"
"""After the last text there is a token too."""
_LANG: Final = re.compile(r"""\slang=["']([^"']*)["']""")
_CLASS: Final = re.compile(r"""\sclass=["']([^"']*)["']""")
_KEEP_OUT: Final = re.compile(r"""\s(?:data-no-terms|aria-hidden=["']true|role=["']img)""")
_OPEN: Final = re.compile(r"\sopen(?=[\s=]|$)")
_VOID: Final = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "source", "wbr"])
_RUNNING: Final = frozenset(["p", "li", "dd", "td", "figcaption", "blockquote", "caption"])
"""Elements whose text is read as text: here a term is explained on the spot."""
_CONTROLS: Final = frozenset(["a", "button", "summary", "label", "legend", "option", "select"])
_TITLES: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "th", "dt"])
_MARKS: Final = frozenset(["tag", "level", "chip", "btn", "sr-only"])
"""Classes of small boxes, and of what is only heard: as names."""
_SILENT: Final = frozenset(["code", "pre", "q", "noscript"])
"""No words of ours: code, and what the visitor wrote."""
_FOLDED: Final = frozenset(["details", "dialog"])
_SPECIAL: Final = _RUNNING | _CONTROLS | _TITLES | _SILENT | _FOLDED


class _Place(Enum):
    """How the text of an element is taken."""

    LOOSE = "seen, not explained on the spot"
    RUNNING = "explained on the spot"
    NAME = "seen, never explained on the spot, whatever stands inside"
    SILENT = "not seen"


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    name: str
    place: _Place
    told: set[str]
    styled: bool


@dataclass(slots=True)
class _Page:
    """What was found on the page so far."""

    glossary: Glossary
    tag: str
    seen: dict[str, Term] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def text(self, words: str, around: _Open) -> str | None:
        """Return the text with a control at each term that is new here; None without one."""
        start = 0
        parts = []
        for match in self.glossary.found_in(words):
            term = self.glossary.of(match[0])
            self.seen.setdefault(term.id, term)
            if around.place is _Place.RUNNING and term.id not in around.told:
                around.told.add(term.id)
                parts += [words[start : match.start()], self._control(term, match[0])]
                start = match.end()
        if not parts:
            return None
        said = "".join([*parts, words[start:]])
        # In a row of boxes each loose piece of text would become a box of its own.
        return f"<span>{said}</span>" if around.styled else said

    def _control(self, term: Term, words: str) -> str:
        count = self.used[term.id] = self.used.get(term.id, 0) + 1
        name = f"woord-{term.id}" + (f"-{count}" if count > 1 else "")
        language = self.glossary.language
        other = "" if language == self.tag else f' lang="{language}"'
        return (
            f'<button type="button" class="term" popovertarget="{name}">{words}</button>'
            f'<span popover class="term__text" id="{name}"{other}>{escape(term.text)}</span>'
        )


def explain(html: str, glossary: Glossary, tag: str) -> tuple[Markup, list[Term]]:
    """Return the HTML with its terms explained, and every term that stands in it.

    `tag` is the language of the page; text that says it is in another one stays as it is.
    A term is explained at its first place in running text. Inside a folded part (details,
    dialog) only what came before it counts, and what is told there is told again after it.
    """
    # Every slice of a Markup is made into one again, which takes most of the time.
    html = str(html)
    page = _Page(glossary, tag)
    languages = frozenset({tag, glossary.language})
    around = _Open("", _Place.LOOSE, set(), styled=False)
    stack = [around]
    out = []
    copied = read = 0
    for token in _TOKEN.finditer(html + _END):
        start = token.start()
        if (
            start > read
            and around.place is not _Place.SILENT
            and not (words := html[read:start]).isspace()
        ):
            changed = page.text(words, around)
            if changed is not None:
                out += [html[copied:read], changed]
                copied = start
        read = token.end()
        name = token["name"]
        if name is None:
            continue
        if token["close"]:
            around = _leave(stack, name)
        elif name not in _VOID and html[read - 2] != "/":
            around = _enter(around, name, token["attributes"], languages)
            stack.append(around)
    # Only what was HTML already came through as it was.
    return Markup("".join([*out, html[copied:]])), list(page.seen.values())  # noqa: S704


def _leave(stack: list[_Open], name: str) -> _Open:
    """Close the element, with those inside it that nobody closed; return what is around it."""
    if stack[-1].name == name:
        stack.pop()
    elif any(one.name == name for one in stack):
        while stack.pop().name != name:
            pass
    return stack[-1]


def _enter(around: _Open, name: str, attributes: str, languages: frozenset[str]) -> _Open:
    if around.place is _Place.SILENT or (not attributes and name not in _SPECIAL):
        return _Open(name, around.place, around.told, styled=False)
    own, folded, styled = _own(name, attributes, languages)
    place: _Place = around.place
    if own in {_Place.SILENT, _Place.NAME} or (own is _Place.RUNNING and place is _Place.LOOSE):
        place = own
    return _Open(name, place, set(around.told) if folded else around.told, styled)


@lru_cache(8192)
def _own(name: str, attributes: str, languages: frozenset[str]) -> tuple[_Place, bool, bool]:
    """How an element takes its text by itself, whether it is folded, and whether it has a class.

    Remembered, because a page has the same few tags hundreds of times.
    """
    classes = set(found[1].split()) if (found := _CLASS.search(attributes)) else set()
    lang = _LANG.search(attributes)
    place = _Place.LOOSE
    if name in _SILENT or _KEEP_OUT.search(attributes) or (lang and lang[1] not in languages):
        place = _Place.SILENT
    elif name in _CONTROLS or name in _TITLES or classes & _MARKS:
        place = _Place.NAME
    elif name in _RUNNING:
        place = _Place.RUNNING
    return place, name in _FOLDED and not _OPEN.search(attributes), bool(classes)
