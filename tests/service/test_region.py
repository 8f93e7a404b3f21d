"""Whose emergency number the service names: what whoever installs it says, or what was confirmed in a session of it."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.live import LiveOptions
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome
from voicecoach.service import assembly
from voicecoach.service.assembly import ServiceSettings
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered, settings_file

INSTALLER = """
from voicecoach import cli
from voicecoach.service import installation

installation.check_system = lambda system: None
installation.systemd_version = lambda: 252
installation.install = lambda system, machine, arguments, needed, show_line: show_line(f"[{' '.join(arguments)}]")
cli.main()
"""


def installed(*arguments: str, answer: str | None, zone: str = "Europe/London") -> Sequence[str]:
    """Install, answering at a terminal (None: there is none); return what it said, the service's arguments last."""
    terminal, program_side = pty.openpty()
    command = [sys.executable, "-c", INSTALLER, "service", "install", *arguments]
    os.write(terminal, f"{answer}\n".encode())
    try:
        stdin = subprocess.DEVNULL if answer is None else program_side
        done = subprocess.run(
            command, stdin=stdin, capture_output=True, text=True, timeout=60, check=True,
            env=os.environ | {"TZ": zone, "LANG": "en_GB.UTF-8"},
        )  # fmt: skip
    finally:
        os.close(terminal)
        os.close(program_side)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_yes_at_the_terminal_is_written_down() -> None:
    said = installed("--cautious", answer="y")
    assert said == ["Are you in the United Kingdom? [y/N]: [--cautious --region GB]"]


@pytest.mark.parametrize("answer", ["n", "", None])
def test_without_a_yes_nothing_is_written_down_and_a_line_says_how(answer: str | None) -> None:
    *_, hint, arguments = installed("--cautious", answer=answer)
    assert "your local emergency number" in hint
    assert "--region GB" in hint
    assert arguments == "[--cautious]"


def test_a_named_region_is_not_asked_about() -> None:
    assert installed("--region", "US", answer="y") == ["[--region US]"]


def test_the_pace_goes_through_the_installer() -> None:
    assert installed("--region", "US", "--pace", "130", answer="y") == ["[--region US --pace 130]"]


def test_where_no_country_is_guessed_nobody_is_asked() -> None:
    *_, hint, arguments = installed("--cautious", answer="y", zone="Antarctica/Davis")
    assert "Are you" not in hint
    assert arguments == "[--cautious]"


class Held:
    """Stands in for sessions; knows with which words and settings they began."""

    def __init__(self) -> None:
        self.plan: SessionPlan

    def __call__(self, plan: SessionPlan, *_: object) -> Outcome:
        self.plan = plan
        return Outcome.COMPLETE


def test_what_one_session_of_a_service_confirmed_the_next_one_names_and_speaks_as_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("TZ", "Europe/London")
    held = Held()
    monkeypatch.setattr(assembly, "hold_live", held)
    plan, words = read_chosen("calf", None, language="en")
    settings = ServiceSettings(LiveOptions(MOONSHINE))

    def hold() -> None:
        assembly.hold(plan, words, None, settings, pytest.fail, lambda _: None, ())  # type: ignore[arg-type]

    hold()
    first = held.plan
    assert (first.opening.country_guess, first.words.emergency_number) == ("GB", "your local emergency number")
    Remembered(settings_file(), pytest.fail).remember(country="GB", pace=130)
    hold()
    assert held.plan.opening.pace == 130
    assert held.plan.opening.country_guess is None
    assert held.plan.words.emergency_number == "nine nine nine"
