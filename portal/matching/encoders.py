"""Which encoder serves, which one follows it, and how far the index of that one is.

The environment says which encoder is wanted, the database which one serves. As long as they
differ, the worker makes the index of the wanted one (`portal.matching.building`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.exc import IntegrityError

from matcher import (
    EncoderMissing,
    Engine,
    LexicalEncoder,
    encoder_version,
    load_encoder,
    model_folder,
)
from portal.extensions import db
from portal.matching.knowledge import framework, places
from portal.matching.models import EncoderState, OpportunityVector
from portal.transaction import transaction

SERVING, BUILDING = "serving", "building"


@dataclass(frozen=True, slots=True)
class Choice:
    """An encoder: what it is called, where it lies, and the prompts that were configured."""

    version: str
    folder: str
    query_prompt: str | None
    passage_prompt: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index of the next encoder is; `problem` says why it stands still."""

    version: str
    done: int
    total: int
    started_at: datetime
    updated_at: datetime
    problem: str | None


def configured() -> Choice:
    """The encoder that the environment names. Raises matcher's EncoderMissing."""
    config = current_app.config
    name = config["ENCODER"] or str(Path(config["BEKWAAM_DATA"]) / "encoder" / "static")
    folder = model_folder(name)
    prompts = config["ENCODER_QUERY_PROMPT"], config["ENCODER_PASSAGE_PROMPT"]
    version = encoder_version(str(folder), query_prompt=prompts[0], passage_prompt=prompts[1])
    return Choice(version, str(folder), *prompts)


def to_serve() -> Choice:
    """The encoder that this process should answer with.

    That is the one whose index is whole, whatever is configured; on a new database the
    configured one. Raises matcher's EncoderMissing.
    """
    row = _of_status(SERVING)
    if row is None:
        return configured()
    try:
        wanted = configured()
    except EncoderMissing:
        wanted = None
    # The same model may lie elsewhere on this machine.
    return wanted if wanted and wanted.version == row.version else _choice(row)


def serving_version() -> str | None:
    """The version that serves; None on a new database."""
    row = _of_status(SERVING)
    return row.version if row else None


def awake(choice: Choice) -> tuple[Engine, int]:
    """An engine with this encoder and no opportunities yet, and the length of its vectors.

    Raises matcher's EncoderMissing, also when the folder now holds another model, and
    Unavailable when a data file is broken.
    """
    config = current_app.config
    # First what is quick to read: a broken file shows before the model takes its seconds.
    known = framework()
    places()
    encoder = load_encoder(
        choice.folder, query_prompt=choice.query_prompt, passage_prompt=choice.passage_prompt
    )
    if encoder.version != choice.version:
        raise EncoderMissing(
            f"{choice.folder} holds {encoder.version}, and the index was made with {choice.version}"
        )
    lexical = LexicalEncoder.load(Path(config["BEKWAAM_DATA"]) / "encoder" / "ngrams.npz")
    cache = Path(config["BEKWAAM_VAR"]) / "cache"
    return Engine(known, encoder, lexical, cache=cache), encoder.dimension


def is_there(choice: Choice) -> bool:
    """Whether the files of this encoder still lie where they lay, unchanged."""
    try:
        found = encoder_version(
            choice.folder, query_prompt=choice.query_prompt, passage_prompt=choice.passage_prompt
        )
    except EncoderMissing:
        return False
    return found == choice.version


def register_first(choice: Choice, now: datetime) -> None:
    """On a database where nothing serves yet, let this one serve; it has shown that it loads."""
    try:
        with transaction():
            if _of_status(SERVING) is None:
                row = db.session.get(EncoderState, choice.version) or _new(choice, now)
                row.status = SERVING
                db.session.add(row)
    except IntegrityError:
        # Another process was first; what it chose is read at the next look.
        return


def begin(choice: Choice, now: datetime) -> None:
    """Write down that the index of this encoder is being made; another that was, is given up."""
    with transaction():
        row = db.session.get(EncoderState, choice.version)
        db.session.execute(
            delete(EncoderState).where(
                EncoderState.status == BUILDING, EncoderState.version != choice.version
            )
        )
        if row is None:
            db.session.add(_new(choice, now))


def give_up() -> None:
    """What serves is what is wanted: nothing has to be made any more."""
    if _of_status(BUILDING) is None:
        return
    with transaction():
        db.session.execute(delete(EncoderState).where(EncoderState.status == BUILDING))
    purge_unused()


def note(version: str, now: datetime, *, done: int, total: int) -> bool:
    """Write down how far the index is; False when nobody wants it any more."""
    return _set(version, done=done, total=total, problem=None, updated_at=now)


def note_problem(version: str, problem: str, now: datetime) -> None:
    """Write down why the index of this encoder cannot be made."""
    _set(version, problem=problem, updated_at=now)


def promote(version: str, now: datetime) -> bool:
    """Let an encoder serve whose index is whole; False when nobody wants it any more."""
    with transaction():
        row = db.session.get(EncoderState, version)
        if row is None:
            return False
        if row.status != SERVING:
            db.session.execute(delete(EncoderState).where(EncoderState.status == SERVING))
            row.status, row.updated_at = SERVING, now
    purge_unused()
    return True


def purge_unused() -> int:
    """Delete the vectors of encoders that neither serve nor follow; return how many."""
    with transaction():
        if _of_status(SERVING) is None:
            return 0
        kept = select(EncoderState.version)
        gone = db.session.execute(
            delete(OpportunityVector).where(OpportunityVector.encoder_version.not_in(kept)),
            execution_options={"synchronize_session": False},
        )
        return _count(gone)


def progress() -> Progress | None:
    """How far the index of the next encoder is; None when there is no next one."""
    row = _of_status(BUILDING)
    if row is None:
        return None
    return Progress(row.version, row.done, row.total, row.started_at, row.updated_at, row.problem)


def problem() -> str:
    """Why the configured encoder cannot be used, as far as its files tell; empty if it can."""
    try:
        configured()
    except EncoderMissing as error:
        return str(error)
    return ""


def without_folders(message: str) -> str:
    """A message for everybody: where things lie on this machine is nobody's business."""
    return re.sub(r"(?<![\w.])/(?:[^\s/]+/)+", "", message)


def _choice(row: EncoderState) -> Choice:
    return Choice(row.version, row.folder, row.query_prompt, row.passage_prompt)


def _new(choice: Choice, now: datetime) -> EncoderState:
    return EncoderState(
        version=choice.version,
        folder=choice.folder,
        query_prompt=choice.query_prompt,
        passage_prompt=choice.passage_prompt,
        status=BUILDING,
        done=0,
        total=0,
        started_at=now,
        updated_at=now,
    )


def _of_status(status: str) -> EncoderState | None:
    # Threads that look for hours must not be shown what they saw before.
    found: EncoderState | None = db.session.scalar(
        select(EncoderState).where(EncoderState.status == status),
        execution_options={"populate_existing": True},
    )
    return found


def _set(version: str, **values: object) -> bool:
    with transaction():
        changed = db.session.execute(
            update(EncoderState).where(EncoderState.version == version).values(**values),
            execution_options={"synchronize_session": False},
        )
        return bool(_count(changed))


def _count(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
