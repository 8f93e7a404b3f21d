"""How fast the coach speaks: as the person can follow, but for counts and cues, which keep the exercise's time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from voicecoach.blocks import Samples
from voicecoach.paces import USUAL_PACE
from voicecoach.samples import SAMPLES_PER_SECOND

_SLOWEST = 2.6
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
    """A voice that says at most so many words a minute, but for the texts that keep time."""

    def __init__(
        self, voice: PacedVoice, keeping_time: frozenset[str] = frozenset(), most_words_per_minute: int = USUAL_PACE
    ) -> None:
        self._voice = voice
        self._keeping_time = keeping_time
        self._most = most_words_per_minute

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        return f"{self._voice.name} at most {self._most}"

    def at(self, most_words_per_minute: int) -> "Unhurried":
        """Return the same voice at another pace; both share the synthesiser, and closing one closes both."""
        return Unhurried(self._voice, self._keeping_time, most_words_per_minute)

    def keeps_time(self, text: str) -> bool:
        """Whether a text is said alike at every pace."""
        return text in self._keeping_time

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz. Raises VoicecoachError as the voice does.

        What is said slowly enough anyway is slower or faster too, in proportion, than at the usual pace.
        """
        slowness = 1.0 if self.keeps_time(text) else USUAL_PACE / self._most
        with self._voice.rendering(text) as render:
            sound = render(slowness)
            for _ in range(0 if self.keeps_time(text) else _TRIES):
                excess = words_per_minute(text, sound) / self._most
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
