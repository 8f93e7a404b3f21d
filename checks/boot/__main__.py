"""The command `scripts/boot-check`: makes a machine and goes through the stages, a line for each.

It fails where one failed.
"""

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from checks.arm64.debian import inside
from checks.arm64.outcomes import tell
from checks.arm64.preparing import prepared, root_folder
from checks.arm64.stages import STAGES as ARM64_STAGES
from checks.arm64.stages import Outcome, carry_out
from checks.boot.board import Board
from checks.boot.image import furnish, kernel, making_image, packing
from checks.boot.machine import Machine
from checks.boot.stages import STAGES
from voicecoach.cli import options
from voicecoach.errors import VoicecoachError

PROJECT = Path(__file__).parents[2]
NEEDED = {"qemu-system-aarch64": "qemu-system-arm"}


@click.command()
@root_folder
@options.as_json
def main(root: Path | None, as_json: bool) -> None:
    """Boot an emulated arm64 board of 1 GB with the last commit, and use the service on it as one does on a real one.

    Takes about 4 GB of disk and half an hour. Needs to be root.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    tell(_go_through(root), as_json)


def _go_through(root: Path | None) -> Iterator[Outcome]:
    with prepared(root, PROJECT, NEEDED) as (folder, made), tempfile.TemporaryDirectory(prefix="boot-check-") as place:
        yield from made
        if not all(outcome.ok for outcome in made):
            return
        image = Path(place, "disk")
        furnish(folder)
        commands = {
            "kernel and systemd": packing(folder),
            "project": inside(folder, ARM64_STAGES[0].command),
            "disk": making_image(folder, image),
        }
        for name, command in commands.items():
            outcome = carry_out(name, command)
            yield outcome
            if not outcome.ok:
                return
        yield from _on_the_machine(Machine(Path(place), image, *kernel(folder)))


def _on_the_machine(machine: Machine) -> Iterator[Outcome]:
    began = time.monotonic()
    try:
        with machine:
            board = Board(machine)
            for name, work in STAGES.items():
                outcome = _tried(name, partial(work, board), began)
                yield outcome
                began = time.monotonic()
    except VoicecoachError as error:
        yield Outcome("machine", ok=False, seconds=round(time.monotonic() - began, 1), found=str(error).splitlines())


def _tried(name: str, work: Callable[[], str], began: float) -> Outcome:
    try:
        found, ok = work(), True
    except VoicecoachError as error:
        found, ok = str(error), False
    return Outcome(name, ok, round(time.monotonic() - began, 1), found.splitlines())


if __name__ == "__main__":
    main()
