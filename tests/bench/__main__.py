"""The two measurements as commands. Each ends with 1 when an aim is not met."""

from __future__ import annotations

import argparse
import sys

from tests.bench import paint, people
from tests.bench.place import WORKERS


def main() -> int:
    """Read what is wanted, measure it, and tell whether the aims are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    crowd = commands.add_parser("people", help=people.__doc__)
    crowd.add_argument("--people", type=int, default=50)
    crowd.add_argument("--seconds", type=float, default=90.0, help="that count")
    crowd.add_argument("--workers", type=int, default=WORKERS, help="web processes")
    far = commands.add_parser("paint", help=paint.__doc__)
    far.add_argument("--rounds", type=int, default=3, help="of each page; the worst counts")
    given = parser.parse_args()
    if given.command == "people":
        return 0 if people.measure(given.people, given.seconds, given.workers) else 1
    return 0 if paint.measure(given.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
