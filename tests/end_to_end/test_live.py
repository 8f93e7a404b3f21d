"""Live sessions on the real PortAudio, in virtual time."""

import ctypes.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None, reason="needs PortAudio (Debian: libportaudio2), which is not here"
)


SHORT = (Path("checks/sound_daemon/person.toml"), Path("checks/sound_daemon/short.toml"))


def live(folder: Path, surroundings: dict[str, str], *arguments: str | Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.portaudio_session", str(folder), *map(str, arguments)],
        env=surroundings, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


BEGINNING = """
[[steps]]
kind = "ready"
id = "ready"
[[steps]]
kind = "say"
id = "screening_intro"
prompts = ["screening_intro"]
"""


READY = """
[[steps]]
kind = "ready"
id = "floss_ready"
"""


def longer(short: Path, repetitions: int, sets: int = 1) -> Path:
    """Have the short programme begin as the calf programme does, and its exercise too; and change how often."""
    text = short.read_text(encoding="utf-8")
    for old, new in (
        ('[[steps]]\nkind = "screen"', f'{BEGINNING}[[steps]]\nkind = "screen"'),
        ('[[steps]]\nkind = "exercise"', f'{READY}[[steps]]\nkind = "exercise"'),
        ("\nsets = 1\nrepetitions = 2\n", f"\nsets = {sets}\nrepetitions = {repetitions}\n"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    short.write_text(text, encoding="utf-8")
    return short


def test_a_live_session_holds_50_times_three_seconds(tmp_path: Path, surroundings: dict[str, str], short: Path) -> None:
    result = live(tmp_path, surroundings, "default", longer(short, 25))
    assert (result["ended"], result["repetitions"], result["holds"]) == ("complete", [25], 50)
    assert result["measured"] == [3.0, 3.0, 50]
    assert result["questions"][0] == ["ready", 1, "yes"]


def test_a_warning_sign_said_aloud_ends_a_live_session(tmp_path: Path, surroundings: dict[str, str]) -> None:
    result = live(tmp_path, surroundings, "yes_to_everything")
    assert (result["ended"], result["repetitions"]) == ("warning_sign", [])


def test_stop_is_obeyed_over_the_coach_at_any_moment_and_resume_goes_on(
    tmp_path: Path, surroundings: dict[str, str], short: Path
) -> None:
    """Inside cues, counts, holds and the coach's numbering of repetitions, in one session."""
    person = tmp_path / "person.toml"
    moments = (0.3, 0.9, 1.6, 2.2, 3.1, 4.2, 5.4)
    person.write_text(
        'about = "stops again and again"\n'
        + "".join(
            f'[[remarks]]\nset = 1\nrepetition = {repetition}\nsay = "stop"\nafter_seconds = {after}\n'
            'then_say = "resume"\nthen_after_seconds = 9\n'
            for repetition, after in enumerate(moments, 2)
        ),
        encoding="utf-8",
    )
    result = live(tmp_path, surroundings, person, longer(short, 8))
    assert (result["ended"], result["repetitions"]) == ("complete", [8])
    assert result["obeyed"] == ["stop", "resume"] * len(moments)
    assert result["measured"][:2] == [3.0, 3.0]


def test_stop_is_obeyed_inside_an_instruction_and_in_the_rest(
    tmp_path: Path, surroundings: dict[str, str], short: Path
) -> None:
    person = tmp_path / "person.toml"
    person.write_text(
        """about = "stops while it is told something, and while it rests"
[[remarks]]
question = "floss_ready"
say = "stop"
after_seconds = 0.4
then_say = "resume"
then_after_seconds = 9
[[remarks]]
set = 1
repetition = 2
say = "stop"
after_seconds = 45
then_say = "resume"
then_after_seconds = 54
""",
        encoding="utf-8",
    )
    result = live(tmp_path, surroundings, person, longer(short, 2, sets=2))
    assert (result["ended"], result["repetitions"]) == ("complete", [2, 2])
    assert result["obeyed"] == ["stop", "resume"] * 2


def test_a_hold_with_an_underrun_in_it_still_lasts_three_seconds(tmp_path: Path, surroundings: dict[str, str]) -> None:
    """The stream flags it and its DAC time jumps, as PortAudio's do; 0.4 s without sound are in the recording."""
    result = live(tmp_path, surroundings, *SHORT, "underrun")
    assert (result["ended"], result["underruns"], result["lost_samples"]) == ("complete", 1, [6400])
    assert result["measured"] == [3.0, 3.0, 4]
    assert sum("[underrun: 0.400 s of sound lost]" in line for line in result["lines"]) == 1


def test_devices_that_freeze_are_noticed_and_do_not_hang_the_program(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    result = live(tmp_path, surroundings, *SHORT, "freeze")
    assert (result["ended"], result["repetitions"]) == ("interrupted", [1])
    assert result["lost_after_seconds"] < 3
    assert any("is lost: waiting until it is back" in line for line in result["lines"])
