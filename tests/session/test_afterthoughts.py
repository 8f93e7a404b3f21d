"""An answer goes on behind its beginning: the coach has replied by then, and goes back."""

import pytest

from tests.session.puppet import CALF, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.core import Session

IN_THE_REPLY = 0.2
"""Seconds of the next question that have sounded."""


def answered(question: str, answer: str, answers: dict[str, str] | None = None) -> Puppet:
    puppet = Puppet(answers).go_until_asked(question)
    puppet.wait()
    puppet.hear(answer)
    return puppet


def test_more_said_into_the_reply_has_the_answer_asked_about_again() -> None:
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    assert actions.TakenBack("chest", "no") in puppet.actions
    assert puppet.said() == ["chest?heard", "is_that_right?"]
    assert puppet.asking == actions.Asking("chest_check", 0, "no")


def test_a_yes_to_what_was_understood_takes_it_again_and_a_no_asks_the_question_again() -> None:
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    puppet.wait()
    puppet.hear("yes")
    assert [n for n in puppet.notes(actions.Answered) if n == actions.Answered("chest", "no", "no")] != []
    assert puppet.asking == actions.Asking("both_legs", 0)
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    puppet.wait()
    puppet.hear("no")
    assert puppet.said() == ["chest?again"]


def test_what_means_nothing_does_not_take_back_what_has_been_confirmed() -> None:
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    puppet.wait()
    puppet.hear("yes")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    assert len(puppet.notes(actions.TakenBack)) == 1
    puppet.hear("yes", behind=puppet.behind(IN_THE_REPLY, 3))
    assert puppet.asking == actions.Asking("chest_confirm", 0)


def test_the_worrying_answer_behind_a_no_counts_at_once() -> None:
    puppet = answered("chest", "no")
    puppet.hear("yes", behind=puppet.behind(IN_THE_REPLY, 3))
    assert puppet.asking == actions.Asking("chest_confirm", 0)
    puppet.go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert actions.Adverse(AdverseKind.SCREENING, "chest") in puppet.actions


def test_a_doubt_behind_a_no_is_explained_and_asked_about_once_more() -> None:
    puppet = answered("chest", "no")
    puppet.hear("unsure", behind=puppet.behind(IN_THE_REPLY, 3))
    assert puppet.said() == ["chest?explain", "chest?"]


def test_the_same_answer_said_twice_stands() -> None:
    puppet = answered("chest", "no")
    puppet.hear("no", behind=puppet.behind(IN_THE_REPLY, 3))
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.asking == actions.Asking("both_legs", 0)


def test_what_sounds_like_the_words_that_were_taken_is_no_correction_of_them() -> None:
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3), words="no")
    assert puppet.notes(actions.TakenBack) == []
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3), words="no well")
    assert actions.TakenBack("chest", "no") in puppet.actions


def test_a_side_that_is_corrected_does_not_lead_on_with_the_wrong_leg() -> None:
    puppet = answered("side", "left")
    assert puppet.said(2) == ["said_back", "pain_before?"]
    puppet.mumble_behind(puppet.behind(0.3, 0.1, back=1))
    assert puppet.asking == actions.Asking("side_check", 0, "left")
    assert puppet.session.memory.side is None
    puppet.wait()
    puppet.hear("no")
    puppet.hear("right")
    assert puppet.session.memory.side == "right"


def test_a_score_is_said_back_and_a_corrected_one_is_not_kept() -> None:
    puppet = answered("pain_before", "4")
    assert puppet.said(2)[0] == "said_back"
    assert puppet.session.memory.pain_start == 4
    puppet.mumble_behind(puppet.behind(0.1, 2, back=1))
    assert puppet.session.memory.pain_start is None
    assert puppet.said() == ["pain_before?heard", "is_that_right?"]
    puppet.wait()
    puppet.hear("7")
    puppet.wait()
    puppet.hear("7")
    puppet.hear("yes")
    puppet.wait()
    assert puppet.session.memory.ended is Outcome.PAIN_LIMIT


def test_a_command_behind_an_answer_leaves_the_question_open() -> None:
    puppet = answered("chest", "no")
    puppet.hear("pause", behind=puppet.behind(IN_THE_REPLY, 3))
    assert puppet.said() == ["paused_still"]
    puppet.hear("resume")
    assert puppet.asking == actions.Asking("chest", 0)


def test_a_worrying_answer_a_little_later_makes_the_coach_ask_which_question_was_meant() -> None:
    for meant, asked_next in (("yes", "chest_confirm"), ("no", "both_legs_confirm")):
        puppet = answered("chest", "no")
        puppet.hear("yes", behind=puppet.behind(1.0, 2))
        assert puppet.said() == ["chest?name", "belongs_to_it?"]
        puppet.wait()
        puppet.hear(meant)
        assert puppet.asking == actions.Asking(asked_next, 0)


def test_a_doubt_a_little_later_is_about_the_answer() -> None:
    puppet = answered("chest", "no")
    puppet.hear("unsure", sure=False, behind=puppet.behind(1.1, 1))
    assert puppet.said() == ["chest?explain", "chest?"]


def test_a_reassuring_answer_a_little_later_is_not_taken() -> None:
    puppet = answered("chest", "no")
    puppet.hear("no", behind=puppet.behind(1.0, 2))
    assert puppet.asking == actions.Asking("both_legs", 0)
    assert actions.Answered("both_legs", "no", "no") not in puppet.actions
    assert puppet.notes(actions.Obeyed) == []


def test_no_then_yes_does_not_answer_two_questions_of_the_test() -> None:
    puppet = answered("slump_familiar", "no")
    puppet.hear("yes", behind=puppet.behind(0.7, 2))
    assert puppet.asking == actions.Asking("slump_familiar_check", 0, "no")
    assert puppet.session.memory.questions[-1].id == "slump_familiar_check"


def test_the_last_words_of_a_session_that_follow_from_an_answer_alone_can_be_held_up() -> None:
    puppet = answered("pain_test", "2", {"slump_different": "no"})
    assert puppet.session.ending is Outcome.NO_MATCH
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 5))
    assert puppet.session.ending is None
    assert puppet.asking == actions.Asking("pain_test_check", 0, "2")


@pytest.mark.parametrize("level_db", [None, -45.0])
def test_an_echo_and_somebody_further_off_do_not_take_an_answer_back(level_db: float | None) -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no", level_db=-20.0)
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3), level_db)
    assert puppet.notes(actions.TakenBack) == []


def test_a_soft_voice_well_into_the_question_after_a_pressed_key_takes_nothing_back() -> None:
    puppet = answered("chest", "no")
    puppet.wait()
    puppet.hear("no", level_db=-20.0)
    puppet.wait()
    puppet.hear("no")
    puppet.hear("yes", level_db=-45.0, behind=puppet.behind(2.0, 1))
    assert puppet.notes(actions.TakenBack) == []


def test_a_cough_well_into_the_next_question_takes_nothing_back() -> None:
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(2.0, 1))
    assert puppet.notes(actions.TakenBack) == []


def test_an_answer_to_a_question_that_is_put_again_is_no_rest_of_the_one_before() -> None:
    puppet = answered("chest", "no")
    puppet.wait()
    asked_first = puppet.behind(2.0)
    puppet.tell(events.NotUnderstood(puppet.now + 1, puppet.now, -25.0, asked_first))
    assert puppet.asking == actions.Asking("both_legs", 1)
    puppet.hear("yes", behind=asked_first)
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.notes(actions.Answered)[-1] == actions.Answered("both_legs", "yes", "yes")


def test_more_said_into_the_check_of_an_answer_takes_back_no_other() -> None:
    puppet = answered("side", "left")
    puppet.wait()
    puppet.hear("6")
    assert puppet.asking == actions.Asking("pain_before_confirm", 0, "6")
    puppet.hear("2", behind=puppet.behind(0.2, 1))
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.asking == actions.Asking("pain_before_confirm", 0, "6")


def test_an_answer_can_be_taken_back_after_the_session_was_saved_and_restored() -> None:
    puppet = answered("pain_before", "4")
    restored = Session.restore(CALF, puppet.session.save())
    behind = puppet.behind(0.1, 2, back=1)
    puppet.session = restored
    puppet.mumble_behind(behind)
    assert puppet.asking == actions.Asking("pain_before_check", 0, "4")
    assert restored.memory.pain_start is None


@pytest.mark.parametrize(("after_seconds", "counts"), [(3.5, True), (4.5, False)])
def test_what_is_said_well_into_the_reply_counts_to_the_answer_for_four_seconds(
    after_seconds: float, counts: bool
) -> None:
    puppet = answered("pain_before", "4")
    assert "ease_off_start" in puppet.said()
    puppet.now += samples(after_seconds)
    puppet.mumble_behind(puppet.behind(2.0, 1))
    assert bool(puppet.notes(actions.TakenBack)) is counts


@pytest.mark.parametrize(("after_seconds", "counts"), [(29.0, True), (30.2, False)])
def test_an_answer_taken_half_a_minute_ago_stands(after_seconds: float, counts: bool) -> None:
    puppet = answered("chest", "no")
    puppet.now += samples(after_seconds)
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    assert bool(puppet.notes(actions.TakenBack)) is counts


@pytest.mark.parametrize(("after_seconds", "counts"), [(9.9, True), (10.1, False)])
def test_a_question_put_ten_seconds_after_an_answer_has_nothing_of_it_in_its_first_words(
    after_seconds: float, counts: bool
) -> None:
    puppet = answered("pain_before", "4")
    asked_before, answered_at = puppet.asking, puppet.now
    puppet.now = answered_at + samples(after_seconds - 1)
    puppet.wait()
    assert puppet.asking != asked_before
    puppet.mumble_behind(puppet.behind(IN_THE_REPLY, 3))
    assert bool(puppet.notes(actions.TakenBack)) is counts


@pytest.mark.parametrize(("call", "leads_to"), [("help", "Distress"), ("stop", "Waiting"), ("dizzy", "Distress")])
def test_a_call_in_motion_is_no_more_of_the_yes_to_the_position_that_it_follows(call: str, leads_to: str) -> None:
    puppet = answered("floss_ready", "yes")
    puppet.hear(call, sure=False, behind=puppet.behind(1))
    assert not puppet.notes(actions.TakenBack)
    assert leads_to in [type(activity).__name__ for activity in puppet.session.under_way]


def test_what_is_unclear_in_motion_behind_the_yes_to_the_position_may_be_a_cry_once_a_set() -> None:
    puppet = answered("floss_ready", "yes")
    puppet.wait()
    puppet.mumble_behind(puppet.behind(0.42))
    assert puppet.said() == ["distress_lower", "all_right?"]
    assert not puppet.notes(actions.TakenBack)
    puppet.wait()
    puppet.hear("fine")
    puppet.go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("yes")
    puppet.wait()
    puppet.mumble_behind(puppet.behind(0.42))
    assert puppet.said() != ["distress_lower", "all_right?"]
    assert not puppet.notes(actions.TakenBack)


def test_what_opens_as_an_afterthought_is_about_the_answer_before_while_the_next_question_is_being_said() -> None:
    puppet = answered("chest", "no")
    puppet.mumble_behind(puppet.behind(2.0, 1.0), goes_back=True)
    assert actions.TakenBack("chest", "no") in puppet.actions
    puppet = answered("chest", "no")
    puppet.hear("yes", behind=puppet.behind(2.0, 1.0), goes_back=True)
    assert puppet.asking == actions.Asking("chest_confirm", 0)


def test_once_the_next_question_has_been_said_an_afterthought_is_about_that_one() -> None:
    puppet = answered("chest", "no")
    puppet.wait()
    puppet.mumble_behind(puppet.behind(4.0), goes_back=True)
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.asking == actions.Asking("both_legs", 1)
