"""The other built-in programmes, walked through the core."""

import itertools

import pytest
from msgspec import structs

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome, Screen
from voicecoach.samples import samples
from voicecoach.session import actions
from voicecoach.signals import Signal

SECOND = samples(1)


def moves(puppet: Puppet) -> list[tuple[str, int]]:
    """Return the cues of calf raises on two feet with the samples at which they begin."""
    said = [(say.lines[-1].prompt, say.at or 0) for say in puppet.speech]
    return [(prompt, at) for prompt, at in said if prompt.startswith(("two_feet_up", "two_feet_down"))]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_whoever_answers_plainly_completes_every_programme(name: str) -> None:
    memory = Puppet(programme=PROGRAMMES[name]).go_to_the_end().session.memory
    assert memory.ended is Outcome.COMPLETE
    assert {record.asked for record in memory.questions} == {1}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_confirmed_warning_sign_ends_every_programme_before_anything_moves(name: str) -> None:
    screening = next(step for step in PROGRAMMES[name].steps if step.id == "screening")
    for question in screening.questions:  # type: ignore[union-attr]
        puppet = Puppet({question.id: "yes"}, PROGRAMMES[name]).go_to_the_end()
        assert (puppet.session.memory.ended, puppet.said()) == (Outcome.WARNING_SIGN, [question.action])
        assert puppet.notes(actions.Tick) + puppet.notes(actions.RepetitionBegun) == []


@pytest.mark.parametrize("name", PROGRAMMES)
@pytest.mark.parametrize(("before", "after"), [("6", "3"), ("3", "5")])
def test_the_traffic_light_ends_every_programme(name: str, before: str, after: str) -> None:
    puppet = Puppet({"pain_before": before, "pain_set_1": after}, PROGRAMMES[name]).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.PAIN_LIMIT
    assert len(puppet.session.memory.repetitions) <= 1


@pytest.mark.parametrize("name", ["calf", "calf_raise", "median"])
def test_pain_on_both_sides_does_not_start(name: str) -> None:
    puppet = Puppet({"side": "both"}, PROGRAMMES[name]).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.notes(actions.Tick)) == (Outcome.WARNING_SIGN, [])


def test_the_slider_of_the_arm_is_three_sets_of_ten_with_holds_of_two_seconds() -> None:
    puppet = Puppet({"side": "right"}, PROGRAMMES["median"]).go_to_the_end()
    holds = [note for note in puppet.notes(actions.HoldDone) if isinstance(note, actions.HoldDone)]
    assert puppet.session.memory.repetitions == [10, 10, 10]
    assert {note.ended_at - note.started_at for note in holds} == {2 * SECOND}
    assert len(holds) == 60
    starts = [line for say in puppet.speech for line in say.lines if line.prompt.startswith("glide_ready?")]
    assert [line.values["side"] for line in starts] == ["right"] * 3


def test_two_feet_rise_and_lower_three_seconds_each_without_a_tick() -> None:
    puppet = Puppet(programme=PROGRAMMES["calf_raise"]).go_until_asked("pain_set_1")
    assert puppet.session.memory.repetitions == [12]
    assert puppet.signals(Signal.HOLD_STARTS) == []
    cues = moves(puppet)
    assert [prompt for prompt, _ in cues[-2:]] == ["two_feet_up", "two_feet_down"]
    ups_and_downs = [later - first for (_, first), (_, later) in zip(cues[::2], cues[1::2], strict=True)]
    assert set(ups_and_downs) == {3 * SECOND}


def test_the_number_of_a_repetition_is_said_before_the_tempo_goes_on() -> None:
    puppet = Puppet(programme=PROGRAMMES["calf_raise"]).go_until_repetition(1, 4)
    assert puppet.said() == ["repetition_done"]
    puppet.wait()
    assert puppet.said() == ["two_feet_up"]
    began = puppet.now
    puppet.wait()
    puppet.wait()
    assert puppet.said() == ["two_feet_down"]
    assert puppet.now - began == 3 * SECOND


def test_one_foot_is_done_on_each_side_the_other_one_first_and_pain_is_asked_after_both() -> None:
    puppet = Puppet({"level": "one_foot", "side": "left"}, PROGRAMMES["calf_raise"]).go_to_the_end()
    starts = [
        line.values["side"] for say in puppet.speech for line in say.lines if line.prompt.startswith("one_ready?")
    ]
    assert starts == ["right", "left"] * 3
    assert puppet.session.memory.repetitions == [10] * 6
    asked = [record.id for record in puppet.session.memory.questions if record.id.startswith("pain_set")]
    assert asked == ["pain_set_1", "pain_set_2", "pain_set_3"]


def test_a_choice_leads_its_own_way() -> None:
    two = Puppet(programme=PROGRAMMES["calf_raise"]).go_to_the_end().prompts()
    one = Puppet({"level": "one_foot"}, PROGRAMMES["calf_raise"]).go_to_the_end().prompts()
    assert ("two_intro" in two, "one_intro" in two) == (True, False)
    assert ("two_intro" in one, "one_intro" in one) == (False, True)


@pytest.mark.parametrize("said", ["", "?"])
def test_an_unclear_choice_is_asked_again_and_one_in_doubt_is_checked(said: str) -> None:
    puppet = Puppet(programme=PROGRAMMES["calf_raise"]).go_until_asked("level")
    if said:
        puppet.hear("one_foot", sure=False)
        assert puppet.said() == ["did_you_say?"]
        assert puppet.go_until_asked("one_ready").session.memory.ended is None
    else:
        puppet.mumble()
        puppet.mumble()
        assert puppet.said() == ["not_understood", "level?again", "please_choose"]


@pytest.mark.parametrize(("effort", "prompt"), [("7", "good_load"), ("8", "too_hard"), ("10", "too_hard")])
def test_of_the_rules_of_a_number_the_highest_one_reached_is_followed(effort: str, prompt: str) -> None:
    puppet = Puppet({"effort": effort}, PROGRAMMES["calf_raise"]).go_until_asked("pain_after")
    assert {"good_load", "too_hard"} & set(puppet.prompts()) == {prompt}
    assert [record.answer for record in puppet.session.memory.questions if record.id == "effort"] == [int(effort)]


def test_the_rounds_of_the_warm_up_last_forty_seconds_with_their_rests_between() -> None:
    puppet = Puppet(programme=PROGRAMMES["warm_up"]).go_to_the_end()
    kept = [note for note in puppet.notes(actions.TimeKept) if isinstance(note, actions.TimeKept)]
    assert [note.step for note in kept] == ["easy"] * 3 + ["brisk"] * 3
    assert {note.ended_at - note.started_at for note in kept} == {40 * SECOND}
    gaps = [later.started_at - first.ended_at for first, later in itertools.pairwise(kept[:3])]
    assert all(15 * SECOND <= gap <= 20 * SECOND for gap in gaps)
    assert puppet.session.memory.rounds == 6
    summary = [line for line in puppet.speech[-2].lines if line.prompt.startswith("summary")]
    assert (summary[0].prompt, summary[0].values) == ("summary_rounds", {"rounds": 6})


def test_the_first_round_is_said_after_how_many_there_are_and_before_what_to_do() -> None:
    puppet = Puppet(programme=PROGRAMMES["warm_up"]).go_until(lambda p: "round_intro" in p.prompts())
    assert puppet.said()[:2] == ["rounds_intro", "round_intro"]
    puppet.go_until(lambda p: p.prompts().count("round_intro") == 2)
    assert puppet.said()[0] == "round_intro"


def test_a_skipped_round_is_not_counted_and_the_next_one_comes_after_the_rest() -> None:
    puppet = Puppet(programme=PROGRAMMES["warm_up"]).go_until(lambda p: bool(p.notes(actions.Tick)))
    puppet.hear("skip")
    assert puppet.said() == ["rest"]
    assert puppet.go_to_the_end().session.memory.rounds == 5


@pytest.mark.parametrize(
    ("name", "question", "prompt", "values"),
    [
        ("warm_up", "standing", "left_rounds", {"rounds": 3}),
        ("warm_up", "pain_set_1", "left_after", {}),
        ("warm_up", "pain_after", "left_after", {}),
        ("median", "seated", "left_before", {"sets": 3, "repetitions": 10}),
        ("calf_raise", "pain_set_2", "left_sets", {"sets": 1, "repetitions": 12}),
        ("calf_raise", "effort", "left_after", {}),
    ],
)
def test_how_many_are_left_is_about_the_exercise_under_way_or_the_next_one(
    name: str, question: str, prompt: str, values: dict[str, int]
) -> None:
    puppet = Puppet(programme=PROGRAMMES[name]).go_until_asked(question)
    puppet.hear("how_many_left")
    (line,) = puppet.speech[-1].lines
    assert line.prompt == prompt
    assert {key: line.values[key] for key in values} == values


@pytest.mark.parametrize("name", PROGRAMMES)
def test_nothing_moves_in_a_programme_that_screens_nobody(name: str) -> None:
    programme = PROGRAMMES[name]
    unscreened = structs.replace(programme, steps=tuple(s for s in programme.steps if not isinstance(s, Screen)))
    puppet = Puppet(programme=unscreened)
    with pytest.raises(RuntimeError, match="was reached without screening"):
        puppet.go_to_the_end()
    assert puppet.notes(actions.Tick) == []


def test_where_there_is_nothing_to_sum_up_the_session_ends_without_a_silent_line() -> None:
    warm_up = PROGRAMMES["warm_up"]
    programme = structs.replace(warm_up, steps=(warm_up.steps[0], warm_up.steps[-1]))
    puppet = Puppet(programme=programme).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert puppet.said() == ["settle", "goodbye"]
    assert [say for say in puppet.speech if not say.lines] == []
