"""The tables of the journal, and how a file of an older version becomes one of this version."""

import sqlite3

APPLICATION_ID = 0x766F636F
"""Marks a file as a journal of voicecoach ("voco")."""

MIGRATIONS = (
    """
    CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,                  -- live, or rehearsal
        programme TEXT NOT NULL,
        title TEXT NOT NULL,
        fingerprint TEXT NOT NULL,           -- of the programme; a session is resumed with the same one alone
        profile TEXT,                        -- the dose, such as cautious; NULL: the full one
        language TEXT NOT NULL,
        voice TEXT NOT NULL,
        recogniser TEXT NOT NULL,            -- the model that listened, with its version
        software TEXT NOT NULL,              -- the version of voicecoach
        started_at REAL NOT NULL,            -- seconds since 1970, UTC; the sample clock counts from here on
        utc_offset_seconds INTEGER NOT NULL,
        last_sample INTEGER NOT NULL DEFAULT 0,
        outcome TEXT,                        -- NULL: under way, or broken off
        side TEXT,
        pain_first INTEGER,                  -- before the exercise
        pain_last INTEGER,                   -- after some of it
        repetitions INTEGER NOT NULL DEFAULT 0,
        holds INTEGER NOT NULL DEFAULT 0,
        adverse INTEGER NOT NULL DEFAULT 0,  -- how many adverse events there are
        continues INTEGER REFERENCES session(id) ON DELETE SET NULL,
        audio TEXT,                          -- the name of the recording beside this file, where one was wanted
        state BLOB,                          -- what it is resumed from, while it can be
        state_wall REAL, state_uptime REAL, state_boot TEXT
    );
    CREATE TABLE step (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, step TEXT NOT NULL);
    CREATE TABLE heard (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, words TEXT, meaning TEXT, sure INTEGER, confidence REAL, margin REAL);
    CREATE TABLE answer (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, heard TEXT NOT NULL,
        asked INTEGER NOT NULL, confidence REAL, margin REAL);
    CREATE TABLE pain (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, question TEXT NOT NULL, score INTEGER NOT NULL);
    CREATE TABLE repetition (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, step TEXT NOT NULL, side TEXT, number_of_set INTEGER NOT NULL,
        number INTEGER NOT NULL);
    CREATE TABLE hold (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, ended_sample INTEGER NOT NULL, step TEXT NOT NULL, side TEXT,
        number_of_set INTEGER, repetition INTEGER, phase TEXT);
    CREATE TABLE command (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, command TEXT NOT NULL);
    CREATE TABLE adverse (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, what TEXT NOT NULL);
    CREATE TABLE device (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, lost INTEGER NOT NULL);
    CREATE TABLE underrun (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, lost_samples INTEGER NOT NULL);
    CREATE INDEX session_by_programme ON session (programme, id);
    CREATE INDEX step_of ON step (session);
    CREATE INDEX heard_of ON heard (session);
    CREATE INDEX answer_of ON answer (session);
    CREATE INDEX pain_of ON pain (session);
    CREATE INDEX repetition_of ON repetition (session);
    CREATE INDEX hold_of ON hold (session);
    CREATE INDEX command_of ON command (session);
    CREATE INDEX adverse_of ON adverse (session);
    CREATE INDEX device_of ON device (session);
    CREATE INDEX underrun_of ON underrun (session);
    """,
    """
    UPDATE session SET pain_last = (
        SELECT score FROM pain WHERE pain.session = session.id AND pain.sample > min(
            ifnull((SELECT min(sample) FROM repetition WHERE repetition.session = session.id), pain.sample),
            ifnull((SELECT min(ended_sample) FROM hold WHERE hold.session = session.id), pain.sample)
        ) ORDER BY pain.rowid DESC LIMIT 1
    ) WHERE continues IS NULL;
    """,
    """
    ALTER TABLE session ADD COLUMN clinician_first INTEGER NOT NULL DEFAULT 0;  -- told to see one before the next
    """,
    """
    ALTER TABLE answer ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;  -- called wrong, or followed one that was
    """,
    """
    CREATE TABLE not_understood (session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL);
    CREATE INDEX not_understood_of ON not_understood (session);
    """,
)
"""What brings a file from each version to the next: the first makes an empty file one of version 1.

In version 1 `pain_last` was the last score, even where it was the only one or nothing had been done before it.
"""


class NewerVersionError(Exception):
    """The file was written by a later version of voicecoach."""


class NotAJournalError(Exception):
    """The file is a database of something else."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return a journal file's version, 0 if empty. Raises NotAJournalError, NewerVersionError, sqlite3.Error."""
    version, application = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _HEADER)
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except UnicodeDecodeError:
        raise sqlite3.DatabaseError("its schema is no text") from None
    if application != APPLICATION_ID and (application or tables):
        raise NotAJournalError
    if version > len(MIGRATIONS):
        raise NewerVersionError
    return int(version)


_HEADER = ("user_version", "application_id")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a journal file to this version: each step wholly or not at all. Raises as `version_of`."""
    for number in range(version_of(connection), len(MIGRATIONS)):
        connection.executescript(
            f"BEGIN IMMEDIATE; {MIGRATIONS[number]}; PRAGMA application_id = {APPLICATION_ID};"
            f"PRAGMA user_version = {number + 1}; COMMIT;"
        )
