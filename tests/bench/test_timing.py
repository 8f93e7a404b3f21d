"""A small run of the timing bench: what it prints can be computed again from what it writes."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.end_to_end.conftest import SHORT_SCREENING, SHORT_STEPS, with_words_of_calf
from tests.once import once
from voicecoach.bench.timing import Extent, bench_timing
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.words import read_words

SMALL = Extent(voices=("gmw/en-us+m3",), stops=3, commands=2, repetitions=2, minutes_alone=0.2)


def measure(written: Path) -> None:
    steps = SHORT_STEPS.replace("repetitions = 2", "repetitions = 10")
    asked = ", ".join(f'{{ id = "{question}", action = "emergency" }}' for question in SHORT_SCREENING)
    steps, count = re.subn(r"^questions = .*$", f"questions = [{asked}]", steps, flags=re.MULTILINE)
    assert count == 1
    file = with_words_of_calf(written / "short.toml", steps)
    programme = read_programme(file)
    figures = bench_timing(programme, read_words(programme, file, "en", None), written, lambda _: None, SMALL)
    (written / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once("timing", tmp_path_factory, measure)


@pytest.fixture(scope="module")
def figures(written: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((written / "figures.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def labels(written: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((written / "labels.json").read_text(encoding="utf-8"))
    return read


def test_the_figures_name_recogniser_and_canceller_and_count_every_case(figures: dict[str, Any]) -> None:
    assert figures["recogniser"] == "moonshine-tiny-en"
    assert figures["canceller"] in ("speex", "kalman")
    assert figures["commands_said"] == {"0": 6, "6": 6}
    assert figures["reply_seconds"]["count"] >= 20


def test_the_plain_loop_is_no_longer_measured_but_keeps_its_key(figures: dict[str, Any]) -> None:
    assert figures["plain_loop"] is None


def test_every_hold_of_a_whole_session_is_exact_and_the_coach_does_not_interrupt_itself(
    figures: dict[str, Any],
) -> None:
    assert (figures["hold_error_samples"], figures["holds"], figures["false_interruptions"]) == (0, 20, 0)


def test_reply_and_silence_can_be_computed_again_from_the_files(
    figures: dict[str, Any], labels: list[dict[str, Any]], written: Path
) -> None:
    replies, silences = [], []
    for label in labels:
        sound, rate = soundfile.read(written / label["file"])
        coach, person = sound.T
        word = person[label["began"] : label["ended"]]
        assert not person[label["began"] - 1]
        assert np.abs(word[-1]) >= 0.0099 * np.abs(word).max()
        if label["kind"] == "reply" and label["answered"]:
            loud = np.flatnonzero(np.abs(coach[label["ended"] :]) > 0.01)
            replies.append(loud[0] / rate)
        if label["kind"] == "stop" and label["obeyed"]:
            assert np.abs(coach[label["answered"] : label["answered"] + rate // 5]).max() < 0.001
            silences.append(max(0, label["answered"] - label["ended"]) / rate)
    assert np.median(replies) == pytest.approx(figures["reply_seconds"]["p50"], abs=1e-3)
    assert np.median(silences) == pytest.approx(figures["stop_to_silence_seconds"]["p50"], abs=1e-3)


def test_the_coach_was_speaking_when_a_command_was_said(labels: list[dict[str, Any]], written: Path) -> None:
    for label in labels:
        if label["kind"] != "reply":
            coach = soundfile.read(written / label["file"])[0][:, 0]
            assert np.abs(coach[label["began"] - 3200 : label["began"]]).max() > 0.01, label["file"]
