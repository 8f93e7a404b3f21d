"""A question on which nothing hinges: "I don't know" is noted, no answer is none, and the session goes on."""

import pytest
from msgspec import structs

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.steps import Ask, Branch, Outcome, Summary, Then
from voicecoach.session import actions

QUESTIONS = ("marker_moves", "marker_massage", "slump_eases")
LIMIT = 12


def asked(question: str) -> Puppet:
    puppet = Puppet().go_until_asked(question)
    puppet.wait()
    return puppet


def silent_until(puppet: Puppet, prompt: str) -> None:
    for _ in range(LIMIT):
        if puppet.said() == [prompt]:
            return
        puppet.wait()
    raise AssertionError(f"{prompt} is never said")


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_somebody_does_not_know_is_noted_and_the_session_goes_on(question: str) -> None:
    puppet = asked(question)
    puppet.hear("dont_know")
    assert puppet.notes(actions.Answered)[-1] == actions.Answered(question, "unsure", "dont_know")
    assert "stays_open" in puppet.said(last=2)
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE


def test_that_somebody_does_not_know_needs_no_check() -> None:
    puppet = asked("marker_moves")
    puppet.hear("dont_know", sure=False)
    assert puppet.notes(actions.Answered)[-1].answer == "unsure"


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_not_understood_three_times_leaves_the_question_open(question: str) -> None:
    puppet = asked(question)
    for _ in range(3):
        puppet.mumble()
    assert "stays_open" in puppet.said(last=2)
    record = next(one for one in puppet.session.memory.questions if one.id == question)
    assert (record.asked, record.answer) == (3, None)
    puppet.asking = None
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE


def test_silence_rests_and_after_the_last_rest_the_question_stays_open() -> None:
    puppet = asked("marker_moves")
    for _ in range(2):
        silent_until(puppet, "rest_until_voice_still")
        puppet.hear("yes")
    silent_until(puppet, "marker_massage?")
    assert puppet.said(last=2) == ["stays_open", "marker_massage?"]


def test_where_nobody_is_heard_any_more_the_session_ends_all_the_same() -> None:
    puppet = asked("marker_moves")
    for _ in range(2 * LIMIT):
        if puppet.session.memory.ended is None:
            puppet.wait()
    assert puppet.session.memory.ended is Outcome.UNANSWERED


def test_a_check_that_is_not_answered_has_the_question_asked_again() -> None:
    puppet = asked("marker_moves")
    puppet.hear("yes", sure=False)
    for _ in range(3):
        puppet.mumble()
    assert puppet.asking == actions.Asking("marker_moves", 1)
    assert "stays_open" not in puppet.prompts()


@pytest.mark.parametrize("question", ["chest", "slump_familiar", "pain_before", "third_offer"])
def test_where_something_hinges_on_the_answer_it_is_asked_for(question: str) -> None:
    puppet = asked(question)
    assert "dont_know" not in puppet.listening
    for _ in range(3):
        puppet.mumble()
    assert "stays_open" not in puppet.prompts()


def test_what_was_left_open_can_be_answered_after_all() -> None:
    puppet = asked("marker_moves")
    puppet.hear("dont_know")
    puppet.wait()
    puppet.hear("correct_yes")
    answers = {one.id: one.answer for one in puppet.session.memory.questions}
    assert answers["marker_moves"] == "yes"


def test_behind_a_no_to_a_question_of_safety_it_is_a_doubt() -> None:
    worrying = Ask(id="chest", worrying=True, yes=Then(finish="warning_sign", say=("emergency",)))
    steps = (worrying, Ask(id="marker_moves"), Summary(id="summary"))
    puppet = Puppet({"chest": "no"}, structs.replace(CALF, steps=steps)).go_until_asked("marker_moves")
    puppet.hear("dont_know", behind=puppet.behind(0.1, 3.0))
    assert [note.question for note in puppet.notes(actions.TakenBack)] == ["chest"]
    assert puppet.asking == actions.Asking("chest", 0)


def test_only_what_no_branch_and_no_way_goes_by_decides_nothing() -> None:
    questions = [step for step in CALF.steps if isinstance(step, Ask)]
    assert [step.id for step in questions if CALF.decides_nothing(step)] == [*QUESTIONS]
    for other in PROGRAMMES.values():
        asks = (step for step in other.steps if isinstance(step, Ask))
        assert not any(step.worrying for step in asks if other.decides_nothing(step))


def test_an_unknown_remark_is_not_mentioned_and_an_unknown_marker_not_counted() -> None:
    branch = next(step for step in CALF.steps if isinstance(step, Branch) and step.markers and step.remarks)
    answers = {"marker_moves": "unsure", "marker_massage": "yes", "slump_eases": "unsure"}
    assert branch.mentioned(answers) == [f"{branch.id}_markers_1"]
