"""The looks at an utterance: the sounds of it that are decided on, one after another, until one means something.

First comes the sound as it was heard: where it goes on with a piece of an answer (see `hesitation`) alone, as a call
waits for nothing, then together with that piece. What is not sure then is written out, if the recogniser can. Last
comes what the canceller left of it, in which a call may be clearer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from voicecoach.blocks import Samples
from voicecoach.grammar import Reader
from voicecoach.hearing.endpointer import Utterance
from voicecoach.hearing.free_reading import weighed
from voicecoach.hearing.hesitation import Piece
from voicecoach.hearing.recogniser import Phrase, Verdict

_LIKELY = 0.5
"""The confidence that a call needs in what the canceller left, as another look is another chance to err."""


class Look(Enum):
    """A sound of an utterance that is decided on."""

    ALONE = auto()
    """Without the piece of an answer that it goes on with."""
    WHOLE = auto()
    LEFT = auto()
    """What the canceller left of it."""


@dataclass(frozen=True)
class Submitted:
    """An utterance whose verdict is awaited; `behind` is the piece of an answer before it that it goes on with.

    `alone` is its sound, shape (n,), without that piece.
    """

    ticket: int
    utterance: Utterance
    phrases: tuple[Phrase, ...]
    alone: Samples = field(compare=False, repr=False)
    behind: Piece | None = None


@dataclass
class Looks:
    """The looks at one utterance so far, and the one under way."""

    submitted: Submitted
    reader: Reader | None
    under_way: Look = field(init=False)
    writes: bool = False
    """Whether the look under way writes out what it hears."""
    verdicts: dict[Look, Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.under_way = Look.WHOLE if self.submitted.behind is None else Look.ALONE

    def take(self, verdict: Verdict) -> None:
        """Take the verdict on the look under way."""
        if self.reader is not None:
            verdict = weighed(verdict, self.submitted.phrases, self.reader)
        self.verdicts[self.under_way] = verdict

    def goes_on(self, left: Callable[[], Samples | None], *, may_write: bool) -> Samples | None:
        """Begin the next look, if there is one; return its sound, shape (n,).

        `left` returns what the canceller left, if that is another sound. Nothing is written unless it `may_write`.
        """
        look, verdict, alone = self.under_way, self.verdicts[self.under_way], self.verdicts.get(Look.ALONE)
        if look is Look.LEFT or (look is Look.ALONE and not self.writes and self._is_call(verdict)):
            return None
        if look is Look.ALONE and not self.writes:
            return self._begin(Look.WHOLE, self.submitted.utterance.samples)
        if look is Look.WHOLE and not self.writes and may_write and self._can_write(verdict):
            return self._begin(Look.WHOLE, self.submitted.utterance.samples, writes=True)
        if look is Look.WHOLE and may_write and self._counts_alone and alone and self._can_write(alone):
            return self._begin(Look.ALONE, self.submitted.alone, writes=True)
        if self.outcome.meaning is None and (sound := left()) is not None:
            return self._begin(Look.LEFT, sound)
        return None

    @property
    def outcome(self) -> Verdict:
        """What the utterance was, after the looks so far."""
        left, whole = self.verdicts.get(Look.LEFT), self.verdicts.get(Look.WHOLE)
        if left is not None and self._is_call(left) and left.confidence >= _LIKELY:
            return replace(left, sure=False)
        return self.verdicts[Look.ALONE] if whole is None or self._counts_alone else whole

    @property
    def _counts_alone(self) -> bool:
        """Whether the whole means nothing because the piece before it is no part of the answer."""
        behind = self.submitted.behind
        return behind is not None and self.verdicts[Look.WHOLE].meaning is None and behind.says_nothing(self.reader)

    def _begin(self, look: Look, sound: Samples, *, writes: bool = False) -> Samples:
        self.under_way, self.writes = look, writes
        return sound

    def _can_write(self, verdict: Verdict) -> bool:
        return self.reader is not None and verdict.can_be_written

    def _is_call(self, verdict: Verdict) -> bool:
        return is_call(verdict, self.submitted.phrases)


def is_call(verdict: Verdict, phrases: Sequence[Phrase]) -> bool:
    """Whether what was said is a call, which is obeyed at any time."""
    return any(phrase.is_call for phrase in phrases if phrase.meaning == verdict.meaning)
