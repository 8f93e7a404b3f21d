"""Writing the journal in a thread of its own, so that nobody waits for a slow disk; each batch is kept whole."""

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class _Batch:
    statements: tuple[Statement, ...]
    durable: bool
    written: threading.Event = field(default_factory=threading.Event)


class Writer:
    """Writes batches in their order, each wholly or not at all, and all that wait in one go.

    The first failure is told once and ends the writing.
    """

    def __init__(self, file: Path, failed: Callable[[sqlite3.Error], object]) -> None:
        """Start the writing thread. `failed` is called in that thread."""
        self._file = file
        self._failed = failed
        self._batches: queue.SimpleQueue[_Batch | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def put(self, *statements: Statement, durable: bool, wait: bool = False) -> None:
        """Hand a batch over; a durable one is on the disk once it is written, even if the power fails."""
        batch = _Batch(statements, durable)
        self._batches.put(batch)
        if wait:
            batch.written.wait()

    def close(self) -> None:
        """Write what has been handed over, and end the thread."""
        self._batches.put(None)
        self._thread.join()

    def _write(self) -> None:
        with ExitStack() as stack:
            connection: sqlite3.Connection | None = None
            failed = False
            while batches := self._waiting():
                try:
                    if not failed:
                        connection = connection or stack.enter_context(closing(connect(self._file)))
                        _commit(connection, batches)
                except sqlite3.Error as error:
                    failed = True
                    self._failed(error)
                for batch in batches:
                    batch.written.set()

    def _waiting(self) -> list[_Batch]:
        """Return the batches that wait, once there are some; none once all is over."""
        batches = []
        batch = self._batches.get()
        while batch is not None:
            batches.append(batch)
            if self._batches.empty():
                return batches
            batch = self._batches.get()
        if batches:
            self._batches.put(None)
        return batches


def connect(file: Path) -> sqlite3.Connection:
    """Open a journal file to write in it. Raises sqlite3.Error."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _commit(connection: sqlite3.Connection, batches: Sequence[_Batch]) -> None:
    durable = any(batch.durable for batch in batches)
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for batch in batches:
            for statement, values in batch.statements:
                connection.execute(statement, values)
