"""Fixtures of the hearing tests: the real phrases, the real recogniser, real and synthetic voices."""

import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from voicecoach.blocks import Samples
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.moonshine_network import Beginnings, Floats
from voicecoach.hearing.recogniser import Phrase
from voicecoach.phrases import phrases
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.worker import Worker

ENCODED = 64
"""So many sounds of a second or two stay encoded, in less than a megabyte each."""
PROJECT = Path(__file__).parent.parent.parent
ANSWERS = {
    "yes-no": ("yes", "no"),
    "screening": ("yes", "no", "unsure"),
    "all-right": ("yes", "no", "fine"),
    "move": ("there", "yes"),
    "side": ("left", "right", "both"),
    "number": tuple(map(str, range(11))),
}

Say = Callable[..., Samples]


@cache
def calf_words() -> Words:
    file = programme_file("calf")
    return read_words(read_programme(file), file, "en", None)


def all_phrases() -> tuple[Phrase, ...]:
    words = calf_words()
    return tuple(phrase for meaning in words.meanings for phrase in phrases(words, [meaning]))


def phrases_for(question: str) -> list[Phrase]:
    """Return the phrases of every command and of the answers to a question of this kind."""
    answers = {answer for group in ANSWERS.values() for answer in group}
    words = calf_words()
    return list(phrases(words, [m for m in words.meanings if m not in answers or m in ANSWERS[question]]))


def quiet(seconds: float) -> Samples:
    """Return faint noise, shape (n,), as a microphone hears silence."""
    noise: Samples = np.random.default_rng(0).normal(0, 0.0003, round(seconds * SAMPLES_PER_SECOND)).astype(np.float32)
    return noise


def read(file: Path) -> Samples:
    sound, rate = soundfile.read(file, dtype="float32")
    if rate != SAMPLES_PER_SECOND:
        sound = soxr.resample(sound, rate, SAMPLES_PER_SECOND)
    samples: Samples = np.asarray(sound, np.float32)
    return samples


@pytest.fixture(scope="session")
def recordings() -> Path:
    folder = PROJECT.parent / "shared" / "recordings"
    if not folder.is_dir():
        pytest.skip(f"no recordings of people at {folder}")
    return folder


@pytest.fixture(scope="session")
def moonshine() -> Moonshine:
    """Return the recogniser; a sound that it is asked about again, for other phrases, it does not encode again."""
    moonshine = Moonshine()
    encode = moonshine._network.begin
    encoded: OrderedDict[tuple[bytes, int], tuple[Floats, Beginnings]] = OrderedDict()

    def begin(samples: Samples, start_token: int) -> tuple[Floats, Beginnings]:
        sound = samples.tobytes(), start_token
        if sound not in encoded:
            encoded[sound] = encode(samples, start_token)
        encoded.move_to_end(sound)
        while len(encoded) > ENCODED:
            encoded.popitem(last=False)
        return encoded[sound]

    moonshine._network.begin = begin  # type: ignore[method-assign]
    return moonshine


@pytest.fixture(scope="session")
def say(kept_cache: Path) -> Say:
    """Return speech by eSpeak, shape (n,), with nothing before and after it but its own short silence."""
    folder = kept_cache / "said"
    folder.mkdir(parents=True, exist_ok=True)

    def render(text: str, voice: str = "gmw/en-us") -> Samples:
        file = folder / f"{voice.replace('/', '-')} {text}.wav"
        if not file.is_file():
            whole = file.with_suffix(f".{os.getpid()}")
            with closing(Worker("voicecoach.speaking.pyttsx3_child", voice)) as worker:
                worker.answer((text, str(whole), 160), within_seconds=30)
            whole.replace(file)
        return read(file)

    return render
