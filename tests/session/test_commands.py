"""What each command does, wherever it is said."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF, Puppet
from voicecoach.meanings import COMMANDS
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.policies import IN_PASSING


def in_a_hold(repetition: int = 3) -> Puppet:
    """Return a session in the first hold of a repetition of set 1."""
    puppet = Puppet().go_until_repetition(1, repetition)
    holds = len(puppet.notes(actions.Tick))
    return puppet.go_until(lambda p: len(p.notes(actions.Tick)) > holds)


def is_silenced(done: list[actions.Action]) -> bool:
    return any(isinstance(action, actions.Silence) for action in done)


def test_stop_silences_at_once_and_ends_after_two_minutes() -> None:
    puppet = in_a_hold()
    assert is_silenced(puppet.hear("stop"))
    assert puppet.said() == ["stopped"]
    puppet.wait()
    said_at = puppet.now
    puppet.wait()
    assert puppet.now - said_at == samples(120)
    assert puppet.go_to_the_end().session.memory.ended is Outcome.STOPPED


def test_a_hold_cut_short_is_not_counted() -> None:
    puppet = in_a_hold(3)
    holds = puppet.session.memory.holds
    puppet.hear("stop")
    puppet.go_to_the_end()
    assert (puppet.session.memory.holds, puppet.session.memory.repetitions) == (holds, [2])


@pytest.mark.parametrize("command", ["stop", "pause"])
def test_going_on_asks_what_is_new_and_how_strong_the_pain_is_and_begins_the_repetition_again(command: str) -> None:
    puppet = in_a_hold(3)
    puppet.hear(command)
    puppet.wait()
    puppet.hear("resume")
    assert puppet.asking == actions.Asking("anything_new", 0)
    puppet.go_until_asked("pain_now")
    puppet.go_until(lambda p: p.notes(actions.RepetitionBegun)[-2:] == [actions.RepetitionBegun(1, 3)] * 2)
    assert puppet.said() == ["flossing_down_full"]
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def test_something_new_after_a_pause_is_confirmed_and_ends_the_session() -> None:
    puppet = in_a_hold()
    puppet.answers["anything_new"] = "yes"
    puppet.hear("pause")
    puppet.wait()
    puppet.hear("resume")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE
    assert [r.answer for r in puppet.session.memory.questions][-2:] == ["yes", "yes"]


def test_a_pause_before_anything_moves_needs_no_check() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("pause")
    puppet.hear("resume")
    assert puppet.asking == actions.Asking("chest", 0)


def test_a_pause_reminds_each_minute_and_ends_after_thirty() -> None:
    puppet = in_a_hold()
    puppet.hear("pause")
    puppet.wait()
    since = puppet.now
    puppet.wait()
    assert puppet.said() == ["paused_reminder"]
    assert puppet.now - since == samples(60)
    while puppet.session.memory.ended is None:
        puppet.wait()
    assert puppet.session.memory.ended is Outcome.STOPPED
    assert samples(1800) <= puppet.now - since <= samples(1810)


@pytest.mark.parametrize("command", ["worse", "pins_and_needles", "numb"])
@pytest.mark.parametrize("question", ["chest", "slump_familiar", "pain_set_1"])
def test_an_adverse_sign_ends_the_session_wherever_it_is_said(command: str, question: str) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.hear(command)
    assert (puppet.said()[0], puppet.said()[-1]) == ("adverse_still", "goodbye")
    assert puppet.notes(actions.Adverse) == [actions.Adverse(AdverseKind(command))]
    puppet.hear("resume")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


@pytest.mark.parametrize(("score", "outcome"), [("3", Outcome.COMPLETE), ("4", Outcome.COMPLETE), ("5", "pain_limit")])
def test_it_hurts_lowers_the_foot_asks_for_the_pain_and_applies_the_traffic_light(score: str, outcome: str) -> None:
    puppet = in_a_hold()
    puppet.answers["pain_now"] = score
    assert is_silenced(puppet.hear("it_hurts"))
    assert puppet.said() == ["command_hurts"]
    puppet.go_until_asked("pain_now")
    assert puppet.go_to_the_end().session.memory.ended == outcome


def test_it_hurts_in_the_slump_test_asks_whether_to_go_on() -> None:
    puppet = Puppet().go_until_asked("slump_lift")
    puppet.hear("it_hurts")
    assert puppet.said() == ["command_hurts_test"]
    puppet = Puppet().go_until_asked("slump_familiar")
    puppet.hear("it_hurts")
    assert puppet.said() == ["command_hurts_test_still"]
    puppet.go_until_asked("go_on")
    puppet.answer()
    assert puppet.asking == actions.Asking("slump_familiar", 0)


def test_the_pain_is_asked_for_before_the_test_goes_on_and_too_much_ends_it() -> None:
    puppet = Puppet({"pain_now": "8"}).go_until_asked("slump_lift")
    puppet.hear("it_hurts")
    puppet.go_until_asked("pain_now")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.PAIN_LIMIT
    assert puppet.said() == ["pain_limit", "summary_pain_last", "summary_pain_worse", "goodbye"]


def test_the_second_time_that_it_hurts_ends_the_test() -> None:
    puppet = Puppet().go_until_asked("slump_lift")
    puppet.hear("it_hurts")
    puppet.go_until_asked("slump_position").answer()
    puppet.hear("it_hurts")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.PAIN_LIMIT
    assert puppet.said() == ["finish_hurt_in_test", "summary_pain_last", "summary_pain_same", "goodbye"]


def test_not_going_on_with_the_slump_test_ends_the_session() -> None:
    puppet = Puppet({"go_on": "no"}).go_until_asked("slump_familiar")
    puppet.hear("it_hurts")
    assert puppet.go_to_the_end().session.memory.ended is Outcome.PAIN_LIMIT
    assert puppet.said() == ["finish_hurt_in_test", "summary_pain_last", "summary_pain_same", "goodbye"]


def test_its_gone_ends_the_set_and_not_the_session() -> None:
    puppet = in_a_hold(5)
    puppet.hear("gone")
    assert puppet.said() == ["set_gone"]
    assert puppet.go_to_the_end().session.memory.repetitions == [4, 25, 25]


def test_skip_ends_a_set_a_rest_and_an_offer() -> None:
    puppet = in_a_hold(2)
    puppet.hear("skip")
    puppet.go_until_asked("only_ticks").answer()
    assert puppet.said() == ["rest"]
    puppet.hear("skip")
    assert puppet.said() == ["set_intro"]
    puppet.go_until_asked("glute_offer")
    puppet.hear("skip")
    assert puppet.asking == actions.Asking("knee_offer", 0)


@pytest.mark.parametrize("question", ["chest", "screening_all_no", "pain_before", "slump_familiar", "pain_set_2"])
def test_skip_never_skips_a_safety_question_a_pain_score_or_the_test(question: str) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]
    puppet.wait()
    assert puppet.asking == actions.Asking(question, 0)


@pytest.mark.parametrize(("part", "follows"), [("talk", "slump_position?"), ("test", "command_skip_no")])
def test_what_is_only_said_can_be_skipped_but_in_a_test(part: str, follows: str) -> None:
    steps = (replace(step, part=part) if step.id == "slump" else step for step in CALF.steps)
    puppet = Puppet(programme=replace(CALF, steps=tuple(steps))).go_until(lambda p: p.said() == ["slump"])
    puppet.hear("skip")
    assert puppet.said() == [follows]


def test_repeat_asks_the_question_again_in_the_same_words() -> None:
    puppet = Puppet().go_until_asked("chest")
    before = puppet.said()
    puppet.hear("repeat")
    assert puppet.said() == before == ["chest?"]


def test_slower_changes_the_moves_and_never_the_hold() -> None:
    puppet = in_a_hold()
    for _ in range(2):
        puppet.hear("slower")
    puppet.go_until_repetition(1, 6)
    holds = [h for h in puppet.notes(actions.HoldDone) if isinstance(h, actions.HoldDone)]
    assert {h.ended_at - h.started_at for h in holds} == {48_000}
    assert holds[-1].started_at - holds[-2].ended_at >= samples(2.5)


def test_faster_never_goes_below_a_second_and_a_half() -> None:
    puppet = in_a_hold()
    puppet.hear("faster")
    puppet.wait()
    assert "command_fastest" in puppet.said()
    assert puppet.session.memory.extra_move_seconds == 0


@pytest.mark.parametrize(("command", "gain_db"), [("louder", 4.0), ("quieter", -4.0)])
def test_volume_changes_at_once_within_a_hold_that_goes_on(command: str, gain_db: float) -> None:
    done = in_a_hold().hear(command)
    assert actions.SetVolume(gain_db) in done
    assert not is_silenced(done)


def test_the_volume_is_changed_by_twelve_decibels_at_most() -> None:
    puppet = in_a_hold()
    for _ in range(5):
        puppet.hear("louder")
    assert puppet.notes(actions.SetVolume)[-1] == actions.SetVolume(12.0)


def test_repeat_in_a_set_begins_the_repetition_under_way_again_with_its_full_cue() -> None:
    puppet = in_a_hold()
    puppet.hear("repeat")
    assert puppet.said() == ["flossing_down_full"]
    assert puppet.notes(actions.RepetitionBegun)[-2:] == [actions.RepetitionBegun(1, 3)] * 2
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def in_a_move() -> Puppet:
    return Puppet().go_until_repetition(1, 3)


def in_a_rest() -> Puppet:
    puppet = Puppet().go_until_asked("pain_set_1")
    puppet.answer()
    return puppet


def paused() -> Puppet:
    puppet = in_a_hold()
    puppet.hear("pause")
    return puppet


def at_a_question() -> Puppet:
    return Puppet().go_until_asked("pain_set_1")


PLACES = [in_a_move, in_a_hold, in_a_rest, paused, at_a_question]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("louder", actions.SetVolume(4.0)),
        ("quieter", actions.SetVolume(-4.0)),
        ("other_voice", actions.ChangeVoice()),
    ],
)
def test_volume_and_voice_change_at_once_wherever_it_is_said(
    place: Callable[[], Puppet], command: str, wanted: actions.Action
) -> None:
    puppet = place()
    assert puppet.hear(command).count(wanted) == 1


@pytest.mark.parametrize("place", PLACES)
def test_the_pace_changes_wherever_it_is_said_and_a_hold_stays_three_seconds(place: Callable[[], Puppet]) -> None:
    puppet = place()
    for command, extra_seconds in (("slower", 0.5), ("slower", 1.0), ("faster", 0.5)):
        puppet.hear(command)
        assert puppet.session.memory.extra_move_seconds == extra_seconds
    if place is paused:
        puppet.hear("resume")
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]
    holds = [h for h in puppet.notes(actions.HoldDone) if isinstance(h, actions.HoldDone)]
    assert {h.ended_at - h.started_at for h in holds} == {48_000}


@pytest.mark.parametrize("place", [in_a_rest, paused, at_a_question])
def test_the_new_voice_introduces_itself_and_what_was_under_way_goes_on(place: Callable[[], Puppet]) -> None:
    puppet = place()
    before = puppet.said()
    done = puppet.hear("other_voice")
    assert [type(action) for action in done if isinstance(action, (actions.ChangeVoice, actions.Say))] == [
        actions.ChangeVoice,
        actions.Say,
    ]
    assert puppet.said() == ["command_other_voice"]
    puppet.wait()
    if place is not in_a_rest:
        assert [prompt.removesuffix("_still") for prompt in puppet.said()] == before


@pytest.mark.parametrize("command", IN_PASSING)
def test_nothing_said_in_passing_ends_a_pause(command: str) -> None:
    puppet = paused()
    begun = len(puppet.notes(actions.RepetitionBegun))
    puppet.hear(command)
    for _ in range(5):
        puppet.wait()
    assert puppet.said() == ["paused_reminder"]
    assert len(puppet.notes(actions.RepetitionBegun)) == begun
    puppet.hear("resume")
    assert puppet.asking == actions.Asking("anything_new", 0)


def test_in_a_set_the_new_voice_introduces_itself_before_the_next_move_and_the_hold_goes_on() -> None:
    puppet = in_a_hold()
    holds = puppet.session.memory.holds
    assert not is_silenced(puppet.hear("other_voice"))
    puppet.wait()
    assert puppet.session.memory.holds == holds + 1
    assert puppet.said()[0] == "command_other_voice"


def test_how_many_left_is_answered_before_the_next_move_and_the_hold_goes_on() -> None:
    puppet = in_a_hold(5)
    holds = puppet.session.memory.holds
    assert not is_silenced(puppet.hear("how_many_left"))
    puppet.wait()
    assert puppet.session.memory.holds == holds + 1
    line = puppet.speech[-1].lines[0]
    assert (line.prompt, line.values["repetitions"], line.values["sets"]) == ("left_in_set", 21, 2)


def test_how_many_left_counts_the_set_that_is_under_way_while_the_position_is_taken() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.hear("how_many_left")
    line = puppet.speech[-1].lines[0]
    assert (line.prompt, line.values["repetitions"], line.values["sets"]) == ("left_in_set", 25, 2)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("question", ["ready", "spine", "side", "floss_ready", "knee_offer", "pain_after"])
def test_after_any_command_at_any_question_the_session_goes_on_or_ends(command: str, question: str) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.hear(command)
    if command in ("stop", "pause", "cant_do"):
        puppet.hear("resume")
    assert puppet.go_to_the_end().session.memory.ended is not None
    assert all(done <= 25 for done in puppet.session.memory.repetitions)


def test_stop_said_twice_ends_without_waiting() -> None:
    puppet = in_a_hold()
    puppet.hear("stop")
    puppet.hear("stop")
    assert (puppet.said()[0], puppet.said()[-1]) == ("finish_stopped", "goodbye")


def test_a_rest_is_announced_and_counted_down() -> None:
    puppet = Puppet().go_until_asked("pain_set_1")
    puppet.answer()
    began = puppet.now
    puppet.go_until_repetition(2, 1)
    lines = [line for say in puppet.speech for line in say.lines if line.prompt.startswith("rest")]
    assert [line.values["seconds"] for line in lines] == [60, 30, 10]
    first_cue = next(
        say for say in puppet.speech if say.lines[0].values.get("number") == 2 and "set_intro" in say.lines[0].prompt
    )
    assert first_cue is not None
    assert puppet.now - began >= samples(60)


def test_skip_does_not_reach_past_a_pain_score_to_what_is_below_it() -> None:
    puppet = in_a_hold()
    puppet.hear("it_hurts")
    puppet.go_until_asked("pain_now")
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]
    puppet.go_until_asked("pain_now")
    assert puppet.session.memory.repetitions == [2]


@pytest.mark.parametrize(("score", "outcome"), [("7", Outcome.PAIN_LIMIT), ("2", Outcome.COMPLETE)])
def test_the_pain_score_before_the_exercise_counts_also_after_it_hurt_earlier(score: str, outcome: Outcome) -> None:
    puppet = Puppet({"pain_now": "2", "pain_before": score, "pain_set_1": "3"}).go_until_asked("side")
    puppet.hear("it_hurts")
    assert puppet.go_to_the_end().session.memory.ended is outcome


def hurting(puppet: Puppet) -> None:
    puppet.hear("it_hurts")


def paused_and_resumed(puppet: Puppet) -> None:
    puppet.hear("pause")
    puppet.hear("resume")


def without_microphone(puppet: Puppet) -> None:
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.now += samples(90)
    puppet.tell(events.DeviceBack(puppet.now))


@pytest.mark.parametrize(
    ("question", "prompt"), [("floss_ready", "command_hurts"), ("slump_lift", "command_hurts_test")]
)
def test_having_the_foot_lowered_where_it_hurts_cannot_be_skipped(question: str, prompt: str) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.hear("it_hurts")
    assert puppet.said() == [prompt]
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]


@pytest.mark.parametrize(
    ("interrupted", "question"),
    [
        (hurting, "pain_now"),
        (paused_and_resumed, "anything_new"),
        (paused_and_resumed, "pain_now"),
        (without_microphone, "ready_again"),
    ],
)
def test_what_is_asked_before_a_set_goes_on_cannot_be_skipped(
    interrupted: Callable[[Puppet], None], question: str
) -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    interrupted(puppet)
    puppet.go_until_asked(question).wait()
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]
    puppet.wait()
    assert puppet.asking is not None
    assert puppet.asking.question == question
