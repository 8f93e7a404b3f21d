""" "That's wrong", "I said no", "I meant left": an answer is taken back, and what was built on it stops first."""

import pytest

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.core import Session
from voicecoach.session.question_ids import read_id


def asked(question: str, answers: dict[str, str] | None = None) -> Puppet:
    puppet = Puppet(answers).go_until_asked(question)
    puppet.wait()
    return puppet


def in_the_exercise() -> Puppet:
    puppet = Puppet().go_until_repetition(2, 3)
    puppet.wait()
    return puppet


def taken(puppet: Puppet, question: str) -> list[str | int]:
    return [note.answer for note in puppet.notes(actions.Answered) if note.question == question]


def is_checked(puppet: Puppet, question: str, answer: str) -> bool:
    """Whether the coach asks back if this is the answer to a question."""
    return puppet.asking is not None and (read_id(puppet.asking.question).of, puppet.asking.candidate) == (
        question,
        answer,
    )


def under_way(puppet: Puppet) -> list[str]:
    return [type(activity).__name__ for activity in puppet.session.under_way]


def test_what_was_wrong_is_named_and_its_question_asked_again() -> None:
    puppet = asked("pain_before")
    puppet.hear("correct")
    assert actions.Obeyed("correct") in puppet.actions
    assert puppet.said() == ["side?heard", "side?"]
    assert puppet.speech[-1].lines[0].values["answer"] == "left"
    assert puppet.session.memory.side is None
    puppet.wait()
    puppet.hear("right")
    assert puppet.session.memory.side == "right"
    assert puppet.asking == actions.Asking("pain_before", 0)


def test_an_answer_of_the_screening_is_asked_again_before_it_goes_on() -> None:
    puppet = asked("both_legs")
    puppet.hear("correct")
    assert puppet.said() == ["chest?heard", "chest?"]
    puppet.wait()
    puppet.hear("no")
    assert puppet.asking == actions.Asking("both_legs", 0)


def test_what_was_hardly_heard_as_a_correction_asks_whether_the_answer_is_right() -> None:
    puppet = asked("both_legs")
    puppet.hear("correct", sure=False)
    assert puppet.said() == ["chest?heard", "is_that_right?"]


def test_a_worry_in_the_place_of_a_no_counts_at_once() -> None:
    puppet = asked("both_legs")
    puppet.hear("correct_yes")
    assert taken(puppet, "chest") == ["no", "yes"]
    assert puppet.asking == actions.Asking("chest_confirm", 0)
    puppet.go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert actions.Adverse(AdverseKind.SCREENING, "chest") in puppet.actions


def test_a_no_in_the_place_of_a_worry_is_not_taken_without_its_question() -> None:
    puppet = asked("chest")
    puppet.hear("yes")
    puppet.wait()
    puppet.hear("correct_no")
    assert taken(puppet, "chest") == ["yes"]
    assert puppet.asking == actions.Asking("chest", 0)
    puppet.wait()
    puppet.hear("no")
    assert puppet.asking == actions.Asking("both_legs", 0)


@pytest.mark.parametrize("said", ["correct", "correct_yes"])
def test_that_a_no_was_wrong_has_the_questions_named(said: str) -> None:
    puppet = asked("screening_all_no")
    puppet.hear(said)
    assert puppet.said()[0] == "name_them"
    assert not puppet.session.memory.screened


def test_i_said_no_does_not_say_that_all_noes_are_right() -> None:
    puppet = asked("screening_all_no")
    puppet.hear("correct_no")
    assert puppet.asking == actions.Asking("screening_all_no", 0)
    assert not puppet.session.memory.screened


def test_that_all_noes_are_right_can_be_taken_back_after_the_screening() -> None:
    puppet = asked("side")
    puppet.hear("correct_no")
    assert puppet.said()[0] == "name_them"
    assert not puppet.session.memory.screened


def test_a_side_is_put_right_and_said_back() -> None:
    puppet = asked("pain_before")
    puppet.hear("correct_right")
    assert taken(puppet, "side") == ["left", "right"]
    assert puppet.speech[-2].lines[0].values["answer"] == "right"
    assert puppet.asking == actions.Asking("pain_before", 0)


def test_once_an_answer_is_taken_back_the_one_before_it_can_still_be_put_right() -> None:
    puppet = asked("marker_moves", {"pain_before": "4"})
    puppet.hear("correct")
    puppet.go_until_asked("pain_before").hear("correct_right")
    assert taken(puppet, "side") == ["left", "right"]


def test_a_side_can_be_put_right_though_more_was_answered_since() -> None:
    puppet = asked("marker_moves", {"pain_before": "4"})
    puppet.hear("correct_right")
    assert [(note.question, note.answer) for note in puppet.notes(actions.TakenBack)] == [
        ("pain_before", 4), ("side", "left")
    ]  # fmt: skip
    assert puppet.session.memory.side == "right"
    assert puppet.asking == actions.Asking("pain_before", 0)
    assert puppet.session.memory.pain_start is None


def test_whoever_says_the_same_once_more_hears_what_was_understood() -> None:
    puppet = asked("marker_moves")
    puppet.hear("correct_left")
    assert puppet.said() == ["side?heard"]
    puppet.wait()
    assert puppet.asking == actions.Asking("marker_moves", 0)
    assert puppet.notes(actions.TakenBack) == []


def test_a_worse_score_is_taken_at_once_and_a_better_one_asked_for() -> None:
    puppet = asked("marker_moves")
    puppet.hear("correct_7")
    assert is_checked(puppet, "pain_before", "7")
    puppet.wait()
    puppet.hear("yes")
    puppet.wait()
    assert puppet.session.memory.ended is Outcome.PAIN_LIMIT
    puppet = asked("marker_moves")
    puppet.hear("correct_1")
    assert puppet.said() == ["pain_before?heard", "pain_before?"]


def test_easing_off_goes_with_the_score_that_it_followed() -> None:
    puppet = asked("marker_moves", {"pain_before": "4"})
    assert puppet.session.memory.eased
    puppet.hear("correct")
    puppet.wait()
    puppet.hear("2")
    assert not puppet.session.memory.eased


def test_easing_off_stays_where_a_later_answer_was_wrong() -> None:
    puppet = asked("marker_massage", {"pain_before": "4"})
    puppet.hear("correct")
    assert puppet.go_until_asked("marker_moves").session.memory.eased


def test_an_answer_of_the_test_is_changed_and_said_back() -> None:
    puppet = asked("slump_different")
    puppet.hear("correct_no")
    assert taken(puppet, "slump_familiar") == ["yes", "no"]
    assert puppet.said(2) == ["heard_that", "slump_different?"]


def test_that_something_was_wrong_is_a_no_to_whether_it_was_right() -> None:
    puppet = asked("side")
    puppet.hear("left", sure=False)
    puppet.wait()
    puppet.hear("correct")
    assert puppet.said() == ["side?again"]
    puppet.wait()
    puppet.hear("left", sure=False)
    puppet.wait()
    puppet.hear("correct_right")
    assert taken(puppet, "side") == ["right"]


def test_i_said_left_confirms_a_left_that_was_hardly_heard() -> None:
    puppet = asked("side")
    puppet.hear("left", sure=False)
    puppet.wait()
    puppet.hear("correct_left")
    assert taken(puppet, "side") == ["left"]


def test_i_said_no_to_a_question_that_is_asked_again_is_about_that_one() -> None:
    puppet = asked("both_legs")
    puppet.mumble()
    puppet.wait()
    puppet.hear("correct_no")
    assert puppet.asking == actions.Asking("both_legs_check", 0, "no")


def test_where_nothing_was_answered_yet_the_coach_says_so() -> None:
    puppet = Puppet()
    puppet.hear("correct")
    assert puppet.said() == ["correct_nothing"]


def test_a_side_put_right_in_the_exercise_stops_it_says_what_follows_and_asks() -> None:
    puppet = in_the_exercise()
    done = puppet.hear("correct_right")
    assert actions.Silence() in done
    assert puppet.said() == ["distress_lower", "side?heard"]
    puppet.wait()
    assert puppet.asking == actions.Asking("go_back", 0)
    puppet.wait()
    puppet.hear("yes")
    assert puppet.session.memory.side == "right"
    assert puppet.asking == actions.Asking("pain_before", 0)
    puppet.answers["go_back"] = "no"
    puppet.go_until_repetition(1, 1).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert puppet.session.memory.repetitions == [25, 25, 25]
    assert taken(puppet, "slump_familiar") == ["yes", "yes"]


def test_of_what_somebody_has_moved_on_only_the_answer_that_was_wrong_is_taken_back() -> None:
    puppet = in_the_exercise()
    puppet.hear("correct_right")
    puppet.answers["go_back"] = "yes"
    puppet.go_until_asked("go_back").answer()
    puppet.go_until_asked("pain_before")
    assert puppet.notes(actions.TakenBack) == [actions.TakenBack("side", "left", is_wrong=True)]


def test_whoever_would_rather_not_go_back_takes_the_position_again_first() -> None:
    puppet = in_the_exercise()
    puppet.hear("correct_right")
    puppet.wait()
    puppet.wait()
    puppet.hear("no")
    assert puppet.asking == actions.Asking("floss_ready", 0)
    assert puppet.session.memory.side == "left"
    assert puppet.notes(actions.TakenBack) == []


def test_a_side_put_right_in_the_test_stops_it_first() -> None:
    puppet = asked("slump_lift")
    puppet.hear("correct_side")
    assert puppet.said() == ["distress_lower", "side?heard"]
    puppet.wait()
    puppet.wait()
    puppet.hear("yes")
    assert puppet.said() == ["side?heard", "side?"]


def test_a_worse_score_said_in_a_set_stops_it_and_counts_without_a_question() -> None:
    puppet = in_the_exercise()
    puppet.hear("correct_8")
    assert puppet.said()[0] == "distress_lower"
    puppet.wait()
    assert is_checked(puppet, "pain_set_1", "8")
    puppet.wait()
    puppet.hear("yes")
    assert puppet.session.ending is Outcome.PAIN_LIMIT


def test_a_position_that_was_wrong_is_taken_once_more() -> None:
    puppet = in_the_exercise()
    repetitions = list(puppet.session.memory.repetitions)
    puppet.hear("correct")
    assert puppet.said() == ["distress_lower", "floss_ready?heard"]
    puppet.wait()
    assert puppet.asking == actions.Asking("floss_ready", 0)
    assert puppet.session.memory.repetitions == repetitions


def test_whoever_was_not_ready_after_all_is_asked_again_and_does_not_move_on_a_correction() -> None:
    puppet = asked("floss_ready")
    puppet.hear("no")
    puppet.hear("correct_yes")
    assert puppet.asking == actions.Asking("floss_ready", 0)


@pytest.mark.parametrize("said", ["correct", "correct_right", "correct_yes", "correct_0"])
@pytest.mark.parametrize("event", ["it_hurts", "pause"])
def test_what_is_asked_for_safety_is_answered_before_an_earlier_answer_is_corrected(event: str, said: str) -> None:
    puppet = in_the_exercise()
    puppet.hear(event)
    before = under_way(puppet)
    puppet.hear(said)
    assert puppet.said()[0] in ("correct_later", "floss_ready?heard")
    assert under_way(puppet)[: len(before)] == before


def test_in_distress_the_coach_only_asks_again() -> None:
    puppet = in_the_exercise()
    puppet.hear("dizzy")
    puppet.hear("correct_right")
    assert puppet.said() == ["all_right?again"]


def test_going_back_does_not_forget_that_it_hurt_in_the_test() -> None:
    puppet = asked("slump_lift")
    puppet.hear("it_hurts")
    puppet.go_until_asked("slump_lift")
    puppet.wait()
    puppet.hear("correct_right")
    puppet.wait()
    puppet.wait()
    puppet.hear("yes")
    assert puppet.session.memory.hurt_in_test


def test_an_answer_can_be_corrected_after_the_session_was_saved_and_restored() -> None:
    puppet = asked("pain_before")
    puppet.session = Session.restore(CALF, puppet.session.save())
    puppet.hear("correct_right")
    assert puppet.session.memory.side == "right"


def test_i_said_left_to_the_first_question_for_a_side_answers_it() -> None:
    puppet = asked("side")
    puppet.hear("correct_left")
    assert puppet.asking == actions.Asking("side_check", 0, "left")


def test_only_answers_that_have_been_given_or_asked_for_can_be_named() -> None:
    assert {"correct_left", "correct_side", "correct_3"}.isdisjoint(asked("both_legs").listening)
    heard = asked("marker_moves").listening
    assert {"correct", "correct_no", "correct_left", "correct_side", "correct_3"} <= {*heard}


@pytest.mark.parametrize("said", ["resume", "gone", "skip", "repeat", "correct"])
@pytest.mark.parametrize("interruption", [("it_hurts",), ("pause", "resume"), ("correct_right",)])
@pytest.mark.parametrize("later", [0, 1])
def test_no_command_leads_past_what_an_interruption_asks(interruption: tuple[str, ...], said: str, later: int) -> None:
    puppet = in_the_exercise()
    for command in interruption:
        puppet.hear(command)
    asking = under_way(puppet)[3]
    for _ in range(later):
        puppet.wait()
    puppet.hear(said)
    assert under_way(puppet)[3] == asking


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_correction_time_and_again_ends_like_any_session(name: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[name])
    for _ in range(40):
        puppet.go_until(lambda p: p.asking is not None)
        puppet.hear("correct")
        puppet.step()
    assert puppet.go_to_the_end().session.memory.ended is not None


def test_a_score_named_once_an_exercise_was_done_is_about_the_question_that_is_open() -> None:
    puppet = asked("pain_set_1")
    puppet.hear("correct_4")
    assert is_checked(puppet, "pain_set_1", "4")


def test_a_session_that_breaks_off_in_a_correction_is_not_gone_on_with() -> None:
    puppet = in_the_exercise()
    puppet.hear("correct_right")
    assert not puppet.session.resumable


@pytest.mark.parametrize(("said", "counts"), [("correct_yes", True), ("correct_no", False)])
def test_i_said_yes_confirms_a_warning_sign_and_i_said_no_does_not(said: str, counts: bool) -> None:
    puppet = asked("chest")
    puppet.hear("yes")
    puppet.wait()
    assert puppet.asking == actions.Asking("chest_confirm", 0)
    puppet.hear(said)
    puppet.go_to_the_end()
    assert (puppet.session.memory.ended is Outcome.WARNING_SIGN) is counts
