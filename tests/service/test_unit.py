"""The unit file, judged by systemd itself."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from voicecoach.service.systemd import BUTTON, KEY, NAME, Access, Machine, quoted, render_unit

MOST_EXPOSED = 1.5
"""Of ten; what systemd-analyze calls exposed begins at 7, and what is safe ends at 2."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze (Debian: systemd), which is not here"
)


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )


def here() -> Machine:
    return Machine(int(analyze("--version").stdout.split()[1]))


@needs_systemd
@pytest.mark.parametrize("needed", [(), (BUTTON,), (BUTTON, KEY)])
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path, needed: tuple[Access, ...]) -> None:
    unit = tmp_path / NAME
    unit.write_text(render_unit(here(), ["--mic", "USB $5 100%"], needed), encoding="utf-8")
    done = analyze("verify", "--man=no", unit)
    about_it = [line for line in done.stderr.splitlines() if NAME in line]
    assert (about_it, done.returncode) == ([], 0)


@needs_systemd
def test_the_unit_exposes_little(tmp_path: Path) -> None:
    unit = tmp_path / NAME
    unit.write_text(render_unit(here(), [], (BUTTON, KEY)), encoding="utf-8")
    done = analyze("security", "--offline=true", "--no-pager", unit)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) < MOST_EXPOSED


def unit_for(machine: Machine, *arguments: str, needed: tuple[Access, ...] = ()) -> list[str]:
    return render_unit(machine, arguments, needed).splitlines()


def test_a_newer_systemd_waits_longer_and_longer_between_restarts() -> None:
    assert "RestartSec=15" in unit_for(Machine(252))
    newer = unit_for(Machine(254))
    assert "RestartSteps=8" in newer
    assert "RestartMaxDelaySec=300" in newer


def test_of_peoples_homes_only_the_program_is_seen() -> None:
    program = Path("/home/ann/voice coach")
    shown = unit_for(Machine(252, program / ".venv/bin/python", (program, program / ".venv", Path("/usr"))))
    assert "ProtectHome=tmpfs" in shown
    assert [line for line in shown if line.startswith("Bind")] == ['BindReadOnlyPaths="/home/ann/voice coach"']
    hidden = unit_for(Machine(252, Path("/opt/coach/.venv/bin/python"), (Path("/opt/coach"), Path("/usr"))))
    assert "ProtectHome=yes" in hidden


def test_only_a_button_brings_pins_and_only_a_key_keyboards() -> None:
    without = unit_for(Machine(252))
    assert "SupplementaryGroups=audio" in without
    assert not any("gpio" in line or "input" in line for line in without)
    with_both = unit_for(Machine(252), needed=(BUTTON, KEY))
    assert "SupplementaryGroups=audio gpio input" in with_both
    allowed = [line for line in with_both if line.startswith("DeviceAllow=")]
    assert allowed == ["DeviceAllow=char-alsa rw", "DeviceAllow=char-gpiochip rw", "DeviceAllow=char-input r"]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("calf", '"calf"'),
        ("a b", '"a b"'),
        ('a "b"', '"a \\"b\\""'),
        ("100%", '"100%%"'),
        ("a\\b", '"a\\\\b"'),
        ("é", '"é"'),
        (os.fsdecode(b"\xe9"), '"\\xe9"'),
    ],
)
def test_words_reach_the_unit_whole(argument: str, expected: str) -> None:
    assert quoted(argument) == expected


def test_a_dollar_in_an_argument_is_no_variable() -> None:
    assert any(line.endswith('"--mic" "$$HOME"') for line in unit_for(Machine(252), "--mic", "$HOME"))
