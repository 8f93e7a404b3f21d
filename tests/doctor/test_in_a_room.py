"""The doctor on the real PortAudio, in rooms that are as they should be and in others."""

import ctypes.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Voicecoach
from voicecoach.samples import samples

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None, reason="needs PortAudio (Debian: libportaudio2), which is not here"
)

WITHOUT_SOUND = ("disk", "cache", "voice", "recogniser")
LISTENING = (*WITHOUT_SOUND, "devices", "noise", "timing", "canceller", "answer", "playback")
FILE_DEVICE_DELAY = 2880
ROOM_DELAY = samples(0.06) + samples(0.02)


class Report:
    """What the doctor found."""

    def __init__(self, result: dict[str, Any]) -> None:
        self.ok: bool = result["ok"]
        self.sound_seconds: float = result["sound_seconds"]
        self._findings = {finding["check"]: finding for finding in result["findings"]}
        self.checks = tuple(finding["check"] for finding in result["findings"])
        self.canceller, self.recogniser = result["canceller"], result["recogniser"]

    @property
    def not_ok(self) -> dict[str, str]:
        return {check: f["state"] for check, f in self._findings.items() if f["state"] != "ok"}

    def values(self, check: str) -> dict[str, Any]:
        values: dict[str, Any] = self._findings[check]["values"]
        return values

    def what(self, check: str) -> str:
        return str(self._findings[check]["what"])


class Examine:
    """Runs the doctor in a scene."""

    def __init__(self, folder: Path, surroundings: dict[str, str]) -> None:
        self._folder = folder
        self._surroundings = surroundings

    def __call__(self, **scene: Any) -> Report:
        return Report(self.result(**scene))

    def result(self, **scene: Any) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.doctor.portaudio_doctor", str(self._folder), json.dumps(scene)],
            env=self._surroundings, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result


@pytest.fixture
def examine(tmp_path: Path, surroundings: dict[str, str]) -> Examine:
    return Examine(tmp_path, surroundings)


def test_in_a_quiet_room_with_somebody_who_says_yes_all_is_well(examine: Examine) -> None:
    report = examine()
    assert (report.ok, report.not_ok, report.checks) == (True, {}, LISTENING)
    assert report.sound_seconds < 40


def test_noise_level_and_delay_are_measured_as_they_are(examine: Examine) -> None:
    report = examine(noise_db=-55, echo_db=-6)
    assert report.values("noise")["noise_floor_dbfs"] == pytest.approx(-55, abs=0.5)
    playback = report.values("playback")
    assert playback["echo_delay_samples"] == pytest.approx(FILE_DEVICE_DELAY + ROOM_DELAY, abs=16)
    assert playback["level_dbfs"] == pytest.approx(-26, abs=2)


def test_the_yes_is_reported_with_score_margin_level_and_time(examine: Examine) -> None:
    values = examine().values("answer")
    assert (values["recognised"], values["asked"], values["heard"], values["sure"]) == (True, 1, "yes", True)
    assert values["score"] > -1
    assert values["margin"] > 2
    assert -20 < values["level_dbfs"] < -10
    assert 0.1 < values["decided_after_seconds"] < 0.5


def test_a_loudspeaker_that_is_unplugged_is_a_problem(examine: Examine) -> None:
    report = examine(echo_db=-200, answers=[])
    assert (report.ok, report.not_ok) == (False, {"answer": "warning", "playback": "problem"})


def test_a_person_who_hears_what_the_microphone_does_not_is_a_warning(examine: Examine) -> None:
    report = examine(echo_db=-200)
    assert (report.ok, report.not_ok) == (True, {"playback": "warning"})


def test_a_dead_microphone_is_a_problem(examine: Examine) -> None:
    report = examine(microphone_works=False)
    assert (report.ok, report.not_ok) == (False, {"microphone": "problem"})
    assert "not even noise" in report.what("microphone")


def test_a_device_that_dies_meanwhile_is_a_problem_and_no_hang(examine: Examine) -> None:
    report = examine(dies_after_seconds=9)
    assert (report.ok, report.not_ok) == (False, {"microphone": "problem"})
    assert report.values("microphone") == {"heard_anything": True, "after_seconds": pytest.approx(9, abs=0.2)}


def test_loud_noise_is_a_warning(examine: Examine) -> None:
    report = examine(noise_db=-32)
    assert (report.ok, report.not_ok) == (True, {"noise": "warning"})


def test_a_loudspeaker_that_is_far_too_loud_is_a_warning(examine: Examine) -> None:
    report = examine(echo_db=18)
    assert (report.ok, report.not_ok) == (True, {"playback": "warning"})


def test_who_says_nothing_is_asked_again_and_then_warned_of(examine: Examine) -> None:
    report = examine(answers=[])
    assert (report.ok, report.not_ok) == (True, {"answer": "warning"})
    assert report.values("answer") == {"recognised": False, "asked": 2}


def test_who_answers_only_the_second_time_is_heard(examine: Examine) -> None:
    report = examine(answers=["", "yes"])
    assert (report.ok, report.not_ok, report.values("answer")["asked"]) == (True, {}, 2)


def test_who_says_something_else_is_asked_again_and_then_warned_of(examine: Examine) -> None:
    report = examine(answers=["the kettle is boiling", "no"])
    assert (report.ok, report.not_ok) == (True, {"answer": "warning"})
    assert (report.values("answer")["heard"], report.values("answer")["asked"]) == ("no", 2)


def test_with_headphones_no_echo_is_expected(examine: Examine) -> None:
    report = examine(headphones=True, echo_db=-200)
    assert (report.ok, report.not_ok, report.canceller) == (True, {}, "none")


def test_headphones_that_are_a_loudspeaker_are_a_warning(examine: Examine) -> None:
    report = examine(headphones=True)
    assert (report.ok, report.not_ok) == (True, {"playback": "warning"})


def test_what_is_taught_over_real_devices_is_shown_and_holds_for_the_microphone_that_a_session_opens(
    examine: Examine, voicecoach: Voicecoach
) -> None:
    report = examine.result(teach=True, answers=["yeh", "no", "stoop"] * 3)
    assert (report["ok"], report["changed"], report["sound_seconds"] < 90) == (True, True, True)
    assert report["opened_microphone"] == report["microphone"] == "default"
    shown = voicecoach("doctor", "--taught", "--json").result["taught"]
    assert [(taught["microphone"], taught["recogniser"]) for taught in shown] == [("default", "moonshine-tiny-en")]
    assert shown[0]["meanings"] == report["meanings"]
