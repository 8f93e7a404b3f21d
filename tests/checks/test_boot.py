"""The command itself and how it types at a console; booting takes half an hour and is done by hand."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.boot.console import Console
from voicecoach.errors import VoicecoachError

PROJECT = Path(__file__).parents[2]
LIMIT_SECONDS = 10


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """Give a console at whose other end there is a shell."""
    near, far = socket.socketpair()
    with near, subprocess.Popen(["bash"], stdin=far.fileno(), stdout=far.fileno(), stderr=far.fileno()) as shell:
        far.close()
        yield Console(near, tmp_path / "log")
        shell.kill()


def test_the_script_is_sound_and_its_command_tells_its_options() -> None:
    subprocess.run(["bash", "-n", PROJECT / "scripts" / "boot-check"], check=True)
    command = [sys.executable, "-m", "checks.boot", "--help"]
    assert "--root" in subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def test_what_a_command_prints_and_how_it_ends_comes_back(console: Console) -> None:
    assert console.run("echo one; echo two >&2; (exit 3)", LIMIT_SECONDS) == (3, "one\ntwo")
    assert console.run("printf 'end-2 0'", LIMIT_SECONDS) == (0, "end-2 0")
    assert console.run("true &", LIMIT_SECONDS)[0] == 0


def test_a_command_that_does_not_end_in_its_time_is_said_with_what_it_printed_last(console: Console) -> None:
    with pytest.raises(VoicecoachError, match=r"in time; it last printed: half"):
        console.run("echo half; read -r", 0.5)
