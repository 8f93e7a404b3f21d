"""Which session the next one may go on with, by the rules of clinical safety, and what it should know of the last."""

import hashlib
import sqlite3
from dataclasses import dataclass

import msgspec

from voicecoach import __version__
from voicecoach.journal.reader import Reader
from voicecoach.journal.records import Sitting, sittings
from voicecoach.journal.session_rows import CAN_BE_RESUMED
from voicecoach.journal.wall_clock import Moment, seconds_between
from voicecoach.meanings import CANT_DO
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.session.core import Session
from voicecoach.session.memory import Previous

WITHIN_SECONDS = 1800.0


@dataclass(frozen=True)
class BrokenOff:
    """A session that can go on: its id in the journal, and its state when it broke off."""

    id: int
    session: Session


def fingerprint(programme: Programme) -> str:
    """Return a hash that tells a programme, as this version of the program understands it, from all others."""
    return hashlib.sha256(__version__.encode() + msgspec.json.encode(programme)).hexdigest()


def broken_off(connection: sqlite3.Connection, programme: Programme, now: Moment) -> BrokenOff | None:
    """Return the session to go on with, if any: the last, or the one that the last should have gone on with.

    It was left less than half an hour ago, nothing happened since that a clinician should read about, and it is of the
    same programme.
    """
    known = connection.execute("SELECT max(id) FROM session").fetchone()[0]
    while known is not None:
        row = connection.execute(
            "SELECT outcome, adverse, fingerprint, state, state_wall, state_uptime, state_boot, continues "
            "FROM session WHERE id = ?", (known,),
        ).fetchone()  # fmt: skip
        outcome, adverse, of_programme, state, *moment, continues = row
        if adverse or outcome not in CAN_BE_RESUMED or of_programme != fingerprint(programme):
            return None
        if state is not None:
            return _restored(known, programme, state, Moment(*moment), now)
        known = continues
    return None


def _restored(row: int, programme: Programme, state: bytes, left: Moment, now: Moment) -> BrokenOff | None:
    passed = seconds_between(left, now)
    if passed is None or passed > WITHIN_SECONDS:
        return None
    try:
        session = Session.restore(programme, state)
    except msgspec.DecodeError:
        return None
    return BrokenOff(row, session) if session.resumable else None


def previous(connection: sqlite3.Connection, programme: Programme) -> Previous | None:
    """Return what is known of the last session of this programme that counts; None: there was none.

    One counts in which something was done, or that ended with the advice to see a clinician first.
    """
    sessions = [session for session in Reader(connection).sessions() if session.programme == programme.id]
    last = next((one for one in reversed(sittings(sessions)) if _counts(connection, one)), None)
    if last is None:
        return None
    outcome = last.latest.outcome
    return Previous(
        Outcome(outcome) if outcome in set(Outcome) else None, last.latest.side, last.pain_before, last.pain_after,
        adverse=last.adverse > 0, clinician_first=_was_advised(connection, last),
        left_out=_something_was_left_out(connection, last),
        matched_sides=tuple(sorted({one.side for one in sessions if one.side is not None and one.repetitions})),
    )  # fmt: skip


def _counts(connection: sqlite3.Connection, sitting: Sitting) -> bool:
    return _something_was_done(connection, sitting) or _was_advised(connection, sitting)


def _was_advised(connection: sqlite3.Connection, sitting: Sitting) -> bool:
    advised = "SELECT clinician_first FROM session WHERE id = ?"
    return any(connection.execute(advised, (one.id,)).fetchone()[0] for one in sitting.sessions)


def _something_was_left_out(connection: sqlite3.Connection, sitting: Sitting) -> bool:
    said = "SELECT EXISTS (SELECT 1 FROM command WHERE session = ? AND command = ?)"
    return any(connection.execute(said, (one.id, CANT_DO)).fetchone()[0] for one in sitting.sessions)


def _something_was_done(connection: sqlite3.Connection, sitting: Sitting) -> bool:
    hold = "SELECT EXISTS (SELECT 1 FROM hold WHERE session = ?)"
    return any(one.repetitions or connection.execute(hold, (one.id,)).fetchone()[0] for one in sitting.sessions)
