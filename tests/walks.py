"""Walks through programmes, each taken once in a run of the tests, whichever of its processes need it."""

import os
import pickle
from hashlib import sha256

import msgspec
import pytest

from voicecoach.programme.steps import Programme
from voicecoach.proving.walk import Walk, walk_through


def walk_once(programme: Programme, folders: pytest.TempPathFactory) -> Walk:
    """Return the walk through these steps; what is tried is in them alone, not in the words."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    folder = folders.getbasetemp().parent / f"walks-{run}"
    folder.mkdir(exist_ok=True)
    file = folder / sha256(msgspec.json.encode(programme)).hexdigest()
    if not file.exists():
        whole = file.with_suffix(f".{os.getpid()}")
        whole.write_bytes(pickle.dumps(walk_through(programme)))
        whole.replace(file)
    remembered: Walk = pickle.loads(file.read_bytes())
    return remembered
