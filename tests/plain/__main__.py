"""Prints what is above a limit, what is passive, and what the framework says in rare words."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from tests.plain.measure import AVERAGE, LONGEST, findings, length, passives, sentences
from tests.plain.texts import Text, described, spoken


def _show(texts: Iterable[Text]) -> int:
    above = 0
    for text in sorted(set(texts)):
        if found := findings(text.words, text.language):
            above += len(found)
            print(f"[{text.language}] {text.where}: {' '.join(text.words.split())}")
            for one in found:
                print(f"      {one.kind}: {one.detail}")
    return above


def _figures(texts: list[Text]) -> None:
    for language in ("nl", "en"):
        said = [one for text in texts if text.language == language for one in sentences(text.words)]
        counts = Counter(length(one) for one in said)
        most = max(counts)
        mean = sum(count * times for count, times in counts.items()) / len(said)
        print(
            f"{language}: {len(said)} sentences, {mean:.1f} words on average, {most} at most "
            f"(limits: {AVERAGE[language]} for a text, {LONGEST[language]} for a sentence)"
        )


def main() -> int:
    """Print everything; 1 when what the portal says is above a limit."""
    texts = list(set(spoken()))
    above = _show(texts)
    print(f"\n{above} above a limit in what the portal says.")
    _figures(texts)
    print("\nPassive sentences:")
    for text in sorted(texts):
        if text.language == "nl":
            for sentence in passives(text.words):
                print(f"  {text.where}: {sentence}")
    if "--all" in sys.argv:
        print("\nIn the framework, which the engine reads too (listed, no limit):")
        print(f"\n{_show(described())} above a limit there.")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
