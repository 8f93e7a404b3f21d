"""Fixtures of whole sessions through the command, each with folders of its own but one shared cache of prompts."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.session.puppet import SCREENING
from voicecoach.programme.programme_files import begin_programme
from voicecoach.programme.programme_reader import programme_file

RECORDINGS = Path(__file__).parents[3] / "shared" / "recordings"


@dataclass(frozen=True)
class Run:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> Any:
        """The JSON that is all of standard output."""
        return json.loads(self.out)


SHORT_STEPS = """
id = "short"
title = "Short"
source = "this test"
pain = { ease_from = 4, stop_from = 6, stop_rise = 2 }
[[steps]]
kind = "say"
id = "welcome"
prompts = ["welcome"]
[[steps]]
kind = "screen"
id = "screening"
questions = [{ id = "chest", action = "emergency" }]
[[steps]]
kind = "side"
id = "side"
both = { say = ["both_calves"], finish = "warning_sign" }
[[steps]]
kind = "pain"
id = "pain_before"
[[steps]]
kind = "exercise"
id = "flossing"
sets = 1
repetitions = 2
hold_seconds = 3
rest_seconds = 10
phases = [{ id = "down", toes = "down", head = "down" }, { id = "up", toes = "up", head = "up" }]
[[steps]]
kind = "summary"
id = "summary"
"""

SHORT_SCREENING = ("chest", "clot_risk", "spine")

Voicecoach = Callable[..., Run]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "voicecoach", *map(str, arguments)]


@pytest.fixture
def surroundings(tmp_path: Path, kept_cache: Path) -> dict[str, str]:
    """Return the environment of a user of their own; the cache of prompts is shared by all tests."""
    home = tmp_path / "home"
    home.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "XDG_"))}
    return clean | {"HOME": str(home), "XDG_CACHE_HOME": str(kept_cache)}


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
    """Return a programme like the calf programme: three screening questions, a set of eight, stretches of 5 seconds."""
    text = programme_file("calf").read_text(encoding="utf-8")
    shorter = text.replace("sets = 3", "sets = 1").replace("repetitions = 25", "repetitions = 8")
    assert shorter.count("= 8") == text.count("= 8") + 1
    shorter, count = re.subn(r"^seconds = \d+$", "seconds = 5", shorter, flags=re.MULTILINE)
    assert count == 2
    left_out = "|".join(question for question in SCREENING if question not in SHORT_SCREENING)
    shorter, count = re.subn(rf'    {{ id = "({left_out})",.*\n', "", shorter)
    assert count == len(SCREENING) - len(SHORT_SCREENING)
    return with_words_of_calf(tmp_path / "short.toml", shorter)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """Return a programme of two repetitions, in every language."""
    return with_words_of_calf(tmp_path / "short.toml", SHORT_STEPS)


@pytest.fixture
def short_of_eight(tmp_path: Path) -> Path:
    """Return the short programme with a set of eight."""
    return with_words_of_calf(tmp_path / "short.toml", SHORT_STEPS.replace("repetitions = 2", "repetitions = 8"))


def with_words_of_calf(file: Path, steps: str) -> Path:
    """Write a programme of these steps, with the words of the calf programme beside it, and return it."""
    file.write_text(steps, encoding="utf-8")
    for language in ("en", "ko"):
        words = programme_file("calf").with_name(f"calf.{language}.toml").read_text(encoding="utf-8")
        file.with_suffix(f".{language}.toml").write_text(words, encoding="utf-8")
    return file
