"""Journals as sessions would have left them, made in an instant."""

from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.session.puppet import SCREENING
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.schema import migrate
from voicecoach.journal.writer import connect
from voicecoach.samples import samples

TEST = ("marker_moves", "marker_massage", "slump_familiar", "slump_different", "slump_eases")


@dataclass
class Kept:
    """One session to be written to a journal; by default a calm one of the calf programme."""

    began: datetime
    sets: tuple[int, ...] = (25, 25, 25)
    pains: tuple[int, ...] = (3, 3, 2, 2, 1)
    """Before, after each set, at the end."""
    answers: list[tuple[str, str, str]] = field(default_factory=lambda: answers())
    adverse: tuple[tuple[str, str], ...] = ()
    """What happened, and the words heard."""
    outcome: str | None = "complete"
    programme: str = "calf"
    title: str = "Calf pain: the slump test and nerve flossing"
    kind: str = "live"
    profile: str | None = None
    continues: int | None = None
    steps: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def answers(**changed: str) -> list[tuple[str, str, str]]:
    """Return the answers of a session whose test matches, apart from those changed."""
    plain = dict.fromkeys(SCREENING, "no") | {"screening_all_no": "yes", "side": "left"} | dict.fromkeys(TEST, "yes")
    return [(question, answer, answer) for question, answer in (plain | changed).items()]


def write(folder: Path, *sessions: Kept) -> None:
    """Add sessions to the journal of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(connect(journal_file(folder))) as connection:
        migrate(connection)
        connection.execute("BEGIN")
        for kept in sessions:
            _write(connection, kept)
        connection.execute("COMMIT")


def _write(connection: Any, kept: Kept) -> None:
    row = {
        "kind": kept.kind, "programme": kept.programme, "title": kept.title, "fingerprint": "", "language": "en",
        "profile": kept.profile, "voice": "default", "recogniser": "moonshine-tiny-en", "software": "0.1.0",
        "started_at": kept.began.timestamp(), "utc_offset_seconds": 0, "last_sample": samples(1200.0),
        "outcome": kept.outcome, "side": "left", "pain_first": next(iter(kept.pains), None),
        "pain_last": next(reversed(kept.pains[1:]), None), "repetitions": sum(kept.sets), "holds": 2 * sum(kept.sets),
        "adverse": len(kept.adverse), "continues": kept.continues,
    }  # fmt: skip
    places = ", ".join("?" * len(row))
    done = connection.execute(f"INSERT INTO session ({', '.join(row)}) VALUES ({places})", tuple(row.values()))
    one = done.lastrowid
    at = iter(range(0, 10**9, samples(5.0)))

    def add(table: str, *rows: tuple[Any, ...]) -> None:
        values = [(one, next(at), *each) for each in rows]
        if values:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)

    add("answer", *((question, answer, heard, 1, 0.97, 4.0, 0) for question, answer, heard in kept.answers))
    add("pain", *(("pain_before", score) for score in kept.pains[:1]))
    for number, repetitions in enumerate(kept.sets, 1):
        add("repetition", *(("flossing", "left", number, each) for each in range(1, repetitions + 1)))
        add("pain", *((f"pain_set_{number}", score) for score in kept.pains[number : number + 1]))
    add("pain", *(("pain_after", score) for score in kept.pains[len(kept.sets) + 1 :]))
    add("step", *((step,) for step in kept.steps))
    add("command", *((command,) for command in kept.commands))
    for what, words in kept.adverse:
        add("heard", (words, what.removeprefix("pain "), 1, 0.97, 4.0))
        add("adverse", (what,))
