"""The command itself; what it does takes a quarter of an hour for each user and is done by hand."""

import subprocess
import sys
from pathlib import Path

from checks.bare.users import USERS

PROJECT = Path(__file__).parents[2]


def test_the_script_is_sound_and_its_command_tells_its_options() -> None:
    subprocess.run(["bash", "-n", PROJECT / "scripts" / "bare-check"], check=True)
    asked = [sys.executable, "-m", "checks.bare", "--help"]
    assert "--release" in subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def test_every_user_starts_and_tests_and_who_is_told_what_is_missing_has_it_done() -> None:
    done = {name: [stage.name for stage in user.stages("")] for name, user in USERS.items()}
    assert done == {
        "root": ["start", "test"],
        "sudo": ["prepared", "start", "test"],
        "no-sudo": ["prepared", "told", "administrator", "start", "test"],
    }
