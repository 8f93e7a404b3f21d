"""The sound of a session: kept where it was asked for, both sides of it, and by nobody else's leave."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.journal.kept import ABOUT, held
from voicecoach.blocks import Samples
from voicecoach.journal.reader import read_journal
from voicecoach.journal.session_audio import KeptAudio
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND


def block(level: float) -> Samples:
    return np.full(BLOCK_SAMPLES, level, np.float32)


def test_the_coach_is_left_and_the_person_right_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "session.flac"
    with closing(KeptAudio(file, pytest.fail)) as kept:
        for at, (coach, person) in enumerate([(0.25, -0.5), (0.0, 0.125)]):
            kept.played(at * BLOCK_SAMPLES, block(coach))
            kept.listened(at * BLOCK_SAMPLES, block(person))
    sound, rate = soundfile.read(file, dtype="float32")
    assert rate == SAMPLES_PER_SECOND
    assert np.array_equal(sound[:, 0], np.concatenate([block(0.25), block(0.0)]))
    assert np.array_equal(sound[:, 1], np.concatenate([block(-0.5), block(0.125)]))
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("keep_audio", [False, True])
def test_sound_is_kept_only_where_it_was_asked_for(tmp_path: Path, keep_audio: bool) -> None:
    about = replace(ABOUT, keep_audio=True) if keep_audio else ABOUT
    with held(tmp_path, about=about) as kept:
        for keeper in kept.keepers:
            keeper.played(0, block(0.1))
            keeper.listened(0, block(0.1))
    with read_journal(tmp_path) as reader:
        name = reader.sessions()[0].audio
    assert [file.name for file in tmp_path.glob("*.flac")] == ([name] if keep_audio else [])
    assert (name is not None) == keep_audio


def test_a_folder_that_cannot_be_written_is_said_once_and_stops_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    with closing(KeptAudio(tmp_path / "missing" / "session.flac", said.append)) as kept:
        for at in range(0, 5 * BLOCK_SAMPLES, BLOCK_SAMPLES):
            kept.played(at, block(0.1))
            kept.listened(at, block(0.1))
    (sentence,) = said
    assert sentence.startswith("The sound is not kept: ")
    assert sentence.endswith("The session goes on.")
