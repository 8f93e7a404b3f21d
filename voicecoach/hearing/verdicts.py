"""When a verdict counts: live as soon as the recogniser has it; in virtual time at a sample that can be fixed."""

import time
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.samples import samples


class RecogniserAtWork(Protocol):
    """Interface: a recogniser that is given utterances and answers later.

    One that `writes` also writes out, as well as it can, what is not sure.
    """

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,), without waiting; its verdict will carry `ticket`."""
        ...

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket, if there is one; with `wait`, wait for it."""
        ...


class Deciding(Protocol):
    """Interface: decides what utterances were, in the order in which they were handed over; `writes` as there."""

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,), at sample `at`."""
        ...

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        """Return the oldest verdict that is there at sample `at`, with its ticket."""
        ...


class LiveDeciding:
    """The Deciding of a live session: a verdict is there as soon as the recogniser has it."""

    def __init__(self, recogniser: RecogniserAtWork) -> None:
        self._recogniser = recogniser

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,)."""
        del at
        self._recogniser.submit(ticket, sound, phrases, writes=writes)

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket, if there is one."""
        del at
        return self._recogniser.collect(wait=False)


class VirtualDeciding:
    """The Deciding of virtual time: a verdict is there `seconds` later or, where None, after as long as it took.

    With seconds given a run can be repeated to the sample.
    """

    def __init__(self, recogniser: RecogniserAtWork, seconds: float | None = 0.1) -> None:
        self._recogniser = recogniser
        self._seconds = seconds
        self._due: deque[tuple[int, tuple[int, Verdict]]] = deque()
        self._submitted: deque[int] = deque()
        self._free_at = 0
        self.waited_seconds = 0.0
        """Wall time spent here in waiting for measured verdicts."""

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,), at sample `at`."""
        began = time.perf_counter()
        self._recogniser.submit(ticket, sound, phrases, writes=writes)
        if self._seconds is not None:
            self._submitted.append(at + samples(self._seconds))
            return
        answer = self._recogniser.collect(wait=True)
        took = time.perf_counter() - began
        self.waited_seconds += took
        if answer is not None:
            self._free_at = max(self._free_at, at) + samples(took)
            self._due.append((self._free_at, answer))

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        """Return the oldest verdict that is due at sample `at`, with its ticket; wait for it."""
        if self._due and at >= self._due[0][0]:
            return self._due.popleft()[1]
        if self._submitted and at >= self._submitted[0]:
            self._submitted.popleft()
            return self._recogniser.collect(wait=True)
        return None
