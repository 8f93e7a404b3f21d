"""The command `scripts/bare-check`: a bare Debian for each release and user, a line for each stage in it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from checks.arm64.debian import debootstrap, hand_over, inside
from checks.arm64.outcomes import tell
from checks.arm64.stages import Outcome, carry_out
from checks.bare.users import CHECKOUT, USERS, User
from voicecoach.cli import options
from voicecoach.errors import VoicecoachError

PROJECT = Path(__file__).parents[2]
RELEASES = ("bookworm", "trixie")


@click.command()
@click.option("--release", "releases", type=click.Choice(RELEASES), multiple=True, default=RELEASES)
@click.option("--user", "users", type=click.Choice(tuple(USERS)), multiple=True, default=tuple(USERS))
@click.option("--tests", default="", metavar="ARGUMENTS", help="What ./scripts/test is given; all tests without it.")
@options.as_json
def main(releases: tuple[str, ...], users: tuple[str, ...], tests: str, as_json: bool) -> None:
    """Start and test the last commit in bare Debians 12 and 13, as root and as users with and without sudo.

    Each takes about 3 GB of disk meanwhile, and a quarter of an hour. Needs to be root, and debootstrap.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    tell(_go_through(releases, [USERS[name] for name in users], tests), as_json)


def _go_through(releases: tuple[str, ...], users: list[User], tests: str) -> Iterator[Outcome]:
    if os.geteuid() != 0:
        raise VoicecoachError("The check makes root file systems and runs in them, which only root may: use sudo.")
    if not shutil.which("debootstrap"):
        raise VoicecoachError("The check needs debootstrap; install that package first.")
    for release in releases:
        with tempfile.TemporaryDirectory(prefix="bare-check-") as folder:
            bare = Path(folder, "bare")
            made = carry_out(f"{release}: made", debootstrap(bare, release, "--include=ca-certificates"))
            yield made
            if not made.ok:
                continue
            for user in users:
                yield from _as_user(release, bare, Path(folder, user.name), user, tests)


def _as_user(release: str, bare: Path, root: Path, user: User, tests: str) -> Iterator[Outcome]:
    subprocess.run(["cp", "--archive", bare, root], check=True)
    hand_over(root, PROJECT, emulated=False)
    try:
        for stage in user.stages(tests):
            command = inside(root, stage.command, stage.user, CHECKOUT)
            outcome = carry_out(f"{release}, {user.name}: {stage.name}", command, stage.lines)
            yield outcome
            if not outcome.ok:
                return
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
