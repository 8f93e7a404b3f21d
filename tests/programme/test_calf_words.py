"""What a responsible coach says, and what it never says."""

import re

import pytest

from voicecoach.programme.steps import Pain, Programme, Say
from voicecoach.programme.words import Words

ANCHORS = "Zero is no pain, ten is the worst pain you can imagine."


def test_the_first_sentence_says_that_this_is_no_substitute_for_a_clinician(calf: Programme, words: Words) -> None:
    first = calf.steps[0]
    assert isinstance(first, Say)
    assert "no substitute for a clinician" in words.prompts[first.prompts[0]]


def test_nothing_that_is_said_is_a_diagnosis(words: Words) -> None:
    harmless = re.compile(r"\b(do|if|pain) you have\b")
    claims = re.compile(r"\byou have\b|\byou've got\b|\byou suffer|diagnos|sciatica|\bpositive\b|\bnegative\b")
    said = {key: harmless.sub("", text.lower()) for key, text in words.prompts.items()}
    assert {key: text for key, text in said.items() if claims.search(text)} == {}


def test_answers_match_a_pattern_or_do_not(words: Words) -> None:
    assert "Your answers match the pattern" in words.prompts["match"]
    assert "do not match the pattern" in words.prompts["no_match"]


def test_a_test_without_match_rules_nothing_out_and_sends_to_a_clinician(words: Words) -> None:
    assert "rules nothing out" in words.prompts["no_match"]
    assert "see a clinician" in words.prompts["no_match"]


@pytest.mark.parametrize("markers", range(3))
def test_a_match_advises_a_clinician_if_it_does_not_settle(words: Words, markers: int) -> None:
    assert "see a clinician if it does not settle" in words.prompts[f"pattern_markers_{markers}"].lower()


def test_every_full_pain_question_has_both_anchors(calf: Programme, words: Words) -> None:
    keys = [f"{step.id}?" for step in calf.steps if isinstance(step, Pain)]
    keys += [f"{question}?again" for question in ("pain_before", "pain_set", "pain_after", "pain_now")]
    assert {key: words.prompts[key] for key in keys if not words.prompts[key].endswith(ANCHORS)} == {}


def test_the_anchors_of_the_pain_scale_never_vary(words: Words) -> None:
    anchor = re.compile(r"worst|zero is|ten is|imagin", re.IGNORECASE)
    varied = [text for text in words.prompts.values() if anchor.search(text.replace(ANCHORS, ""))]
    assert varied == []


def test_the_set_up_is_in_words_alone(words: Words) -> None:
    set_up = words.prompts["set_up"]
    for needed in ("sturdy table", "Sit well back", "hold the edge", "hang free"):
        assert needed in set_up
    shown = re.compile(r"(?<!stays )like this|as shown|look at|watch")
    assert [text for text in words.prompts.values() if shown.search(text.lower())] == []


def test_the_slump_is_described_as_in_the_source(words: Words) -> None:
    assert "chin to your belly button" in words.prompts["slump_position?"]
    assert "without leaning forwards" in words.prompts["slump"]
    assert "A pull behind the knee is normal" in words.prompts["slump"]


def test_the_exercise_is_described_as_in_the_source(words: Words) -> None:
    intro = words.prompts["floss_intro"]
    assert "slump a little less" in intro
    assert "very mild discomfort" in intro
    assert "The bend in your knee stays the same" in intro
    assert "Toes and head always move together" in words.prompts["floss_phases"]


@pytest.mark.parametrize("prompt", ["paused", "stopped", "adverse", "rest_until_voice", "command_hurts"])
def test_whoever_is_stopped_is_told_to_lower_the_foot(words: Words, prompt: str) -> None:
    assert "lower your foot" in words.prompts[prompt].lower()


def test_every_sentence_is_short_enough_to_keep_in_the_head(words: Words) -> None:
    sentences = [s for text in words.prompts.values() for s in re.split(r"(?<=[.?!])\s+", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 40] == []
