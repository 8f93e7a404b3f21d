"""What can't be printed ends no session, and a result that can't be is a sentence and a failure."""

import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Voicecoach, command
from tests.report.journals import Kept, write
from voicecoach.interrupts import on_interrupt
from voicecoach.programme.programme_reader import programme_file
from voicecoach.rehearsal.recording import measure_holds


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


GREETING = """
id = "greeting"
title = "Greeting"
source = "this test"
pain = { ease_from = 4, stop_from = 6, stop_rise = 2 }
[[steps]]
kind = "say"
id = "welcome"
prompts = ["welcome"]
[[steps]]
kind = "summary"
id = "summary"
"""

STRANGE = os.fsdecode(b"caf\xe9")


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict"])
def test_a_name_that_is_not_utf_8_is_written_to_and_printed_with_a_stand_in(
    surroundings: dict[str, str], tmp_path: Path, encoding: str
) -> None:
    write(tmp_path / STRANGE, Kept(datetime(2026, 3, 2, tzinfo=UTC)))
    folder = tmp_path / STRANGE
    for arguments, made in (
        (("report", "--state", folder, "--output", folder / "report.html"), "report.html"),
        (("export", "--state", folder, "--output", folder / "sessions.csv"), "sessions.csv"),
        (("programmes", "new", folder / "mine"), "mine.toml"),
        (("programmes", "check", folder / "nothing.toml"), None),
        (("history", "--state", folder / "nothing"), None),
    ):
        run = subprocess.run(
            command(*arguments), env=surroundings | {"PYTHONIOENCODING": encoding}, capture_output=True, check=False
        )
        printed = (run.stdout + run.stderr).decode("ascii")
        assert run.returncode == (0 if made else 1), printed
        assert len(printed.splitlines()) == (arguments[0] != "export"), printed
        assert "caf?" in printed or not printed
        assert made is None or (folder / made).exists()


def test_a_programme_in_a_folder_whose_name_is_not_utf_8_is_rehearsed_there(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    folder = tmp_path / STRANGE
    folder.mkdir()
    (folder / "greeting.toml").write_text(GREETING, encoding="utf-8")
    words = programme_file("calf").with_name("calf.en.toml").read_text(encoding="utf-8")
    (folder / "greeting.en.toml").write_text(words, encoding="utf-8")
    run = voicecoach("rehearse", folder / "greeting.toml", "--output", folder, "--state", folder, "--json")
    assert (run.code, run.err) == (0, "")
    assert Path(run.result["wav"]) == folder / "greeting-default-0.wav"
    assert measure_holds(folder / "greeting-default-0.wav") == []


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
