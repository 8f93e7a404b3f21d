"""What was there before the exercise: more of it ends the session, and telling of it again does not."""

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind

TINGLES = actions.Adverse(AdverseKind.PINS_AND_NEEDLES)


def moving(tingling: str) -> Puppet:
    """Return somebody in the second repetition of the slider for the arm, whose hand tingled before, or did not."""
    return Puppet({"tingling": tingling}, PROGRAMMES["median"]).go_until_repetition(1, 2)


def test_tingling_that_was_there_before_stops_the_movement_and_is_asked_about() -> None:
    puppet = moving("yes")
    done = puppet.hear("pins_and_needles")
    assert actions.Silence() in done
    assert puppet.said() == ["command_hurts"]
    puppet.go_until_asked("more_than_before")
    assert puppet.session.memory.ended is None
    assert TINGLES not in puppet.actions


def test_having_the_movement_ended_for_it_cannot_be_skipped() -> None:
    puppet = moving("yes")
    puppet.hear("pins_and_needles")
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]
    puppet.go_until_asked("more_than_before")


def test_a_device_lost_for_a_moment_leads_past_no_question_about_it() -> None:
    puppet = moving("yes")
    puppet.hear("pins_and_needles")
    puppet.go_until_asked("more_than_before")
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.tell(events.DeviceBack(puppet.now))
    assert puppet.asking == actions.Asking("more_than_before", 0)


def test_no_more_of_it_than_before_goes_on_after_a_pain_score() -> None:
    puppet = moving("yes")
    puppet.answers["more_than_before"] = "no"
    puppet.hear("pins_and_needles")
    puppet.go_until_asked("pain_now").go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert puppet.session.memory.repetitions == [10, 10, 10]


def test_whoever_goes_on_after_it_hears_that_the_score_allows_it() -> None:
    puppet = moving("yes")
    puppet.answers |= {"more_than_before": "no", "pain_now": "2"}
    puppet.hear("pins_and_needles")
    puppet.go_until_asked("pain_now").answer()
    assert puppet.said() == ["go_on_pain"]


def test_what_the_question_about_it_has_lowered_is_not_lowered_again_by_a_stop() -> None:
    puppet = moving("yes")
    puppet.hear("pins_and_needles")
    puppet.go_until_asked("more_than_before").wait()
    puppet.hear("stop")
    assert puppet.said() == ["stopped_still"]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_more_of_it_and_a_doubt_end_the_session_and_are_kept(answer: str) -> None:
    puppet = moving("yes")
    puppet.answers["more_than_before"] = answer
    puppet.hear("pins_and_needles")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE
    assert TINGLES in puppet.actions
    assert (puppet.said()[0], puppet.said()[-1]) == ("adverse_still", "goodbye")


def test_tingling_that_was_not_there_before_ends_the_session_at_once() -> None:
    puppet = moving("no")
    puppet.hear("pins_and_needles")
    assert (puppet.said()[0], TINGLES in puppet.actions) == ("adverse", True)


@pytest.mark.parametrize("sign", ["numb", "worse"])
def test_numbness_and_worse_end_the_session_though_it_tingled_before(sign: str) -> None:
    puppet = moving("yes")
    puppet.hear(sign)
    assert (puppet.said()[0], puppet.said()[-1]) == ("adverse", "goodbye")


def test_telling_of_it_where_it_is_asked_about_is_a_yes() -> None:
    puppet = Puppet(programme=PROGRAMMES["median"]).go_until_asked("tingling")
    puppet.hear("pins_and_needles")
    assert puppet.session.memory.questions[-1].answer is None
    answers = {record.id: record.answer for record in puppet.session.memory.questions}
    assert answers["tingling"] == "yes"
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE


def test_telling_of_it_twice_puts_the_question_again() -> None:
    puppet = moving("yes")
    puppet.hear("pins_and_needles")
    puppet.go_until_asked("more_than_before").hear("pins_and_needles")
    puppet.go_until_asked("more_than_before")
    assert puppet.session.memory.ended is None


def test_an_area_of_another_nerve_is_no_match() -> None:
    puppet = Puppet({"entry": "no"}, PROGRAMMES["median"]).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.notes(actions.Tick)) == (Outcome.NO_MATCH, [])


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_an_artificial_hip_and_a_doubt_about_one_leave_the_figure_four_out(answer: str) -> None:
    puppet = Puppet({"hip": answer}).go_to_the_end()
    assert "no_glute" in puppet.prompts()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["knee"]
