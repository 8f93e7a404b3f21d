"""A journal of many sessions: `python -m checks.large_journal FOLDER [SESSIONS]`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.writer import connect

SETS, REPETITIONS, QUESTIONS, PAINS = 3, 25, 25, 5
DAY = 86_400
_SESSION = (
    "INSERT INTO session (kind, programme, title, fingerprint, language, voice, recogniser, software, started_at, "
    "utc_offset_seconds, last_sample, outcome, side, pain_first, pain_last, repetitions, holds, adverse) "
    "VALUES ('live', 'calf', 'Calf pain', '', 'en', 'default', 'moonshine-tiny-en', '0.1.0', ?, 3600, 20000000, "
    "'complete', 'left', ?, ?, ?, ?, 0)"
)


def write(folder: Path, sessions: int, repetitions: int = REPETITIONS) -> None:
    """Write a journal in which a person has done so many sessions of three sets, one a day."""
    journal = open_journal(folder, sys.exit)
    assert journal is not None
    numbers = range(1, sessions + 1)
    with closing(journal), closing(connect(journal_file(folder))) as connection:
        connection.execute("BEGIN")
        done = SETS * repetitions
        connection.executemany(_SESSION, ((1e9 + n * DAY, 5 - n % 3, n % 4, done, 2 * done) for n in numbers))
        tables: tuple[tuple[str, Callable[[int], Iterator[tuple[Any, ...]]]], ...] = (
            (
                "answer",
                lambda n: ((n, q * 9000, f"question_{q}", "yes", "yes", 1, 0.9, 5.0, 0) for q in range(QUESTIONS)),
            ),
            ("heard", lambda n: ((n, q * 9000, "yes", "yes", 1, 0.9, 5.0) for q in range(QUESTIONS))),
            ("step", lambda n: ((n, q * 9000, f"step_{q}") for q in range(QUESTIONS))),
            ("pain", lambda n: ((n, q * 90_000, f"pain_{q}", (n + q) % 6) for q in range(PAINS))),
            ("repetition", lambda n: _repetitions(n, repetitions)),
            ("hold", lambda n: _holds(n, repetitions)),
        )
        for table, rows in tables:
            rows_of = (row for n in numbers for row in rows(n))
            first = next(rows_of)
            places = ", ".join("?" * len(first))
            connection.execute(f"INSERT INTO {table} VALUES ({places})", first)
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows_of)
        connection.execute("COMMIT")


def _repetitions(session: int, repetitions: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, SETS + 1):
        for repetition in range(1, repetitions + 1):
            yield session, repetition * 144_000, "flossing", "left", number, repetition


def _holds(session: int, repetitions: int) -> Iterator[tuple[Any, ...]]:
    for _, sample, step, side, number, repetition in _repetitions(session, repetitions):
        for phase in ("down", "up"):
            yield session, sample, sample + 48_000, step, side, number, repetition, phase


if __name__ == "__main__":
    write(Path(sys.argv[1]), int([*sys.argv[2:], "10000"][0]))
