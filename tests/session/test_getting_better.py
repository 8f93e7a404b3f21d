"""Getting better: a test that turns negative after an earlier match is a good sign, and what comes next is a choice."""

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions
from voicecoach.session.memory import Opening, Previous

MATCHED = Opening(previous=Previous(side="left", pain_first=3, pain_last=2, matched_sides=("left",)))
NEGATIVE = {"slump_familiar": "no", "slump_different": "no"}


def test_after_a_match_a_negative_test_is_told_of_as_a_good_sign_and_leads_to_a_choice() -> None:
    puppet = Puppet(NEGATIVE, opening=MATCHED).go_until_asked("gentle")
    assert "no_longer" in puppet.prompts()
    assert "no_match" not in puppet.prompts()


def test_a_gentle_dose_is_the_smaller_one() -> None:
    puppet = Puppet(NEGATIVE, opening=MATCHED).go_to_the_end()
    assert puppet.session.memory.repetitions == [10]
    assert puppet.notes(actions.DoseChosen) == [actions.DoseChosen("cautious")]


def test_whoever_leaves_it_ends_without_the_exercise() -> None:
    puppet = Puppet(NEGATIVE | {"gentle": "no"}, opening=MATCHED).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.NO_MATCH
    assert puppet.said() == [
        "left_for_today", "summary_pain_last", "summary_pain_same", "summary_last_time", "goodbye",
    ]  # fmt: skip
    assert puppet.session.memory.repetitions == []


@pytest.mark.parametrize(
    ("answers", "opening"),
    [
        (NEGATIVE, None),
        (NEGATIVE, Opening(previous=Previous())),
        (NEGATIVE | {"side": "right"}, MATCHED),
        ({"slump_different": "no"}, MATCHED),
        ({"slump_familiar": "no"}, MATCHED),
    ],
    ids=["never before", "no match before", "the other side", "still familiar", "still different"],
)
def test_any_other_negative_test_is_no_match(answers: dict[str, str], opening: Opening | None) -> None:
    puppet = Puppet(answers, opening=opening).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.NO_MATCH
    said = [key for key in puppet.said() if key != "summary_last_time"]
    assert said == ["no_match", "summary_pain_last", "summary_pain_same", "goodbye"]


@pytest.mark.parametrize("name", ["calf", "calf_raise", "median"])
def test_what_to_expect_is_told_before_the_first_set(name: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[name]).go_until_repetition(1, 1)
    assert puppet.prompts().count("outlook") == 1
