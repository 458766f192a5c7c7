"""The engine from the shell: rank a batch, evaluate, or measure its speed."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from matcher import home
from matcher.datafiles import DataFileError
from matcher.encoder import EncoderMissing, load_encoder


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 when a file or the encoder is not usable."""
    parser = argparse.ArgumentParser(prog="python -m matcher", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    rank = commands.add_parser("rank", help="rank opportunities for profiles, JSON lines both")
    rank.add_argument("--opportunities", type=Path, required=True)
    rank.add_argument("--profiles", type=Path, required=True)
    rank.add_argument("--top", type=_positive, default=10)
    commands.add_parser("evaluate", help="print how good the order is, against baselines")
    bench = commands.add_parser("bench", help="print how quick it is, against baselines")
    bench.add_argument(
        "--sizes", type=_positive, nargs="+", default=[1_000, 10_000, 100_000], metavar="N"
    )
    # The process of one size, which `bench` starts itself.
    bench.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    try:
        if given.command == "rank":
            _rank(given.opportunities, given.profiles, given.top)
        elif given.command == "evaluate":
            from matcher.evaluate import report

            print(report())
        else:
            from matcher.bench import part, run

            part(given.part) if given.part else run(given.sizes)
    except (DataFileError, EncoderMissing) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _rank(opportunities: Path, profiles: Path, top: int) -> None:
    from matcher.jsonl import match_line, read_opportunities, read_profiles

    places = home.places()
    pool, people = read_opportunities(opportunities, places), read_profiles(profiles, places)
    engine = home.engine(home.framework(), load_encoder(os.environ.get("ENCODER", "")))
    engine.add(pool)
    for profile in people:
        print(match_line(profile, engine.rank(profile, limit=top).matches), flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number of one or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
