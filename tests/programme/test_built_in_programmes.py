"""What holds of every built-in programme: it says where it comes from, screens first, asks for pain, claims nothing."""

import re

import pytest

from voicecoach.programme.profiles import with_profile
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.steps import Pain, Programme, Ready, Say, Screen, Settled, Side, Summary, TrafficLight
from voicecoach.programme.values import WORDINGS
from voicecoach.programme.words import Words, read_words

NAMES = built_in_programmes()


@pytest.fixture(params=NAMES)
def programme(request: pytest.FixtureRequest) -> Programme:
    return read_programme(programme_file(request.param))


@pytest.fixture
def its_words(programme: Programme) -> Words:
    return read_words(programme, programme_file(programme.id), "en", "GB")


def test_there_are_four_programmes() -> None:
    assert NAMES == ["calf", "calf_raise", "median", "warm_up"]


def test_every_programme_names_its_sources_and_marks_what_they_do_not_have(programme: Programme) -> None:
    assert len(programme.source) > 30
    for step in programme.steps:
        if isinstance(step, Screen | Ready | Pain | Settled):
            assert step.addition, step.id


def test_the_first_sentences_say_that_this_is_no_substitute_for_a_clinician(
    programme: Programme, its_words: Words
) -> None:
    first = programme.steps[0]
    assert isinstance(first, Say)
    assert "no substitute for a clinician" in its_words.prompts[first.prompts[0]]


def test_every_programme_screens_before_all_else_that_is_asked(programme: Programme, its_words: Words) -> None:
    others = [step for step in programme.steps if not isinstance(step, Say | Ready)]
    assert isinstance(others[0], Screen)
    assert 1 <= len(others[0].questions) <= 18
    assert {question.action for question in others[0].questions} >= {"emergency", "same_day", "clinician_first"}
    for question in others[0].questions:
        assert "not" in its_words.prompts[question.action]
        assert re.search(r"clinician|doctor|\{emergency_number\}", its_words.prompts[question.action])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_question_of_every_programme_has_an_explanation(programme: Programme, language: str) -> None:
    prompts = read_words(programme, programme_file(programme.id), language, "GB").prompts
    asked = {key.removesuffix("?again") for key in prompts if key.endswith("?again")}
    assert [question for question in asked if prompts[f"{question}?explain"] == prompts[f"{question}?again"]] == []


def test_a_safety_question_is_short_enough_to_keep_in_the_head(programme: Programme, its_words: Words) -> None:
    screens = [step for step in programme.steps if isinstance(step, Screen)]
    keys = [f"{question.id}?{wording}" for screen in screens for question in screen.questions for wording in WORDINGS]
    spoken = {key: its_words.prompts[key] for key in keys if not key.endswith("explain")}
    assert {key: text for key, text in spoken.items() if len(text.split()) > 18} == {}


def test_every_programme_has_screening_questions_of_its_own() -> None:
    asked = [
        tuple(question.id for step in read_programme(programme_file(name)).steps if isinstance(step, Screen)
              for question in step.questions)
        for name in NAMES
    ]  # fmt: skip
    assert len(set(asked)) == len(asked)


def test_pain_is_asked_for_before_anything_moves_and_at_the_end(programme: Programme) -> None:
    asks = [isinstance(step, Pain) for step in programme.steps if isinstance(step, Pain) or step.moving]
    assert (asks[0], asks[-1]) == (True, True)
    assert isinstance(programme.steps[-1], Summary)
    assert programme.pain == TrafficLight(ease_from=4, stop_from=6, stop_rise=2)


def test_nobody_moves_before_saying_that_they_are_ready(programme: Programme) -> None:
    for at, step in enumerate(programme.steps):
        if step.moving:
            assert any(isinstance(before, Ready) and before.id != "ready" for before in programme.steps[:at])


def test_pain_on_both_sides_is_a_reason_not_to_start(programme: Programme) -> None:
    for step in programme.steps:
        if isinstance(step, Side):
            assert step.both.finish == "warning_sign"


def test_nothing_that_is_said_is_a_diagnosis(its_words: Words) -> None:
    harmless = re.compile(r"\b(do|if|pain) you have\b")
    claims = re.compile(r"\byou have\b|\byou've got\b|\byou suffer|diagnos|sciatica|carpal|\bpositive\b|\bnegative\b")
    said = {key: harmless.sub("", text.lower()) for key, text in its_words.prompts.items()}
    assert {key: text for key, text in said.items() if claims.search(text)} == {}


def test_the_scale_is_always_anchored_in_the_same_words(programme: Programme, its_words: Words) -> None:
    anchors = "Zero is no pain, ten is the worst pain you can imagine."
    for step in programme.steps:
        if isinstance(step, Pain):
            assert anchors in its_words.prompts[f"{step.id}?"]
            assert anchors in its_words.prompts[f"{step.id}?again"]


def test_every_sentence_is_short_enough_to_keep_in_the_head(its_words: Words) -> None:
    sentences = [s for text in its_words.prompts.values() for s in re.split(r"(?<=[.?!])\s+", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 40] == []


def test_every_programme_has_a_cautious_profile_with_smaller_doses(programme: Programme) -> None:
    cautious = with_profile(programme, "cautious")
    assert cautious != programme
    assert [step.id for step in cautious.steps] == [step.id for step in programme.steps]


def test_the_sliders_words_pair_the_wrist_and_the_elbow_as_their_positions_do() -> None:
    median = read_programme(programme_file("median"))
    words = read_words(median, programme_file("median"), "en", None).prompts
    assert words["gliding_bend_full"] == "Bend your elbow, and bend your hand back."
    assert words["gliding_reach_full"] == "Straighten your elbow, and let your hand bend forwards."
    assert "The wrist never bends back while the elbow is straight" in words["glide_phases"]


def test_the_cautious_calf_programme_is_one_set_of_ten_and_nothing_else_changes() -> None:
    calf = read_programme(programme_file("calf"))
    changed = [(a, b) for a, b in zip(calf.steps, with_profile(calf, "cautious").steps, strict=True) if a != b]
    assert [(b.id, b.sets, b.repetitions) for _, b in changed] == [("flossing", 1, 10)]  # type: ignore[union-attr]
