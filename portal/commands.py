"""Commands for whoever runs the portal: `flask --app portal.wsgi <command>`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal import clock
from portal.matching import vectors
from portal.matching.resident import State, resident, wanted_version
from portal.matching.retention import purge_expired
from portal.opportunities import service as opportunities
from portal.seeding import DEMO_ACCOUNTS, DEMO_PASSWORD, read_demo, seed
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
    """Delete match requests that have expired, with their runs."""
    with transaction():
        number = purge_expired(clock.now())
    click.echo(f"purged: {number} match requests")


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
    """Encode the opportunities, so that a web process finds their vectors ready."""
    if missing and not vectors.lacking(wanted_version()):
        click.echo("index: complete")
        return
    if not missing:
        with transaction():
            vectors.drop_all()
    holder = resident()
    holder.wake()
    if holder.state is not State.READY:
        raise click.ClickException("matching rests: see the log for the reason")
    click.echo(f"index: {len(holder.engine())} opportunities")


def register(app: Flask) -> None:
    """Give `app` its commands."""
    for command in (seed_demo, purge, close_due, rebuild_index):
        app.cli.add_command(command)
