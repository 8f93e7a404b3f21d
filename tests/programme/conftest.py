"""The calf programme with its English words, and copies of both to break."""

from pathlib import Path

import pytest

from tests.programme.copies import CALF, Copy
from voicecoach.programme.reader import read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words, read_words


@pytest.fixture(scope="session")
def calf() -> Programme:
    return read_programme(CALF)


@pytest.fixture(scope="session")
def words(calf: Programme) -> Words:
    return read_words(calf, CALF, "en", "GB")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)
