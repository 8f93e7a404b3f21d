"""What is made once in a run of the tests, whichever of its processes need it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(name: str, folders: pytest.TempPathFactory, make: Callable[[Path], object]) -> Path:
    """Return a folder of this name that has been filled by `make`; who needs it meanwhile waits."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    kept = folders.getbasetemp().parent / f"once-{run}"
    folder = kept / name
    kept.mkdir(exist_ok=True)
    with FileLock(kept / f"{name}.lock"):
        made = kept / f"{name}.made"
        if not made.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            made.touch()
    return folder
