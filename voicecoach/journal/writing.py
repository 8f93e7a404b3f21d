"""Writing in a thread of its own, so that nobody waits for a slow disk: what belongs together is kept together."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
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
    """Writes batches in their order, each wholly or not at all. The first failure is told once and ends the writing."""

    def __init__(self, file: Path, failed: Callable[[sqlite3.Error], object]) -> None:
        """Begin. `failed` is called in the thread of the writer."""
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
        """Write what has been handed over, and end."""
        self._batches.put(None)
        self._thread.join()

    def _write(self) -> None:
        failed = False
        with closing(connect(self._file)) as connection:
            while (batch := self._batches.get()) is not None:
                try:
                    if not failed:
                        _commit(connection, batch)
                except sqlite3.Error as error:
                    failed = True
                    self._failed(error)
                batch.written.set()


def connect(file: Path) -> sqlite3.Connection:
    """Open a journal to write in it. Raises sqlite3.Error."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _commit(connection: sqlite3.Connection, batch: _Batch) -> None:
    connection.execute(f"PRAGMA synchronous = {'FULL' if batch.durable else 'NORMAL'}")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in batch.statements:
            connection.execute(statement, values)
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
