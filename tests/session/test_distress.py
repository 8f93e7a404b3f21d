"""Distress: what is said, what it leads to, and that nobody is left alone."""

import pytest

from tests.session.puppet import Puppet
from voicecoach.meanings import DISTRESS
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.core import Session
from voicecoach.session.distress import remember_level
from voicecoach.session.memory import Memory

EMERGENCIES = ["chest", "breath", "faint"]
NEVER_GOES_ON = [*EMERGENCIES, "dizzy", "fell", "cant_move"]


def in_a_hold(repetition: int = 3, puppet: Puppet | None = None) -> Puppet:
    """Return a session in the first hold of a repetition of set 1."""
    puppet = (puppet or Puppet()).go_until_repetition(1, repetition)
    holds = len(puppet.notes(actions.Tick))
    return puppet.go_until(lambda p: len(p.notes(actions.Tick)) > holds)


def asked_after(puppet: Puppet) -> bool:
    return puppet.asking is not None and puppet.asking.question == "all_right"


def end_the_speech(puppet: Puppet) -> Puppet:
    """Let the coach say to its end what it is saying."""
    while puppet.session.memory.awaited is not None:
        puppet.wait()
    return puppet


def volume_db(puppet: Puppet) -> float:
    changes = [action.gain_db for action in puppet.actions if isinstance(action, actions.SetVolume)]
    return changes[-1] if changes else 0.0


@pytest.mark.parametrize("kind", DISTRESS)
@pytest.mark.parametrize("sure", [True, False])
def test_a_word_of_distress_in_a_hold_lowers_the_foot_and_asks_whether_all_is_right(kind: str, sure: bool) -> None:
    puppet = in_a_hold()
    done = puppet.hear(kind, sure=sure)
    assert isinstance(next(a for a in done if isinstance(a, actions.Silence | actions.Tick)), actions.Silence)
    assert actions.Adverse(AdverseKind(kind)) in done
    assert puppet.said()[0] == "distress_lower"
    assert puppet.said()[-1] == "all_right?"
    assert ("distress_emergency" in puppet.said()) == (sure and kind in EMERGENCIES)


@pytest.mark.parametrize("place", ["ready", "chest", "pain_before", "glute_offer"])
def test_where_nobody_moves_no_foot_is_spoken_of(place: str) -> None:
    puppet = Puppet().go_until_asked(place)
    puppet.hear("dizzy", sure=False)
    assert puppet.said() == ["all_right?"]
    puppet.wait()
    puppet.hear("yes")
    assert puppet.asking is not None
    assert puppet.asking.question == place


@pytest.mark.parametrize("interruption", ["stop", "pause", "it_hurts"])
def test_distress_is_heard_on_top_of_whatever_interrupted_the_exercise(interruption: str) -> None:
    puppet = in_a_hold()
    puppet.hear(interruption)
    puppet.hear("breath")
    assert puppet.said() == ["distress_emergency", "all_right?"]


@pytest.mark.parametrize("question", ["marker_moves", "slump_familiar"])
def test_a_cry_hurts_in_movement_and_means_nothing_in_an_answer(question: str) -> None:
    puppet = in_a_hold()
    done = puppet.hear("ow", sure=False)
    assert actions.Silence() in done
    assert actions.Adverse(AdverseKind.IT_HURTS) in done
    puppet = Puppet().go_until_asked(question)
    puppet.wait()
    assert "ow" not in puppet.listening
    puppet.hear("ow")
    assert puppet.notes(actions.Adverse) == []


def test_distress_behind_an_answer_is_asked_about_first_and_then_the_answer() -> None:
    puppet = Puppet().go_until_asked("both_legs")
    puppet.wait()
    puppet.hear("no")
    puppet.hear("dizzy", sure=False, behind=puppet.behind(0.2))
    assert puppet.said() == ["all_right?"]
    puppet.mumble()
    assert asked_after(puppet)
    puppet.hear("yes")
    assert puppet.asking is not None
    assert puppet.asking.question == "both_legs"


@pytest.mark.parametrize("kind", NEVER_GOES_ON)
@pytest.mark.parametrize("answer", ["yes", "fine"])
def test_after_a_sure_word_that_is_serious_being_fine_ends_the_exercise(kind: str, answer: str) -> None:
    puppet = in_a_hold()
    puppet.hear(kind)
    end_the_speech(puppet).hear(answer)
    assert puppet.said() == ["distress_over_emergency" if kind in EMERGENCIES else "distress_over"]
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


@pytest.mark.parametrize(("kind", "sure"), [("chest", False), ("dizzy", False), ("cramp", True), ("help_now", True)])
def test_who_is_fine_after_an_unsure_or_a_lesser_word_goes_on_after_being_asked_how_things_are(
    kind: str, sure: bool
) -> None:
    puppet = in_a_hold(3)
    puppet.hear(kind, sure=sure)
    end_the_speech(puppet).hear("fine")
    puppet.go_until_asked("anything_new").go_until_asked("pain_now")
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind(kind))]


@pytest.mark.parametrize("kind", ["dizzy", "cramp"])
def test_who_is_not_all_right_with_what_passes_by_itself_hears_what_to_do(kind: str) -> None:
    puppet = in_a_hold()
    puppet.hear(kind)
    end_the_speech(puppet).hear("no", sure=False)
    assert puppet.said() == [f"distress_{kind}"]
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


@pytest.mark.parametrize("kind", [*EMERGENCIES, "fell", "cant_move", "help_now"])
def test_else_who_is_not_all_right_hears_the_emergency_words_and_the_coach_stays(kind: str) -> None:
    puppet = in_a_hold()
    puppet.hear(kind, sure=False)
    for _ in range(3):
        end_the_speech(puppet).hear("no")
        assert puppet.said() == ["distress_emergency", "all_right?again"]
    end_the_speech(puppet).hear("yes")
    assert puppet.said() == ["distress_over_emergency"]
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


def test_silence_is_asked_again_louder_after_ten_seconds_and_after_twenty_help_is_called_for() -> None:
    puppet = in_a_hold()
    puppet.hear("chest")
    end_the_speech(puppet)
    since, before_db = puppet.now, volume_db(puppet)
    puppet.wait()
    assert puppet.now - since == samples(10)
    assert puppet.said() == ["all_right?again"]
    insisting_db = volume_db(puppet)
    assert insisting_db > before_db
    end_the_speech(puppet).wait()
    assert puppet.now - since == samples(20)
    assert puppet.said() == ["help_needed", "distress_emergency"]
    assert volume_db(puppet) > insisting_db
    for _ in range(5):
        called_at = end_the_speech(puppet).now
        puppet.wait()
        assert puppet.said() == ["help_needed"]
        assert puppet.now - called_at < samples(6)
    end_the_speech(puppet).hear("yes")
    assert volume_db(puppet) == before_db
    assert puppet.said() == ["distress_over_emergency"]


def test_what_is_not_understood_counts_as_silence() -> None:
    puppet = in_a_hold()
    puppet.hear("help_now")
    since = end_the_speech(puppet).now
    while puppet.now < since + samples(9):
        puppet.mumble()
    puppet.wait()
    assert puppet.said() == ["all_right?again"]
    assert puppet.now - since == samples(10)


def test_a_call_for_help_is_not_turned_down_while_somebody_speaks() -> None:
    puppet = in_a_hold()
    puppet.hear("chest")
    until_called(puppet)
    assert actions.Duck() not in puppet.tell(events.SpeechStarted(puppet.now + 1))


def until_called(puppet: Puppet) -> Puppet:
    while puppet.said()[0] != "help_needed":
        puppet.wait()
    return puppet


@pytest.mark.parametrize("kind", DISTRESS)
def test_left_alone_help_is_called_for_about_half_an_hour_and_then_the_session_ends(kind: str) -> None:
    puppet = in_a_hold()
    puppet.hear(kind, sure=False)
    since = puppet.now
    while puppet.session.memory.ended is None:
        puppet.wait()
    assert puppet.session.memory.ended is Outcome.ADVERSE
    assert samples(900) < puppet.now - since < samples(3600)
    assert puppet.prompts().count("help_needed") == 180


def test_stop_ends_the_calling_and_the_session() -> None:
    puppet = in_a_hold()
    puppet.hear("fell")
    until_called(puppet).hear("stop", sure=False)
    assert puppet.said() == ["distress_stopped"]
    assert volume_db(puppet) == 0.0
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


def test_an_unsure_yes_is_asked_again_and_counts_when_it_is_said_again() -> None:
    puppet = in_a_hold()
    puppet.hear("dizzy")
    end_the_speech(puppet).hear("yes", sure=False)
    assert asked_after(puppet)
    assert puppet.said() == ["all_right?again"]
    end_the_speech(puppet).hear("yes", sure=False)
    assert puppet.said() == ["distress_over"]


def test_a_yes_before_the_question_has_been_said_is_none() -> None:
    puppet = in_a_hold()
    puppet.hear("dizzy", sure=False)
    puppet.hear("yes", behind=puppet.behind(0.5, 2.0))
    assert asked_after(puppet)
    assert "distress_over" not in puppet.prompts()


def test_a_no_counts_into_the_question_itself_and_not_into_what_was_said_before_it() -> None:
    puppet = in_a_hold()
    puppet.hear("dizzy", sure=False)
    puppet.hear("no", behind=puppet.behind(0.5, back=1))
    assert asked_after(puppet)
    puppet.hear("no", behind=puppet.behind(0.5, 2.0))
    assert puppet.said() == ["distress_dizzy"]


def test_a_worse_word_takes_over_and_the_same_one_changes_nothing() -> None:
    puppet = in_a_hold()
    puppet.hear("cramp")
    said = len(puppet.speech)
    puppet.hear("cramp")
    assert len(puppet.speech) == said
    puppet.hear("chest")
    assert puppet.said() == ["distress_lower", "distress_emergency", "all_right?"]
    puppet.hear("dizzy")
    end_the_speech(puppet).hear("yes")
    assert puppet.said() == ["distress_over_emergency"]
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind.CRAMP), actions.Adverse(AdverseKind.CHEST)]


def test_a_worse_word_that_is_no_emergency_takes_over_too() -> None:
    puppet = in_a_hold()
    puppet.hear("cramp")
    said = len(puppet.speech)
    puppet.hear("fell")
    assert len(puppet.speech) == said + 1
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind.CRAMP), actions.Adverse(AdverseKind.FELL)]
    end_the_speech(puppet).hear("fine")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


def test_a_worse_word_that_is_unsure_lets_nothing_go_on_that_was_over() -> None:
    puppet = in_a_hold()
    puppet.hear("dizzy")
    puppet.hear("fell", sure=False)
    end_the_speech(puppet).hear("fine")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


@pytest.mark.parametrize("word", ["it_hurts", "worse", "numb"])
def test_pain_said_in_distress_is_a_no(word: str) -> None:
    puppet = in_a_hold()
    puppet.hear("fell", sure=False)
    end_the_speech(puppet).hear(word)
    assert puppet.said() == ["distress_emergency", "all_right?again"]
    assert actions.Adverse(AdverseKind(word)) in puppet.actions


def test_help_with_the_foot_up_asks_whether_all_is_right_and_elsewhere_lists_the_commands() -> None:
    puppet = in_a_hold()
    puppet.hear("help")
    assert puppet.said() == ["distress_lower", "all_right?"]
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("help")
    assert puppet.said() == ["command_help"]
    puppet = Puppet().go_until_asked("slump_lift")
    puppet.hear("help")
    assert puppet.said() == ["distress_lower", "all_right?"]


def test_a_session_in_distress_cannot_be_gone_on_with() -> None:
    puppet = in_a_hold()
    assert puppet.session.resumable
    puppet.hear("help_now")
    assert not puppet.session.resumable


def test_distress_is_saved_and_restored() -> None:
    puppet = in_a_hold()
    puppet.hear("chest")
    restored = Session.restore(puppet.session.programme, puppet.session.save())
    assert restored.save() == puppet.session.save()
    assert restored.handle(events.SpokenOut(puppet.now + 1, puppet.speech[-1].token))


def loud(puppet: Puppet, level_db: float = -20.0, after_seconds: float = 2.0) -> list[actions.Action]:
    """Cry out something that means nothing, so loud, so long after what was before."""
    puppet.now += samples(after_seconds)
    return puppet.tell(events.NotUnderstood(puppet.now, puppet.now - 1, level_db))


def who_answers_at(level_db: float) -> Puppet:
    puppet = Puppet().go_until_asked("both_legs")
    for _ in range(3):
        puppet.hear("no", level_db=level_db)
    return puppet


def test_two_loud_unclear_utterances_in_movement_are_asked_about_once_a_set() -> None:
    puppet = in_a_hold(3, who_answers_at(-20.0))
    loud(puppet)
    loud(puppet, -26.0)
    assert puppet.said() == ["distress_lower", "all_right?"]
    assert puppet.notes(actions.Adverse) == []
    end_the_speech(puppet).hear("fine")
    in_a_hold(4, puppet)
    loud(puppet)
    loud(puppet)
    assert not asked_after(puppet)
    puppet.hear("dizzy")
    assert asked_after(puppet)


@pytest.mark.parametrize(("level_db", "apart_seconds"), [(-27.0, 2.0), (-20.0, 8.5)])
def test_soft_ones_and_those_far_apart_are_not(level_db: float, apart_seconds: float) -> None:
    puppet = in_a_hold(3, who_answers_at(-20.0))
    loud(puppet, level_db)
    loud(puppet, level_db, apart_seconds)
    assert not asked_after(puppet)


def test_without_a_known_level_nothing_unclear_is_asked_about() -> None:
    puppet = in_a_hold()
    loud(puppet, 0.0)
    loud(puppet, 0.0)
    assert not asked_after(puppet)


def test_not_being_all_right_after_unclear_ones_is_an_emergency() -> None:
    puppet = in_a_hold(3, who_answers_at(-20.0))
    loud(puppet)
    loud(puppet)
    end_the_speech(puppet).hear("no")
    assert puppet.said() == ["distress_emergency", "all_right?again"]
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind.NOT_ALL_RIGHT)]


def test_loud_unclear_utterances_seven_and_a_half_seconds_apart_are() -> None:
    puppet = in_a_hold(3, who_answers_at(-20.0))
    loud(puppet)
    loud(puppet, after_seconds=7.5)
    assert asked_after(puppet)


def said_and_asked_again(puppet: Puppet) -> bool:
    end_the_speech(puppet).hear("yes", sure=False)
    return puppet.said() == ["all_right?again"]


def test_an_unsure_yes_is_forgotten_once_more_has_been_asked_or_said() -> None:
    puppet = in_a_hold()
    puppet.hear("cramp")
    assert said_and_asked_again(puppet)
    puppet.hear("fell")
    assert said_and_asked_again(puppet)
    puppet.hear("no")
    assert said_and_asked_again(puppet)
    while puppet.said()[-1] != "all_right?again" or puppet.session.memory.awaited is None:
        puppet.wait()
    assert asked_after(puppet)
    end_the_speech(until_called(puppet))
    assert said_and_asked_again(puppet)


def test_how_loud_the_person_is_goes_by_the_five_latest_answers() -> None:
    memory = Memory()
    for level_db in (-20.0, -25.0, -24.0, -23.0, -22.0, -21.0):
        remember_level(events.Heard(0, "yes", "yes", level_db=level_db), memory)
    assert memory.levels_db == (-25.0, -24.0, -23.0, -22.0, -21.0)


def test_the_coach_speaks_louder_or_quieter_on_request_while_it_asks_whether_all_is_right() -> None:
    volumes = {}
    for command in ("louder", "quieter"):
        puppet = in_a_hold()
        puppet.hear("dizzy")
        end_the_speech(puppet).hear(command)
        volumes[command] = volume_db(puppet)
    assert volumes["quieter"] < 0 < volumes["louder"]


@pytest.mark.parametrize("said", ["yes", "no", "stop", "chest"])
def test_whoever_answers_the_louder_question_is_spoken_to_as_loud_as_they_have_chosen(said: str) -> None:
    puppet = in_a_hold()
    puppet.hear("fell", sure=False)
    while volume_db(puppet) == 0:
        puppet.wait()
    end_the_speech(puppet).hear(said)
    assert volume_db(puppet) == 0
