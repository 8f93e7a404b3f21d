"""Hearing, assembled once: canceller, listener, what decides, what means something, and the gate for no microphone.

Whoever hears makes one of these, with what decides there, and gives it every block; nothing else joins those parts.
"""

from collections.abc import Sequence

from voicecoach.blocks import Block
from voicecoach.hearing.contract import Phrase
from voicecoach.hearing.deciding import Deciding
from voicecoach.hearing.echo.choosing import open_echo_canceller
from voicecoach.hearing.listening import Listener, ListeningSettings
from voicecoach.hearing.understanding import EarlySettings, Happening, Understanding

_NO_MICROPHONE_BLOCKS = 2
"""So many blocks of exact zeros come from no microphone; what seemed to be said just before is not decided on."""


class Hearing:
    """Hears the person, also while the coach speaks. Close it when done."""

    def __init__(
        self,
        deciding: Deciding,
        canceller: str = "auto",
        listening: ListeningSettings | None = None,
        early: EarlySettings | None = None,
    ) -> None:
        """Listen behind the canceller of this name. Raises VoicecoachError where that is not there."""
        opened = open_echo_canceller(canceller)
        self.canceller_name = opened.name
        self._listener = Listener(opened, listening)
        self._understanding = Understanding(self._listener, deciding, early)
        self._zero_blocks = 0

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What means something now."""
        return self._understanding.phrases

    @phrases.setter
    def phrases(self, phrases: Sequence[Phrase]) -> None:
        self._understanding.phrases = tuple(phrases)

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._listener.speech_ended_at

    def coach_says(self, begins_at: int, ends_at: int, text: str) -> None:
        """Note what the coach says between two samples, so that its echo is not taken for an answer."""
        self._understanding.coach_says(begins_at, ends_at, text)

    def hear(self, block: Block, echo_delay_samples: int) -> list[Happening]:
        """Take the next block; return what it makes known: nothing where it comes from no microphone."""
        self._zero_blocks = 0 if block.heard.any() else self._zero_blocks + 1
        if self._zero_blocks >= _NO_MICROPHONE_BLOCKS:
            return []
        return self._understanding.hear(block, echo_delay_samples)

    def close(self) -> None:
        """Close the canceller."""
        self._listener.close()
