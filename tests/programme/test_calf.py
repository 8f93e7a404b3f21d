"""The calf programme does what its source and the clinical additions say, step by step."""

from typing import TypeVar

import pytest

from voicecoach.programme.line import Line
from voicecoach.programme.steps import (
    Ask,
    Branch,
    Exercise,
    Pain,
    Phase,
    Programme,
    Provocation,
    Screen,
    Side,
    Step,
    Summary,
    TrafficLight,
)
from voicecoach.programme.words import Words

S = TypeVar("S", bound=Step)


def the(kind: type[S], calf: Programme) -> S:
    """Return the only step of a kind."""
    (step,) = (step for step in calf.steps if isinstance(step, kind))
    return step


def pattern(calf: Programme) -> Branch:
    step = calf.steps[calf.index("pattern")]
    assert isinstance(step, Branch)
    return step


def test_the_exercise_is_three_sets_of_twenty_five_with_holds_of_three_seconds(calf: Programme) -> None:
    flossing = the(Exercise, calf)
    assert (flossing.sets, flossing.repetitions, flossing.hold_seconds) == (3, 25, 3)
    assert (flossing.until, flossing.movement, flossing.sides) == ("gone", "slider", "sore")


def test_toes_and_head_move_together_first_down_then_up(calf: Programme) -> None:
    assert the(Exercise, calf).phases == (
        Phase(id="down", toes="down", head="down"),
        Phase(id="up", toes="up", head="up"),
    )


def test_a_set_of_twenty_five_lasts_just_under_four_minutes(calf: Programme) -> None:
    flossing = the(Exercise, calf)
    phase_seconds = flossing.move_seconds + flossing.hold_seconds
    assert 3.5 * 60 < flossing.repetitions * len(flossing.phases) * phase_seconds < 4 * 60


def test_the_spoken_cues_are_those_of_the_phases(words: Words) -> None:
    down, up = words.prompts["flossing_down_full"].lower(), words.prompts["flossing_up_full"].lower()
    assert "point your toes" in down
    assert "drop your head" in down
    assert "lift your toes" in up
    assert "head up, to look straight ahead, no further" in up
    assert "back still rounded" in up
    assert (words.prompts["flossing_down"], words.prompts["flossing_up"]) == ("Down.", "Up.")


def test_the_screening_questions_come_before_all_else_that_is_asked(calf: Programme) -> None:
    screening = the(Screen, calf)
    asked = [step for step in calf.steps if isinstance(step, Screen | Side | Pain | Ask | Exercise)]
    assert asked[0] is screening


@pytest.mark.parametrize(
    ("sign", "action"),
    [
        ("numbness between your legs", "emergency"),
        ("bladder or bowels", "emergency"),
        ("chest pain", "emergency"),
        ("short of breath", "emergency"),
        ("both legs weak or numb", "emergency"),
        ("cold and pale", "emergency"),
        ("swollen, or warmer", "same_day"),
        ("red, or darker", "same_day"),
        ("suddenly pop", "same_day"),
        ("give way when you stand", "same_day"),
        ("sore leg weak or numb", "lost_function"),
        ("fever", "ill_first"),
        ("loss of weight", "ill_first"),
        ("when you walk and ease", "clinician_first"),
        ("blood clot", "clinician_first"),
        ("or cancer", "clinician_first"),
        ("pregnant, or were you in the last months", "clinician_first"),
        ("operation", "clinician_first"),
        ("in plaster, or long in bed", "clinician_first"),
        ("lately had an operation or a broken bone", "clinician_first"),
        ("osteoporosis", "clinician_first"),
        ("small fall ever break a bone", "clinician_first"),
        ("steroid tablets", "clinician_first"),
        ("fallen lately", "clinician_first"),
        ("dizzy when you bend", "clinician_first"),
    ],
)
def test_each_warning_sign_is_asked_for_and_has_its_action(
    calf: Programme, words: Words, sign: str, action: str
) -> None:
    actions = [q.action for q in the(Screen, calf).questions if sign in words.prompts[f"{q.id}?"]]
    assert actions == [action]


def test_the_safety_questions_are_in_the_order_of_the_harm(calf: Programme) -> None:
    actions = [question.action for question in the(Screen, calf).questions]
    assert actions == sorted(
        actions, key=("emergency", "same_day", "lost_function", "ill_first", "clinician_first").index
    )


def test_every_screening_action_sends_to_help_and_starts_nothing(calf: Programme, words: Words) -> None:
    said = {question.action: words.text(Line(question.action)) for question in the(Screen, calf).questions}
    assert set(said) == {"emergency", "same_day", "lost_function", "ill_first", "clinician_first"}
    assert "Call nine nine nine" in said["emergency"]
    assert "today" in said["same_day"]
    assert "see a clinician before" in said["clinician_first"]
    assert all("not exercise" in text or "not start" in text for text in said.values())


def test_pain_in_both_calves_ends_the_session_and_advises_a_clinician(calf: Programme, words: Words) -> None:
    both = the(Side, calf).both
    assert both.finish == "warning_sign"
    assert "see a clinician" in words.prompts[both.say[0]]


def test_both_legs_are_lifted_in_the_same_words_the_one_without_pain_first(calf: Programme, words: Words) -> None:
    test = calf.steps[calf.index("slump_test")]
    assert isinstance(test, Provocation)
    assert (test.sides, test.first, test.until_felt) == ("both", "other", ("slump_lift",))
    assert "Lift your left foot slowly." in words.text(Line("slump_lift?", {"side": "left"}))


def test_only_two_yeses_to_the_slump_questions_lead_to_the_exercise(calf: Programme) -> None:
    branch = pattern(calf)
    assert branch.all_yes == ("slump_familiar", "slump_different")
    assert (branch.match.finish, branch.match.go) == (None, "outlook")
    assert calf.index("gentle") + 1 == calf.index("outlook") < calf.index("floss_intro")
    assert branch.otherwise.finish == "no_match"
    assert calf.index(branch.id) < calf.index(the(Exercise, calf).id)


def test_the_two_markers_change_what_is_said_and_nothing_else(calf: Programme, words: Words) -> None:
    markers = pattern(calf).markers
    assert [words.prompts[f"{marker}?"] for marker in markers] == [
        "Does the pain move around in your lower leg?",
        "Does massage help, but only for a short time?",
    ]
    steps = [calf.steps[calf.index(marker)] for marker in markers]
    assert all(isinstance(step, Ask) and (step.yes.go, step.no.go) == (None, None) for step in steps)


def test_nobody_moves_before_saying_that_they_are_ready(calf: Programme) -> None:
    assert {step.position for step in calf.steps if isinstance(step, Provocation)} == {"slump_position"}
    assert the(Exercise, calf).position == "floss_ready"
    assert calf.index("set_up") < calf.index("seated") < calf.index("slump") < calf.index("slump_test")


def test_the_pain_rules_are_the_traffic_light(calf: Programme) -> None:
    assert calf.pain == TrafficLight(ease_from=4, stop_from=6, stop_rise=2)


def test_pain_is_asked_for_before_anything_moves_after_the_test_and_at_the_end(calf: Programme) -> None:
    places = [at for at, step in enumerate(calf.steps) if isinstance(step, Pain)]
    assert len(places) == 3
    assert places[0] < calf.index("slump")
    assert calf.index("third_test") < places[1] < calf.index("pattern")
    assert calf.index(the(Exercise, calf).id) < places[2] < calf.index(the(Summary, calf).id)


def test_glute_stretches_and_knee_rolling_are_offered_and_can_be_declined(calf: Programme, words: Words) -> None:
    for offer, what in (("glute_offer", "glute stretch"), ("knee_offer", "knee rolling")):
        step = calf.steps[calf.index(offer)]
        assert isinstance(step, Ask)
        assert step.no.go is not None
        assert what in words.prompts[f"{offer}?"]


@pytest.mark.parametrize(
    "step_id",
    [
        "welcome",
        "screening",
        "pain_before",
        "seated",
        "glute",
        "knee",
        "pain_after",
        "settled",
        "third_offer",
        "third_test",
        "pain_test",
        "slump_eases",
    ],
)
def test_what_the_source_does_not_say_is_marked_as_an_addition(calf: Programme, step_id: str) -> None:
    assert calf.steps[calf.index(step_id)].addition


@pytest.mark.parametrize("step_id", ["slump", "slump_familiar", "slump_different", "pattern", "flossing"])
def test_what_the_source_says_is_not_marked_as_an_addition(calf: Programme, step_id: str) -> None:
    assert calf.steps[calf.index(step_id)].addition is None
