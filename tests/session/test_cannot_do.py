"""What the person can't do is left out kindly, or the session stops; nothing leads past the questions of safety."""

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions
from voicecoach.session.waiting import Waiting


def waits_after_a_stop(puppet: Puppet) -> bool:
    top = puppet.session.under_way[-1]
    return isinstance(top, Waiting) and top.policy == "stop"


def test_in_a_set_the_foot_comes_down_and_after_a_pain_score_what_follows_the_exercise_comes() -> None:
    puppet = Puppet().go_until_repetition(1, 4)
    puppet.hear("cant_do")
    assert puppet.said() == ["distress_lower", "left_out"]
    puppet.go_until(lambda p: p.asking is not None)
    assert puppet.asking == actions.Asking("pain_set_1", 0)
    puppet.answer()
    puppet.go_to_the_end()
    assert puppet.session.memory.repetitions == [3]
    assert (puppet.session.memory.ended, puppet.notes(actions.Adverse)) == (Outcome.COMPLETE, [])
    assert puppet.notes(actions.Obeyed) == [actions.Obeyed("cant_do")]


def test_in_the_rest_it_ends_the_exercise_without_another_score() -> None:
    puppet = Puppet().go_until(lambda p: "rest" in p.said())
    puppet.hear("cant_do")
    assert puppet.said() == ["left_out"]
    puppet.go_to_the_end()
    assert puppet.session.memory.repetitions == [25]
    assert [score.question for score in puppet.notes(actions.PainScored)].count("pain_set_2") == 0


def test_nothing_is_said_to_be_left_of_what_was_left_out() -> None:
    puppet = Puppet().go_until_repetition(1, 4)
    puppet.hear("cant_do")
    puppet.go_until_asked("pain_set_1")
    puppet.hear("how_many_left")
    assert puppet.said() == ["left_after"]


def test_a_position_that_cannot_be_taken_leaves_the_exercise_out() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.hear("cant_do")
    assert puppet.said() == ["distress_lower", "left_out"]
    assert puppet.go_to_the_end().session.memory.repetitions == [0]


@pytest.mark.parametrize("asked", [True, False])
def test_a_stretch_is_left_out_on_both_sides(asked: bool) -> None:
    puppet = Puppet().go_until_asked("glute_ready")
    if not asked:
        puppet.go_until(lambda p: "glute_start" in p.said())
    puppet.hear("cant_do")
    assert puppet.said()[-1] == "left_out"
    puppet.go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["knee"]


def test_rounds_are_left_out_and_the_pain_score_follows() -> None:
    puppet = Puppet(programme=PROGRAMMES["warm_up"]).go_until(lambda p: len(p.notes(actions.TimeKept)) == 1)
    rounds = puppet.session.memory.round
    puppet.hear("cant_do")
    puppet.go_until(lambda p: p.asking is not None)
    assert puppet.asking == actions.Asking("pain_set_1", 0)
    assert len(puppet.notes(actions.TimeKept)) == 1
    assert rounds == 1


@pytest.mark.parametrize("question", ["ready", "chest", "pain_before", "slump_lift", "pain_after"])
def test_elsewhere_it_stops_as_after_a_stop_and_goes_on_where_that_is_wanted(question: str) -> None:
    puppet = Puppet().go_until_asked(question)
    done = puppet.hear("cant_do")
    assert waits_after_a_stop(puppet)
    assert any(isinstance(action, actions.Silence) for action in done)
    assert ("command_cant_do" in puppet.said(2)) == (question != "slump_lift")
    puppet.hear("cant_do")
    assert puppet.said()[0] == "finish_stopped"


def test_a_question_of_safety_is_put_again_where_the_session_goes_on() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("cant_do")
    puppet.hear("resume")
    assert puppet.said()[-1] == "chest?"
    assert not puppet.session.memory.screened


def test_hardly_heard_it_is_asked_about_first() -> None:
    puppet = Puppet().go_until_repetition(1, 4)
    puppet.hear("cant_do", sure=False)
    assert puppet.asking == actions.Asking("command_check", 0, "cant_do")


def test_in_distress_it_ends_nothing() -> None:
    puppet = Puppet().go_until_repetition(1, 4)
    puppet.hear("fell")
    puppet.hear("cant_do")
    assert puppet.said()[-1] == "all_right?again"
