"""What systemctl says of the service, and how the command passes it on."""

from click.testing import CliRunner

from voicecoach.cli import voicecoach
from voicecoach.service.systemd import parse_status

RUNS = """NRestarts=2
Result=success
StatusText=Waits for somebody to say start session.
LoadState=loaded
ActiveState=active
MainPID=336
UnitFileState=enabled
ActiveEnterTimestamp=Mon 2026-01-05 10:00:00 GMT
"""


def test_a_service_that_runs_says_what_it_does_since_when_and_how_often_it_was_restarted() -> None:
    status = parse_status(RUNS)
    assert status.installed
    assert status.runs
    assert status.starts_with_the_machine
    assert status.restarts == 2
    assert status.doing == "Waits for somebody to say start session."


def test_a_process_that_has_ended_does_nothing_though_systemd_still_shows_what_it_said_last() -> None:
    killed = RUNS.replace("=active", "=activating").replace("=336", "=0")
    assert parse_status(killed).doing == ""


def test_a_service_that_is_not_there_does_not_run() -> None:
    status = parse_status("LoadState=not-found\nActiveState=inactive\nNRestarts=0\n")
    assert not status.installed
    assert not status.runs


def test_install_refuses_what_run_does_not_take_before_anything_is_changed() -> None:
    done = CliRunner().invoke(voicecoach, ["service", "install", "--no-such-option"])
    assert done.exit_code == 2
    assert "--no-such-option" in done.output
