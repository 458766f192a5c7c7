"""Commands for whoever runs the portal: `flask --app portal.wsgi <command>`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from matcher import EncoderMissing
from portal import clock
from portal.accounts import second_factor
from portal.accounts.service import find_user
from portal.applications import purging
from portal.candidates import ranking
from portal.errors import Unavailable
from portal.matching import encoders, vectors
from portal.matching.building import GivenUp, build
from portal.matching.resident import resident
from portal.matching.retention import purge_expired
from portal.opportunities import service as opportunities
from portal.seeding import DEMO_ACCOUNTS, DEMO_PASSWORD, read_demo, seed
from portal.tending import TASKS
from portal.transaction import transaction


@click.command("seed-demo")
@with_appcontext
def seed_demo() -> None:
    """Add what is missing of the demo region and its accounts; keep everything else."""
    if current_app.config["BEKWAAM_ENV"] == "production":
        # Its passwords stand in the README.
        raise click.ClickException("the demo accounts do not belong in production")
    region = read_demo(Path(current_app.config["BEKWAAM_DATA"]))
    with transaction():
        added = seed(region, now=clock.now())
    told = ", ".join(f"{number} {what}" for what, number in sorted(added.items()))
    click.echo(f"added: {told or 'nothing, everything was there'}")
    for email, role, _employer in DEMO_ACCOUNTS:
        click.echo(f"  {role.value:<12} {email}  {DEMO_PASSWORD}")


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Delete what has expired: match requests, unused vectors, what applicants wrote."""
    with transaction():
        number = purge_expired(clock.now())
    with transaction():
        ended = purging.purge_ended(clock.now())
    unused = encoders.purge_unused()
    click.echo(f"purged: {number} match requests, {unused} rows of vectors, {ended} applications")


@click.command("tend")
@with_appcontext
def tend() -> None:
    """Do once all that the worker does from time to time."""
    now = clock.now()
    if current_app.config["MATCHING_WAKES"] and ranking.due(now=now, limit=1):
        # What ranks does not wait until matching is awake, and this process looks only once.
        resident().wake()
    for task in TASKS:
        click.echo(f"{task.name}: {task.run(now)}")


@click.command("close-due")
@with_appcontext
def close_due() -> None:
    """Close opportunities that are past their last day."""
    with transaction():
        number = opportunities.close_due(now=clock.now())
    click.echo(f"closed: {number} opportunities")


@click.command("rebuild-index")
@click.option("--missing", is_flag=True, help="only when something on offer has no vectors")
@with_appcontext
def rebuild_index(missing: bool) -> None:
    """Encode the opportunities with the configured encoder, then let that one serve.

    With --missing, nothing is done here while an older encoder can serve: the worker makes the
    index of the new one behind it.
    """
    try:
        choice = encoders.configured()
        if missing and _is_served(choice):
            return
        if not missing:
            with transaction():
                vectors.drop(choice.version)
        number = build(choice, _say)
    except EncoderMissing as error:
        raise click.ClickException(f"the encoder cannot be used: {error}") from error
    except Unavailable as error:
        raise click.ClickException("matching rests: see the log for the reason") from error
    except GivenUp as error:
        raise click.ClickException("another encoder was configured meanwhile") from error
    click.echo(f"index: {number} opportunities, {choice.version}")


def _is_served(choice: encoders.Choice) -> bool:
    """Whether nothing has to be done at once; says what is the matter."""
    serving = encoders.serving_version()
    if serving == choice.version:
        if vectors.lacking(choice.version, clock.local_date(clock.now())):
            return False
        click.echo("index: complete")
        return True
    if serving is None or not encoders.is_there(encoders.to_serve()):
        return False
    click.echo(f"index: {serving} serves; the worker makes that of {choice.version}")
    if found := encoders.progress():
        _say(found.done, found.total)
    return True


def _say(done: int, total: int) -> None:
    click.echo(f"index: {done} of {total}")


@click.command("second-factor-off")
@click.argument("email")
@with_appcontext
def second_factor_off(email: str) -> None:
    """Let somebody sign in with the password alone, who lost phone and recovery codes.

    Be sure first that it is them; they get a mail about it.
    """
    with transaction():
        user = find_user(email)
        if user is None:
            raise click.ClickException(f"there is no account with {email}")
        was_on = second_factor.is_on(user)
        second_factor.switch_off(user, actor=None, now=clock.now())
    click.echo("second factor: off" if was_on else "second factor: it was off already")


def register(app: Flask) -> None:
    """Give `app` its commands."""
    for command in (seed_demo, tend, purge, close_due, rebuild_index, second_factor_off):
        app.cli.add_command(command)
