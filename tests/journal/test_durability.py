"""On the disk even if the power fails: SQLite waits for it where `synchronous` is FULL, not where it is NORMAL."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.journal.kept import held
from voicecoach.journal.writer import Writer
from voicecoach.session import events

Ways = dict[str, set[str]]


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    """Return in which ways each kind of change was written."""
    connect, found = sqlite3.connect, Ways()

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **named)
        connection.set_trace_callback(_noting(found))
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    return found


def _noting(found: Ways) -> Callable[[str], None]:
    changes: list[str] = []
    way = ""

    def told(statement: str) -> None:
        nonlocal way
        changes.extend(
            re.findall(r"^(?:INSERT INTO|DELETE FROM|UPDATE session SET|UPDATE answer SET|CREATE TABLE) \w+", statement)
        )
        if (chosen := re.match(r"PRAGMA synchronous = (\w+)", statement)) is not None:
            way = chosen[1]
        if statement == "COMMIT" or statement.startswith("INSERT INTO session "):
            for change in changes:
                found.setdefault(change, set()).add(way)
            changes.clear()

    return told


def test_what_was_answered_and_done_is_on_the_disk_at_once(tmp_path: Path, ways: Ways) -> None:
    with held(tmp_path, waits=True) as kept:
        kept.go_until_asked("chest")
        kept.hear("no")
        kept.mumble_behind(kept.behind(said_seconds=0.2))
        kept.go_until_asked("pain_before")
        kept.hear("correct")
        kept.go_until_repetition(1, 2)
        kept.hear("slower")
        kept.hear("cramp")
        kept.tell(events.Interrupted(kept.now))
        kept.go_to_the_end()
    for row in ("session", "step", "answer", "pain", "repetition", "adverse"):
        assert ways[f"INSERT INTO {row}"] == {"FULL"}
    assert (
        ways["DELETE FROM answer"]
        == ways["UPDATE answer SET taken_back"]
        == ways["UPDATE session SET outcome"]
        == {"FULL"}
    )
    assert "NORMAL" in ways["INSERT INTO command"]


def test_what_waits_with_something_durable_is_durable_too(tmp_path: Path, ways: Ways) -> None:
    file, failures = tmp_path / "journal.sqlite3", list[sqlite3.Error]()
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as other,
        closing(Writer(file, failures.append)) as writer,
    ):
        other.execute("BEGIN IMMEDIATE")
        writer.put(("CREATE TABLE first (n)", ()), durable=False)
        writer.put(("CREATE TABLE second (n)", ()), durable=True)
        writer.put(("CREATE TABLE third (n)", ()), durable=False)
        other.execute("COMMIT")
    assert (ways["CREATE TABLE second"], failures) == ({"FULL"}, [])


def test_what_fails_is_told_as_it_was_and_keeps_nobody_else_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, timeout=0))
    file, failures = tmp_path / "journal.sqlite3", list[sqlite3.Error]()
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as other,
        closing(Writer(file, failures.append)) as writer,
    ):
        writer.put(("CREATE TABLE first (n)", ()), ("INSERT INTO nowhere VALUES (1)", ()), durable=True, wait=True)
        other.execute("CREATE TABLE second (n)")
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("second",)]
    assert [str(failure) for failure in failures] == ["no such table: nowhere"]


def test_a_journal_that_somebody_else_writes_is_told_to_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, timeout=0))
    file, failures = tmp_path / "journal.sqlite3", list[sqlite3.Error]()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(Writer(file, failures.append)) as writer:
            writer.put(("CREATE TABLE first (n)", ()), durable=True, wait=True)
    assert [str(failure) for failure in failures] == ["database is locked"]
