"""What the pages of the catalogue show: facts of the demo region, and texts that strain a page."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from portal import clock
from portal.accounts.models import RoleName
from portal.matching.service import new_token
from portal.seeding import DEMO_ACCOUNTS, DEMO_PASSWORD
from tests.browser.facts import facts
from tests.serving.client import Client
from tests.serving.prepared import DATABASE

ACCOUNTS = {role: email for email, role, _ in reversed(DEMO_ACCOUNTS)}
"""An account of the demo region for each role."""
FULL, EMPTY = "overvol@voorbeeld.example", "leeg@voorbeeld.example"
"""Employers whose lists are long, with long words, and whose list is empty."""
WORD = "Multidisciplinariteitsontwikkelingscoördinator"
"""Stands in the long titles and nowhere else."""

ASKED = {
    "skills": "Acht zomers werkte ik op een camping: gasten ontvangen en voor iedereen een "
    "praatje. Mijn oma had alzheimer en ik was vaak bij haar. Ik bak graag.",
    "ambition": "Iets gezelligs met ouderen, liever overdag, ongeveer 24 uur.",
    "place": "Heerlen",
    "hours": "24",
}
LONG = {
    "skills": f"Ik was {WORD.lower()} en arbeidsongeschiktheidsverzekeringsmaatschappijmedewerker. "
    "Hottentottententententoonstellingsvoorbereidingscommissielid ben ik ook geweest. "
    "Met de rolstoelbasketbalwedstrijdvrijwilligersvereniging maakte ik koffie en praatjes. "
    + "https://www.voorbeeld.example/een/heel/lang/adres/zonder/een/spatie/"
    * 2,
    "ambition": "Meervoudigepersoonlijkheidsstoornissenbegeleidingswerk, geen nachtdiensten.",
    "place": "Gasselternijveenschemond",
    "hours": "24",
}
FAR = {**ASKED, "skills": "Ik kook graag.", "place": "Den Helder", "hours": "2"}
"""Nothing of the region is that near and that small."""


@dataclass(frozen=True)
class Region:
    """What an address of the catalogue needs to know; slugs, ids and tokens."""

    opening: str
    english: str
    closed: str
    own: str
    own_draft: str
    activity: str
    answer: str
    corrected: str
    nothing: str
    long: str
    expired: str
    reset: str
    strained: str = ""
    strained_poor: str = ""
    strained_own: str = ""
    more: dict[str, str] = field(default_factory=dict)
    """What the pages of a feature need besides, from tests/browser/facts."""

    @property
    def names(self) -> dict[str, str]:
        """Everything, by the name that an address has for it."""
        return {**vars(self), **self.more}


def password_of(email: str) -> str:
    """The password of an account of the demo region, or of one that `strain` made."""
    if email in (FULL, EMPTY):
        from tests.factories import PASSWORD

        return PASSWORD
    return DEMO_PASSWORD


def read(url: str, var: Path) -> Region:
    """Look up, and ask as visitors and employers do, what the catalogue needs."""
    with closing(sqlite3.connect(var / DATABASE)) as database:

        def one(query: str) -> str:
            found = database.execute(query).fetchone()
            assert found, query
            return str(found[0])

        live = "FROM opportunity JOIN site ON site.id = site_id JOIN organisation ON"
        live += " organisation.id = organisation_id WHERE status = 'published'"
        linde = "AND organisation.slug = 'linde'"
        closed, own_draft = _close_one_and_begin_one(
            url, one(f"SELECT opportunity.slug {live} {linde} ORDER BY opportunity.slug DESC")
        )
        region = Region(
            opening=one(
                f"SELECT opportunity.slug {live} {linde} AND language = 'nl' AND pay_min > 0"
                " AND day_parts > 0 ORDER BY opportunity.slug"
            ),
            english=one(
                f"SELECT opportunity.slug {live} AND language = 'en' ORDER BY opportunity.slug"
            ),
            own=one(f"SELECT opportunity.slug {live} {linde} ORDER BY opportunity.slug"),
            closed=closed,
            own_draft=own_draft,
            activity=_first_activity(url),
            answer=ask(url, ASKED),
            corrected=_corrected(url),
            nothing=ask(url, FAR),
            long=ask(url, LONG),
            expired=new_token(clock.now() - timedelta(days=1)),
            reset="",
        )
        region = replace(region, reset=_reset_link(url, database), more=facts(url, var, database))
        if not database.execute("SELECT 1 FROM user WHERE email = ?", [FULL]).fetchone():
            return region
        strained = f"SELECT slug FROM opportunity WHERE title LIKE '{WORD}%' AND status ="
        return replace(
            region,
            strained=one(f"{strained} 'published' ORDER BY id"),
            strained_own=one(f"{strained} 'draft'"),
            strained_poor=one("SELECT slug FROM opportunity WHERE title = 'Hulp'"),
        )


def ask(url: str, asked: dict[str, str]) -> str:
    """Ask as a visitor; return the token of the kept link."""
    visitor = Client(url)
    visitor.get("/")
    answer = visitor.post("/passend", asked)
    assert answer.path.startswith("/passend/"), answer.status
    return answer.path.split("/")[2]


def _corrected(url: str) -> str:
    """Ask, deny the first reason, say that a paper is there and that an offer is not needed."""
    visitor = Client(url)
    visitor.get("/")
    path = visitor.post("/passend", ASKED).path
    body = visitor.get(path).body
    keys = re.findall(r'name="key" value="([^"]+)"', body)
    assert keys, "there is nothing to answer"
    for key in dict.fromkeys(keys):
        assert visitor.post(f"{path}/reden", {"key": key, "answer": "cannot"}).status == 200
        break
    if paper := re.search(r'name="gate" value="([^"]+)"', body):
        assert visitor.post(f"{path}/papier", {"gate": paper[1], "has": "1"}).status == 200
    return path.split("/")[2]


def _close_one_and_begin_one(url: str, slug: str) -> tuple[str, str]:
    employer = Client(url)
    employer.sign_in(ACCOUNTS[RoleName.EMPLOYER], DEMO_PASSWORD)
    form = employer.get(f"/werkgever/aanbod/{slug}/sluiten")
    version = re.search(r'name="version" value="(\d+)"', form.body)
    assert version
    assert employer.post(f"/werkgever/aanbod/{slug}/sluiten", {"version": version[1]}).status == 200
    form = employer.get("/werkgever/aanbod/nieuw")
    site = re.search(r'<select[^>]*name="site_id".*?<option[^>]*value="(\d+)"', form.body, re.S)
    field = re.search(r'<select[^>]*name="field".*?<option[^>]*value="([a-z-]+)"', form.body, re.S)
    assert site
    assert field
    made = employer.post(
        "/werkgever/aanbod/nieuw",
        {
            "action": "save",
            "title": "Gastheer of gastvrouw in de tuinkamer",
            "language": "nl",
            "kind": "vacancy",
            "contract": "permanent",
            "site_id": site[1],
            "field": field[1],
            "level": "0",
            "places": "1",
        },
    )
    assert made.path.endswith("/bewerken"), f"no draft was made: {made.status} {made.path}"
    return slug, made.path.split("/")[3]


def _first_activity(url: str) -> str:
    found = re.search(r'href="/leren/([^"?/]+)"', Client(url).get("/leren").body)
    assert found
    return found[1]


def _reset_link(url: str, database: sqlite3.Connection) -> str:
    """Ask for a new password and take the token out of the mail."""
    somebody = Client(url)
    somebody.get("/wachtwoord-vergeten")
    somebody.post("/wachtwoord-vergeten", {"email": ACCOUNTS[RoleName.COACH]})
    query = "SELECT body FROM outbox_message WHERE recipient = ? ORDER BY id DESC"
    mail = database.execute(query, [ACCOUNTS[RoleName.COACH]]).fetchone()
    assert mail, "no mail came"
    link = re.search(r"https?://\S+", mail[0])
    assert link
    return urlsplit(link[0]).path.rstrip("/.").split("/")[-1]


def strain(var: Path) -> None:
    """Add employers, openings and names that are as long as Dutch allows, and a bare one.

    The portal that is going to serve `var` must not run yet.
    """
    from portal.app import create_app
    from portal.extensions import db
    from tests.browser.strain import fill

    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{var / DATABASE}"})
    with app.app_context():
        fill()
        db.session.remove()
        db.engine.dispose()
