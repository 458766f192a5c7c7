"""What the two sides do with an application, by one name each. Call each inside transaction().

    apply(candidate, opportunity, letter=, phone=, invited=False, actor=, now=)
    move(application_id, action, actor=, party=, now=, version=, ...)
    undo(application_id, actor=, party=, now=, version=)
    say(application_id, text, actor=, party=, now=), mark_read(application_id, actor=, ...)
    propose_meeting(application_id, data, actor=, party=, now=)
    answer_meeting(application_id, meeting_id, action, sequence=, actor=, party=, now=, ...)

Employers act for an organisation that they recruit for, candidates on their own applications;
anybody else gets NotFound.
"""

from __future__ import annotations

from portal.applications.applying import apply
from portal.applications.meetings import MeetingInput, answer_meeting, propose_meeting
from portal.applications.moving import move
from portal.applications.talking import mark_read, say
from portal.applications.undoing import undo, undo_problem

__all__ = [
    "MeetingInput",
    "answer_meeting",
    "apply",
    "mark_read",
    "move",
    "propose_meeting",
    "say",
    "undo",
    "undo_problem",
]
