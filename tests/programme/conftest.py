"""Fixtures of the programme tests: the calf programme with its English words, and copies of both to break."""

from pathlib import Path

import pytest

from tests.programme.copies import CALF, Copy
from tests.walks import walk_once
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.proving import programme_check as everything


@pytest.fixture(scope="session")
def calf() -> Programme:
    return read_programme(CALF)


@pytest.fixture(scope="session")
def words(calf: Programme) -> Words:
    return read_words(calf, CALF, "en", "GB")


@pytest.fixture
def walks_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Walk through the same steps once in a run, in all its processes."""
    monkeypatch.setattr(everything, "walk_through", lambda programme: walk_once(programme, tmp_path_factory))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)
