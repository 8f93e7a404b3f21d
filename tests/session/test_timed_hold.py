"""Positions that are held: on which sides, how long, and what interrupts them."""

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF, Puppet
from voicecoach.programme.steps import Hold
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.signals import Signal


def stretching(side: str = "left") -> Puppet:
    """Return a session in the first glute stretch."""
    puppet = Puppet({"side": side}).go_until_asked("glute_offer")
    puppet.go_until(lambda p: p.signals(Signal.TIME_STARTS) != [])
    return puppet.go_until(lambda p: p.now >= p.signals(Signal.TIME_STARTS)[0])


def kept(puppet: Puppet) -> list[actions.TimeKept]:
    return [note for note in puppet.notes(actions.TimeKept) if isinstance(note, actions.TimeKept)]


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_the_glute_stretch_is_held_twenty_seconds_on_each_side_the_other_one_first(side: str, other: str) -> None:
    puppet = Puppet({"side": side}).go_until_asked("knee_offer")
    starts = [line for say in puppet.speech for line in say.lines if line.prompt == "glute_start"]
    assert [line.values for line in starts] == [
        {"side": other, "other_side": side},
        {"side": side, "other_side": other},
    ]
    assert [note.ended_at - note.started_at for note in kept(puppet)] == [samples(20)] * 2


def test_the_sore_side_is_the_side_again_after_both_have_had_their_turns() -> None:
    puppet = Puppet({"side": "left"}).go_until_asked("pain_after")
    assert puppet.session.memory.turn is None
    knee = next(line for say in puppet.speech for line in say.lines if line.prompt == "knee_start")
    assert knee.values["side"] == "left"


def test_a_stretch_is_not_over_a_sample_too_early() -> None:
    puppet = stretching()
    ends_at = puppet.signals(Signal.TIME_ENDS)[0]
    while puppet.session.memory.wake_at != ends_at:
        puppet.wait()
    assert puppet.tell(events.Reached(ends_at - 1)) == []
    assert kept(puppet) == []
    puppet.tell(events.Reached(ends_at))
    assert len(kept(puppet)) == 1
    puppet.wait()
    assert kept(puppet)[0].ended_at == ends_at


@pytest.mark.parametrize("command", ["louder", "quieter", "slower", "faster", "other_voice", "how_many_left"])
def test_what_is_said_in_passing_does_not_begin_a_stretch_again(command: str) -> None:
    puppet = stretching()
    done = puppet.hear(command)
    assert actions.Silence() not in done
    puppet.go_until_asked("knee_offer")
    assert len(kept(puppet)) == 2
    assert len([prompt for prompt in puppet.prompts() if prompt == "glute_start"]) == 2


def test_how_many_left_tells_the_seconds_that_are_left_rounded_up_to_five() -> None:
    puppet = stretching()
    puppet.now = puppet.signals(Signal.TIME_STARTS)[0] + samples(10.5)
    puppet.hear("how_many_left")
    (line,) = puppet.speech[-1].lines
    assert (line.prompt, line.values["seconds"]) == ("time_left", 10)


@pytest.mark.parametrize(
    ("saying", "stopped"), [("glute_start", "stopped"), ("count_2", "stopped"), ("glute_end", "stopped_still")]
)
def test_a_stop_has_a_stretch_let_go_from_its_first_words_on_until_it_is_over(saying: str, stopped: str) -> None:
    puppet = Puppet().go_until(lambda p: p.asking is not None and p.asking.question == "glute_ready")
    puppet.go_until(lambda p: p.said() == [saying])
    puppet.hear("stop")
    assert puppet.said() == [stopped]


def test_a_skipped_stretch_is_let_go_and_the_other_side_follows() -> None:
    puppet = stretching()
    puppet.hear("skip")
    assert puppet.said() == ["glute_end"]
    puppet.go_until_asked("knee_offer")
    assert len(kept(puppet)) == 1


def test_a_stretch_that_was_paused_is_checked_and_begun_again() -> None:
    puppet = stretching()
    puppet.hear("pause")
    puppet.wait()
    puppet.hear("resume")
    assert puppet.asking == actions.Asking("anything_new", 0)
    puppet.go_until_asked("knee_offer")
    assert [note.ended_at - note.started_at for note in kept(puppet)] == [samples(20)] * 2


def test_it_hurts_in_a_stretch_asks_for_the_pain_and_the_traffic_light_decides() -> None:
    puppet = stretching()
    puppet.answers["pain_now"] = "6"
    puppet.hear("it_hurts")
    assert puppet.said() == ["command_hurts"]
    assert puppet.go_to_the_end().session.memory.ended == "pain_limit"


def test_nothing_is_held_unscreened() -> None:
    puppet = Puppet().go_until_asked("glute_offer")
    puppet.session.memory.screened = False
    with pytest.raises(RuntimeError, match="glute was reached without screening"):
        puppet.go_until_asked("knee_offer")


@pytest.mark.parametrize(
    ("seconds", "counted_out", "tells_the_middle"),
    [(5, False, False), (10, True, False), (15, True, False), (20, True, True)],
)
def test_only_a_longer_stretch_is_counted_out_and_told_its_middle(
    seconds: int, counted_out: bool, tells_the_middle: bool
) -> None:
    steps = (replace(step, seconds=seconds) if isinstance(step, Hold) else step for step in CALF.steps)
    puppet = Puppet(programme=replace(CALF, steps=tuple(steps))).go_until_asked("glute_offer")
    puppet.go_until(lambda p: p.signals(Signal.TIME_STARTS) != [])
    puppet.go_until(lambda p: p.now >= p.signals(Signal.TIME_STARTS)[0])
    before = len(puppet.prompts())
    puppet.go_until(lambda p: len(kept(p)) == 1)
    said = puppet.prompts()[before:]
    assert ("count_1" in said, "nearly_there" in said) == (counted_out, tells_the_middle)
