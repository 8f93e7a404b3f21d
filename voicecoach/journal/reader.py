"""Reading the journal, which reading never changes; a session can be under way meanwhile."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.journal import records
from voicecoach.journal.journal_folder import journal_file, sidecars
from voicecoach.journal.schema import MIGRATIONS, NewerVersionError, NotAJournalError, migrate, version_of
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.small_files import check_file, reason

_SESSION = (
    "id, kind, programme, title, profile, language, voice, recogniser, software, started_at, utc_offset_seconds, "
    "last_sample, outcome, side, pain_first, pain_last, repetitions, holds, adverse, continues, audio"
)
_Made = TypeVar("_Made", bound=records.Record)
_Struct = TypeVar("_Struct", bound=msgspec.Struct)


class Reader:
    """Reads what is in a journal; sessions come in the order in which they were begun."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through an open connection; a byte in the file that is no text becomes a replacement character."""
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        self._connection = connection

    def sessions(self, *, last: int | None = None) -> list[records.Session]:
        """Return all sessions, or only so many of the latest, in the order in which they were begun."""
        rows = self._rows(f"SELECT {_SESSION} FROM session ORDER BY id DESC LIMIT ?", (-1 if last is None else last,))
        return [_session(row) for row in reversed(rows)]

    def count(self) -> int:
        """Return how many sessions the journal has."""
        return int(self._rows("SELECT count(*) FROM session")[0][0])

    def session(self, session_id: int) -> records.Session:
        """Return one session by its number. Raises VoicecoachError where there is no such session."""
        rows = self._rows(f"SELECT {_SESSION} FROM session WHERE id = ?", (session_id,))
        if not rows:
            raise VoicecoachError(f"There is no session {session_id} in the journal; voicecoach history lists them.")
        return _session(rows[0])

    def told(self, session_id: int) -> records.Told:
        """Return all that is known of one session. Raises VoicecoachError where there is no such session."""
        session, one = self.session(session_id), (session_id,)
        return records.Told(
            session, self.steps(one), self.heard(one), self.answers(one), self.pains(one), self.repetitions(one),
            self.holds(one), self.commands(one), self.adverse(one), self.devices(one), self.underruns(one),
            self.not_understood(one),
        )  # fmt: skip

    def steps(self, sessions: Sequence[int] | None = None) -> list[records.Step]:
        """Return the steps that some sessions, by their ids, or all sessions came to, in their order."""
        return self._made(records.Step, "step", "step", sessions)

    def heard(self, sessions: Sequence[int] | None = None) -> list[records.Heard]:
        """Return what was said in some sessions, by their ids, or in all, in its order."""
        return self._made(records.Heard, "heard", "words, meaning, sure, confidence, margin", sessions, sure=bool)

    def answers(self, sessions: Sequence[int] | None = None) -> list[records.Answer]:
        """Return the answers to questions of some sessions, by their ids, or of all, in their order."""
        columns = "question, answer, heard, asked, confidence, margin, taken_back"
        return self._made(records.Answer, "answer", columns, sessions, taken_back=bool)

    def not_understood(self, sessions: Sequence[int] | None = None) -> list[records.NotUnderstood]:
        """Return the words that meant nothing to a question in some sessions, by their ids, or in all, in order."""
        return self._made(records.NotUnderstood, "not_understood", "question, words", sessions)

    def latest_answers(self, questions: Sequence[str]) -> dict[int, str]:
        """Return the last answer that stands in each session to one of these questions, by the session's id."""
        chosen = ", ".join("?" * len(questions))
        query = f"SELECT session, answer FROM answer WHERE question IN ({chosen}) AND NOT taken_back ORDER BY rowid"
        return {int(session): str(answer) for session, answer in self._rows(query, questions)}

    def pains(self, sessions: Sequence[int] | None = None) -> list[records.Pain]:
        """Return the pain scores of some sessions, by their ids, or of all, in their order."""
        return self._made(records.Pain, "pain", "question, score", sessions)

    def repetitions(self, sessions: Sequence[int] | None = None) -> list[records.Repetition]:
        """Return the finished repetitions of some sessions, by their ids, or of all, in their order."""
        return self._made(records.Repetition, "repetition", "step, side, number_of_set, number", sessions)

    def holds(self, sessions: Sequence[int] | None = None) -> list[records.Hold]:
        """Return the holds kept to their ends of some sessions, by their ids, or of all, in their order."""
        columns = "ended_sample, step, side, number_of_set, repetition, phase"
        return self._made(records.Hold, "hold", columns, sessions, ended_sample=_seconds)

    def commands(self, sessions: Sequence[int] | None = None) -> list[records.Command]:
        """Return the commands obeyed in some sessions, by their ids, or in all, in their order."""
        return self._made(records.Command, "command", "command", sessions)

    def adverse(self, sessions: Sequence[int] | None = None) -> list[records.Adverse]:
        """Return the adverse events of some sessions, by their ids, or of all, in their order."""
        return self._made(records.Adverse, "adverse", "what", sessions)

    def devices(self, sessions: Sequence[int] | None = None) -> list[records.Device]:
        """Return the devices lost and back in some sessions, by their ids, or in all, in their order."""
        return self._made(records.Device, "device", "lost", sessions, lost=bool)

    def underruns(self, sessions: Sequence[int] | None = None) -> list[records.Underrun]:
        """Return the underruns of some sessions, by their ids, or of all, in their order."""
        return self._made(records.Underrun, "underrun", "lost_samples", sessions, lost_samples=_seconds)

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    def _made(
        self,
        kind: type[_Made],
        table: str,
        columns: str,
        sessions: Sequence[int] | None,
        **converted: Callable[[Any], Any],
    ) -> list[_Made]:
        chosen = "" if sessions is None else f"WHERE session IN ({', '.join('?' * len(sessions))})"
        names = columns.split(", ")
        rows = self._rows(
            f"SELECT session, sample, {columns} FROM {table} {chosen} ORDER BY session, rowid", sessions or ()
        )
        converts = [converted.get(name) for name in names]
        with _values_of_their_kinds():
            return [
                _checked(
                    kind,
                    row[0],
                    _seconds(row[1]),
                    *(
                        value if convert is None or value is None else convert(value)
                        for value, convert in zip(row[2:], converts, strict=True)
                    ),
                )
                for row in rows
            ]


@contextmanager
def read_journal(folder: Path) -> Iterator[Reader]:
    """Open the journal of a folder to read it; where there is none yet, it has no sessions.

    Raises VoicecoachError where it can't be read.
    """
    file = journal_file(folder)
    try:
        connection = _connect(file)
    except (OSError, sqlite3.Error, NewerVersionError, NotAJournalError) as error:
        raise VoicecoachError(unreadable(file, error)) from None
    try:
        yield Reader(connection)
    except sqlite3.Error as error:
        raise VoicecoachError(unreadable(file, error)) from None
    finally:
        connection.close()


def unreadable(file: Path, error: Exception) -> str:
    """Return the sentence that says why a journal can't be read, and what to do."""
    if isinstance(error, NewerVersionError):
        return f"The journal {file} was written by a newer voicecoach; read it with that one, or update this one."
    if isinstance(error, NotAJournalError):
        return f"{file} is no journal of voicecoach; move it elsewhere."
    if isinstance(error, sqlite3.OperationalError | OSError):
        return f"The journal {file} can't be read ({reason(error)}); make it readable, and its folder writable."
    return f"The journal {file} is damaged ({reason(error)}); the next session puts it aside and begins a new one."


def _connect(file: Path) -> sqlite3.Connection:
    if not file.exists():
        return _migrated(sqlite3.connect(":memory:"))
    check_file(file)
    try:
        connection, version = _opened(file, "mode=ro")
    except sqlite3.OperationalError:
        if any(path.exists() for path in sidecars(file)):
            raise
        connection, version = _opened(file, "immutable=1")
    if version == len(MIGRATIONS):
        return connection
    with closing(connection) as older:
        return _migrated(sqlite3.connect(":memory:"), older)


def _opened(file: Path, how: str) -> tuple[sqlite3.Connection, int]:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True)
    with _closed_if_refused(connection):
        return connection, version_of(connection)


def _migrated(connection: sqlite3.Connection, older: sqlite3.Connection | None = None) -> sqlite3.Connection:
    with _closed_if_refused(connection):
        if older is not None:
            older.backup(connection)
        migrate(connection)
    return connection


@contextmanager
def _closed_if_refused(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _seconds(samples: int) -> float:
    return samples / SAMPLES_PER_SECOND


def _session(row: tuple[Any, ...]) -> records.Session:
    started_at, offset_seconds, last_sample = row[9:12]
    with _values_of_their_kinds():
        zone = timezone(timedelta(seconds=offset_seconds))
        started = datetime.fromtimestamp(started_at, UTC).astimezone(zone)
        return _checked(records.Session, *row[:9], started, _seconds(last_sample), *row[12:])


def _checked(kind: type[_Struct], *values: Any) -> _Struct:
    return msgspec.convert(dict(zip(kind.__struct_fields__, values, strict=True)), kind)


@contextmanager
def _values_of_their_kinds() -> Iterator[None]:
    """Raise sqlite3.DatabaseError for a value that no session could have written."""
    try:
        yield
    except (TypeError, ValueError, OverflowError, OSError):
        raise sqlite3.DatabaseError("a value in it is of a wrong kind") from None
