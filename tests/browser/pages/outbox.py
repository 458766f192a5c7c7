"""The administrator's mail."""

from __future__ import annotations

from typing import Final

from portal.permissions import Permission
from tests.browser.views import CataloguePage, View, at

WATCH = Permission.OUTBOX_WATCH

PAGES: Final[tuple[CataloguePage, ...]] = (
    CataloguePage(
        "mail",
        "outbox.index",
        (
            View("plain", at("/beheer/mail")),
            View("found", at("/beheer/mail?state=failed&q=bekwaam")),
            View("none", at("/beheer/mail?q=bestaat-niet")),
            View("errors", at("/beheer/mail?state=kapot"), 422),
        ),
        needs=WATCH,
    ),
    CataloguePage(
        "een-mail",
        "outbox.show",
        (
            View("plain", at("/beheer/mail/{mail_sent}")),
            View("failed", at("/beheer/mail/{mail_failed}")),
            View("uncertain", at("/beheer/mail/{mail_uncertain}")),
        ),
        needs=WATCH,
    ),
    CataloguePage(
        "een-mail-opnieuw",
        "outbox.ask_again",
        (View("plain", at("/beheer/mail/{mail_uncertain}/opnieuw")),),
        needs=WATCH,
    ),
)
