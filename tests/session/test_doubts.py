"""Half-heard questions, doubts about a warning sign, a wrong no among many, commands that were hardly heard."""

import pytest

from tests.session.puppet import SCREENING, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.policies import CHECKED, REPROMPTING


def test_a_no_to_a_half_heard_question_has_the_rest_said() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("no", behind=puppet.behind(1.8, 1.2))
    assert puppet.said() == ["chest?also"]
    assert actions.Answered("chest", "no", "no") not in puppet.actions
    puppet.hear("no", behind=puppet.behind(1.5, 0.2))
    assert actions.Answered("chest", "no", "no") in puppet.actions


def test_a_no_to_the_first_words_of_a_question_has_it_asked_from_the_beginning() -> None:
    puppet = Puppet().go_until_asked("swollen_calf")
    puppet.session.memory.taken = None
    puppet.hear("no", behind=puppet.behind(0.7, 2.5))
    assert puppet.said() == ["swollen_calf?"]
    assert puppet.asking == actions.Asking("swollen_calf", 0)


def test_a_yes_before_the_end_of_a_check_does_not_confirm_what_was_hardly_heard() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("no", sure=False)
    puppet.hear("yes", behind=puppet.behind(0.9, 0.1))
    assert puppet.asking == actions.Asking("chest_check", 0, "no")
    assert actions.Answered("chest", "no", "no") not in puppet.actions


def test_a_yes_to_a_half_heard_question_counts_at_once() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.session.memory.taken = None
    puppet.hear("yes", behind=puppet.behind(0.7, 2.5))
    assert puppet.asking == actions.Asking("chest_confirm", 0)


def test_a_doubt_about_a_warning_sign_is_explained_and_then_counts_as_the_worrying_answer() -> None:
    puppet = Puppet().go_until_asked("swollen_calf")
    puppet.hear("unsure")
    assert puppet.said() == ["swollen_calf?explain", "swollen_calf?"]
    puppet.hear("unsure", sure=False)
    assert puppet.said() == ["unsure_ends"]
    puppet.wait()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert actions.Adverse(AdverseKind.SCREENING, "swollen_calf") in puppet.actions


def test_much_that_is_not_understood_about_a_warning_sign_does_not_end_as_if_nothing_had_been_said() -> None:
    puppet = Puppet().go_until_asked("swollen_calf")
    for _ in range(3):
        for _ in range(3):
            puppet.mumble()
        if puppet.said() == ["rest_not_understood"]:
            puppet.hear("yes")
    assert puppet.said() == ["screening_unsure"]


def test_a_doubt_that_is_cleared_up_goes_on() -> None:
    puppet = Puppet().go_until_asked("swollen_calf")
    puppet.hear("unsure")
    puppet.hear("no")
    assert puppet.session.memory.questions[-2].answer == "no"


def test_a_doubt_whether_anything_is_new_ends_the_session_as_worse() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    for said in ("pause", "resume", "unsure", "unsure"):
        puppet.hear(said)
    assert (puppet.said()[0], puppet.said()[-1]) == ("finish_worse", "goodbye")


def test_a_doubt_means_nothing_where_no_answer_is_reassuring() -> None:
    assert "unsure" not in Puppet().go_until_asked("marker_moves").listening


def test_one_wrong_no_costs_one_question() -> None:
    puppet = Puppet({"screening_all_no": "no"}).go_until_asked("screening_all_no")
    puppet.wait()
    puppet.hear("no")
    assert puppet.said() == ["name_them", "chest?name"]
    while puppet.said()[-1] != "swollen_calf?name":
        puppet.wait()
    puppet.hear("yes", behind=puppet.behind(0.9, 0.2))
    assert puppet.asking == actions.Asking("swollen_calf", 0)
    puppet.hear("no")
    assert puppet.asking == actions.Asking("screening_all_no", 0)
    asked = [record.id for record in puppet.session.memory.questions]
    assert [asked.count(question) for question in SCREENING] == [1 + (q == "swollen_calf") for q in SCREENING]
    puppet.hear("yes")
    assert puppet.session.memory.screened


def test_a_yes_at_the_beginning_of_a_name_was_for_the_one_before() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    while puppet.said()[-1] != "swollen_calf?name":
        puppet.wait()
    before = SCREENING[SCREENING.index("swollen_calf") - 1]
    puppet.hear("yes", behind=puppet.behind(0.2, 1))
    assert puppet.asking == actions.Asking(before, 0)


def test_a_yes_that_began_before_a_name_was_for_the_one_before_however_far_that_had_come() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    puppet.go_until(lambda p: p.said() == [f"{SCREENING[2]}?name"])
    puppet.hear("yes", behind=puppet.behind(0.9, back=1))
    assert puppet.asking == actions.Asking(SCREENING[1], 0)


@pytest.mark.parametrize("said_seconds", [0.2, 0.9])
def test_after_a_pause_the_names_begin_again_and_a_yes_to_the_first_is_for_that_however_early(
    said_seconds: float,
) -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    puppet.go_until(lambda p: p.said() == [f"{SCREENING[2]}?name"])
    puppet.hear("pause")
    puppet.hear("resume")
    assert puppet.said() == ["name_them", f"{SCREENING[0]}?name"]
    puppet.hear("yes", behind=puppet.behind(said_seconds, 1))
    assert puppet.asking == actions.Asking(SCREENING[0], 0)


def test_a_no_to_a_name_changes_nothing() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    puppet.wait()
    said = len(puppet.speech)
    puppet.hear("no")
    assert len(puppet.speech) == said
    puppet.wait()
    assert puppet.said() == [f"{SCREENING[1]}?name"]


def test_the_names_do_not_go_on_while_somebody_speaks() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    puppet.wait()
    assert actions.WakeAt(None) in puppet.tell(events.SpeechStarted(puppet.now + 1))


def test_the_last_name_leaves_more_time_for_a_yes_than_the_others() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    for name in SCREENING:
        assert puppet.said()[-1] == f"{name}?name"
        puppet.wait()
        silent_from = puppet.now
        puppet.wait()
        assert puppet.now - silent_from == samples(4.0 if name == SCREENING[-1] else 1.5)


def test_who_contradicts_the_noes_twice_is_not_asked_a_third_time() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    puppet.wait()
    puppet.hear("yes")
    puppet.hear("no")
    puppet.hear("no")
    assert puppet.said() == ["screening_unsure"]
    assert puppet.go_to_the_end().session.memory.ended is Outcome.WARNING_SIGN


def test_naming_none_of_them_ends_the_session() -> None:
    puppet = Puppet().go_until_asked("screening_all_no")
    puppet.hear("no")
    puppet.go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert puppet.said() == ["screening_unsure"]


@pytest.mark.parametrize("command", CHECKED)
def test_a_command_that_changes_the_course_is_checked_where_the_ear_is_not_sure(command: str) -> None:
    puppet = Puppet().go_until_repetition(1, 5)
    puppet.hear(command, sure=False)
    assert puppet.asking == actions.Asking("command_check", 0, command)
    assert actions.Obeyed(command) not in puppet.actions
    puppet.hear("yes")
    assert actions.Obeyed(command) in puppet.actions
    puppet.go_to_the_end()


@pytest.mark.parametrize("command", CHECKED)
def test_a_command_that_was_not_said_changes_nothing(command: str) -> None:
    puppet = Puppet().go_until_repetition(1, 5)
    puppet.hear(command, sure=False)
    puppet.wait()
    puppet.wait()
    assert actions.Obeyed(command) not in puppet.actions
    assert puppet.session.memory.set == 1
    assert puppet.notes(actions.RepetitionBegun)[-1] == actions.RepetitionBegun(1, 5)


@pytest.mark.parametrize(("meaning", "confidence"), [("faint", 0.2), ("it_hurts", 0.8), ("numb", 0.8)])
def test_where_nobody_moves_little_evidence_of_distress_or_pain_is_asked_about(meaning: str, confidence: float) -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    heard = events.Heard(puppet.now, meaning, meaning, sure=False, confidence=confidence, among_others=True)
    puppet.tell(heard)
    assert puppet.asking == actions.Asking("command_check", 0, meaning)
    puppet.hear("yes")
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind(meaning))]


@pytest.mark.parametrize("meaning", ["faint", "it_hurts", "numb"])
def test_in_movement_little_evidence_of_distress_or_pain_lowers_the_foot(meaning: str) -> None:
    puppet = Puppet().go_until_repetition(1, 5)
    done = puppet.tell(events.Heard(puppet.now, meaning, meaning, sure=False, confidence=0.12, among_others=True))
    assert actions.Silence() in done
    assert actions.Adverse(AdverseKind(meaning)) in done


def test_a_checked_command_said_once_more_is_obeyed() -> None:
    puppet = Puppet().go_until_repetition(1, 5)
    puppet.hear("skip", sure=False)
    puppet.hear("skip", sure=False)
    assert actions.Obeyed("skip") in puppet.actions
    assert puppet.said() == ["set_skipped"]


@pytest.mark.parametrize("command", ["repeat", "louder", "explain", "slower"])
def test_a_question_is_not_put_again_for_ever(command: str) -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    asked = puppet.session.memory.questions[-1].asked
    for _ in range(REPROMPTING.times_put_again + 1):
        puppet.hear(command, sure=False)
        while puppet.session.memory.awaited is not None and puppet.said()[0].startswith("command_"):
            puppet.wait()
    assert puppet.said() == ["rest_until_voice_still"]
    assert puppet.session.memory.questions[-1].asked == asked + REPROMPTING.times_put_again


def test_a_hardly_heard_command_is_asked_about_once() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("skip", sure=False)
    assert puppet.said() == ["did_you_say?"]
    puppet.wait()
    puppet.wait()
    assert puppet.said() == ["chest?"]
