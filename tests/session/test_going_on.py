""" "Go on" is a yes where the coach asks whether to go on, or whether somebody is ready, and an answer nowhere else."""

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions
from voicecoach.session.core import Session

READY = [
    ("calf", "ready"), ("calf", "seated"), ("calf", "slump_position"), ("calf", "floss_ready"), ("calf", "glute_ready"),
    ("calf", "knee_ready"), ("median", "seated"), ("median", "glide_ready"), ("calf_raise", "standing"),
    ("calf_raise", "two_ready"), ("warm_up", "standing"),
]  # fmt: skip


@pytest.mark.parametrize(("programme", "question"), READY)
def test_whoever_is_asked_for_a_position_goes_on_by_saying_so(programme: str, question: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[programme]).go_until_asked(question)
    puppet.wait()
    puppet.hear("resume")
    assert actions.Answered(question, "yes", "resume") in puppet.actions


def test_a_go_on_that_is_hardly_heard_moves_nobody_unchecked() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("resume", sure=False)
    assert puppet.asking == actions.Asking("command_check", 0, "resume")
    assert puppet.notes(actions.RepetitionBegun) == []
    puppet.wait()
    puppet.hear("yes")
    assert puppet.notes(actions.RepetitionBegun) == [actions.RepetitionBegun(1, 1)]


def test_no_go_on_is_no_answer() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("resume", sure=False)
    puppet.wait()
    puppet.hear("no")
    assert puppet.asking == actions.Asking("floss_ready", 0)
    assert puppet.notes(actions.RepetitionBegun) == []


def test_a_test_that_hurt_goes_on_where_the_person_says_go_on() -> None:
    puppet = Puppet().go_until_asked("slump_lift")
    puppet.hear("it_hurts")
    puppet.go_until_asked("go_on").wait()
    puppet.hear("resume")
    assert puppet.asking == actions.Asking("slump_position", 0)


def test_a_session_that_broke_off_goes_on_where_the_person_says_go_on() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    again = Puppet(session=Session.restore(PROGRAMMES["calf"], puppet.session.save()))
    again.go_until_asked("resume_there").wait()
    again.hear("resume")
    assert again.asking == actions.Asking("anything_new", 0)


@pytest.mark.parametrize("question", ["chest", "screening_all_no", "marker_moves", "slump_lift", "glute_offer"])
def test_it_answers_no_other_question(question: str) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.wait()
    puppet.hear("resume")
    assert puppet.asking == actions.Asking(question, 0)
    assert not [note for note in puppet.notes(actions.Answered) if note.question == question]


def test_go_on_behind_an_answer_lets_it_stand() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no")
    puppet.hear("resume", behind=puppet.behind(0.2, 3))
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.asking == actions.Asking("both_legs", 0)


def test_yes_go_on_is_one_answer_to_a_position() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("yes")
    puppet.hear("resume", behind=puppet.behind(0.2, 3))
    assert puppet.notes(actions.RepetitionBegun)[0] == actions.RepetitionBegun(1, 1)
    assert puppet.notes(actions.TakenBack) == []


def test_a_go_on_behind_an_answer_that_was_hardly_heard_has_the_answer_asked_about() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no")
    puppet.hear("resume", sure=False, behind=puppet.behind(0.2, 3))
    assert puppet.asking == actions.Asking("chest_check", 0, "no")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE
