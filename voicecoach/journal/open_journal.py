"""Opening the journal for a session: one session at a time, and a file that can't be used is put aside, never lost."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout

from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_file, make_private, sidecars
from voicecoach.journal.reader import unreadable
from voicecoach.journal.schema import NewerVersionError, NotAJournalError, migrate
from voicecoach.journal.writer import connect
from voicecoach.small_files import check_file, reason

Warn = Callable[[str], object]


def open_journal(folder: Path, warn: Warn) -> "OpenJournal | None":
    """Return the journal of a folder, ready to be written; None, after a sentence, where that can't be.

    A file that is damaged, of a newer version, or no journal at all is put aside under another name, and a new one is
    begun. Raises VoicecoachError where another session is under way with it.
    """
    try:
        make_private(folder)
        lock = FileLock(folder / "journal.lock", mode=0o600)
        lock.acquire(timeout=0)
    except Timeout:
        raise VoicecoachError(
            f"Another session is under way, with the journal in {folder}; end that one first."
        ) from None
    except OSError as error:
        warn(not_kept(folder, error))
        return None
    file = journal_file(folder)
    try:
        try:
            _prepare(file)
        except (NewerVersionError, NotAJournalError, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            aside = _put_aside(file)
            warn(f"{unreadable(file, error).partition(';')[0]}; it is kept as {aside.name}, and a new one is begun.")
            _prepare(file)
    except (OSError, sqlite3.Error) as error:
        lock.release()
        warn(not_kept(folder, error))
        return None
    return OpenJournal(file, lock, warn)


def not_kept(folder: Path, error: Exception) -> str:
    """Return the sentence that says that, and why, a session is not kept in the journal."""
    return (
        f"What happens is not kept: the journal in {folder} can't be written ({reason(error)}); "
        "make room there and make it writable. The session goes on."
    )


class OpenJournal:
    """A journal that can be written, locked for this process. The lock ends with the process, however that ends."""

    def __init__(self, file: Path, lock: FileLock, warn: Warn) -> None:
        """Take over the lock and the file of the journal."""
        self.file = file
        self.warn = warn
        self._lock = lock

    def close(self) -> None:
        """Release the lock, so that other processes can write the journal."""
        self._lock.release()


def _prepare(file: Path) -> None:
    """Make of a file, or of none, a sound journal of this version."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o600))
    check_file(file)
    with closing(connect(file)) as connection:
        migrate(connection)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("its pages contradict each other")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


def _put_aside(file: Path) -> Path:
    """Rename a journal and its sidecars, over nothing that is there. Raises OSError."""
    number = 1
    while (aside := file.with_name(f"{file.stem}.aside-{number}{file.suffix}")).exists():
        number += 1
    for old, new in zip([file, *sidecars(file)], [aside, *sidecars(aside)], strict=True):
        if old.exists():
            old.rename(new)
    return aside
