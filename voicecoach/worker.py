"""Worker processes: a module of this program in a process of its own, started in one way and ended at a time limit.

The child's side is `worker_child.serve`. What a worker gives as a reason is put into a sentence by who started it.
"""

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

import voicecoach
from voicecoach.worker_child import Failure

_END = object()


class WorkerError(Exception):
    """The worker process can't answer any more."""


class WorkerHung(WorkerError):  # noqa: N818
    """The worker process had not answered in time, and has been ended."""


class WorkerDied(WorkerError):  # noqa: N818
    """The worker process has ended; `reason` is the last that it said, None where it said nothing."""

    def __init__(self, reason: Failure | None = None) -> None:
        super().__init__(reason.reason if reason else "it gave no reason")
        self.reason = reason


class WorkerClosed(WorkerError):  # noqa: N818
    """The worker process was closed by whoever started it."""


class Worker:
    """A process that runs a module with `serve` in it. It starts at once; requests go in, replies come out in order.

    What is in the current directory is never imported instead of what is installed. Safe to use from several threads,
    as long as one at a time waits for replies. Close it when done.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._failure: WorkerError | None = None
        self._ready = False
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._process = _start(module, arguments)
        self._threads = (
            threading.Thread(target=_write, args=(self._process.stdin, self._requests), daemon=True),
            threading.Thread(target=_read, args=(self._process, self._replies), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process id of the worker, so that its memory can be measured."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether the worker has ended, so that it can't answer any more."""
        return self._failure is not None or self._process.poll() is not None

    def answer(self, request: object, within_seconds: float) -> Any:
        """Return the reply to a request, loading included. Raises WorkerError where there is none in time."""
        by = time.monotonic() + within_seconds
        self.send(request)
        self.is_ready(by, wait=True)
        return self.receive(by, wait=True)

    def send(self, request: object) -> None:
        """Hand a request to the worker without waiting."""
        self._requests.put(request)

    def is_ready(self, by_seconds: float, *, wait: bool) -> bool:
        """Return whether the worker has loaded what it needs.

        Raises WorkerError where it has ended, or has not though `by_seconds` of the monotonic clock is over.
        """
        self._ready = self._ready or self._take(by_seconds, wait=wait) is not None
        return self._ready

    def receive(self, by_seconds: float, *, wait: bool) -> Any:
        """Return the next reply of a worker that is ready; None where there is none yet.

        Raises WorkerError where it has ended, or there is none though `by_seconds` of the monotonic clock is over.
        """
        return self._take(by_seconds, wait=wait)

    def end(self) -> None:
        """End the worker process at once, without waiting until it has; calling it again does nothing."""
        self._failure = self._failure or WorkerClosed()
        self._process.kill()
        self._requests.put(_END)

    def close(self) -> None:
        """End the worker process and wait until it has; calling it again does nothing."""
        self.end()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        for thread in self._threads:
            thread.join(timeout=1)

    def _take(self, by_seconds: float, *, wait: bool) -> Any:
        if self._failure:
            raise self._failure
        try:
            limit = max(by_seconds - time.monotonic(), 0.0)
            reply = self._replies.get(timeout=limit) if wait else self._replies.get_nowait()
        except queue.Empty:
            if time.monotonic() >= by_seconds:
                self._fail(WorkerHung())
            return None
        if reply is _END:
            self._fail(WorkerDied())
        if isinstance(reply, Failure):
            self._fail(WorkerDied(reply))
        return reply

    def _fail(self, failure: WorkerError) -> NoReturn:
        self._failure = self._failure or failure
        self.end()
        raise self._failure


def _start(module: str, arguments: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """Start Python with a safe path: -P, and no entry of PYTHONPATH that stands for the current directory."""
    package_parent = str(Path(voicecoach.__file__).parent.parent)
    search = [package_parent, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(search), "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
    )


def _write(pipe: IO[bytes], requests: "queue.SimpleQueue[Any]") -> None:
    with suppress(OSError), pipe:
        while (request := requests.get()) is not _END:
            pipe.write(pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
            pipe.flush()


def _read(process: "subprocess.Popen[bytes]", replies: "queue.SimpleQueue[Any]") -> None:
    assert process.stdout is not None
    with suppress(OSError, EOFError, pickle.UnpicklingError), process.stdout as pipe:
        while True:
            replies.put(pickle.load(pipe))
    replies.put(_END)
    process.wait()
