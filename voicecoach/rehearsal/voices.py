"""How a simulated person sounds: synthesised, or from recordings of people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.speaking.cache import PromptCache
from voicecoach.speaking.shaping import at_one_rate

_MUMBLE_HZ = 400


class PersonVoice(Protocol):
    """Says what the person says."""

    def say(self, text: str) -> Samples:
        """Return the text as this person says it, shape (n,), 16 kHz."""
        ...


class SynthesisedVoice:
    """A person who speaks with a synthesiser's voice."""

    def __init__(self, prompts: PromptCache) -> None:
        self._prompts = prompts

    def say(self, text: str) -> Samples:
        """Return the text spoken."""
        return self._prompts.samples(text)


class RecordedVoice:
    """A person who answers with recordings: one clip of `folder/<word>/*.wav` for each answer, chosen by the seed."""

    def __init__(self, folder: Path, words: Sequence[str], seed: int) -> None:
        """Look for clips of all the words. Raises VoicecoachError where one has none."""
        self._random = np.random.default_rng(seed)
        self._clips = {word: sorted((folder / word).glob("*.wav")) for word in words}
        for word, clips in self._clips.items():
            if not clips:
                raise VoicecoachError(
                    f'{folder} has no recording of "{word}"; put at least one .wav file into {folder / word}.'
                )

    def say(self, text: str) -> Samples:
        """Return a clip of the word, as it was recorded. Raises VoicecoachError for a file that is no sound."""
        clips = self._clips[text]
        clip = clips[self._random.integers(len(clips))]
        try:
            sound, rate = soundfile.read(clip, dtype="float32", always_2d=True)
        except (OSError, soundfile.LibsndfileError) as error:
            raise VoicecoachError(f"{clip} can't be read as sound ({error}); replace or remove it.") from None
        if not len(sound):
            raise VoicecoachError(f"{clip} is empty; replace or remove it.")
        return at_one_rate(sound.mean(axis=1), rate)


def mumbled(sound: Samples) -> Samples:
    """Return speech with nothing left above 400 Hz: audible, and not to be understood."""
    spectrum = np.fft.rfft(sound)
    spectrum[np.fft.rfftfreq(sound.size, 1 / SAMPLES_PER_SECOND) > _MUMBLE_HZ] = 0
    return np.fft.irfft(spectrum, sound.size).astype(np.float32)
