"""Walks through programmes, each taken once in a run of the tests, whichever of its processes need it."""

import pickle
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.once import once
from voicecoach.programme.steps import Programme
from voicecoach.proving.walk import Walk, walk_through


def walk_once(programme: Programme, folders: pytest.TempPathFactory) -> Walk:
    """Return the walk through these steps; what is tried is in them alone, not in the words."""

    def walked(folder: Path) -> None:
        (folder / "walk").write_bytes(pickle.dumps(walk_through(programme)))

    steps = sha256(msgspec.json.encode(programme)).hexdigest()
    remembered: Walk = pickle.loads((once(f"walk-{steps}", folders, walked) / "walk").read_bytes())
    return remembered
