"""The command `scripts/arm64-check`: goes through the stages, prints a line for each, and fails where one failed."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from checks.arm64.debian import inside
from checks.arm64.outcomes import tell
from checks.arm64.preparing import prepared, root_folder
from checks.arm64.stages import STAGES, Outcome, carry_out
from voicecoach.cli import options

PROJECT = Path(__file__).parents[2]


@click.command()
@root_folder
@options.as_json
def main(root: Path | None, as_json: bool) -> None:
    """Install the last commit in an arm64 Debian, emulated where need be, rehearse with it and test it.

    Takes about 4 GB of disk and, emulated, half an hour or more. Needs to be root.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    tell(_go_through(root), as_json)


def _go_through(root: Path | None) -> Iterator[Outcome]:
    with prepared(root, PROJECT) as (folder, made):
        yield from made
        if not all(outcome.ok for outcome in made):
            return
        for stage in STAGES:
            outcome = carry_out(stage.name, inside(folder, stage.command), stage.lines)
            yield outcome
            if stage.needed and not outcome.ok:
                return


if __name__ == "__main__":
    main()
