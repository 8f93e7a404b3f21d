"""The command: one file, or one sentence and nothing."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.journal.test_open_journal import no_file_larger_than
from tests.report.journals import Kept, write
from voicecoach import cli
from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_file

DAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def report(*arguments: str | Path) -> str:
    return CliRunner().invoke(cli.voicecoach, ["report", *map(str, arguments)], catch_exceptions=False).stdout


@pytest.fixture
def state(tmp_path: Path) -> Path:
    write(tmp_path / "state", Kept(DAY))
    return tmp_path / "state"


def test_the_report_is_one_file_for_its_owner_alone_and_it_is_said_where(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "report.html"
    assert report("--state", state, "--output", file) == f"The report is in {file}\n"
    assert file.read_text().startswith("<!DOCTYPE html>")
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_without_an_output_it_is_in_the_users_documents(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "documents"))
    report("--state", state)
    assert [file.name for file in (tmp_path / "documents").iterdir()] == ["voicecoach-report.html"]


def test_a_full_disk_is_a_sentence_and_the_last_report_is_still_there(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "reports" / "report.html"
    report("--state", state, "--output", file)
    before = file.read_bytes()
    with (
        no_file_larger_than(1000),
        pytest.raises(VoicecoachError, match=r"can't be written .* choose another --output"),
    ):
        report("--state", state, "--output", file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_written_is_a_sentence(state: Path) -> None:
    with pytest.raises(VoicecoachError, match="choose another --output"):
        report("--state", state, "--output", journal_file(state) / "report.html")


def test_a_damaged_journal_is_a_sentence_and_no_report(state: Path, tmp_path: Path) -> None:
    content = journal_file(state).read_bytes()
    journal_file(state).write_bytes(content[:4096] + b"damage" * 1000 + content[10_096:])
    with pytest.raises(VoicecoachError, match="is damaged"):
        report("--state", state, "--output", tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_no_journal_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(VoicecoachError, match="No session has been kept yet"):
        report("--state", tmp_path, "--output", tmp_path / "report.html")
    assert not list(tmp_path.iterdir())


def test_a_programme_that_does_not_exist_is_a_sentence(state: Path) -> None:
    with pytest.raises(VoicecoachError, match="did you mean calf"):
        report("calv", "--state", state)


def test_ten_thousand_sessions_take_less_than_five_seconds(tmp_path: Path) -> None:
    days = (DAY + timedelta(days=day) for day in range(10_000))
    write(tmp_path, *(Kept(day, sets=(1,), pains=(3, 3, 2), answers=[]) for day in days))
    began = time.process_time()
    report("--state", tmp_path, "--output", tmp_path / "report.html")
    assert time.process_time() - began < 5
    assert "10000 sessions" in (tmp_path / "report.html").read_text()
