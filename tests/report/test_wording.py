"""The report's words: what can happen has a name, in every language."""

import string
from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.meanings import ADVERSE, DISTRESS
from voicecoach.programme.steps import Outcome
from voicecoach.report.wording import read_report_words
from voicecoach.session.adverse import AdverseKind

FOLDER = Path(__file__).parents[2] / "voicecoach" / "report"
WRITTEN = sorted(file.name.split(".")[1] for file in FOLDER.glob("words.*.toml"))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", WRITTEN)
def test_every_outcome_and_every_adverse_event_has_a_name(language: str) -> None:
    words = read_report_words(language)
    assert set(words.ended) == {*Outcome, "broken_off"}
    others = {"it_hurts", "pain", "screening", "worse_after_pause", "not_all_right"}
    assert {*ADVERSE, *DISTRESS, *others} == set(words.events) == set(AdverseKind)
    assert len(words.weekdays) == 7


@pytest.mark.parametrize("language", WRITTEN)
def test_every_language_says_the_same_with_the_same_values(language: str) -> None:
    english, words = read_report_words("en").texts, read_report_words(language).texts
    assert {key for key in english if not key.endswith("_one")} <= set(words) <= set(english)
    assert all(gaps(text) <= gaps(english[key]) | {"count"} for key, text in words.items())


def test_a_language_without_words_is_a_sentence() -> None:
    with pytest.raises(VoicecoachError, match="The words of the report in language xx are missing"):
        read_report_words("xx")


def test_a_count_of_one_has_its_own_text_where_there_is_one() -> None:
    words = read_report_words("en")
    assert words.say("summary_early", 1) == "one session ended early."
    assert words.say("summary_early", 2) == "2 sessions ended early."
    assert words.say("screening_all_no", 1).startswith("All 1 ")
