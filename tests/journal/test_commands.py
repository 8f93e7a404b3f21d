"""The commands: history, history forget and export."""

import csv
import io
import json
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checks.large_journal import write
from tests.journal.kept import held
from voicecoach import cli
from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.reader import read_journal


def run(*arguments: str | Path, answer: str | None = None) -> Result:
    return CliRunner().invoke(cli.voicecoach, list(map(str, arguments)), input=answer, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with held(tmp_path, {"pain_after": "1"}) as kept:
        kept.go_to_the_end()
    with held(tmp_path) as kept:
        kept.go_until_repetition(1, 4)
    with held(tmp_path) as kept:
        kept.go_until_repetition(2, 1)
        kept.hear("worse")
        kept.go_to_the_end()
    return tmp_path


def test_the_history_is_a_table_with_the_latest_session_at_the_end(folder: Path) -> None:
    lines = run("history", "--state", folder).stdout.splitlines()
    assert lines[0].split() == ["begun", "programme", "dose", "side", "minutes", "repetitions", "pain", "ended"]
    ends = [" ".join(line.split()[3:]) for line in lines[1:]]
    assert ends[0].startswith("calf full left")
    assert ends[0].endswith("15 3 to 1 complete")
    assert ends[1].endswith("3 3 broken off")
    assert ends[2].endswith("+2 3 adverse, 1 adverse")
    assert [line.split()[0] for line in lines[1:]] == ["1", "2", "3"]


def test_the_last_few_say_how_many_there_are_before(folder: Path) -> None:
    lines = run("history", "--last", "1", "--state", folder).stdout.splitlines()
    assert lines[1].startswith("3 ")
    assert lines[2] == "And 2 before these: voicecoach history --last 3"


def test_the_history_as_json_has_every_session(folder: Path) -> None:
    sessions = json.loads(run("history", "--json", "--state", folder).stdout)
    assert [(s["id"], s["outcome"], s["continues"]) for s in sessions] == [
        (1, "complete", None), (2, None, None), (3, "adverse", 2),
    ]  # fmt: skip


def test_what_was_not_understood_is_listed_with_its_questions(tmp_path: Path) -> None:
    for words in ("every blue moon", "not so you'd notice"):
        with held(tmp_path) as kept:
            kept.go_until_asked("chest")
            kept.mumble(words)
    lines = run("history", "--not-understood", "--state", tmp_path).stdout.splitlines()
    assert [line.split(maxsplit=4) for line in lines] == [
        ["programme", "language", "question", "words"],
        ["1", "calf", "en", "chest", "every blue moon"],
        ["2", "calf", "en", "chest", "not so you'd notice"],
    ]
    last = run("history", "--not-understood", "--last", "1", "--state", tmp_path).stdout.splitlines()
    assert last[1:] == [lines[2], "One session is before these: voicecoach history --not-understood --last 2"]
    listed = json.loads(run("history", "--not-understood", "--json", "--state", tmp_path).stdout)
    assert [(one["session"], one["programme"], one["language"], one["question"]) for one in listed] == [
        (1, "calf", "en", "chest"), (2, "calf", "en", "chest"),
    ]  # fmt: skip
    assert [one["words"] for one in listed] == ["every blue moon", "not so you'd notice"]
    assert datetime.fromisoformat(listed[0]["said_at"]).tzinfo is not None
    exported = run("export", "--format", "jsonl", "--state", tmp_path).stdout.splitlines()
    assert json.loads(exported[0])["not_understood"][0]["words"] == "every blue moon"


def test_where_everything_was_understood_it_says_so(folder: Path) -> None:
    said = run("history", "--not-understood", "--state", folder).stdout
    assert said == "No words of an answer that was not understood have been kept.\n"
    assert json.loads(run("history", "--not-understood", "--json", "--state", folder).stdout) == []


def test_without_any_session_it_says_so(tmp_path: Path) -> None:
    assert run("history", "--state", tmp_path).stdout == "No session has been kept yet.\n"
    assert json.loads(run("history", "--json", "--state", tmp_path).stdout) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["history"], ["history", "forget", "--all", "--yes"], ["export"], ["report"]])
def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(VoicecoachError, match=r"There is no folder .*none; name one with a journal"):
        run(*command, "--state", tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_table_has_a_row_for_each_session(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--state", folder).stdout)))
    assert [row["outcome"] for row in rows] == ["complete", "", "adverse"]
    assert (rows[0]["pain_scores"], rows[2]["adverse_events"]) == ("3 3 3 3 3 1", "worse")


def test_a_table_of_no_sessions_has_its_headings_and_a_bundle_of_none_no_empty_list(tmp_path: Path) -> None:
    (heading,) = csv.reader(io.StringIO(run("export", "--state", tmp_path).stdout))
    assert (heading[0], heading[-1]) == ("id", "adverse_events")
    bundle = json.loads(run("export", "--format", "fhir", "--state", tmp_path).stdout)
    assert bundle == {"resourceType": "Bundle", "type": "collection"}


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_table_is_a_formula(folder: Path, begins: str) -> None:
    with closing(sqlite3.connect(journal_file(folder))) as connection, connection:
        connection.execute("UPDATE session SET title = ?, utc_offset_seconds = -3600", (f"{begins}1+1",))
        connection.execute("UPDATE adverse SET what = ?", (f"{begins}2",))
    rows = list(csv.DictReader(io.StringIO(run("export", "--state", folder).stdout, newline="")))
    assert [row["title"] for row in rows] == [f"'{begins}1+1"] * 3
    assert rows[2]["adverse_events"] == f"'{begins}2"
    assert not any(cell.startswith(begins) for row in rows for cell in row.values())
    lines = run("export", "--format", "jsonl", "--state", folder).stdout.splitlines()
    assert json.loads(lines[0])["session"]["title"] == f"{begins}1+1"


def test_a_table_in_a_file_has_a_byte_order_mark_for_spreadsheets_and_nothing_else_has(
    folder: Path, tmp_path: Path
) -> None:
    for name in ("csv", "jsonl", "fhir"):
        run("export", "--format", name, "--output", tmp_path / name, "--state", folder)
        printed = run("export", "--format", name, "--state", folder).stdout_bytes
        mark = b"\xef\xbb\xbf" if name == "csv" else b""
        assert (tmp_path / name).read_bytes() == mark + printed


def test_a_figure_that_json_does_not_have_is_null(folder: Path) -> None:
    with closing(sqlite3.connect(journal_file(folder))) as connection, connection:
        connection.execute("UPDATE heard SET margin = 9e999")

    def refuse(constant: str) -> object:
        raise AssertionError(constant)

    for line in run("export", "--format", "jsonl", "--state", folder).stdout.splitlines():
        told = json.loads(line, parse_constant=refuse)
        assert {heard["margin"] for heard in told["heard"]} == {None}


def test_a_byte_that_is_no_text_does_not_hide_a_journal(folder: Path) -> None:
    with closing(sqlite3.connect(journal_file(folder))) as connection, connection:
        connection.execute("UPDATE session SET title = CAST(x'636166e9' AS TEXT), outcome = CAST(x'e9' AS TEXT)")
        connection.execute("UPDATE session SET state = CAST(x'22e922' AS TEXT)")
    titles = [session["title"] for session in json.loads(run("history", "--json", "--state", folder).stdout)]
    assert titles == ["caf\ufffd"] * 3
    with held(folder) as kept:
        kept.go_until_asked("chest")
    assert len(json.loads(run("history", "--json", "--state", folder).stdout)) == 4


def test_a_single_score_is_no_score_after_the_exercise(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--state", folder).stdout)))
    assert [(row["pain_first"], row["pain_last"]) for row in rows] == [("3", "1"), ("3", ""), ("", "3")]
    lines = run("export", "--format", "jsonl", "--state", folder).stdout.splitlines()
    assert [json.loads(line)["session"]["pain_last"] for line in lines] == [1, None, 3]


def test_the_lines_have_everything(folder: Path) -> None:
    sessions = [json.loads(line) for line in run("export", "--format", "jsonl", "--state", folder).stdout.splitlines()]
    assert [len(session["repetitions"]) for session in sessions] == [15, 3, 2]
    assert sessions[0]["session"]["repetitions"] == 15
    assert sessions[2]["adverse"][0]["what"] == "worse"


def test_the_pain_scores_are_a_valid_bundle_of_fhir_observations(folder: Path, tmp_path: Path) -> None:
    from fhir.resources.R4B.bundle import Bundle
    from fhir.resources.R4B.observation import Observation

    file = tmp_path / "pain.json"
    assert run("export", "--format", "fhir", "--output", file, "--state", folder).stdout == ""
    bundle: Any = Bundle.model_validate_json(file.read_text(encoding="utf-8"))
    observations = [entry.resource for entry in bundle.entry]
    assert all(isinstance(observation, Observation) for observation in observations)
    assert {(o.code.coding[0].system, o.code.coding[0].code) for o in observations} == {("http://loinc.org", "72514-3")}
    with read_journal(folder) as reader:
        scores = [pain.score for pain in reader.pains()]
        begun = [session.started_at for session in reader.sessions()]
    assert [observation.valueInteger for observation in observations] == scores
    assert observations[0].effectiveDateTime > begun[0]
    assert observations[0].effectiveDateTime.utcoffset() == begun[0].utcoffset()
    assert len({entry.fullUrl for entry in bundle.entry}) == len(scores)
    raw = json.loads(file.read_text(encoding="utf-8"))
    assert {type(entry["resource"]["valueInteger"]) for entry in raw["entry"]} == {int}


def test_an_export_that_cannot_be_written_is_a_sentence(folder: Path) -> None:
    with pytest.raises(VoicecoachError, match="choose another --output"):
        run("export", "--output", journal_file(folder) / "file", "--state", folder)


def test_forgetting_asks_first(folder: Path) -> None:
    assert run("history", "forget", "2", "--state", folder, answer="n\n").exit_code == 1
    assert len(json.loads(run("history", "--json", "--state", folder).stdout)) == 3
    assert run("history", "forget", "2", "--state", folder, answer="y\n").stdout == "Forgotten: session 2.\n"
    assert [one["id"] for one in json.loads(run("history", "--json", "--state", folder).stdout)] == [1, 3]
    assert run("history", "forget", "--all", "--yes", "--state", folder).stdout == "Forgotten: every session.\n"
    assert json.loads(run("history", "--json", "--state", folder).stdout) == []


@pytest.mark.parametrize("arguments", [[], ["1", "--all"], ["9"]])
def test_what_cannot_be_forgotten_is_a_sentence(folder: Path, arguments: list[str]) -> None:
    with pytest.raises(VoicecoachError):
        run("history", "forget", *arguments, "--yes", "--state", folder)
    assert len(json.loads(run("history", "--json", "--state", folder).stdout)) == 3


def test_nothing_is_forgotten_while_a_session_is_under_way(folder: Path) -> None:
    with held(folder), pytest.raises(VoicecoachError, match="Another session is under way"):
        run("history", "forget", "1", "--yes", "--state", folder)


def test_ten_thousand_sessions_are_listed_in_no_time(tmp_path: Path) -> None:
    write(tmp_path, 10_000, repetitions=3)
    began = time.process_time()
    lines = run("history", "--state", tmp_path).stdout.splitlines()
    assert time.process_time() - began < 0.5
    assert len(lines) == 22
    began = time.process_time()
    with read_journal(tmp_path) as reader:
        assert len(reader.sessions()) == 10_000
        assert len(reader.pains()) == 50_000
    assert time.process_time() - began < 1.5
