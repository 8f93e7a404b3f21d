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


def live(folder: Path, person: str, surroundings: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.portaudio_session", str(folder), person],
        env=surroundings, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_live_session_holds_150_times_three_seconds(tmp_path: Path, surroundings: dict[str, str]) -> None:
    result = live(tmp_path, "default", surroundings)
    assert (result["ended"], result["repetitions"], result["holds"]) == ("complete", [25, 25, 25], 150)
    assert result["measured"] == [3.0, 3.0, 150]


def test_a_warning_sign_said_aloud_ends_a_live_session(tmp_path: Path, surroundings: dict[str, str]) -> None:
    result = live(tmp_path, "yes_to_everything", surroundings)
    assert (result["ended"], result["repetitions"]) == ("warning_sign", [])
