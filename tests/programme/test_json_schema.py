"""The JSON Schema knows what the reader knows, and describes it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.programme.broken import STEPS
from tests.programme.copies import Copy
from tests.programme.test_broken_language import MISTAKES
from voicecoach.programme.json_schema import schema_of
from voicecoach.programme.programme_reader import built_in_programmes, programme_file
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import WordFile

SCHEMA = schema_of(Programme)


def errors(schema: dict[str, Any], text: str) -> list[str]:
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(tomllib.loads(text))]


@pytest.mark.parametrize("name", built_in_programmes())
def test_our_files_follow_their_schemas(name: str) -> None:
    file = programme_file(name)
    assert errors(SCHEMA, file.read_text(encoding="utf-8")) == []
    assert errors(schema_of(WordFile), file.with_name(f"{name}.en.toml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "mistake",
    ["an unknown key", "a misspelled key", "26 repetitions", "text for a number", "an id that is no key",
     "a step of no kind", "an unhandled answer", "a movement that there is not", "twenty-one screening questions"],
)  # fmt: skip
def test_a_file_of_another_shape_does_not_follow_it(copy: Copy, mistake: str) -> None:
    copy.change(STEPS[mistake].old, STEPS[mistake].new)
    assert errors(SCHEMA, copy.file.read_text(encoding="utf-8")) != []


@pytest.mark.parametrize(
    "mistake",
    ["limits of three numbers", "limits beyond what any programme may ask", "an unknown limit", "a profile of no name",
     "an unknown movement", "a wrist that turns", "a single choice", "an answer of no name",
     "a rule that is misspelled"],
)  # fmt: skip
def test_a_file_with_a_mistake_in_the_larger_language_does_not_follow_it(tmp_path: Path, mistake: str) -> None:
    broken = MISTAKES[mistake]
    copy = Copy(tmp_path, broken.of)
    copy.change(broken.old, broken.new)
    assert errors(SCHEMA, copy.file.read_text(encoding="utf-8")) != []


def test_every_kind_of_step_and_every_documented_key_is_described() -> None:
    parts = SCHEMA["$defs"]
    kinds = [part for part in parts.values() if "kind" in part.get("properties", {})]
    assert len(kinds) == len(parts["Programme"]["properties"]["steps"]["items"]["anyOf"])
    assert [part["title"] for part in kinds if not part.get("description")] == []
    assert {part["properties"]["addition"]["description"] for part in kinds} == {
        "Where a step that the programme's source text does not have comes from."
    }
    assert "tensioner moves them apart" in parts["Exercise"]["properties"]["movement"]["description"]


def test_an_editor_is_told_which_words_there_are() -> None:
    parts = SCHEMA["$defs"]
    assert {"enum": ["down", "up"]} in parts["Phase"]["properties"]["head"]["anyOf"]
    assert parts["Exercise"]["properties"]["sides"]["enum"] == ["both", "none", "sore"]
