"""The engine from the shell: rank a batch, evaluate, or measure its speed."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from matcher import home
from matcher.datafiles import DataFileError
from matcher.encoder import EncoderMissing, load_encoder
from matcher.training.corpora import CorpusError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 when a file or the encoder is not usable."""
    parser = argparse.ArgumentParser(prog="python -m matcher", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    rank = commands.add_parser("rank", help="rank opportunities for profiles, JSON lines both")
    rank.add_argument("--opportunities", type=Path, required=True)
    rank.add_argument("--profiles", type=Path, required=True)
    rank.add_argument("--top", type=_positive, default=10)
    _add_evaluate(commands.add_parser("evaluate", help="print how good it is, against baselines"))
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
            _evaluate(given)
        else:
            from matcher.bench import part, run

            part(given.part) if given.part else run(given.sizes)
    except (DataFileError, EncoderMissing, CorpusError) as error:
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


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument(
        "--half",
        choices=("development", "report", "both"),
        default="development",
        help="the profiles and pairs to measure on; 'report' and 'both' open the half that nobody "
        "looks at while developing, so use them only to report (default: development)",
    )
    evaluate.add_argument(
        "--ablation",
        action="store_true",
        help="also measure the engine with one part off at a time",
    )
    evaluate.add_argument(
        "--thresholds",
        action="store_true",
        help="also print precision and recall of 'met' for other thresholds (development half)",
    )
    evaluate.add_argument(
        "--occupations",
        type=Path,
        metavar="FILE",
        help="also measure on the Dutch occupations of ESCO: the path of occupations_nl.csv.gz",
    )


def _evaluate(given: argparse.Namespace) -> None:
    from matcher.evaluation.profiles import Half
    from matcher.evaluation.report import Wanted, report

    wanted = Wanted(
        halves=tuple(Half) if given.half == "both" else (Half(given.half),),
        ablation=given.ablation,
        thresholds=given.thresholds,
        occupations=given.occupations,
    )
    for section in report(wanted, load_encoder(os.environ.get("ENCODER", ""))):
        print(section, flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number of one or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
