"""From figures to findings: where a warning begins, where a problem does, and that each says what to do."""

from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.doctor.findings import DoctorSettings, Finding, as_json, as_lines, session_can_run, summary
from voicecoach.doctor.loudspeaker import Echo, judge_canceller, judge_playback
from voicecoach.doctor.machine import DeviceNames, devices_failed, devices_lost, judge_disk
from voicecoach.doctor.microphone import Pace, judge_noise, judge_timing
from voicecoach.doctor.spoken_yes import Answer, judge_answer, judge_recogniser
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.judgement import NOTHING
from voicecoach.hearing.recogniser import Verdict

SETTINGS = DoctorSettings()
NAMES = DeviceNames(("Webcam", "Headset"), ("HDMI", "Headset"))
YES = Verdict("yes", "yes", -0.2, 6.0, 0.97, sure=True)
ANSWER = Answer(YES, level_dbfs=-20, clipped_share=0.0, decided_after_seconds=0.3)
ECHO = Echo(delay_samples=1280, level_dbfs=-25, above_noise_db=35, clipped_share=0.0)
EVEN = Pace(jitter_seconds=0.003, longest_gap_seconds=0.04, drift_seconds=0.001)


def assert_state(finding: Finding, state: str, *remedies: str) -> None:
    """What is not ok has a remedy that names these things; what is ok has none."""
    assert finding.state == state
    assert (finding.remedy is None) == (state == "ok")
    for remedy in remedies:
        assert remedy in (finding.remedy or "")


@pytest.mark.parametrize(("megabytes", "state"), [(0, "warning"), (499, "warning"), (501, "ok")])
def test_a_full_disk_and_a_nearly_full_one_are_a_warning(megabytes: float, state: str) -> None:
    finding = judge_disk(megabytes, Path("/prompts"), SETTINGS)
    assert_state(finding, state)
    assert "/prompts" in finding.what


@pytest.mark.parametrize(("floor_dbfs", "state"), [(-44.9, "warning"), (-45.1, "ok"), (-90, "ok")])
def test_loud_noise_is_a_warning(floor_dbfs: float, state: str) -> None:
    assert_state(judge_noise(floor_dbfs, SETTINGS), state)


def test_even_timing_is_ok() -> None:
    finding = judge_timing(EVEN, 0, 0, 10, SETTINGS)
    assert_state(finding, "ok")
    assert (finding.values["jitter_ms"], finding.values["longest_gap_ms"], finding.values["drift_ms"]) == (3, 40, 1)


@pytest.mark.parametrize(
    ("pace", "underruns", "lost"),
    [(EVEN, 1, 0), (EVEN, 0, 320), (replace(EVEN, longest_gap_seconds=0.11), 0, 0), (None, 1, 0)],
    ids=["an underrun", "lost samples", "a long gap", "an underrun without a wall clock"],
)
def test_uneven_timing_is_a_warning_about_a_busy_machine(pace: Pace | None, underruns: int, lost: int) -> None:
    assert_state(judge_timing(pace, underruns, lost, 10, SETTINGS), "warning", "busy")


@pytest.mark.parametrize(
    ("drift_seconds", "state"), [(-0.11, "warning"), (0.11, "warning"), (0.99, "warning"), (-1.01, "problem")]
)
def test_a_device_that_runs_too_fast_or_too_slow_is_a_warning_and_then_a_problem(
    drift_seconds: float, state: str
) -> None:
    assert_state(judge_timing(replace(EVEN, drift_seconds=drift_seconds), 0, 0, 10, SETTINGS), state, "clock")


def test_without_a_wall_clock_no_pace_is_claimed() -> None:
    finding = judge_timing(None, 0, 0, 10, SETTINGS)
    assert_state(finding, "ok")
    assert "can't be measured" in finding.what
    assert "jitter_ms" not in finding.values


@pytest.mark.parametrize(
    ("reduction_db", "state"), [(9.9, "warning"), (10.1, "ok"), (-3.0, "warning"), (None, "ok")]
)  # fmt: skip
def test_a_canceller_that_leaves_much_of_the_echo_is_a_warning(reduction_db: float | None, state: str) -> None:
    assert_state(judge_canceller("speex", ECHO, reduction_db, SETTINGS), state)


def judged(echo: Echo | None, *, headphones: bool = False, answered: bool = True) -> Finding:
    return judge_playback(echo, headphones=headphones, answered=answered, names=NAMES, settings=SETTINGS)


def test_a_loudspeaker_that_is_heard_well_is_ok_with_level_and_delay() -> None:
    finding = judged(ECHO)
    assert_state(finding, "ok")
    assert (finding.values["level_dbfs"], finding.values["echo_delay_ms"]) == (-25, 80)


def test_a_distorted_loudspeaker_is_to_be_turned_down() -> None:
    assert_state(judged(replace(ECHO, clipped_share=0.001)), "warning", "turn the loudspeaker down")


def test_a_faint_loudspeaker_is_to_be_turned_up() -> None:
    assert_state(judged(replace(ECHO, above_noise_db=5)), "warning", "turn the loudspeaker up")


def test_a_loudspeaker_that_nobody_hears_is_a_problem_that_names_other_devices() -> None:
    assert_state(judged(None, answered=False), "problem", "Webcam", "HDMI", "--headphones")


def test_a_loudspeaker_that_only_the_person_hears_is_a_warning() -> None:
    assert_state(judged(None, answered=True), "warning", "--headphones")


@pytest.mark.parametrize("answered", [True, False])
def test_headphones_that_the_microphone_does_not_hear_are_as_they_should_be(answered: bool) -> None:
    assert_state(judged(None, headphones=True, answered=answered), "ok")


def test_headphones_that_the_microphone_hears_are_a_warning() -> None:
    assert_state(judged(ECHO, headphones=True), "warning", "--headphones")


def answered(answer: Answer | None, asked: int = 1) -> Finding:
    return judge_answer(answer, asked, -60, NAMES, SETTINGS)


def test_a_clear_yes_is_ok_with_score_margin_and_level() -> None:
    finding = answered(ANSWER)
    assert_state(finding, "ok")
    assert (finding.values["score"], finding.values["margin"], finding.values["above_noise_db"]) == (-0.2, 6, 40)


def test_no_answer_is_a_warning_that_names_other_microphones() -> None:
    finding = answered(None, asked=2)
    assert_state(finding, "warning", "--mic", "Webcam, Headset")
    assert finding.values == {"recognised": False, "asked": 2}


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        (replace(ANSWER, clipped_share=0.001), "distorted"),
        (replace(ANSWER, level_dbfs=-46), "faint"),
        (replace(ANSWER, level_dbfs=-46, verdict=NOTHING), "faint"),
        (replace(ANSWER, verdict=replace(YES, sure=False)), "not sure"),
        (replace(ANSWER, verdict=NOTHING), "say just yes"),
        (replace(ANSWER, verdict=replace(YES, meaning="no")), "say just yes"),
    ],
)
def test_an_answer_that_was_hard_to_understand_is_a_warning_that_says_why(answer: Answer, remedy: str) -> None:
    assert_state(answered(answer), "warning", remedy)


def test_an_answer_near_the_noise_is_a_warning() -> None:
    assert_state(judge_answer(ANSWER, 1, -34, NAMES, SETTINGS), "warning", "noise")


def test_a_recogniser_that_does_not_know_its_test_word_is_a_problem() -> None:
    assert_state(judge_recogniser("moonshine", replace(YES, meaning="no"), 0.1, SETTINGS), "problem")
    assert_state(judge_recogniser("moonshine", None, 0.1, SETTINGS), "problem")


@pytest.mark.parametrize(("seconds", "state"), [(0.9, "ok"), (1.1, "warning")])
def test_a_slow_recogniser_is_a_warning(seconds: float, state: str) -> None:
    assert_state(judge_recogniser("moonshine", YES, seconds, SETTINGS), state)


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (DeviceNames(has_portaudio=False), "PortAudio"),
        (DeviceNames(), "no microphone and no loudspeaker"),
        (DeviceNames(speakers=("HDMI",)), "no microphone here"),
        (DeviceNames(microphones=("Webcam",)), "no loudspeaker here"),
        (NAMES, "busy"),
    ],
)
def test_why_no_device_opens_is_a_problem(names: DeviceNames, what: str) -> None:
    finding = devices_failed(VoicecoachError("The devices are busy."), names)
    assert_state(finding, "problem")
    assert what in finding.what


@pytest.mark.parametrize(("heard_anything", "what"), [(True, "fell silent 7.0 s"), (False, "not even noise")])
def test_a_dead_microphone_and_one_that_dies_are_told_apart(heard_anything: bool, what: str) -> None:
    finding = devices_lost(heard_anything, 7.0, NAMES)
    assert_state(finding, "problem")
    assert what in finding.what


def test_a_session_can_run_with_warnings_but_not_with_a_problem() -> None:
    fine, warning, problem = (Finding(state, state, "So it is.") for state in ("ok", "warning", "problem"))
    assert session_can_run([fine, warning])
    assert not session_can_run([fine, problem, warning])
    assert summary([fine]) == "A session can run: all is well."
    assert summary([warning, warning]) == "A session can run: 2 warnings."
    assert summary([warning, problem]) == "A session can't run yet: 1 problem, 1 warning."


def test_a_report_names_canceller_and_recogniser_and_has_every_finding() -> None:
    finding = Finding("noise", "warning", "It is loud.", "Be quiet.", {"noise_floor_dbfs": -20.0})
    report = as_json([finding], "speex", "moonshine")
    assert (report["ok"], report["canceller"], report["recogniser"]) == (True, "speex", "moonshine")
    assert report["findings"] == [
        {"check": "noise", "state": "warning", "what": "It is loud.", "remedy": "Be quiet.",
         "values": {"noise_floor_dbfs": -20.0}}
    ]  # fmt: skip


def test_the_remedy_has_a_line_of_its_own() -> None:
    assert len(as_lines(Finding("noise", "ok", "Quiet.")).splitlines()) == 1
    assert as_lines(Finding("noise", "warning", "Loud.", "Be quiet.")).splitlines()[1].strip() == "-> Be quiet."
