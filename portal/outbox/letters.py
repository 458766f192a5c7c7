"""Mail as people read it: written once, in their language, sent as text and as HTML.

A feature's emails.py gives a function that returns a Letter. `post` calls it in the language of
who receives it, and keeps the result in the outbox of the same transaction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import force_locale

from portal.accounts.models import User
from portal.languages import SOURCE, languages
from portal.outbox.models import OutboxMessage
from portal.outbox.service import enqueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says. `lines` are paragraphs of plain text.

    `action` is the one thing to do: what the button says and its whole address. `stop` ends mail
    of this kind with one click. `calendar` is a file for an agenda (RFC 5545).
    """

    subject: str
    lines: tuple[str, ...]
    action: tuple[str, str] | None = None
    after: tuple[str, ...] = ()
    stop: tuple[str, str] | None = None
    calendar: str | None = None


def post(to: User, write: Callable[[], Letter], *, key: str, now: datetime) -> OutboxMessage | None:
    """Write a letter in the language of `to` and keep it for after the commit.

    `key` names what it tells and to whom; of letters with the same key only the first is kept,
    and None is returned for the others.
    """
    return post_to(to.email, to.language, write, key=key, now=now, name=to.name)


def post_to(
    address: str,
    language: str,
    write: Callable[[], Letter],
    *,
    key: str,
    now: datetime,
    name: str = "",
) -> OutboxMessage | None:
    """The same for somebody who may have no account."""
    with force_locale(language if language in languages() else SOURCE):
        letter = write()
        return enqueue(
            to=address,
            subject=letter.subject,
            body=_text(letter, name),
            html=render_template("mail/letter.html", letter=letter, name=name),
            calendar=letter.calendar,
            key=key,
            now=now,
        )


def _text(letter: Letter, name: str) -> str:
    """The letter as plain text, with one empty line between its parts and none around it."""
    text = render_template("mail/letter.txt", letter=letter, name=name)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
