"""Hesitation: a piece of an answer that means nothing by itself, and waits for what the person says next."""

from dataclasses import dataclass, replace

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.grammar import Reader
from voicecoach.hearing.endpointer import Utterance
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.samples import samples

OTHER_HALF_WITHIN_SECONDS = 1.7
"""So long after its end a piece waits for speech to begin, which takes a moment to be noticed.

The longest twentieth of the pauses inside a turn lasts from 1.4 to 2.5 s (pull request 3640 of livekit/agents).
"""
_LONGEST_TURN = samples(6.0)
_LIKELY = 0.25
"""A text counts where it is at least so likely, against the likeliest."""


@dataclass(frozen=True)
class Piece:
    """A piece of an answer that meant nothing, the phrases that it was decided on with, and its verdict."""

    utterance: Utterance
    phrases: tuple[Phrase, ...]
    verdict: Verdict

    @property
    def waits_until(self) -> int:
        """The sample up to which speech has to begin that belongs to it."""
        return self.utterance.ended_at + samples(OTHER_HALF_WITHIN_SECONDS)

    def says_nothing(self, reader: Reader | None) -> bool:
        """Whether it is known to be no part of the answer, so that what follows it counts by itself."""
        written = self.verdict.written
        if reader is None or not written:
            return False
        likely = [text for text in written if text.probability >= _LIKELY * written[0].probability]
        return all(reader.says_nothing(text.mended) for text in likely)

    def joined(self, following: Utterance, between: Samples) -> Utterance | None:
        """Return this and what was said next as one utterance, with the sound between them, shape (n,).

        None where that is too long for an answer.
        """
        sound = np.concatenate([self.utterance.samples, between, following.samples])
        if sound.size > _LONGEST_TURN:
            return None
        return replace(following, started_at=self.utterance.started_at, began_at=self.utterance.began_at, samples=sound)
