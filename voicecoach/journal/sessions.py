"""Beginning a session with a journal: the one to go on with or a new one, knowing the last, and who keeps it."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from voicecoach import __version__
from voicecoach.journal import wall_clock
from voicecoach.journal.open_journal import OpenJournal, not_kept
from voicecoach.journal.resumption import BrokenOff, broken_off, fingerprint, previous
from voicecoach.journal.session_audio import KeptAudio
from voicecoach.journal.session_rows import Keeper
from voicecoach.journal.writer import Writer, connect
from voicecoach.programme.steps import Programme
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening
from voicecoach.watcher import Watcher

Kind = Literal["live", "rehearsal"]


@dataclass(frozen=True)
class About:
    """What the journal keeps of a session besides what happens in it: its kind, language, voice and recogniser."""

    kind: Kind
    language: str
    voice: str
    recogniser: str
    keep_audio: bool = False
    keep_words: bool = True
    """Whether the words of what meant nothing to a question are kept."""


@dataclass(frozen=True)
class Begun:
    """A session about to be held, and the watchers that keep it: none where it can't be kept."""

    session: Session
    keepers: tuple[Watcher, ...] = ()


@contextmanager
def session_with_journal(
    programme: Programme, opening: Opening, journal: OpenJournal | None, about: About, *, waits: bool
) -> Iterator[Begun]:
    """Give the session to hold: one that broke off, if there is one to go on with, else a new one.

    One is gone on with only in the same dose, or where none was asked for, and from its first set. What can't be read
    or kept is said in a sentence. With `waits`, every event is on the disk before the next.
    """
    if journal is None:
        yield Begun(Session(programme, replace(opening, keeps_audio=False)))
        return
    try:
        with closing(connect(journal.file)) as connection:
            known = replace(opening, previous=previous(connection, programme) or opening.previous)
            found = broken_off(connection, programme, wall_clock.now()) if opening.from_set == 1 else None
            if found is not None and opening.profile not in (None, found.session.memory.profile):
                found = None
            session = _as_begun_now(programme, known, found)
            continues = None if found is None else found.id
            row, audio = _insert(connection, programme, session, about, continues)
    except sqlite3.Error as error:
        journal.warn(not_kept(journal.file.parent, error))
        yield Begun(Session(programme, replace(opening, keeps_audio=False)))
        return
    with ExitStack() as stack:
        writer = Writer(journal.file, lambda error: journal.warn(not_kept(journal.file.parent, error)))
        stack.enter_context(closing(writer))
        keepers: list[Watcher] = [
            Keeper(session, row, writer, waits=waits, continues=continues, keeps_words=about.keep_words)
        ]
        if audio is not None:
            keepers.append(stack.enter_context(closing(KeptAudio(journal.file.with_name(audio), journal.warn))))
        yield Begun(session, tuple(keepers))


def _as_begun_now(programme: Programme, opening: Opening, found: BrokenOff | None) -> Session:
    if found is None:
        return Session(programme, opening)
    return Session.restore(programme, found.session.save(), opening)


def _insert(
    connection: sqlite3.Connection, programme: Programme, session: Session, about: About, continues: int | None
) -> tuple[int, str | None]:
    started = datetime.now().astimezone()
    offset = started.utcoffset()
    kept: dict[str, Any] = {
        "kind": about.kind,
        "programme": programme.id,
        "title": programme.title,
        "fingerprint": fingerprint(programme),
        "profile": session.memory.profile,
        "language": about.language,
        "voice": about.voice,
        "recogniser": about.recogniser,
        "software": __version__,
        "started_at": started.timestamp(),
        "utc_offset_seconds": 0 if offset is None else int(offset.total_seconds()),
        "continues": continues,
        "audio": f"{started:%Y%m%dT%H%M%S.%f}.flac" if about.keep_audio else None,
    }
    connection.execute("PRAGMA synchronous = FULL")
    done = connection.execute(
        f"INSERT INTO session ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})", tuple(kept.values())
    )
    assert done.lastrowid is not None
    return done.lastrowid, kept["audio"]
