"""A recogniser that is loaded when somebody speaks, and let go when nobody has spoken for a while."""

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
    """One that holds memory, and processes, until it is closed."""

    def close(self) -> None:
        """Let them go."""
        ...


class NoRecogniser:
    """Stands in for one that can't be had: nothing is understood."""

    def __init__(self) -> None:
        self._tickets: deque[int] = deque()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase]) -> None:
        """Take an utterance."""
        del sound, phrases
        self._tickets.append(ticket)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return that it meant nothing."""
        del wait
        return (self._tickets.popleft(), NOTHING) if self._tickets else None

    def close(self) -> None:
        """There is nothing to let go."""


class SleepingRecogniser:
    """Hands on what may be a request to a recogniser that is there only when it is needed. Close it when done."""

    def __init__(self, load: Callable[[], ClosableRecogniser]) -> None:
        self._load = load
        self._awake: ClosableRecogniser | None = None
        self._open = 0
        self._too_long: deque[int] = deque()

    @property
    def is_awake(self) -> bool:
        """Whether it is loaded, or being loaded."""
        return self._awake is not None

    def wake(self) -> None:
        """Begin to load it, so that it is there when the first words are over."""
        self._woken()

    def sleep(self) -> None:
        """Let it go, unless it owes an answer."""
        if not self._open:
            self.close()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase]) -> None:
        """Hand an utterance over; it waits for a recogniser that is still being loaded."""
        if sound.size > samples(LONGEST_REQUEST_SECONDS):
            self._too_long.append(ticket)
            return
        self._woken().submit(ticket, sound, phrases)
        self._open += 1

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return an answer, if there is one. Raises VoicecoachError where the model can't be loaded."""
        if self._too_long:
            return self._too_long.popleft(), NOTHING
        answer = self._awake.collect(wait) if self._awake else None
        if answer is not None:
            self._open -= 1
        return answer

    def close(self) -> None:
        """Let it go, whatever it owes."""
        if self._awake is not None:
            self._awake.close()
        self._awake, self._open = None, 0

    def _woken(self) -> ClosableRecogniser:
        if self._awake is None:
            self._awake = self._load()
        return self._awake
