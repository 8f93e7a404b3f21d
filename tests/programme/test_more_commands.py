"""The commands about programmes: exit codes and what they print."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from voicecoach.cli import voicecoach
from voicecoach.programme import more_commands
from voicecoach.programme.reader import built_in_programmes


def rehearse_all(monkeypatch: pytest.MonkeyPatch, ended: dict[str, str], *options: str) -> tuple[int, str]:
    """Run the command with rehearsals that end like this; those that are not named are complete."""

    def rehearsed(name: str, output: Path | None, *, cautious: bool) -> dict[str, Any]:
        del output, cautious
        figures = {"audio_seconds": 60.0, "wall_seconds": 1.0, "transcript": "x.txt"}
        return {"programme": name, "ended": ended.get(name, "complete"), **figures}

    monkeypatch.setattr(more_commands, "_rehearsed", rehearsed)
    result = CliRunner().invoke(voicecoach, ["programmes", "rehearse-all", *options])
    return result.exit_code, result.output


def test_all_complete_is_success(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = rehearse_all(monkeypatch, {}, "--json")
    assert (code, json.loads(out)["ok"]) == (0, True)
    assert [result["programme"] for result in json.loads(out)["programmes"]] == built_in_programmes()


@pytest.mark.parametrize("ended", ["unanswered", "pain_limit", "error", "no_match"])
def test_one_that_is_not_completed_fails_after_all_were_tried(monkeypatch: pytest.MonkeyPatch, ended: str) -> None:
    code, out = rehearse_all(monkeypatch, {"median": ended})
    assert code == 1
    assert [line.split()[0] for line in out.splitlines()] == built_in_programmes()
    assert f"median       {ended}" in out


def test_an_interruption_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = rehearse_all(monkeypatch, {"calf_raise": "interrupted"})
    assert code == 130
    assert [line.split()[0] for line in out.splitlines()] == ["calf", "calf_raise"]


def test_a_programme_that_there_is_not_is_no_script() -> None:
    result = CliRunner().invoke(voicecoach, ["programmes", "show", "medain"])
    assert result.exit_code == 1
    assert "did you mean median?" in str(result.exception)
