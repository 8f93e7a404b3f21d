"""Runs the cases and prints a table, or JSON; fails if any case does."""

import argparse
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict

from checks.sound_daemon.cases import CASES, Outcome, run_case

_AT_ONCE = 2
_PRIORITY = 10
"""How much the sessions, which run in real time, are preferred to whatever else keeps the machine busy; as root."""


def main() -> None:
    """Run the cases named, or all, and print their outcomes."""
    parser = argparse.ArgumentParser(prog="scripts/soundcheck", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"one of {', '.join(CASES)} (all)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--lines", action="store_true", help="print what the coach printed too")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.cases if name not in CASES]
    if unknown:
        parser.error(f"there is no case {unknown[0]}; there are {', '.join(CASES)}")
    with suppress(PermissionError):
        os.nice(-_PRIORITY)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(run_case, arguments.cases or CASES))
    for _, lines in results if arguments.lines else ():
        sys.stderr.write("\n".join(lines) + "\n\n")
    outcomes = [outcome for outcome, _ in results]
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(outcome) for outcome in outcomes], indent=2) + "\n")
    else:
        sys.stdout.write(table(outcomes))
    sys.exit(any(outcome.problems for outcome in outcomes))


def table(outcomes: list[Outcome]) -> str:
    """Return the outcomes as lines; all figures are seconds."""
    row = "{:<18} {:>7} {:>7} {:>7} {:>7} {:>9}  {:<19} {}\n"
    text = row.format("case", "printed", "said", "back", "closed", "lost", "holds", "")
    for outcome in outcomes:
        figures = (
            outcome.printed_seconds, outcome.said_seconds, outcome.back_seconds, outcome.closed_seconds,
            outcome.lost_seconds,
        )  # fmt: skip
        holds = outcome.holds_seconds
        lengths = f"{len(holds)} of {min(holds):.4f}-{max(holds):.4f}" if holds else "-"
        shown = ["-" if figure is None else f"{figure:.2f}" for figure in figures]
        text += row.format(outcome.case, *shown, lengths, "; ".join(outcome.problems) or "ok")
    return text


if __name__ == "__main__":
    main()
