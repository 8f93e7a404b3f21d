"""The voice of a simulated person: synthesised, or from recordings of people."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.small_files import MOST_CLIP_BYTES, check_file, reason
from voicecoach.speaking.normalisation import at_one_rate
from voicecoach.speaking.prompt_cache import PromptCache

_MUMBLE_HZ = 300
_PIECE = samples(0.1)


class PersonVoice(Protocol):
    """Interface: the voice that says what a simulated person says."""

    def say(self, text: str) -> Samples:
        """Return the text as this person says it, shape (n,), 16 kHz."""
        ...


class SynthesisedVoice:
    """The voice of a simulated person from a synthesiser."""

    def __init__(self, prompts: PromptCache) -> None:
        self._prompts = prompts

    def say(self, text: str) -> Samples:
        """Return the text as this person says it, shape (n,), 16 kHz."""
        return self._prompts.samples(text)


class RecordedVoice:
    """The voice of a simulated person from recordings, a clip of `folder/<word>/*.wav` for each answer, by the seed."""

    def __init__(self, folder: Path, words: Sequence[str], seed: int) -> None:
        """Read the clips of all the words.

        Raises VoicecoachError where a word has none, and for a clip that is no sound.
        """
        self._random = np.random.default_rng(seed)
        self._clips = {word: [_clip(file) for file in sorted((folder / word).glob("*.wav"))] for word in words}
        for word, clips in self._clips.items():
            if not clips:
                raise VoicecoachError(
                    f'{folder} has no recording of "{word}"; put at least one .wav file into {folder / word}.'
                )

    def say(self, text: str) -> Samples:
        """Return a clip of the word, shape (n,), 16 kHz, as it was recorded."""
        clips = self._clips[text]
        return clips[self._random.integers(len(clips))]


def _clip(file: Path) -> Samples:
    try:
        check_file(file, MOST_CLIP_BYTES)
        sound, rate = soundfile.read(os.fsencode(file), dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise VoicecoachError(f"{file} can't be read as sound ({reason(error)}); replace or remove it.") from None
    if not len(sound):
        raise VoicecoachError(f"{file} is empty; replace or remove it.")
    return at_one_rate(sound.mean(axis=1), rate)


def mumbled(sound: Samples) -> Samples:
    """Return speech, shape (n,), as an audible mumble: backwards, mixed with itself, nothing above 300 Hz.

    Dulling alone does not do: what is left of a short word still sounds like a yes or a no to a recogniser.
    """
    pieces = np.pad(sound, (0, -sound.size % _PIECE)).reshape(-1, _PIECE)
    mixed = (pieces[:, ::-1].reshape(-1)[: sound.size] + sound[::-1]) / np.sqrt(2)
    spectrum = np.fft.rfft(mixed)
    spectrum[np.fft.rfftfreq(sound.size, 1 / SAMPLES_PER_SECOND) > _MUMBLE_HZ] = 0
    return np.fft.irfft(spectrum, sound.size).astype(np.float32)
