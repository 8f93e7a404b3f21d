"""The recogniser in a process of its own, so that hearing never holds up the sound, started again when it dies."""

import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_choice import MOONSHINE, RecogniserChoice
from voicecoach.worker import Worker, WorkerClosed, WorkerDied, WorkerError, WorkerHung

_CHILD = "voicecoach.hearing.recogniser_child"
_REMEDY = "start the program again"


class RecogniserDied(VoicecoachError):  # noqa: N818
    """The recogniser's process has ended, or did not answer and was ended; a new one may well work."""


class RecogniserProcess:
    """Starts the recogniser at once and returns; utterances go in by `submit`, verdicts come back by `collect`.

    A child that needs longer than `load_within_seconds`
    to load, or `answer_within_seconds` for one utterance, counts as hung.
    """

    def __init__(
        self,
        choice: RecogniserChoice = MOONSHINE,
        *,
        load_within_seconds: float = 60.0,
        answer_within_seconds: float = 20.0,
    ) -> None:
        self._answer_within_seconds = answer_within_seconds
        self._load_by = time.monotonic() + load_within_seconds
        self._ready_at = math.nan
        self._asked_at: deque[float] = deque()
        self.name = choice.name
        folder = [str(choice.folder)] if choice.folder else []
        self._worker = Worker(_CHILD, choice.engine, choice.language, *folder)

    @property
    def pid(self) -> int:
        """The process id of the recogniser, so that its memory can be measured."""
        return self._worker.pid

    def wait_ready(self) -> None:
        """Return when the model is loaded; raise VoicecoachError, in the child's words, when it cannot be."""
        self._is_ready(wait=True)

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Hand over one utterance, shape (n,), without waiting; its verdict will carry `ticket`."""
        self._asked_at.append(time.monotonic())
        self._worker.send((ticket, samples, tuple(phrases), writes))

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket; None where none has come yet or, with `wait`, where none is due.

        Raises RecogniserDied when the process has ended or owes an answer for too long, VoicecoachError when its model
        could not be loaded.
        """
        wait = wait and bool(self._asked_at)
        if not self._is_ready(wait):
            return None
        answer_by = math.inf
        if self._asked_at:
            answer_by = max(self._asked_at[0], self._ready_at) + self._answer_within_seconds
        try:
            reply = self._worker.receive(answer_by, wait=wait)
        except WorkerError as error:
            raise RecogniserDied(_sentence(error)) from None
        if reply is None:
            return None
        self._asked_at.popleft()
        ticket, verdict = reply
        return ticket, verdict

    def end(self) -> None:
        """End the process at once, without waiting until it has; calling it again does nothing."""
        self._worker.end()

    def close(self) -> None:
        """End the process and wait until it has; calling it again does nothing."""
        self._worker.close()

    @property
    def is_ready(self) -> bool:
        """Whether the model is loaded. Raises VoicecoachError where it can't be."""
        return self._is_ready(wait=False)

    def _is_ready(self, wait: bool) -> bool:
        try:
            if math.isnan(self._ready_at) and self._worker.is_ready(self._load_by, wait=wait):
                self._ready_at = time.monotonic()
        except WorkerError as error:
            refused = isinstance(error, WorkerDied) and error.reason
            raise (VoicecoachError if refused else RecogniserDied)(_sentence(error)) from None
        return not math.isnan(self._ready_at)


def _sentence(error: WorkerError) -> str:
    if isinstance(error, WorkerClosed):
        return f"The speech recogniser has been closed; {_REMEDY}."
    if not isinstance(error, WorkerDied):
        return f"The speech recogniser no longer answers; {_REMEDY}."
    if error.reason is None:
        return f"The speech recogniser's process ended unexpectedly; {_REMEDY}."
    if error.reason.is_sentence:
        return error.reason.reason
    return f"The speech recogniser failed ({error.reason.reason}); {_REMEDY}."


_NOT_UNDERSTOOD = Verdict(None, "", float("-inf"), 0.0, 0.0, sure=False)


class RecogniserGone(VoicecoachError):  # noqa: N818
    """One recogniser after another has died, or the last was ended as it did not answer; a new one hardly helps now."""


@dataclass(frozen=True)
class RestartLimits:
    """When a recogniser is given up: after so many deaths in so short a time, or when it owes an answer so long."""

    deaths: int = 3
    within_seconds: float = 60.0
    answer_within_seconds: float = 10.0
    try_again_after_seconds: float = 30.0
    """By whom goes without one meanwhile."""


class _Owed(NamedTuple):
    """An utterance that is not answered yet."""

    ticket: int
    samples: Samples
    phrases: Sequence[Phrase]
    writes: bool


class RestartingRecogniser:
    """A RecogniserAtWork that hands what a dead recogniser had not answered to its successor.

    One that two recognisers have died of counts as not understood, and the person is asked again. `clock` counts
    seconds.
    """

    def __init__(
        self,
        start: Callable[[], RecogniserProcess] = RecogniserProcess,
        limits: RestartLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._start = start
        self._limits = limits or RestartLimits()
        self._clock = clock
        self._process = start()
        self._open: deque[_Owed] = deque()
        self._tried_again: int | None = None
        self._deaths: deque[float] = deque(maxlen=self._limits.deaths)
        self._since = clock()
        """When it began to owe the oldest answer; where it owes none, any time before."""

    @property
    def pid(self) -> int:
        """The process id of the recogniser that is at work now."""
        return self._process.pid

    @property
    def owed(self) -> list[int]:
        """The tickets of the utterances that are not answered yet."""
        return [owed.ticket for owed in self._open]

    @property
    def is_ready(self) -> bool:
        """Whether the recogniser's model is loaded. Raises VoicecoachError where it has died or can't load it."""
        return self._process.is_ready

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,), without waiting; its verdict will carry `ticket`."""
        if not self._open:
            self._since = self._clock()
        self._open.append(_Owed(ticket, samples, phrases, writes))
        self._process.submit(ticket, samples, phrases, writes=writes)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket; None where there is none yet.

        Raises RecogniserGone where starting again has been of no use, VoicecoachError where the model can't be loaded.
        """
        try:
            answer = self._process.collect(wait)
        except RecogniserDied as error:
            return self._restart(error)
        if answer is not None:
            self._open.popleft()
            self._since = self._clock()
        elif self._open and self._clock() >= self._since + self._limits.answer_within_seconds:
            self._process.end()
            raise RecogniserGone(_sentence(WorkerHung()))
        return answer

    def _restart(self, error: RecogniserDied) -> tuple[int, Verdict] | None:
        self._deaths.append(self._clock())
        many = len(self._deaths) == self._limits.deaths
        if many and self._deaths[-1] < self._deaths[0] + self._limits.within_seconds:
            raise RecogniserGone(str(error)) from None
        answer = None
        if self._open and self._open[0].ticket == self._tried_again:
            answer = (self._open.popleft().ticket, _NOT_UNDERSTOOD)
        self._tried_again = self._open[0].ticket if self._open else None
        self._process = self._start()
        for owed in self._open:
            self._process.submit(owed.ticket, owed.samples, owed.phrases, writes=owed.writes)
        return answer

    def close(self) -> None:
        """End the recogniser's process."""
        self._process.close()


class ForgoneRecogniser:
    """Goes without a recogniser that is gone, and tries a new one now and then, so that keys can hold the session.

    What it is gone over counts as not understood, and `warn` is told why, once each time. `clock` counts seconds.
    """

    def __init__(
        self,
        start: Callable[[], RestartingRecogniser],
        warn: Callable[[str], object],
        limits: RestartLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._start = start
        self._warn = warn
        self._limits = limits or RestartLimits()
        self._clock = clock
        self._at_work: RestartingRecogniser | None = start()
        self._is_new = False
        self._try_at = math.inf
        self._not_understood: deque[int] = deque()

    def hears(self) -> bool:
        """Whether there is a recogniser; a new one is tried when it is time, without waiting for it."""
        if self._at_work is None and self._clock() >= self._try_at:
            self._at_work, self._is_new = self._start(), True
        if self._is_new and self._at_work is not None:
            try:
                self._is_new = not self._at_work.is_ready
            except VoicecoachError as error:
                self._go_without(str(error))
        return self._at_work is not None and not self._is_new

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,), or leave it unanswered where there is no recogniser."""
        if self._at_work is None:
            self._not_understood.append(ticket)
        else:
            self._at_work.submit(ticket, samples, phrases, writes=writes)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket, if any. Raises VoicecoachError if no model can be loaded."""
        if self._not_understood:
            return self._not_understood.popleft(), _NOT_UNDERSTOOD
        try:
            return None if self._at_work is None else self._at_work.collect(wait)
        except RecogniserGone as error:
            self._go_without(str(error))
            return None

    def _go_without(self, why: str) -> None:
        assert self._at_work is not None
        self._not_understood += self._at_work.owed
        self._at_work, self._is_new = None, False
        self._try_at = self._clock() + self._limits.try_again_after_seconds
        self._warn(f"Nothing can be understood now. {why} Keys go on working; voicecoach doctor shows what is wrong.")

    def close(self) -> None:
        """End the recogniser's process, if there is one."""
        if self._at_work is not None:
            self._at_work.close()
