"""The command itself; what it does takes half an hour and is done by hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks.arm64.stages import STAGES

PROJECT = Path(__file__).parents[2]
CHECK = (sys.executable, "-m", "checks.arm64")


def test_the_script_is_sound_and_its_command_tells_its_options() -> None:
    subprocess.run(["bash", "-n", PROJECT / "scripts" / "arm64-check"], check=True)
    assert (
        "--root" in subprocess.run([*CHECK, "--help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    )


def test_a_folder_with_something_else_in_it_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear")
    done = subprocess.run(
        [*CHECK, "--root", tmp_path], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert ("no finished root file system" in done.stderr) or os.geteuid() != 0
    assert [file.name for file in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize("test", [word for s in STAGES for word in s.command.split() if word.startswith("tests/")])
def test_the_tests_that_it_runs_exist(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}" in (PROJECT / file).read_text(encoding="utf-8")
