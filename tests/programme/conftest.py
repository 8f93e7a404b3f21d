"""The calf programme with its English words, and copies of both to break."""

from pathlib import Path

import msgspec
import pytest

from tests.programme.copies import CALF, Copy
from voicecoach.programme.reader import read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.proving import programme_check as everything
from voicecoach.proving.exploring import Walk, walk_through


@pytest.fixture(scope="session")
def calf() -> Programme:
    return read_programme(CALF)


@pytest.fixture(scope="session")
def words(calf: Programme) -> Words:
    return read_words(calf, CALF, "en", "GB")


_walks: dict[bytes, Walk] = {}


@pytest.fixture
def walks_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Walk through the same steps once: what is tried here is in the words."""

    def walk(programme: Programme) -> Walk:
        key = msgspec.json.encode(programme)
        return _walks.setdefault(key, _walks.get(key) or walk_through(programme))

    monkeypatch.setattr(everything, "walk_through", walk)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)
