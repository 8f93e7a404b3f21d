"""Hearing, put together once: echo canceller, listener, recogniser, phrases, and the gate for a dead microphone.

Whoever hears makes one of these, with what decides there, and gives it every block; nothing else joins those parts.
"""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from voicecoach.blocks import Block
from voicecoach.grammar import Reader
from voicecoach.hearing.echo.canceller_choice import open_echo_canceller
from voicecoach.hearing.listener import Listener, ListeningSettings
from voicecoach.hearing.recogniser import Phrase
from voicecoach.hearing.understanding import EarlySettings, Understanding
from voicecoach.hearing.verdicts import Deciding
from voicecoach.session import events

_NO_MICROPHONE_BLOCKS = 2
"""So many blocks of exact zeros come from no microphone; what seemed to be said just before is not decided on."""

_REMEMBERED_SPEECHES = 16


class _Speech(NamedTuple):
    """A speech of the coach, and the samples of the player at which it begins and ends."""

    token: int
    begins_at: int
    ends_at: int


class Hearing:
    """Understands the person, also while the coach speaks, from blocks of sound. Close it when done."""

    def __init__(
        self,
        deciding: Deciding,
        canceller: str = "auto",
        listening: ListeningSettings | None = None,
        early: EarlySettings | None = None,
        reader: Reader | None = None,
    ) -> None:
        """Listen behind the echo canceller of this name. Raises VoicecoachError where that is not there.

        A `reader` makes sense of answers that no phrase explains.
        """
        opened = open_echo_canceller(canceller)
        self.canceller_name = opened.name
        self._listener = Listener(opened, listening)
        self._understanding = Understanding(self._listener, deciding, early, reader)
        self._zero_blocks = 0
        self._speeches: deque[_Speech] = deque(maxlen=_REMEMBERED_SPEECHES)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases that the recogniser listens for now."""
        return self._understanding.phrases

    @phrases.setter
    def phrases(self, phrases: Sequence[Phrase]) -> None:
        self._understanding.phrases = tuple(phrases)

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._listener.speech_ended_at

    def coach_says(self, token: int, places: Sequence[tuple[int, int]], texts: Sequence[str]) -> None:
        """Note a speech of the coach, its texts each between two samples, so that its echo is no answer."""
        if places:
            self._speeches.append(_Speech(token, places[0][0], places[-1][1]))
        for (begins_at, ends_at), text in zip(places, texts, strict=True):
            self._understanding.coach_says(begins_at, ends_at, text)

    def hear(self, block: Block, echo_delay_samples: int, at: int | None = None) -> list[events.FromHearing]:
        """Take the next block; return the events that follow from it, none where it comes from no microphone.

        An answer to it can be heard from sample `at` on; None: from the end of the block on.
        """
        self._zero_blocks = 0 if block.heard.any() else self._zero_blocks + 1
        if self._zero_blocks >= _NO_MICROPHONE_BLOCKS and not block.gated:
            return []
        at = block.at + block.heard.size if at is None else at
        known = self._understanding.hear(block, echo_delay_samples, at)
        return [self._behind_the_coach(event, echo_delay_samples) for event in known]

    def _behind_the_coach(self, event: events.FromHearing, echo_delay_samples: int) -> events.FromHearing:
        """Return an event with how much of the coach's speech had sounded when its utterance began."""
        if not isinstance(event, events.Heard | events.NotUnderstood) or event.began_at is None:
            return event
        position = event.began_at - echo_delay_samples
        begun = [speech for speech in self._speeches if speech.begins_at <= position]
        if not begun:
            return event
        last = max(begun, key=lambda speech: (speech.begins_at, speech.token))
        behind = events.Behind(last.token, position - last.begins_at, max(0, last.ends_at - position))
        return replace(event, behind=behind)

    def close(self) -> None:
        """Close the echo canceller."""
        self._listener.close()
