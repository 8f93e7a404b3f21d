"""The inquest: what a journal says after a kill, held against what its victim had told."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.session.puppet import Puppet
from voicecoach.journal import wall_clock
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.resumption import broken_off
from voicecoach.journal.writer import connect
from voicecoach.programme.steps import Outcome, Programme, first_exercise
from voicecoach.session import actions

Repetition = tuple[int, int]
"""Its set and its number."""


def every(programme: Programme) -> list[Repetition]:
    """Return every repetition of a whole session, as its set and its number."""
    step = first_exercise(programme)
    assert step is not None
    return [(number, one) for number in range(1, step.sets + 1) for one in range(1, step.repetitions + 1)]


@dataclass
class Told:
    """What a killed rehearsal told before it died."""

    begun: list[Repetition] = field(default_factory=list)
    done: list[Repetition] = field(default_factory=list)
    over: bool = False
    troubles: list[str] = field(default_factory=list)
    in_full: bool = True
    """Whether it told of every repetition."""

    def take(self, line: str) -> None:
        """Take one of the victim's lines; one that was cut off says nothing."""
        match line.split():
            case ["begun", number, repetition]:
                self.begun.append((int(number), int(repetition)))
            case ["done", number, repetition]:
                self.done.append((int(number), int(repetition)))
            case ["over"]:
                self.over = True
            case ["trouble:", *_]:
                self.troubles.append(line.strip())


@dataclass
class Findings:
    """Everything that was wrong in the journals, over all kills."""

    kills: int = 0
    in_sets: int = 0
    """Kills in the middle of an exercise."""
    ran_out: int = 0
    """Victims that came to their end before they were killed."""
    resumed: int = 0
    """Kills after which there was something to go on with."""
    completed: int = 0
    """Sessions that came to their end, in however many parts."""
    corrupt: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    resumed_wrongly: list[str] = field(default_factory=list)

    def count(self, told: Told, *, killed: bool) -> None:
        """Count a victim among those examined."""
        self.kills += killed
        self.ran_out += not killed
        self.in_sets += killed and bool(told.begun) and not told.over

    @property
    def ok(self) -> bool:
        """Whether no journal was wrong."""
        return not (self.corrupt or self.miscounted or self.resumed_wrongly)


def examine(folder: Path, programme: Programme, told: Told, findings: Findings, *, waited: bool) -> None:
    """Look for faults in the journal that a victim left."""
    findings.corrupt += told.troubles
    warnings: list[str] = []
    journal = open_journal(folder, warnings.append)
    findings.corrupt += warnings
    if journal is None:
        return
    with closing(journal), closing(connect(journal_file(folder))) as connection:
        checked = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if checked != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            findings.corrupt.append(checked)
        kept = _count(connection, told, findings, waited=waited)
        _resume(connection, programme, told, kept, findings, waited=waited and told.in_full)


def _count(connection: sqlite3.Connection, told: Told, findings: Findings, *, waited: bool) -> list[Repetition]:
    last = connection.execute("SELECT max(id), repetitions FROM session").fetchone()
    rows = "SELECT number_of_set, number FROM repetition WHERE session = ? ORDER BY rowid"
    kept = connection.execute(rows, last[:1]).fetchall()
    allowed = [told.done, *([[*told.done, one]] if (one := _under_way(told)) else [])]
    if told.in_full and waited and kept not in allowed:
        findings.miscounted.append(f"kept {kept}, told {told.done}")
    if told.in_full and kept != told.done[: len(kept)] and kept not in allowed:
        findings.miscounted.append(f"kept {kept} is no beginning of {told.done}")
    if len(kept) != (last[1] or 0):
        findings.miscounted.append(f"{len(kept)} repetitions, but {last[1]} in short")
    for number, repetition in kept:
        held = "SELECT DISTINCT phase FROM hold WHERE session = ? AND number_of_set = ? AND repetition = ?"
        if len(connection.execute(held, (last[0], number, repetition)).fetchall()) != 2:
            findings.miscounted.append(f"{number}, {repetition} was not held to its end")
    return kept


def _under_way(told: Told) -> Repetition | None:
    begun = told.begun[-1:]
    return begun[0] if begun and begun[0] not in told.done else None


def _resume(
    connection: sqlite3.Connection,
    programme: Programme,
    told: Told,
    kept: list[Repetition],
    findings: Findings,
    *,
    waited: bool,
) -> None:
    found, whole = broken_off(connection, programme, wall_clock.now()), every(programme)
    chain, row = list(kept), connection.execute("SELECT max(id) FROM session").fetchone()[0]
    while (row := connection.execute("SELECT continues FROM session WHERE id = ?", (row,)).fetchone()[0]) is not None:
        rows = "SELECT number_of_set, number FROM repetition WHERE session = ? ORDER BY rowid"
        chain = connection.execute(rows, (row,)).fetchall() + chain
    if chain != whole[: len(chain)]:
        findings.miscounted.append(f"over all parts {chain}")
    if told.over:
        findings.completed += 1
        if chain != whole or found is not None:
            findings.resumed_wrongly.append(f"completed with {chain}")
        return
    if found is None:
        ended = connection.execute("SELECT outcome FROM session ORDER BY id DESC LIMIT 1").fetchone()[0]
        in_last_words = ended == Outcome.COMPLETE and chain == whole
        if not in_last_words and (chain or (waited and told.begun)):
            findings.resumed_wrongly.append(f"nothing to go on with after {chain}")
        return
    findings.resumed += 1
    person = Puppet({"anything_new": "no"}, programme, session=found.session)
    counted = list(found.session.memory.repetitions)
    person.go_until(lambda p: bool(p.notes(actions.RepetitionBegun)) or p.session.memory.ended is not None)
    begins = [(note.set, note.repetition) for note in person.notes(actions.RepetitionBegun)]
    if begins != whole[len(chain) :][:1] or sum(counted) != len(chain):
        findings.resumed_wrongly.append(f"after {chain} it goes on with {begins}, having counted {counted}")
