"""The real pyttsx3 with eSpeak NG, and what is said of one that hangs, fails or stays silent."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.speaking.conftest import BrokenSynthesiser
from voicecoach.errors import VoicecoachError
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

CUE = "Point your toes and drop your head."
WRITE = """
with wave.open(file, "wb") as out:
    out.setparams((1, 2, 22050, 0, "NONE", ""))
    out.writeframes({})
"""


def _failure(voice: Pyttsx3Voice, text: str = CUE) -> str:
    with pytest.raises(VoicecoachError) as failed:
        voice.render(text)
    message = str(failed.value)
    assert message.startswith("The synthesiser pyttsx3 (voice gmw/en-us) ")
    assert message.endswith("; remove the folder .venv and run ./scripts/start, which then installs everything anew.")
    assert "\n" not in message
    return message


def test_a_cue_is_spoken_audibly_in_about_the_time_that_a_person_needs(voice: Pyttsx3Voice) -> None:
    sound = voice.render(CUE)
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert 1.2 * 16000 < sound.size < 3.5 * 16000
    assert 0.05 < np.sqrt(np.mean(sound**2)) <= 0.1
    assert abs(sound).max() < 0.71


def test_speech_begins_and_ends_without_silence(voice: Pyttsx3Voice) -> None:
    sound = voice.render("Seven.")
    edge = 16000 // 50
    assert abs(sound[:edge]).max() > 0.001
    assert abs(sound[-edge:]).max() > 0.001


def test_the_same_text_always_sounds_the_same(voice: Pyttsx3Voice) -> None:
    with ThreadPoolExecutor(4) as several:
        first, *others = several.map(voice.render, [CUE] * 12)
    assert all(np.array_equal(other, first) for other in others)


def test_a_voice_with_breath_in_it_sounds_the_same_from_one_second_to_the_next() -> None:
    breathy, began = Pyttsx3Voice("ko", 150), time.monotonic()
    first = breathy.render("네")
    while time.monotonic() < began + 1.1:
        assert np.array_equal(breathy.render("네"), first)


def test_another_voice_and_another_rate_sound_different_and_are_told_apart_by_name(voice: Pyttsx3Voice) -> None:
    other, faster = Pyttsx3Voice("gmw/en-us+m3"), Pyttsx3Voice(rate=240)
    usual = voice.render(CUE)
    assert not np.array_equal(other.render(CUE)[:1000], usual[:1000])
    assert faster.render(CUE).size < 0.8 * usual.size
    assert len({voice.name, other.name, faster.name}) == 3


@pytest.mark.parametrize("text", ["", " ", "..."])
def test_a_text_without_words_cannot_be_spoken(voice: Pyttsx3Voice, text: str) -> None:
    assert repr(text) in _failure(voice, text)


def test_a_synthesiser_that_hangs_is_ended(synthesiser: BrokenSynthesiser) -> None:
    synthesiser.saves("threading.Event().wait()")
    assert f"did not finish '{CUE}' within 0.4 seconds" in _failure(Pyttsx3Voice(limit_seconds=0.4))


def test_a_synthesiser_that_writes_nothing_is_a_failure(synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice) -> None:
    synthesiser.saves("pass")
    assert f"wrote nothing for '{CUE}' (it gave no reason)" in _failure(voice)


def test_a_synthesiser_that_fails_is_quoted(synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice) -> None:
    synthesiser.saves("raise RuntimeError('no such voice')")
    assert "(RuntimeError: no such voice)" in _failure(voice)


def test_a_synthesiser_that_dies_is_a_failure(synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice) -> None:
    synthesiser.saves("os.abort()")
    assert "wrote nothing" in _failure(voice)


@pytest.mark.parametrize("frames", ["b''", "bytes(44100)"])
def test_a_synthesiser_that_writes_silence_is_a_failure(
    synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice, frames: str
) -> None:
    synthesiser.saves(WRITE.format(frames))
    assert f"wrote no sound for '{CUE}'" in _failure(voice)


def test_a_synthesiser_that_writes_no_sound_file_is_a_failure(
    synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice
) -> None:
    synthesiser.saves("open(file, 'w').write('this is no sound')")
    assert "wrote nothing" in _failure(voice)


def test_what_a_synthesiser_prints_is_no_trouble(synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice) -> None:
    synthesiser.saves("print('x' * 1_000_000)\n" + WRITE.format("bytes(range(256)) * 100"))
    assert voice.render(CUE).size


def test_a_synthesiser_that_dies_half_way_is_a_failure(synthesiser: BrokenSynthesiser, voice: Pyttsx3Voice) -> None:
    synthesiser.saves(WRITE.format("bytes(range(256)) * 100") + "os.abort()")
    _failure(voice)


def test_nothing_is_left_behind(
    synthesiser: BrokenSynthesiser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    synthesiser.saves(WRITE.format("bytes(range(256)) * 100") + "threading.Event().wait()")
    _failure(Pyttsx3Voice(limit_seconds=0.4))
    assert list(folder.iterdir()) == []
