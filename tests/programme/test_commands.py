"""The commands `programmes`: what is printed, and how they end."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.programme.broken import STEPS, WORDS
from tests.programme.copies import Copy
from voicecoach.cli import voicecoach
from voicecoach.programme.programme_reader import built_in_programmes
from voicecoach.rehearsal import run as rehearsal_run


def run(*arguments: object) -> Result:
    return CliRunner().invoke(voicecoach, ["programmes", *map(str, arguments)])


def test_every_built_in_programme_is_listed_with_its_title() -> None:
    result = run("list")
    assert [line.split()[0] for line in result.stdout.splitlines()] == built_in_programmes()
    assert "the slump test and nerve flossing" in result.stdout


def test_the_list_says_how_long_a_programme_lasts_and_how_much_is_done() -> None:
    assert re.search(r"^calf +25 min +3 x 25 ", run("list").stdout, re.MULTILINE)
    listed = json.loads(run("list", "--json").stdout)["programmes"]
    assert [one["id"] for one in listed] == built_in_programmes()
    calf = listed[0]
    assert (calf["doses"], calf["cautious"]) == (["3 x 25"], {"minutes": 12, "doses": ["1 x 10"]})
    shown = json.loads(run("show", "calf", "--json", "--cautious").stdout)
    assert round(shown["length_seconds"] / 60) == calf["cautious"]["minutes"]
    assert (shown["doses"], shown["script"][1]) == (["1 x 10"], f"Source: {shown['source']}")


@pytest.mark.usefixtures("walks_remembered")
@pytest.mark.parametrize("name", built_in_programmes())
def test_a_built_in_programme_has_no_problems_and_everything_in_it_is_tried(name: str) -> None:
    result = run("check", name, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert report["problems"] == []
    assert report["coverage"]["covered"] == report["coverage"]["total"] > 1000
    assert report["coverage"]["paths"] > 1
    assert set(report) == {"file", "problems", "coverage", "seconds"}


@pytest.mark.usefixtures("walks_remembered")
def test_a_clean_file_is_said_to_be_so_with_its_coverage(copy: Copy) -> None:
    result = run("check", copy.file)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{copy.file}: no problems; ")
    assert "paths end in an outcome" in result.stdout


def test_every_problem_is_a_line_and_the_exit_code_says_that_there_are_some(copy: Copy) -> None:
    copy.change(STEPS["a swapped head"].old, STEPS["a swapped head"].new)
    copy.change_words(WORDS["nothing to say"].old, WORDS["nothing to say"].new)
    result = run("check", copy.file)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [str(copy.words_file), str(copy.file)]


def test_problems_as_json_have_their_places_and_remedies_and_no_coverage(copy: Copy) -> None:
    copy.change(STEPS["a swapped head"].old, STEPS["a swapped head"].new)
    result = run("check", copy.file, "--json")
    report = json.loads(result.stdout)
    (problem,) = report["problems"]
    assert (result.exit_code, report["coverage"], problem["file"]) == (1, None, str(copy.file))
    assert (problem["line"] > 100, problem["column"] > 1) == (True, True)
    assert "write head" in problem["remedy"]


def test_the_schemas_are_printed_as_json() -> None:
    assert json.loads(run("schema").stdout)["$ref"] == "#/$defs/Programme"
    assert json.loads(run("schema", "--words").stdout)["$ref"] == "#/$defs/WordFile"


def test_reading_a_sound_programme_loads_no_parser_with_positions_and_no_walk() -> None:
    code = (
        "import sys; import voicecoach.cli; from voicecoach.programme.programme_files import read_chosen; "
        "read_chosen('calf', None); "
        "print([name for name in sys.modules if 'tree_sitter' in name or 'proving' in name or 'fitting' in name])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


def rehearse_all(monkeypatch: pytest.MonkeyPatch, ended: dict[str, str], *options: str) -> tuple[int, str]:
    """Run the command with rehearsals that end like this; those that are not named are complete."""

    def rehearsed(name: str, output: Path | None, language: str | None, *, cautious: bool) -> dict[str, Any]:
        del output, language, cautious
        figures = {"audio_seconds": 60.0, "wall_seconds": 1.0, "transcript": "x.txt"}
        return {"programme": name, "ended": ended.get(name, "complete"), **figures}

    monkeypatch.setattr(rehearsal_run, "rehearse_built_in", rehearsed)
    result = run("rehearse-all", *options)
    return result.exit_code, result.output


def test_all_rehearsed_and_complete_is_success(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = rehearse_all(monkeypatch, {}, "--json")
    assert (code, json.loads(out)["ok"]) == (0, True)
    assert [result["programme"] for result in json.loads(out)["programmes"]] == built_in_programmes()


@pytest.mark.parametrize("ended", ["unanswered", "pain_limit", "error", "no_match"])
def test_one_that_is_not_completed_fails_after_all_were_rehearsed(monkeypatch: pytest.MonkeyPatch, ended: str) -> None:
    code, out = rehearse_all(monkeypatch, {"median": ended})
    assert code == 1
    assert [line.split()[0] for line in out.splitlines()] == built_in_programmes()
    assert f"median       {ended}" in out


def test_an_interruption_ends_all_rehearsals_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = rehearse_all(monkeypatch, {"calf_raise": "interrupted"})
    assert code == 130
    assert [line.split()[0] for line in out.splitlines()] == ["calf", "calf_raise"]


def test_a_programme_that_there_is_not_is_no_script() -> None:
    result = run("show", "medain")
    assert result.exit_code == 1
    assert "did you mean median?" in str(result.exception)


def test_a_new_programme_has_no_problems(tmp_path: Path) -> None:
    assert run("new", tmp_path / "knee").exit_code == 0
    result = run("check", tmp_path / "knee.toml")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1), result.stdout
