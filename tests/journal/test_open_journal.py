"""A journal that can't be used: a clear sentence, the session goes on, and nothing that was kept is overwritten."""

import os
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.journal.kept import held
from voicecoach.errors import VoicecoachError
from voicecoach.journal import schema
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.reader import read_journal
from voicecoach.programme.steps import Outcome

NOBODY = 65534


def sentences(folder: Path) -> list[str]:
    """Hold a session and return what was said of its journal; the session comes to its end."""
    said: list[str] = []
    with held(folder, warn=said.append) as kept:
        assert kept.go_to_the_end().session.memory.ended is Outcome.COMPLETE
    return said


def one_session(folder: Path) -> Path:
    with held(folder) as kept:
        kept.go_until_asked("chest")
    return journal_file(folder)


def test_a_journal_is_marked_as_one_of_voicecoach(tmp_path: Path) -> None:
    with closing(sqlite3.connect(one_session(tmp_path))) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"voco", "big"),)


def test_a_file_from_a_newer_version_is_kept_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    file = one_session(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    with pytest.raises(VoicecoachError, match="newer voicecoach"), read_journal(tmp_path):
        pass
    (sentence,) = sentences(tmp_path)
    assert "newer voicecoach" in sentence
    assert "is kept as journal.aside-1.sqlite3" in sentence
    assert (tmp_path / "journal.aside-1.sqlite3").read_bytes() == before
    with read_journal(tmp_path) as reader:
        assert [session.outcome for session in reader.sessions()] == ["complete"]


@pytest.mark.parametrize("damage", ["head", "middle", "text", "cut"])
def test_a_damaged_file_is_kept_aside_under_a_name_of_its_own(tmp_path: Path, damage: str) -> None:
    (tmp_path / "journal.aside-1.sqlite3").write_bytes(b"from before")
    file = one_session(tmp_path)
    sound = file.read_bytes()
    broken = {
        "head": b"\xff" * 100 + sound[100:],
        "middle": sound[:4096] + b"\x5a" * 4096 * 12 + sound[4096 * 13 :],
        "text": b"this is a shopping list, and no journal\n" * 50,
        "cut": sound[: len(sound) // 2],
    }[damage]
    file.write_bytes(broken)
    (sentence,) = sentences(tmp_path)
    assert "is kept as journal.aside-2.sqlite3, and a new one is begun." in sentence
    assert (tmp_path / "journal.aside-1.sqlite3").read_bytes() == b"from before"
    assert (tmp_path / "journal.aside-2.sqlite3").read_bytes() == broken
    assert sentences(tmp_path) == []


def test_a_database_of_something_else_is_kept_aside(tmp_path: Path) -> None:
    with closing(sqlite3.connect(journal_file(tmp_path))) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    (sentence,) = sentences(tmp_path)
    assert "no journal of voicecoach" in sentence
    assert (tmp_path / "journal.aside-1.sqlite3").exists()


def test_a_disk_that_is_full_is_one_sentence_and_the_session_goes_on(tmp_path: Path) -> None:
    one_session(tmp_path)
    with no_file_larger_than(30_000):
        (sentence,) = sentences(tmp_path)
    assert "What happens is not kept" in sentence
    assert "make room there" in sentence
    with read_journal(tmp_path) as reader:
        assert [session.outcome for session in reader.sessions()] in ([None], [None, None])
    assert sentences(tmp_path) == []


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_folder_that_cannot_be_made_is_one_sentence_and_the_session_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (sentence,) = sentences(tmp_path / "file" / "journal")
    assert "What happens is not kept" in sentence


@pytest.mark.parametrize("begun", [False, True])
def test_a_read_only_folder_is_one_sentence_and_what_is_there_can_be_read(begun: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if begun:
            one_session(folder)
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with nobody_in_particular():
            (sentence,) = sentences(folder)
            assert "What happens is not kept" in sentence
            with read_journal(folder) as reader:
                assert len(reader.sessions()) == begun
        folder.chmod(0o700)


@contextmanager
def nobody_in_particular() -> Iterator[None]:
    """Whoever may write everywhere may not for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_of_an_older_version_is_brought_up_to_date_and_can_be_read_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = one_session(tmp_path)
    version = len(schema.MIGRATIONS)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "ALTER TABLE session ADD COLUMN mood TEXT"))
    with read_journal(tmp_path) as reader:
        assert len(reader.sessions()) == 1
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    assert sentences(tmp_path) == []
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version + 1,)
        assert connection.execute("SELECT mood FROM session").fetchall() == [(None,), (None,)]


def test_a_single_score_that_version_1_kept_as_the_last_one_too_is_read_as_one(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_repetition(1, 3)
    with held(tmp_path / "two", {"pain_after": "1"}) as kept:
        kept.go_to_the_end()
    for folder in (tmp_path, tmp_path / "two"):
        with closing(sqlite3.connect(journal_file(folder))) as connection, connection:
            connection.execute("PRAGMA user_version = 1")
            connection.execute("ALTER TABLE session DROP COLUMN clinician_first")
            connection.execute("ALTER TABLE answer DROP COLUMN taken_back")
            connection.execute("DROP TABLE not_understood")
            connection.execute("UPDATE session SET pain_last = ifnull(pain_last, pain_first)")
    for folder, last in ((tmp_path, None), (tmp_path / "two", 1)):
        with read_journal(folder) as reader:
            assert [(one.pain_first, one.pain_last) for one in reader.sessions()] == [(3, last)]
        journal = open_journal(folder, pytest.fail)
        assert journal is not None
        journal.close()
        with closing(sqlite3.connect(journal_file(folder))) as connection:
            assert connection.execute("SELECT pain_last FROM session").fetchall() == [(last,)]


def test_the_answers_that_version_3_kept_all_stand(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
    with closing(sqlite3.connect(journal_file(tmp_path))) as connection, connection:
        connection.execute("PRAGMA user_version = 3")
        connection.execute("ALTER TABLE answer DROP COLUMN taken_back")
        connection.execute("DROP TABLE not_understood")
    with read_journal(tmp_path) as reader:
        assert {answer.taken_back for answer in reader.answers()} == {False}
        assert len(reader.answers()) > 10


def test_in_a_journal_of_version_4_no_words_were_kept_of_what_was_not_understood(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
    with closing(sqlite3.connect(journal_file(tmp_path))) as connection, connection:
        connection.execute("PRAGMA user_version = 4")
        connection.execute("DROP TABLE not_understood")
    with read_journal(tmp_path) as reader:
        assert (reader.not_understood(), len(reader.sessions())) == ([], 1)
    with held(tmp_path) as kept:
        kept.go_until_asked("chest")
        kept.mumble("so so")
    with read_journal(tmp_path) as reader:
        assert [one.words for one in reader.not_understood()] == ["so so"]


def test_a_step_to_a_newer_version_happens_wholly_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = one_session(tmp_path)
    broken = "CREATE TABLE half (a); CREATE TABLE half (a);"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    said: list[str] = []
    assert open_journal(tmp_path, said.append) is None
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
