"""The JSON Schema knows what the reader knows, and describes it."""

import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.programme.broken import STEPS
from tests.programme.copies import CALF, CALF_WORDS, Copy
from voicecoach.programme.schema import schema_of
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import WordFile

SCHEMA = schema_of(Programme)


def errors(schema: dict[str, Any], text: str) -> list[str]:
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(tomllib.loads(text))]


def test_our_files_follow_their_schemas() -> None:
    assert errors(SCHEMA, CALF.read_text(encoding="utf-8")) == []
    assert errors(schema_of(WordFile), CALF_WORDS.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "mistake",
    ["an unknown key", "a misspelled key", "26 repetitions", "text for a number", "an id that is no key",
     "a step of no kind", "an unhandled answer", "a movement that there is not", "eight screening questions"],
)  # fmt: skip
def test_a_file_of_another_shape_does_not_follow_it(copy: Copy, mistake: str) -> None:
    copy.change(STEPS[mistake].old, STEPS[mistake].new)
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
    assert SCHEMA["$defs"]["Phase"]["properties"]["head"]["enum"] == ["down", "up"]
