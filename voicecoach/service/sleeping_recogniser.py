"""The sleeping recogniser: loaded when somebody speaks, and closed when nobody has spoken for a while."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from voicecoach.blocks import Samples
from voicecoach.hearing.judgement import NOTHING
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.verdicts import RecogniserAtWork
from voicecoach.samples import samples

LONGEST_REQUEST_SECONDS = 3.0
"""Nobody takes longer to ask for a session; what lasts longer is talk, on which no computing is spent."""


class ClosableRecogniser(RecogniserAtWork, Protocol):
    """Interface: a RecogniserAtWork that holds memory, and processes, until it is closed."""

    def close(self) -> None:
        """End the recogniser's processes and free its memory."""
        ...


class NoRecogniser:
    """Stands in for a recogniser that can't be had: nothing is understood."""

    def __init__(self) -> None:
        self._tickets: deque[int] = deque()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Take an utterance, shape (n,)."""
        del sound, phrases, writes
        self._tickets.append(ticket)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the verdict that an utterance meant nothing; None where none is owed."""
        del wait
        return (self._tickets.popleft(), NOTHING) if self._tickets else None

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


class SleepingRecogniser:
    """Hands what may be the wake word to a recogniser that is loaded only when needed. Close it when done."""

    def __init__(self, load: Callable[[], ClosableRecogniser]) -> None:
        self._load = load
        self._awake: ClosableRecogniser | None = None
        self._open = 0
        self._too_long: deque[int] = deque()

    @property
    def is_awake(self) -> bool:
        """Whether the recogniser is loaded, or being loaded."""
        return self._awake is not None

    def wake(self) -> None:
        """Begin to load the recogniser, so that it is there when the first words are over."""
        self._woken()

    def sleep(self) -> None:
        """Close the recogniser, unless it owes an answer."""
        if not self._open:
            self.close()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,); it waits for a recogniser that is still being loaded."""
        if sound.size > samples(LONGEST_REQUEST_SECONDS):
            self._too_long.append(ticket)
            return
        self._woken().submit(ticket, sound, phrases, writes=writes)
        self._open += 1

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket, if any. Raises VoicecoachError if no model can be loaded."""
        if self._too_long:
            return self._too_long.popleft(), NOTHING
        answer = self._awake.collect(wait) if self._awake else None
        if answer is not None:
            self._open -= 1
        return answer

    def close(self) -> None:
        """Close the recogniser, whatever it owes."""
        if self._awake is not None:
            self._awake.close()
        self._awake, self._open = None, 0

    def _woken(self) -> ClosableRecogniser:
        if self._awake is None:
            self._awake = self._load()
        return self._awake
