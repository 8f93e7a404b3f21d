"""Forgetting sessions for good: from the tables, the free pages and the log, with the sound that was kept of them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from voicecoach.errors import VoicecoachError
from voicecoach.journal.open_journal import OpenJournal
from voicecoach.journal.writer import connect
from voicecoach.small_files import reason

_STATES_OF = """
    WITH RECURSIVE gone(id) AS (SELECT id FROM forgotten UNION
        SELECT session.id FROM session JOIN gone ON session.continues = gone.id)
    UPDATE session SET state = NULL WHERE id IN gone
"""
"""What a session could be gone on with holds the answers of the sessions that it continues."""


def forget(journal: OpenJournal, sessions: Sequence[int]) -> None:
    """Remove these sessions and all that belongs to them. Raises VoicecoachError where that can't be done."""
    try:
        with closing(connect(journal.file)) as connection:
            connection.execute("PRAGMA busy_timeout = 1000")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("CREATE TEMP TABLE forgotten (id INTEGER PRIMARY KEY)")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", [(one,) for one in sessions])
            sounds = connection.execute("SELECT audio FROM session WHERE id IN forgotten AND audio IS NOT NULL")
            names = [name for (name,) in sounds.fetchall()]
            connection.execute(_STATES_OF)
            connection.execute("DELETE FROM session WHERE id IN forgotten")
            for name in names:
                journal.file.with_name(name).unlink(missing_ok=True)
            connection.execute("COMMIT")
            _leave_nothing(connection)
    except (OSError, sqlite3.Error) as error:
        raise VoicecoachError(_not_forgotten(journal.file, error)) from None


def forget_all(journal: OpenJournal) -> None:
    """Remove the journal, files put aside, and all sound kept. Raises VoicecoachError where they can't be removed."""
    try:
        for file in journal.file.parent.iterdir():
            if file.suffix == ".flac" or (file.name.startswith(journal.file.stem) and file.suffix != ".lock"):
                file.unlink()
    except OSError as error:
        raise VoicecoachError(_not_forgotten(journal.file, error)) from None


def _leave_nothing(connection: sqlite3.Connection) -> None:
    for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        row = connection.execute(statement).fetchone()
        if row is not None and row[0]:
            raise sqlite3.OperationalError("somebody is reading it")


def _not_forgotten(file: Path, error: Exception) -> str:
    return (
        f"Not everything is forgotten: {file} can't be changed ({reason(error)}); "
        "make its folder writable, close what else reads it, and try again."
    )
