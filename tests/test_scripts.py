"""The scripts, in a copy of the project where Python, pip and apt-get only note how they were called."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent

# Stands for python3.11 and for the Python in .venv; `pip` fails where the file `no-network` is there.
PYTHON = """#!/usr/bin/env bash
here=${CALLS%/*}
case $* in
  *ensurepip*) ;;
  *ctypes.util*) [ ! -e "$here/no-${*: -1}" ] ;;
  "-m pip --version") ;;
  "-m venv "*)
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    printf '%s\\n' '#!/bin/sh' 'for argument; do echo "<$argument>"; done' >"$3/bin/voicecoach"
    chmod +x "$3/bin/voicecoach"
    echo "venv" >>"$CALLS" ;;
  "-m pip install"*)
    echo "pip install ${*: -1}" >>"$CALLS"
    echo "downloading"
    [ ! -e "$here/no-network" ] ;;
  *) exec REAL "$@" ;;
esac
"""


@dataclass
class Machine:
    """A bare machine that has a copy of the project."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "my coach"

    @property
    def venv(self) -> Path:
        return self.project / ".venv"

    def run(self, *command: str | Path, user: int | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            user=user,
            env={"PATH": f"{self.folder}/bin:/usr/bin:/bin", "CALLS": f"{self.folder}/calls"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    def start(self, *arguments: str) -> list[str]:
        """Return what `voicecoach` was called with, each argument in angle brackets."""
        done = self.run(self.project / "scripts" / "start", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def install(self, *extra: str) -> list[str]:
        """Return which of venv, pip and apt-get were called."""
        calls = self.folder / "calls"
        calls.write_text("")
        done = self.run(self.project / "scripts" / "install", *extra)
        assert done.returncode == 0, done.stderr
        return calls.read_text().splitlines()


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.project.mkdir()
    shutil.copytree(PROJECT / "scripts", machine.project / "scripts")
    shutil.copy(PROJECT / "pyproject.toml", machine.project)
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "python3.11", PYTHON.replace("REAL", f'"{sys.executable}"'))
    program(tmp_path / "bin" / "apt-get", '#!/bin/sh\necho "apt-get" >>"$CALLS"\nexit 1\n')
    program(tmp_path / "bin" / "sudo", "#!/bin/sh\nexit 1\n")
    for name in ("pulseaudio", "chromium-headless-shell", "systemd-analyze"):
        program(tmp_path / "bin" / name, "#!/bin/sh\n")
    return machine


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["<start>"]),
        (["--voice", "a b", ""], ["<start>", "<--voice>", "<a b>", "<>"]),
        (["rehearse", "my programme.toml", "*"], ["<rehearse>", "<my programme.toml>", "<*>"]),
        (["--help"], ["<--help>"]),
        (["--version"], ["<--version>"]),
        (["--cautious", "--help"], ["<start>", "<--cautious>", "<--help>"]),
    ],
)
def test_options_go_to_start_and_a_subcommand_stands_for_itself_with_every_argument_whole(
    machine: Machine, given: list[str], expected: list[str]
) -> None:
    assert machine.start(*given) == expected


def test_service_installs_the_service_as_root_with_all_that_follows(machine: Machine) -> None:
    program(machine.folder / "bin" / "sudo", '#!/bin/sh\nexec "$@"\n')
    assert machine.start("--service") == ["<service>", "<install>"]
    assert machine.start("--service", "--mic", "a b") == ["<service>", "<install>", "<--mic>", "<a b>"]


def test_standard_output_belongs_to_voicecoach_alone_while_installing(machine: Machine) -> None:
    done = machine.run(machine.project / "scripts" / "start", "rehearse")

    assert done.stdout == "<rehearse>\n"
    assert "Installing Python packages" in done.stderr


def test_start_works_through_a_symlink_from_another_folder(machine: Machine) -> None:
    (machine.folder / "coach").symlink_to(machine.project / "scripts" / "start")

    assert machine.run(machine.folder / "coach", "doctor").stdout == "<doctor>\n"


def test_the_exit_code_of_voicecoach_is_that_of_start(machine: Machine) -> None:
    machine.install()
    program(machine.venv / "bin" / "voicecoach", "#!/bin/sh\nexit 7\n")

    assert machine.run(machine.project / "scripts" / "start").returncode == 7


def test_a_second_run_installs_nothing_and_says_nothing(machine: Machine) -> None:
    assert machine.install() == ["venv", "pip install ."]
    assert machine.install() == []
    assert machine.run(machine.project / "scripts" / "install").stderr == ""


def test_the_tests_need_more_than_the_coach_but_not_the_other_way_round(machine: Machine) -> None:
    machine.install()

    assert machine.install("test") == ["pip install .[test]"]
    assert machine.install() == []


def test_changed_pins_are_installed(machine: Machine) -> None:
    machine.install()
    with (machine.project / "pyproject.toml").open("a") as file:
        file.write("# changed\n")

    assert machine.install() == ["pip install ."]


def test_a_venv_without_its_python_is_made_again(machine: Machine) -> None:
    machine.install()
    (machine.venv / "bin" / "python").unlink()

    assert machine.install() == ["venv", "pip install ."]


def test_a_venv_that_was_moved_is_made_again(machine: Machine) -> None:
    machine.install()
    machine.project.rename(machine.folder / "moved")
    machine.project.symlink_to("moved")

    assert machine.install() == ["venv", "pip install ."]


def test_an_installation_that_failed_shows_why_and_is_done_again(machine: Machine) -> None:
    (machine.folder / "no-network").touch()
    failed = machine.run(machine.project / "scripts" / "start", "doctor")
    (machine.folder / "no-network").unlink()

    assert failed.returncode != 0
    assert failed.stdout == ""
    assert "downloading" in failed.stderr
    assert machine.install() == ["venv", "pip install ."]


@pytest.mark.parametrize(
    ("library", "line_end"),
    [
        ("portaudio", "System packages are missing; an administrator can run: sudo apt-get install libportaudio2"),
        ("atomic", "System packages are missing; an administrator can run: sudo apt-get install libatomic1"),
        ("speexdsp", "Echo cancellation uses its own filter without libspeexdsp1"),
    ],
)
def test_start_goes_on_without_a_system_library_and_names_its_package(
    machine: Machine, library: str, line_end: str
) -> None:
    program(machine.folder / "bin" / "uname", '#!/bin/sh\n[ "$*" != -m ] && echo Linux || echo aarch64\n')
    program(machine.folder / "bin" / "sudo", '#!/bin/sh\nshift\nexec "$@"\n')
    (machine.folder / f"no-{library}").touch()
    done = machine.run(machine.project / "scripts" / "start", "rehearse")

    assert (done.returncode, done.stdout) == (0, "<rehearse>\n")
    assert any(line.endswith(line_end) for line in done.stderr.splitlines())
    assert "apt-get" in (machine.folder / "calls").read_text().splitlines()


def test_all_that_is_missing_is_named_in_one_command(machine: Machine) -> None:
    for library in ("portaudio", "speexdsp"):
        (machine.folder / f"no-{library}").touch()
    done = machine.run(machine.project / "scripts" / "install")

    assert "an administrator can run: sudo apt-get install libportaudio2 libspeexdsp1\n" in done.stderr


def test_a_library_that_is_still_missing_is_named_the_next_time_too(machine: Machine) -> None:
    program(machine.folder / "bin" / "uname", "#!/bin/sh\necho Linux\n")
    (machine.folder / "no-portaudio").touch()
    machine.install()
    script = machine.project / "scripts" / "install"
    script.write_text(script.read_text().replace("/usr/lib/*/libportaudio", "/nowhere/libportaudio"))
    done = machine.run(script)

    assert "Installing" not in done.stderr
    assert done.stderr.endswith("sudo apt-get install libportaudio2\n")


def test_system_libraries_that_are_there_are_neither_installed_nor_spoken_of(machine: Machine) -> None:
    done = machine.run(machine.project / "scripts" / "start", "rehearse")

    assert "apt-get" not in (machine.folder / "calls").read_text().splitlines()
    assert "libspeexdsp1" not in done.stderr


def test_without_python_3_11_one_sentence_says_so(machine: Machine) -> None:
    for name in ("python3.11", "python3.12", "python3.13", "python3.14", "python3"):
        program(machine.folder / "bin" / name, "#!/bin/sh\nexit 1\n")
    done = machine.run(machine.project / "scripts" / "start")

    assert done.returncode != 0
    *_, said = done.stderr.splitlines()
    assert "Python 3.11 or newer" in said
    assert "sudo apt-get install python3 " in said
    assert "python3-venv" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only who may install packages has Python installed")
def test_without_python_it_is_installed_where_that_is_allowed(machine: Machine) -> None:
    for name in ("python3.11", "python3.12", "python3.13", "python3.14", "python3"):
        program(machine.folder / "bin" / name, "#!/bin/sh\nexit 1\n")
    python = PYTHON.replace("REAL", f'"{sys.executable}"')
    (machine.folder / "python").write_text(python)
    cp = f'cp "{machine.folder}/python" "{machine.folder}/bin/python3"; chmod 755 "{machine.folder}/bin/python3"'
    program(machine.folder / "bin" / "apt-get", f'#!/bin/sh\necho "apt-get" >>"$CALLS"\n{cp}\n')
    done = machine.run(machine.project / "scripts" / "start", "rehearse")

    assert (done.returncode, done.stdout) == (0, "<rehearse>\n")


def test_in_a_folder_that_cannot_be_written_one_sentence_says_so(machine: Machine) -> None:
    """Root may write anywhere, so as root the script runs as nobody."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(machine.folder, folder, dirs_exist_ok=True)
        folder.chmod(0o755)
        elsewhere = Machine(folder)
        elsewhere.project.chmod(0o555)
        nobody = 65534 if os.geteuid() == 0 else None
        done = elsewhere.run(elsewhere.project / "scripts" / "start", user=nobody)
        elsewhere.project.chmod(0o755)

    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "may not write" in done.stderr


@pytest.mark.parametrize("wanted", ["pulseaudio", "chromium-headless-shell"])
def test_only_the_tests_ask_for_a_sound_daemon_and_a_browser(machine: Machine, wanted: str) -> None:
    """In a PATH of its own, as the machine that runs this may have one."""
    (machine.folder / "bin" / wanted).unlink()
    for name in (
        "bash",
        "env",
        "cat",
        "uname",
        "readlink",
        "dirname",
        "mkdir",
        "rm",
        "id",
        "sh",
        "cp",
        "chmod",
        "tail",
    ):
        (machine.folder / "bin" / name).symlink_to(str(shutil.which(name)))
    for extra, asked in (("coach", False), ("test", True)):
        shutil.rmtree(machine.venv, ignore_errors=True)
        calls = machine.folder / "calls"
        calls.write_text("")
        done = subprocess.run(
            [machine.project / "scripts" / "install", extra], cwd=machine.folder,
            env={"PATH": f"{machine.folder}/bin", "CALLS": str(calls)},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert (wanted in done.stderr) is asked, done.stderr
