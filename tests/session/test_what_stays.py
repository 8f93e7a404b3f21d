"""What was said of pain, distress or a worry is not undone by what happens on top of it."""

import pytest

from tests.session.puppet import Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind


def in_a_hold() -> Puppet:
    puppet = Puppet().go_until_repetition(1, 3)
    return puppet.go_until(lambda p: p.session.memory.awaited is None)


def left_alone(puppet: Puppet) -> Puppet:
    while puppet.session.memory.ended is None:
        puppet.wait()
    return puppet


def repetitions(puppet: Puppet) -> int:
    return len(puppet.notes(actions.RepetitionBegun))


def test_what_means_nothing_in_the_question_for_the_pain_does_not_bring_back_an_older_answer() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("yes", level_db=-20.0)
    puppet.go_until(lambda p: repetitions(p) > 0)
    puppet.hear("it_hurts")
    puppet.go_until_asked("pain_now")
    puppet.mumble_behind(puppet.behind(0.3, 2), -20.0)
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.asking == actions.Asking("pain_now", 0)


@pytest.mark.parametrize("command", ["stop", "pause"])
def test_what_means_nothing_after_a_stop_does_not_bring_back_an_older_answer(command: str) -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("yes", level_db=-20.0)
    puppet.wait()
    puppet.hear(command)
    puppet.mumble_behind(puppet.behind(0.2, 2), -20.0)
    assert puppet.notes(actions.TakenBack) == []
    assert puppet.said() == ["stopped" if command == "stop" else "paused"]


def test_a_question_put_long_after_an_answer_has_nothing_of_it() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.wait()
    puppet.hear("yes", level_db=-20.0)
    puppet.go_until(lambda p: repetitions(p) > 0)
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.now += samples(61)
    puppet.tell(events.DeviceBack(puppet.now))
    assert puppet.asking == actions.Asking("ready_again", 0)
    puppet.mumble_behind(puppet.behind(0.2, 2), -20.0)
    assert puppet.notes(actions.TakenBack) == []


@pytest.mark.parametrize("kind", ["chest", "fell"])
def test_help_is_called_for_although_nothing_can_be_heard(kind: str) -> None:
    puppet = in_a_hold()
    puppet.hear(kind)
    puppet.tell(events.DeviceLost(puppet.now))
    left_alone(puppet)
    assert puppet.prompts().count("help_needed") > 100
    assert puppet.session.memory.ended is Outcome.ADVERSE


def test_a_microphone_that_is_lost_and_comes_back_does_not_hold_up_a_call_for_help() -> None:
    puppet = in_a_hold()
    puppet.hear("fell")
    while "help_needed" not in puppet.prompts():
        puppet.wait()
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.wait()
    puppet.tell(events.DeviceBack(puppet.now))
    puppet.wait()
    assert puppet.said() == ["help_needed"]


@pytest.mark.parametrize("away_seconds", [1, 70])
@pytest.mark.parametrize(("said", "asks"), [("chest", "all_right"), ("fell", "all_right"), ("it_hurts", "pain_now")])
def test_distress_and_pain_that_are_told_while_the_microphone_is_away_outlast_it(
    said: str, asks: str, away_seconds: float
) -> None:
    puppet = in_a_hold()
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.wait()
    puppet.hear(said)
    begun = repetitions(puppet)
    puppet.now += samples(away_seconds)
    puppet.tell(events.DeviceBack(puppet.now))
    puppet.go_until(lambda p: p.asking is not None and p.session.memory.awaited is None)
    assert puppet.asking is not None
    assert puppet.asking.question == asks
    assert repetitions(puppet) == begun


def test_a_pain_told_while_the_microphone_was_away_for_long_is_scored_and_then_it_is_asked_whether_to_go_on() -> None:
    puppet = in_a_hold()
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.wait()
    puppet.hear("it_hurts")
    puppet.now += samples(70)
    puppet.tell(events.DeviceBack(puppet.now))
    puppet.go_until_asked("pain_now")
    puppet.wait()
    puppet.hear("3")
    puppet.go_until_asked("ready_again")


@pytest.mark.parametrize("said", ["stop", "pause", "it_hurts"])
def test_a_hardly_heard_command_does_not_undo_what_came_after_another_one(said: str) -> None:
    puppet = in_a_hold()
    puppet.hear("skip", sure=False)
    puppet.hear(said)
    begun = repetitions(puppet)
    puppet.hear("skip", sure=False)
    puppet.wait()
    puppet.hear("no")
    for _ in range(2):
        puppet.wait()
    assert repetitions(puppet) == begun
    assert "set_skipped" not in puppet.prompts()


def test_weak_distress_in_a_hold_is_acted_on_while_a_command_is_being_checked() -> None:
    puppet = in_a_hold()
    puppet.hear("skip", sure=False)
    puppet.tell(events.Heard(puppet.now, "faint", "faint", sure=False, confidence=0.3, among_others=True))
    assert puppet.said()[-1] == "all_right?"


@pytest.mark.parametrize(
    ("question", "answer", "last_words", "outcome"),
    [
        ("chest", "yes", "emergency", Outcome.WARNING_SIGN),
        ("chest", "unsure", "unsure_ends", Outcome.WARNING_SIGN),
        ("swollen_calf", "yes", "same_day", Outcome.WARNING_SIGN),
        ("spine", "unsure", "unsure_ends", Outcome.WARNING_SIGN),
    ],
)
def test_a_worry_followed_by_silence_ends_as_a_worry(
    question: str, answer: str, last_words: str, outcome: Outcome
) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.wait()
    puppet.hear(answer)
    left_alone(puppet)
    assert (puppet.session.memory.ended, puppet.said()) == (outcome, [last_words])
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind.SCREENING, question)]


def test_something_new_after_a_pause_followed_by_silence_ends_as_adverse() -> None:
    puppet = in_a_hold()
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("anything_new")
    puppet.wait()
    puppet.hear("yes")
    left_alone(puppet)
    assert (puppet.session.memory.ended, puppet.said()) == (Outcome.ADVERSE, ["finish_worse"])


def test_a_worry_that_is_taken_back_is_none() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("yes")
    puppet.wait()
    puppet.hear("no")
    puppet.go_until_asked("chest")
    puppet.wait()
    puppet.hear("no")
    left_alone(puppet)
    assert puppet.session.memory.ended is Outcome.UNANSWERED


def test_a_question_whether_somebody_is_in_distress_that_nobody_answers_is_followed_by_another() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    puppet.wait()
    puppet.tell(events.Heard(puppet.now, "faint", "faint", sure=False, confidence=0.3, among_others=True))
    assert puppet.said() == ["did_you_say?"]
    puppet.go_until(lambda p: "all_right?" in p.prompts(), limit=4)
    left_alone(puppet)
    assert "help_needed" in puppet.prompts()


def test_another_score_said_to_the_check_of_one_is_checked_itself() -> None:
    puppet = Puppet().go_until_asked("pain_before")
    puppet.wait()
    puppet.hear("3", sure=False)
    puppet.wait()
    puppet.hear("6")
    assert puppet.asking == actions.Asking("pain_before_check", 0, "6")
    puppet.wait()
    puppet.hear("yes")
    assert puppet.notes(actions.Answered)[-1].answer == 6


def test_a_moment_asked_for_early_in_the_next_question_is_about_the_answer_before() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no", level_db=-20.0)
    puppet.hear("one_moment", behind=puppet.behind(0.7, 2), level_db=-20.0)
    assert puppet.notes(actions.TakenBack) == [actions.TakenBack("chest", "no")]
    puppet.hear("yes")
    assert puppet.asking == actions.Asking("chest_confirm", 0)


def test_a_moment_asked_for_while_a_question_is_being_read_counts_from_its_end() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("one_moment")
    puppet.wait()
    since = puppet.now
    puppet.wait()
    assert puppet.now - since == samples(20)


def test_pauses_inside_the_questions_after_a_pause_do_not_pile_up() -> None:
    puppet = in_a_hold()
    for _ in range(5):
        puppet.hear("pause")
        puppet.hear("resume")
        puppet.go_until_asked("pain_now")
    puppet.wait()
    puppet.hear("3")
    begun = repetitions(puppet)
    puppet.go_until(lambda p: repetitions(p) > begun, limit=4)


def test_another_score_keeps_its_own_words_whatever_was_asked_in_between() -> None:
    puppet = Puppet().go_until_asked("pain_before")
    puppet.wait()
    puppet.hear("2", sure=False)
    puppet.hear("it_hurts")
    puppet.go_until_asked("pain_now")
    puppet.wait()
    puppet.hear("3")
    puppet.go_until_asked("pain_before_check")
    puppet.hear("5")
    puppet.go_until_asked("pain_before_check")
    puppet.hear("yes")
    answered = [note for note in puppet.notes(actions.Answered) if note.question == "pain_before"]
    assert answered == [actions.Answered("pain_before", 5, "5")]
