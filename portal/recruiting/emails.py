"""What is said by mail about invitations."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.addresses import public_url
from portal.applications.models import Invitation
from portal.outbox.letters import Letter
from portal.when import day_text

_LONG = "EEEE d MMMM"


def invited(invitation: Invitation) -> Letter:
    """To the candidate: an employer asks you to come and talk, and does not know who you are."""
    return Letter(
        subject=_("Uitnodiging van %(name)s", name=_organisation(invitation)),
        lines=(
            _(
                "%(name)s nodigt je uit voor “%(title)s” in %(place)s. Ze schrijven je:",
                name=_organisation(invitation),
                title=invitation.opportunity.title,
                place=invitation.opportunity.site.place,
            ),
            *_paragraphs(invitation.text),
            _("Ze weten nog niet wie je bent. Ze zagen alleen wat je kunt en waar je woont."),
            _("Antwoord op of voor %(day)s. Nee zeggen mag altijd.", day=_until(invitation)),
        ),
        action=(_("Bekijk de uitnodiging"), _own_page(invitation)),
    )


def reminded(invitation: Invitation) -> Letter:
    """To the candidate: there are some days left."""
    return Letter(
        subject=_("Je uitnodiging van %(name)s wacht nog", name=_organisation(invitation)),
        lines=(
            _(
                "%(name)s nodigde je uit voor “%(title)s”. Je kunt antwoorden tot en met %(day)s.",
                name=_organisation(invitation),
                title=invitation.opportunity.title,
                day=_until(invitation),
            ),
            _("Geen zin? Zeg dan nee. Dan weet de werkgever het ook."),
        ),
        action=(_("Bekijk de uitnodiging"), _own_page(invitation)),
    )


def lapsed(invitation: Invitation) -> Letter:
    """To the candidate: the date has passed, and that is no harm."""
    return Letter(
        subject=_("De uitnodiging van %(name)s is verlopen", name=_organisation(invitation)),
        lines=(
            _(
                "Je kon tot en met %(day)s antwoorden op de uitnodiging voor “%(title)s”.",
                day=_until(invitation),
                title=invitation.opportunity.title,
            ),
            _("Dat is niet erg. De werkgever weet niet wie je bent."),
            _("Wil je toch reageren? Dat kan zolang de plek open is."),
        ),
        action=(
            _("Bekijk de plek"),
            public_url("opportunities.show", slug=invitation.opportunity.slug),
        ),
    )


def declined(invitation: Invitation) -> Letter:
    """To the employer: no, with the word that somebody left."""
    lines = [
        _(
            "%(code)s ging niet in op je uitnodiging voor “%(title)s”.",
            code=invitation.candidate.code,
            title=invitation.opportunity.title,
        )
    ]
    if invitation.word:
        lines += [_("Dit schreef die persoon erbij:"), *_paragraphs(invitation.word)]
    return Letter(
        subject=_("Geen ja op je uitnodiging: %(title)s", title=invitation.opportunity.title),
        lines=tuple(lines),
        action=(_("Bekijk wie nog meer past"), _people_page(invitation)),
    )


def unanswered(invitation: Invitation) -> Letter:
    """To the employer: nobody answered before the date."""
    return Letter(
        subject=_("Geen antwoord op je uitnodiging: %(title)s", title=invitation.opportunity.title),
        lines=(
            _(
                "%(code)s antwoordde niet op tijd, tot en met %(day)s. "
                "Je uitnodiging voor “%(title)s” is voorbij.",
                code=invitation.candidate.code,
                day=_until(invitation),
                title=invitation.opportunity.title,
            ),
            _("Er zijn misschien anderen die passen."),
        ),
        action=(_("Bekijk wie nog meer past"), _people_page(invitation)),
    )


def again_open(invitation: Invitation) -> Letter:
    """To the employer: the no was a mistake."""
    return Letter(
        subject=_("Toch niet nee gezegd: %(title)s", title=invitation.opportunity.title),
        lines=(
            _(
                "%(code)s nam het nee terug. Je uitnodiging voor “%(title)s” geldt weer.",
                code=invitation.candidate.code,
                title=invitation.opportunity.title,
            ),
            _("Antwoord komt op of voor %(day)s.", day=_until(invitation)),
        ),
        action=(_("Bekijk je uitnodigingen"), _people_page(invitation)),
    )


def _organisation(invitation: Invitation) -> str:
    return invitation.opportunity.site.organisation.name


def _until(invitation: Invitation) -> str:
    return day_text(invitation.answer_by, _LONG)


def _own_page(invitation: Invitation) -> str:
    return public_url("invitations.show", invitation_id=invitation.id)


def _people_page(invitation: Invitation) -> str:
    return public_url("recruiting.fitting", slug=invitation.opportunity.slug)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n") if part.strip()]
