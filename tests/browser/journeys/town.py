"""What a journey needs of its town besides pages: the mail, the clock, and the worker."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, create_engine, text

from portal import clock
from portal.config import database_url
from tests.browser.person import Person
from tests.serving import prepared
from tests.serving.server import Server, ask

DEMO_PASSWORD = "bekwaam-demo"


class Town:
    """A running portal on one database."""

    def __init__(self, server: Server, var: Path, postgres: str | None) -> None:
        self._server = server
        self._var = var
        self._postgres = postgres
        self.url = server.url
        self._engine: Engine = create_engine(
            database_url(postgres) if postgres else f"sqlite:///{var / prepared.DATABASE}"
        )

    def wake(self) -> None:
        """Wait until matching is ready."""
        self._server.wait_ready(ask(self._server, "Ik kook graag voor anderen."))

    def tend(self) -> None:
        """Do once all that the worker does by itself: mail, reminders, what lapses."""
        prepared.flask("tend", var=self._var, url=self._postgres)

    def change(self, statement: str, **values: Any) -> None:
        """Let time pass: change a date in the database."""
        with self._engine.begin() as connection:
            connection.execute(text(statement), values)

    def read(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Ask the database what no page tells."""
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def mail_to(self, email: str) -> list[tuple[str, str]]:
        """Subject and text of every mail to somebody, the latest first."""
        found = self.read(
            "SELECT subject, body FROM outbox_message WHERE recipient = :email ORDER BY id DESC",
            email=email,
        )
        return [(str(subject), str(body)) for subject, body in found]

    def link_in_mail(self, email: str, subject: str) -> str:
        """The path of the first link in the latest mail with these words in its subject."""
        for given, body in self.mail_to(email):
            if subject in given:
                link = re.search(r"https?://\S+", body)
                assert link, body
                parts = urlsplit(link[0].rstrip("."))
                return parts.path + (f"?{parts.query}" if parts.query else "")
        raise AssertionError(f"no mail to {email} about {subject!r}")

    def calendar_in_mail(self, email: str, subject: str) -> str:
        """The calendar file of the latest mail with these words in its subject."""
        found = self.read(
            "SELECT calendar FROM outbox_message WHERE recipient = :email"
            " AND subject LIKE :subject ORDER BY id DESC",
            email=email,
            subject=f"%{subject}%",
        )
        assert found, f"no mail to {email} about {subject!r}"
        return str(found[0][0])

    def employer_of(self, slug: str) -> str:
        """The address of somebody who answers for an opening."""
        found = self.read(
            'SELECT email FROM "user" JOIN membership ON membership.user_id = "user".id'
            " JOIN site ON site.organisation_id = membership.organisation_id"
            " JOIN opportunity ON opportunity.site_id = site.id"
            " WHERE opportunity.slug = :slug AND membership.recruiter",
            slug=slug,
        )
        assert found, f"nobody answers for {slug}"
        return str(found[0][0])

    @property
    def checked(self) -> bool:
        """Whether axe looks along: the pages of the two databases are the same."""
        return self._postgres is None

    @staticmethod
    def day(*, days: int) -> str:
        """A day from now, as a form takes it."""
        return (clock.local_date(clock.now()) + timedelta(days=days)).isoformat()

    def moment(self, *, hours: float) -> Any:
        """A moment from now, as the database takes it."""
        then = clock.now() + timedelta(hours=hours)
        return then if self._postgres else then.replace(tzinfo=None).isoformat(" ")


def sign_in(person: Person, email: str, password: str = DEMO_PASSWORD) -> None:
    """Sign in by the page."""
    person.go("/inloggen")
    person.page.get_by_label("E-mailadres").fill(email)
    person.page.get_by_label("Wachtwoord", exact=True).fill(password)
    person.follow(person.page.locator("main").get_by_role("button", name="Inloggen"))
