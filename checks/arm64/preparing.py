"""The beginning of a check in an arm64 Debian: the right to make one, programs that run, the last commit in it."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from checks.arm64.debian import hand_over, is_there, making
from checks.arm64.emulation import arm64_programs, install_missing
from checks.arm64.stages import Outcome, carry_out
from voicecoach.errors import VoicecoachError

root_folder = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path, resolve_path=True),
    help="The folder of the root file system: made if it is not there, kept, and used again. Else a temporary one.",
)


@contextmanager
def prepared(
    root: Path | None, project: Path, also: Mapping[str, str] | None = None
) -> Iterator[tuple[Path, list[Outcome]]]:
    """Give the folder of an arm64 Debian with the project's last commit, and the outcome of making it if it was made.

    `root` None: a temporary folder. `also` are further programs that are needed here, and their Debian packages.
    Raises VoicecoachError where this account or machine can't do that.
    """
    if os.geteuid() != 0:
        raise VoicecoachError("The check makes a root file system and runs in it, which only root may: use sudo.")
    with ExitStack() as at_end:
        folder = root or Path(at_end.enter_context(tempfile.TemporaryDirectory(prefix="arm64-check-")))
        there = is_there(folder)
        install_missing(also or {})
        at_end.enter_context(arm64_programs())
        made = [] if there else [carry_out("root file system", making(folder))]
        if all(outcome.ok for outcome in made):
            hand_over(folder, project)
        yield folder, made
