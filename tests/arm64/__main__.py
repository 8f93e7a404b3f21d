"""The command `scripts/arm64-check`: goes through the stages, prints a line for each, and fails where one failed."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from tests.arm64.debian import hand_over, inside, is_there, making
from tests.arm64.emulation import arm64_programs, install_missing
from tests.arm64.stages import STAGES, Outcome, carry_out
from voicecoach.errors import VoicecoachError, warn

PROJECT = Path(__file__).parents[2]


@click.command()
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path, resolve_path=True),
    help="The folder of the root file system: made if it is not there, kept, and used again. Else a temporary one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def main(root: Path | None, as_json: bool) -> None:
    """Install the last commit in an arm64 Debian, emulated where need be, rehearse with it and test it.

    Takes about 4 GB of disk and, emulated, half an hour or more. Needs to be root.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    outcomes = []
    try:
        for outcome in _go_through(root):
            outcomes.append(outcome)
            if not as_json:
                click.echo(_line(outcome))
    except VoicecoachError as error:
        warn(str(error))
        sys.exit(1)
    ok = all(outcome.ok for outcome in outcomes)
    if as_json:
        click.echo(json.dumps({"ok": ok, "stages": [asdict(outcome) for outcome in outcomes]}, indent=2))
    sys.exit(0 if ok else 1)


def _go_through(root: Path | None) -> Iterator[Outcome]:
    if os.geteuid() != 0:
        raise VoicecoachError("The check makes a root file system and runs in it, which only root may: use sudo.")
    with ExitStack() as at_end:
        folder = root or Path(at_end.enter_context(tempfile.TemporaryDirectory(prefix="arm64-check-")))
        there = is_there(folder)
        install_missing()
        at_end.enter_context(arm64_programs())
        if not there:
            made = carry_out("root file system", making(folder))
            yield made
            if not made.ok:
                return
        hand_over(folder, PROJECT)
        for stage in STAGES:
            outcome = carry_out(stage.name, inside(folder, stage.command), stage.lines)
            yield outcome
            if stage.needed and not outcome.ok:
                return


def _line(outcome: Outcome) -> str:
    """Return an outcome as a line; where it failed or found more, that follows."""
    verdict = f"{outcome.stage:<18} {outcome.seconds:>6.0f} s  {'ok' if outcome.ok else 'FAILED'}  "
    return verdict + "\n    ".join(outcome.found if len(outcome.found) == 1 else ["", *outcome.found])


if __name__ == "__main__":
    main()
