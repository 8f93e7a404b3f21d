"""Whole sessions through the command, each with folders of its own but one shared cache of prompts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from voicecoach.programme.beginning import begin_programme

RECORDINGS = Path(__file__).parents[3] / "shared" / "recordings"


@dataclass(frozen=True)
class Run:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> Any:
        """The JSON that standard output is, alone."""
        return json.loads(self.out)


Voicecoach = Callable[..., Run]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "voicecoach", *map(str, arguments)]


@pytest.fixture
def surroundings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a user of their own; the cache of prompts is shared by all tests of a run."""
    cache = tmp_path_factory.getbasetemp().parent / "cache"
    home = tmp_path / "home"
    home.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "XDG_"))}
    return clean | {"HOME": str(home), "XDG_CACHE_HOME": str(cache)}


@pytest.fixture
def voicecoach(surroundings: dict[str, str]) -> Voicecoach:
    def run(*arguments: str | Path, **variables: str) -> Run:
        done = subprocess.run(
            command(*arguments), env=surroundings | variables, capture_output=True, text=True, timeout=300, check=False
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def recordings() -> Path:
    if not RECORDINGS.is_dir():
        pytest.skip("needs ../shared/recordings, which is not here")
    return RECORDINGS


@pytest.fixture
def small_programme(tmp_path: Path) -> Path:
    """Return a new programme: two sets of eight repetitions, holds of two seconds, and few things to say."""
    return begin_programme(str(tmp_path / "small"))[0]


@pytest.fixture
def short_programme(tmp_path: Path) -> Path:
    """Return a programme file like the calf programme's, with one set of eight repetitions."""
    built_in = Path(__file__).parents[2] / "voicecoach" / "programme" / "builtin"
    text = (built_in / "calf.toml").read_text(encoding="utf-8")
    shorter = text.replace("sets = 3", "sets = 1").replace("repetitions = 25", "repetitions = 8")
    assert shorter.count("= 8") == text.count("= 8") + 1
    file = tmp_path / "short.toml"
    file.write_text(shorter, encoding="utf-8")
    file.with_suffix(".en.toml").write_text((built_in / "calf.en.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return file
