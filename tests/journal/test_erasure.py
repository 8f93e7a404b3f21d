"""What is forgotten is gone: from the tables, and from the bytes of every file in the folder."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.journal.kept import ABOUT, Kept, held
from voicecoach.errors import VoicecoachError
from voicecoach.journal.erasure import forget, forget_all
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.reader import read_journal
from voicecoach.journal.sessions import About
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.session import events

SECRET = b"the left one, since the race in Ghent"
OTHER = b"on the right, as ever"


def say(kept: Kept, words: bytes) -> Kept:
    kept.go_until_asked("side")
    kept.wait()
    kept.tell(events.Heard(kept.now, "left", words.decode()))
    return kept


def with_two_sessions(folder: Path) -> None:
    with held(folder) as kept:
        say(kept, OTHER).go_to_the_end()
    with held(folder) as kept:
        say(kept, SECRET).go_until_repetition(2, 2)


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def forget_in(folder: Path, *sessions: int) -> None:
    journal = open_journal(folder, pytest.fail)
    assert journal is not None
    try:
        forget(journal, sessions) if sessions else forget_all(journal)
    finally:
        journal.close()


def test_a_session_that_is_forgotten_is_in_no_byte_of_any_file(tmp_path: Path) -> None:
    with_two_sessions(tmp_path)
    assert SECRET in bytes_of(tmp_path)
    forget_in(tmp_path, 2)
    assert SECRET not in bytes_of(tmp_path)
    assert OTHER in bytes_of(tmp_path)
    with read_journal(tmp_path) as reader:
        assert [session.id for session in reader.sessions()] == [1]
        assert {answer.session for answer in reader.answers()} == {1}


def test_the_words_of_what_was_not_understood_are_forgotten_too(tmp_path: Path) -> None:
    for words in (OTHER, SECRET):
        with held(tmp_path) as kept:
            kept.go_until_asked("side")
            kept.mumble(words.decode())
    assert SECRET in bytes_of(tmp_path)
    forget_in(tmp_path, 2)
    assert SECRET not in bytes_of(tmp_path)
    assert OTHER in bytes_of(tmp_path)


def test_what_a_later_session_goes_on_with_forgets_it_too(tmp_path: Path) -> None:
    with_two_sessions(tmp_path)
    with held(tmp_path) as kept:
        kept.go_until_repetition(2, 4)
    assert bytes_of(tmp_path).count(SECRET) > 2
    forget_in(tmp_path, 2)
    assert SECRET not in bytes_of(tmp_path)
    with read_journal(tmp_path) as reader:
        assert [(session.id, session.continues) for session in reader.sessions()] == [(1, None), (3, None)]


def test_its_number_is_never_given_again(tmp_path: Path) -> None:
    with_two_sessions(tmp_path)
    forget_in(tmp_path, 2)
    with held(tmp_path) as kept:
        kept.go_until_asked("chest")
    with read_journal(tmp_path) as reader:
        assert [session.id for session in reader.sessions()] == [1, 3]


def test_the_sound_that_was_kept_with_it_is_gone(tmp_path: Path) -> None:
    about = About("live", "en", "default", ABOUT.recogniser, keep_audio=True)
    with held(tmp_path, about=about) as kept:
        for keeper in kept.keepers:
            keeper.played(0, np.zeros(BLOCK_SAMPLES, np.float32))
            keeper.listened(0, np.zeros(BLOCK_SAMPLES, np.float32))
    with read_journal(tmp_path) as reader:
        sound = tmp_path / str(reader.sessions()[0].audio)
    assert soundfile.info(sound).channels == 2
    forget_in(tmp_path, 1)
    assert not sound.exists()


def test_all_is_all_files_that_were_put_aside_too(tmp_path: Path) -> None:
    with_two_sessions(tmp_path)
    aside = tmp_path / "journal.aside-1.sqlite3"
    aside.write_bytes(SECRET)
    forget_in(tmp_path)
    assert bytes_of(tmp_path) == b""
    with read_journal(tmp_path) as reader:
        assert reader.sessions() == []


def test_while_somebody_reads_it_the_failure_is_a_sentence(tmp_path: Path) -> None:
    with_two_sessions(tmp_path)
    with held(tmp_path) as kept:
        kept.go_until_asked("resume_ready")
    with read_journal(tmp_path) as reader:
        reader._connection.execute("BEGIN")
        reader.sessions()
        with pytest.raises(VoicecoachError, match="Not everything is forgotten"):
            forget_in(tmp_path, 2)
    forget_in(tmp_path, 1)
    assert SECRET not in bytes_of(tmp_path)


def test_nothing_is_gone_on_with_after_it_was_forgotten(tmp_path: Path) -> None:
    with_two_sessions(tmp_path)
    forget_in(tmp_path, 2)
    with held(tmp_path) as kept:
        kept.go_until_asked("ready")
