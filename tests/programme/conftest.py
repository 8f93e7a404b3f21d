"""The calf programme with its English words, and copies of both to break."""

import os
import pickle
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.programme.copies import CALF, Copy
from voicecoach.programme.steps import Programme
from voicecoach.programme.toml_reader import read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.proving import programme_check as everything
from voicecoach.proving.walk import Walk, walk_through


@pytest.fixture(scope="session")
def calf() -> Programme:
    return read_programme(CALF)


@pytest.fixture(scope="session")
def words(calf: Programme) -> Words:
    return read_words(calf, CALF, "en", "GB")


@pytest.fixture
def walks_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Walk through the same steps once in a run, in all its processes: what is tried here is in the words."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    folder = tmp_path_factory.getbasetemp().parent / f"walks-{run}"
    folder.mkdir(exist_ok=True)

    def walk(programme: Programme) -> Walk:
        file = folder / sha256(msgspec.json.encode(programme)).hexdigest()
        if not file.exists():
            whole = file.with_suffix(f".{os.getpid()}")
            whole.write_bytes(pickle.dumps(walk_through(programme)))
            whole.replace(file)
        remembered: Walk = pickle.loads(file.read_bytes())
        return remembered

    monkeypatch.setattr(everything, "walk_through", walk)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)
