"""Installing into the image of a system, with systemd's own tools."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.service import installation
from voicecoach.service.installation import System, check_reachable, check_system, install, remove
from voicecoach.service.systemd import NAME, USER, Machine

pytestmark = [
    pytest.mark.skipif(
        shutil.which("systemd-sysusers") is None or shutil.which("systemctl") is None,
        reason="needs systemd's tools (Debian: systemd), which are not here",
    ),
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, as files get other owners"),
]
MACHINE = Machine(252, Path("/usr/bin/python3"), (Path("/usr"), Path("/usr")))


@pytest.fixture
def system(tmp_path: Path) -> System:
    for folder in ("etc", "etc/systemd/system", "var/lib", "var/cache"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    return System(tmp_path)


def contents(folder: Path) -> dict[str, str]:
    files = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        files[name] = str(path.readlink()) if path.is_symlink() else path.read_text() if path.is_file() else "folder"
    return files


def installed(system: System, *arguments: str) -> list[str]:
    lines: list[str] = []
    install(system, MACHINE, arguments, (), lines.append)
    return lines


def removed(system: System) -> list[str]:
    lines: list[str] = []
    remove(system, lines.append)
    return lines


def with_journal(system: System) -> None:
    system.journal.mkdir(parents=True)
    (system.journal / "journal.sqlite3").write_text("sessions")
    (system.state / "settings.json").write_text("{}")
    (system.cache / "prompts").mkdir(parents=True)
    (system.cache / "prompts" / "a.wav").write_text("sound")
    for path in (system.state, *system.state.rglob("*")):
        os.chown(path, 1234, 1234)


def test_an_installed_service_has_its_user_its_unit_and_starts_with_the_machine(system: System) -> None:
    assert "is installed" in installed(system, "--cautious")[0]
    users = (system.root / "etc/passwd").read_text()
    assert [line.rsplit(":", 1)[1] for line in users.splitlines() if line.startswith(f"{USER}:")] == [
        "/usr/sbin/nologin"
    ]
    wanted = system.root / "etc/systemd/system/multi-user.target.wants" / NAME
    assert wanted.is_symlink()
    assert '"service" "run" "--cautious"' in system.unit.read_text()
    assert stat.S_IMODE(system.unit.stat().st_mode) == 0o644


def test_installing_again_changes_nothing_and_with_other_arguments_only_them(system: System) -> None:
    installed(system)
    first = contents(system.root)
    assert installed(system) == ["The service is installed already; nothing had to be changed."]
    assert contents(system.root) == first
    assert "is installed" in installed(system, "--mic", "USB")[0]
    changed = contents(system.root)
    assert {name for name in changed if changed[name] != first[name]} == {f"etc/systemd/system/{NAME}"}


def test_removing_leaves_the_journal_alone_and_says_where_it_is(system: System) -> None:
    before = set(contents(system.root))
    installed(system)
    with_journal(system)
    said = " ".join(removed(system))
    assert str(system.journal) in said
    left = set(contents(system.root)) - before - {"etc/systemd/system/multi-user.target.wants", "etc/sysusers.d"}
    assert {name for name in left if not name.startswith("etc/")} == {
        "var/lib/voicecoach", "var/lib/voicecoach/journal", "var/lib/voicecoach/journal/journal.sqlite3",
    }  # fmt: skip
    assert USER not in (system.root / "etc/passwd").read_text()
    assert system.journal.stat().st_uid == 0
    assert removed(system)[0] == "The service is removed."


def test_a_persons_account_of_that_name_is_neither_used_nor_removed(system: System) -> None:
    account = "voicecoach:x:1000:1000::/home/voicecoach:/bin/bash\n"
    (system.root / "etc/passwd").write_text(account)
    with pytest.raises(VoicecoachError, match="Somebody's account is called voicecoach"):
        installed(system)
    assert not system.unit.exists()
    removed(system)
    assert (system.root / "etc/passwd").read_text() == account


def test_where_no_session_was_held_nothing_is_left(system: System) -> None:
    installed(system)
    system.state.mkdir()
    assert removed(system) == ["The service is removed."]
    assert not system.state.exists()


def test_a_machine_without_systemd_is_told_so_in_one_sentence() -> None:
    if Path("/run/systemd/system").is_dir():
        pytest.skip("systemd runs here")
    with pytest.raises(VoicecoachError, match=r"not started by systemd.*voicecoach service run"):
        check_system(System())


def test_who_is_not_root_is_told_to_use_sudo(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(VoicecoachError, match="sudo"):
        check_system(system)


def test_a_program_that_the_user_of_the_service_could_not_read_is_refused(tmp_path: Path) -> None:
    program = tmp_path / "coach"
    program.mkdir(mode=0o700)
    with pytest.raises(VoicecoachError, match=r"could not look into .*coach; let others in"):
        check_reachable(Machine(252, Path("/usr/bin/python3"), (program, program)))


def test_a_tool_that_fails_is_named_with_its_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "systemctl"
    broken.write_text("#!/bin/sh\necho no bus >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VoicecoachError, match=r"systemctl --version failed \(no bus\)"):
        installation.systemd_version()
    broken.unlink()
    with pytest.raises(VoicecoachError, match="needs systemd"):
        installation.systemd_version()


def test_the_tools_are_those_of_this_machine() -> None:
    assert installation.systemd_version() == int(
        subprocess.run(["systemctl", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    )
