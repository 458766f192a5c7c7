"""Applications for the demo region: every state, with what was said and agreed meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.service import find_user
from portal.applications import days, service, silence
from portal.applications.meetings import MeetingInput
from portal.applications.models import Application
from portal.applications.workflow import Action, MeetingAction, Party
from portal.candidates.queries import of_user
from portal.clock import ZONE, local_date
from portal.extensions import db
from portal.opportunities.models import Opportunity

LINDE, HEUVELRAND = "werkgever@bekwaam.example", "werkgever2@bekwaam.example"
SAMIRA, MARJA, JOOST = (
    "kandidaat@bekwaam.example",
    "herintreder@bekwaam.example",
    "medewerker@bekwaam.example",
)
_INVENTED = "@voorbeeld.example"


@dataclass
class _Story:
    """One application as it goes on; `at` is the moment of the next step."""

    application: Application
    person: User
    recruiter: User
    now: datetime
    at: datetime

    def later(self, **passed: int) -> _Story:
        """Let time pass, not into a weekend and never beyond now."""
        self.at += timedelta(**passed)
        while not days.is_working_day(local_date(self.at)):
            self.at += timedelta(days=1)
        self.at = min(self.at, self.now)
        return self

    def says(self, party: Party, text: str, *, read: bool = True) -> None:
        """Send a message; the other side has read it, unless it has not."""
        service.say(self.application.id, text, actor=self._who(party), party=party, now=self.at)
        if read:
            service.mark_read(
                self.application.id,
                actor=self._who(party.other),
                party=party.other,
                now=self.at,
            )

    def moves(self, action: Action, party: Party = Party.EMPLOYER, **said: object) -> None:
        """Take a step."""
        service.move(
            self.application.id,
            action,
            actor=self._who(party),
            party=party,
            now=self.at,
            version=self.application.version,
            **said,  # type: ignore[arg-type]
        )

    def meets(self, day: date, hour: int, where: str, note: str = "", *, yes: bool) -> None:
        """The employer proposes a time; the person says yes to it, or has not answered."""
        meeting = service.propose_meeting(
            self.application.id,
            MeetingInput(
                starts_at=datetime.combine(day, time(hour), tzinfo=ZONE),
                minutes=45,
                where=where,
                note=note,
            ),
            actor=self.recruiter,
            party=Party.EMPLOYER,
            now=self.at,
        )
        if yes:
            service.answer_meeting(
                self.application.id,
                meeting.id,
                MeetingAction.ACCEPT,
                sequence=meeting.sequence,
                actor=self.person,
                party=Party.CANDIDATE,
                now=self.at + timedelta(hours=2),
            )

    def day(self, working_days: int) -> date:
        """A working day from now, forward or back."""
        today = local_date(self.now)
        if working_days < 0:
            return days.before(today, -working_days)
        return days.after(today, working_days)

    def _who(self, party: Party) -> User:
        return self.person if party is Party.CANDIDATE else self.recruiter


def seed(*, now: datetime) -> Counter[str]:
    """Add the applications that the demo lacks; those of an earlier run stay as they are."""
    added: Counter[str] = Counter()
    for email, slug, recruiter, ago, letter, goes_on in _STORIES:
        story = _begin(email, slug, recruiter, ago, letter, now)
        if story is not None:
            goes_on(story)
            added["applications"] += 1
    return added


def _begin(
    email: str, slug: str, recruiter: str, ago: int, letter: str, now: datetime
) -> _Story | None:
    """Send an application so many working days ago; None when there was one before."""
    person = find_user(email if "@" in email else email + _INVENTED)
    employer = find_user(recruiter)
    candidate = of_user(person.id) if person else None
    opportunity = db.session.scalar(select(Opportunity).where(Opportunity.slug == slug))
    if person is None or employer is None or candidate is None or opportunity is None:
        return None
    there = select(Application.id).where(
        Application.candidate_id == candidate.id, Application.opportunity_id == opportunity.id
    )
    if db.session.scalar(there.limit(1)) is not None:
        return None
    day = days.before(local_date(now), ago) if ago else local_date(now)
    at = datetime.combine(day, time(8, 40), tzinfo=ZONE) if ago else now - timedelta(hours=2)
    application = service.apply(
        candidate, opportunity, letter=letter, phone=candidate.phone, actor=person, now=at
    )
    return _Story(application, person, employer, now, at)


def _waits(story: _Story) -> None:
    """Nothing more: it waits for an answer."""


def _in_conversation(story: _Story) -> None:
    story.later(days=1, hours=2).says(
        Party.EMPLOYER,
        "Dag Samira, wat een mooie brief. Je kookte dus voor groepen van zestig mensen!\n"
        "Hoe vind je het om met bewoners samen te koken, ook als dat langzamer gaat?",
    )
    story.later(hours=5).says(
        Party.CANDIDATE,
        "Dank je wel! Op de verjaardagen van de buurt help ik vaak mensen die niet snel zijn. "
        "Dat rustige vind ik juist fijn. Ik wil er graag meer over horen.",
    )
    story.later(days=1).meets(
        story.day(3),
        10,
        "De Linde Landgraaf, bij de receptie",
        "Je loopt ook even mee in de keuken.",
        yes=False,
    )
    story.later(minutes=5).says(
        Party.EMPLOYER,
        "Zullen we elkaar zien? Ik stuurde je net een voorstel. De koffie staat klaar.",
        read=False,
    )


def _offered(story: _Story) -> None:
    story.later(days=1).says(Party.EMPLOYER, "Dag Samira, kun je donderdag komen kennismaken?")
    story.later(hours=3).says(Party.CANDIDATE, "Ja, graag. Ik kan na twee uur.")
    story.later(days=6).moves(
        Action.OFFER,
        start_on=story.day(25),
        answer_by=story.day(5),
        word="We vonden het een fijn gesprek. De bewoners vroegen de dag erna al naar je.",
    )


def _refused(story: _Story) -> None:
    story.later(days=3).moves(
        Action.REFUSE,
        reason="experience",
        word="Je hart zit goed. Voor deze plek zoeken we nu iemand die al voor een hele "
        "afdeling gekookt heeft. Kijk eens naar de ontbijthulp: daar leer je dat bij ons.",
    )


def _meets(story: _Story) -> None:
    story.later(days=1).says(
        Party.EMPLOYER,
        "Dag Marja, fijn dat je terug wilt. Je ervaring van toen telt voor ons gewoon mee.",
    )
    story.later(hours=4).says(
        Party.CANDIDATE, "Dat is goed om te horen. Mijn register is wel verlopen."
    )
    story.later(days=1).meets(story.day(2), 14, "De Lindetuin in Brunssum, kamer 3", yes=True)


def _postponed(story: _Story) -> None:
    story.later(days=4).moves(
        Action.POSTPONE,
        until=story.day(20),
        word="De nieuwe groep met het terugkeerplan begint in januari. Dan praten we verder.",
    )


def _withdrawn(story: _Story) -> None:
    story.later(days=2).moves(
        Action.WITHDRAW, Party.CANDIDATE, reason="hours", word="De vroege dienst lukt niet."
    )


def _trial(story: _Story) -> None:
    story.later(days=1).moves(Action.TALK)
    story.later(days=2).says(
        Party.EMPLOYER, "Kom volgende week drie dagen meelopen, dan weten we het allebei."
    )
    story.later(hours=3).says(Party.CANDIDATE, "Heel graag. Welke schoenen heb ik nodig?")
    story.later(days=1).moves(Action.TRY, Party.CANDIDATE)


def _accepted(story: _Story) -> None:
    story.later(days=2).moves(Action.TALK)
    story.later(days=4).moves(Action.OFFER, start_on=story.day(8))
    story.later(days=1).moves(Action.ACCEPT, Party.CANDIDATE, word="Ik heb er zin in!")
    story.later(hours=2).says(
        Party.EMPLOYER, "Welkom! Neem op je eerste dag je identiteitskaart mee.", read=False
    )


def _talks(story: _Story) -> None:
    story.later(days=1).moves(Action.TALK)
    story.later(hours=6).says(
        Party.CANDIDATE,
        "Dank je wel. Ik kan op maandag en dinsdag komen praten. Mag ik dan de afdeling zien?",
        read=False,
    )


def _lapsed(story: _Story) -> None:
    """Nobody answered: the portal said so on the day after the answer date."""
    due = story.application.answer_by
    if due is not None:
        after = datetime.combine(due + timedelta(days=1), time(7, 25), tzinfo=ZONE)
        silence.lapse(story.application, min(after, story.now))


_Tell = Callable[[_Story], None]
_STORIES: tuple[tuple[str, str, str, int, str, _Tell], ...] = (
    (
        SAMIRA,
        "linde-keuken-huiskamer-landgraaf",
        LINDE,
        5,
        "Twaalf jaar had ik mijn eigen catering. Koken voor veel mensen kan ik goed. "
        "Wat ik miste was tijd voor de mensen zelf. Daarom wil ik graag bij jullie koken.",
        _in_conversation,
    ),
    (
        SAMIRA,
        "linde-huiskamer-heerlen",
        LINDE,
        10,
        "Gasten ontvangen is wat ik het liefste doe. Ik woon om de hoek van De Meidoorn.",
        _offered,
    ),
    (SAMIRA, "heuvelrand-gastvrij-voeding-kerkrade", HEUVELRAND, 1, "", _waits),
    (SAMIRA, "linde-kok-heerlen", LINDE, 12, "Ik kan koken voor grote groepen.", _refused),
    (
        MARJA,
        "linde-verpleegkundige-brunssum",
        LINDE,
        6,
        "Tot 2016 was ik verzorgende IG. Daarna zorgde ik voor mijn moeder. Ik wil terug, en "
        "leer graag bij wat nieuw is.",
        _meets,
    ),
    (MARJA, "heuvelrand-longafdeling-kerkrade", HEUVELRAND, 8, "", _postponed),
    (JOOST, "heuvelrand-vervoer-sittard", HEUVELRAND, 7, "", _withdrawn),
    (
        "fatuma.warsame",
        "linde-praktijkroute-landgraaf",
        LINDE,
        9,
        "Ik zorgde jaren voor mijn buurvrouw. Ik leer snel als iemand het voordoet.",
        _trial,
    ),
    (
        "bram.schoenmaeckers",
        "linde-helpende-landgraaf",
        LINDE,
        9,
        "In de bouw was ik degene die de nieuwe jongens hielp. Nu wil ik mensen helpen.",
        _waits,
    ),
    (
        "yusuf.demirci",
        "linde-schoonmaak-gezelschap-heerlen",
        LINDE,
        8,
        "Ik werkte in de schoonmaak en maak graag een praatje.",
        _accepted,
    ),
    ("wim.boumans", "linde-huiskamer-heerlen", LINDE, 2, "Ik lees graag voor.", _waits),
    (
        "nadia.bouzid",
        "heuvelrand-zorgassistent-sittard",
        HEUVELRAND,
        4,
        "Ik ben rustig en kijk goed naar mensen. Ik wil het vak echt leren.",
        _talks,
    ),
    ("piotr.zielinski", "heuvelrand-spoelkeuken-kerkrade", HEUVELRAND, 20, "", _lapsed),
    ("grace.oduya", "heuvelrand-zorgassistent-sittard", HEUVELRAND, 0, "", _waits),
)
"""Who, where, who answers, how many working days ago, the letter, and what came of it."""
