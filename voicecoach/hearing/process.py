"""The recogniser in a process of its own, so that hearing never holds up the sound; no engine is imported here."""

import math
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

import voicecoach
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.choosing import MOONSHINE, RecogniserChoice
from voicecoach.hearing.contract import Phrase, Samples, Verdict

_CHILD = "voicecoach.hearing.recogniser_child"
_REMEDY = "start the program again"
_END = object()


class RecogniserDied(VoicecoachError):  # noqa: N818
    """The recogniser's process has ended or does not answer; a new one may well work."""


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
        self._failure: VoicecoachError | None = None
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.name = choice.name
        self._process = _start(choice)
        self._threads = (
            threading.Thread(target=_write, args=(self._process.stdin, self._requests), daemon=True),
            threading.Thread(target=_read, args=(self._process.stdout, self._replies), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process id, so that its memory can be measured."""
        return self._process.pid

    def wait_ready(self) -> None:
        """Return when the model is loaded; raise VoicecoachError, in the child's words, when it cannot be."""
        self._is_ready(wait=True)

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase]) -> None:
        """Hand over one utterance, shape (n,), without waiting; its verdict will carry `ticket`."""
        self._asked_at.append(time.monotonic())
        self._requests.put((ticket, samples, tuple(phrases)))

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
        reply = self._take(answer_by, wait)
        if reply is None:
            return None
        self._asked_at.popleft()
        ticket, verdict = reply
        return ticket, verdict

    def close(self) -> None:
        """End the process at once; calling it again does nothing."""
        self._failure = self._failure or RecogniserDied(f"The speech recogniser has been closed; {_REMEDY}.")
        self._process.kill()
        self._requests.put(_END)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        for thread in self._threads:
            thread.join(timeout=1)

    def _is_ready(self, wait: bool) -> bool:
        if math.isnan(self._ready_at) and self._take(self._load_by, wait):
            self._ready_at = time.monotonic()
        return not math.isnan(self._ready_at)

    def _take(self, by: float, wait: bool) -> Any:
        if self._failure:
            raise self._failure
        try:
            limit = max(by - time.monotonic(), 0.0)
            reply = self._replies.get(timeout=limit) if wait else self._replies.get_nowait()
        except queue.Empty:
            if time.monotonic() >= by:
                self._fail(RecogniserDied(f"The speech recogniser no longer answers; {_REMEDY}."))
            return None
        if reply is _END:
            self._fail(RecogniserDied(f"The speech recogniser's process ended unexpectedly; {_REMEDY}."))
        if isinstance(reply, str):
            self._fail(VoicecoachError(reply) if math.isnan(self._ready_at) else RecogniserDied(reply))
        return reply

    def _fail(self, failure: VoicecoachError) -> NoReturn:
        self._failure = failure
        self.close()
        raise failure


def _start(choice: RecogniserChoice) -> "subprocess.Popen[bytes]":
    package_parent = str(Path(voicecoach.__file__).parent.parent)
    search = os.pathsep.join(filter(None, (package_parent, os.environ.get("PYTHONPATH"))))
    arguments = [choice.engine, choice.language, *([str(choice.folder)] if choice.folder else [])]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _CHILD, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": search, "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
    )


def _write(pipe: IO[bytes], requests: "queue.SimpleQueue[Any]") -> None:
    with suppress(OSError), pipe:
        while (request := requests.get()) is not _END:
            pipe.write(pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
            pipe.flush()


def _read(pipe: IO[bytes], replies: "queue.SimpleQueue[Any]") -> None:
    with suppress(OSError, EOFError, pickle.UnpicklingError), pipe:
        while True:
            replies.put(pickle.load(pipe))
    replies.put(_END)
