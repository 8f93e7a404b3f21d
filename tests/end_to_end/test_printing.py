"""What can't be printed ends no session, and a result that can't be is a sentence and a failure."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Voicecoach, command
from voicecoach.interrupts import on_interrupt


@pytest.mark.parametrize("output", [">/dev/full", ">&- 2>&-"])
def test_a_session_goes_on_to_its_end_where_nothing_can_be_printed(
    surroundings: dict[str, str], tmp_path: Path, output: str
) -> None:
    rehearsal = command("rehearse", "--person", "yes_to_everything", "--output", tmp_path)
    run = subprocess.run(
        ["sh", "-c", f'"$@" {output}', "sh", *map(str, rehearsal)], env=surroundings, text=True, capture_output=True
    )
    assert (run.returncode, run.stderr) == (0, "")
    told = (tmp_path / "calf-yes_to_everything-0.txt").read_text(encoding="utf-8")
    assert told.splitlines()[-1].endswith("[warning sign]")
    assert (tmp_path / "calf-yes_to_everything-0.wav").exists()


@pytest.mark.parametrize("output", ["/dev/full", "/dev/stdout"])
def test_a_list_that_cannot_be_written_is_a_sentence_and_a_failure(surroundings: dict[str, str], output: str) -> None:
    listing = ["sh", "-c", f'"$@" >{output}', "sh", *map(str, command("programmes", "list"))]
    run = subprocess.run(listing, env=surroundings, text=True, capture_output=True)
    if output == "/dev/stdout":
        assert (run.returncode, run.stderr) == (0, "")
    else:
        assert run.returncode == 1
        assert run.stderr == (
            "voicecoach: The output can't be written (No space left on device); let it go to where there is room.\n"
        )


def test_characters_that_the_terminal_lacks_have_a_stand_in(voicecoach: Voicecoach) -> None:
    run = voicecoach("programmes", "show", "calf", "--language", "ko", PYTHONIOENCODING="iso-8859-1")
    assert (run.code, run.err) == (0, "")
    assert "?" in run.out


def test_who_has_it_go_on_when_the_terminal_is_closed_has_it_go_on() -> None:
    interrupted: list[bool] = []
    before = {
        number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP)
    }
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        on_interrupt(lambda: interrupted.append(True))
        os.kill(os.getpid(), signal.SIGHUP)
        assert interrupted == []
        os.kill(os.getpid(), signal.SIGQUIT)
        assert interrupted == [True]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
