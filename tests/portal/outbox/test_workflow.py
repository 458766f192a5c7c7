"""Where a mail is, and what may be done about it: every cell of the table."""

from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import RoleName
from portal.errors import Conflict, NotFound
from portal.outbox import queries
from portal.outbox.models import OutboxMessage
from portal.outbox.service import act, send_due
from portal.outbox.workflow import TRANSITIONS, Action, State, actions, state_of
from portal.transaction import transaction
from tests.factories import make_user
from tests.factories.outbox import make_mail

NOW = clock.now()


@pytest.mark.parametrize("state", State)
def test_python_and_the_database_agree_on_the_state(app: Flask, state: State) -> None:
    message = make_mail(state, now=NOW)
    assert state_of(message, NOW) is state
    assert queries.counts(NOW) == {one: int(one is state) for one in State}
    assert queries.count(state, "", NOW) == 1
    [found] = queries.page(state, "", offset=0, limit=9, now=NOW)
    assert found.id == message.id


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_cell(app: Flask, state: State, action: Action) -> None:
    admin = make_user(RoleName.ADMIN)
    message = make_mail(state, now=NOW)
    to = TRANSITIONS.get((state, action))
    if to is None:
        assert action not in actions(state)
        with pytest.raises(Conflict), transaction():
            act(message.id, action, expected=state, actor=admin, now=NOW)
        assert state_of(message, NOW) is state
        return
    assert action in actions(state)
    with transaction():
        act(message.id, action, expected=state, actor=admin, now=NOW)
    assert state_of(message, NOW) is to
    later = NOW + timedelta(days=3)
    assert send_due(now=later) == int(to is State.WAITING)


def test_who_looks_at_an_old_page_is_told(app: Flask) -> None:
    """A second click, or a second administrator: the mail is not sent again."""
    admin = make_user(RoleName.ADMIN)
    message: OutboxMessage = make_mail(State.UNCERTAIN, now=NOW)
    with transaction():
        act(message.id, Action.AGAIN, expected=State.UNCERTAIN, actor=admin, now=NOW)
    with pytest.raises(Conflict), transaction():
        act(message.id, Action.AGAIN, expected=State.UNCERTAIN, actor=admin, now=NOW)
    assert send_due(now=NOW) == 1


def test_what_is_not_there(app: Flask) -> None:
    admin = make_user(RoleName.ADMIN)
    with pytest.raises(NotFound), transaction():
        act(1, Action.STOP, expected=State.WAITING, actor=admin, now=NOW)


def test_searching(app: Flask) -> None:
    make_mail(to="mieke@voorbeeld.example", subject="Een", now=NOW)
    make_mail(to="jan@voorbeeld.example", subject="50% van mieke_s", now=NOW)
    assert queries.count(None, "MIEKE", NOW) == 2
    assert queries.count(None, "50%", NOW) == 1
    assert queries.count(None, "e_s", NOW) == 1
    assert queries.count(State.SENT, "mieke", NOW) == 0
