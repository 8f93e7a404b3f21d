"""How fast the coach speaks: slowly enough to be followed, but for counts and cues, which keep the exercise's time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND

MOST_WORDS_PER_MINUTE = 150
"""For questions and instructions: the slower end of what people find comfortable in synthetic speech (Sutton 1995)."""
_SLOWEST = 1.9
_TRIES = 3
_MARGIN = 1.02


Rendering = Callable[[float], Samples]
"""Renders a text so many times more slowly than usual: shape (n,), 16 kHz."""


class PacedVoice(Protocol):
    """Interface: a synthesiser's voice that can speak more slowly."""

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        ...

    def rendering(self, text: str) -> AbstractContextManager[Rendering]:
        """Return what renders the text, as often as is needed."""
        ...

    def close(self) -> None:
        """Free what rendering needs; what is being rendered may fail."""
        ...


class Unhurried:
    """A voice that says at most 150 words a minute, but for the texts that keep time."""

    def __init__(self, voice: PacedVoice, keeping_time: frozenset[str] = frozenset()) -> None:
        self._voice = voice
        self._keeping_time = keeping_time

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        return f"{self._voice.name} at most {MOST_WORDS_PER_MINUTE}"

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz. Raises VoicecoachError as the voice does."""
        with self._voice.rendering(text) as render:
            sound, slowness = render(1.0), 1.0
            for _ in range(0 if text in self._keeping_time else _TRIES):
                excess = words_per_minute(text, sound) / MOST_WORDS_PER_MINUTE
                if excess <= 1 or slowness == _SLOWEST:
                    break
                slowness = min(_SLOWEST, slowness * excess * _MARGIN)
                sound = render(slowness)
        return sound

    def close(self) -> None:
        """Close the voice."""
        self._voice.close()


def words_per_minute(text: str, sound: Samples) -> float:
    """Return how many words of a text are spoken in a minute; its sound has shape (n,)."""
    return len(text.split()) * 60 * SAMPLES_PER_SECOND / max(1, sound.size)
