"""How a person is led: counted in and out, told the middle and the last ones, and as much aloud as they want."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.meanings import Counting
from voicecoach.programme.profiles import with_repetitions
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions, events
from voicecoach.session.memory import Opening
from voicecoach.signals import Signal


def said_at(puppet: Puppet, *prompts: str) -> list[tuple[str, int]]:
    """Return when the coach began to say these prompts, as far as it said them at once."""
    saying = (action for action in puppet.actions if isinstance(action, actions.Say) and action.at is not None)
    return [(line.prompt, say.at or 0) for say in saying for line in say.lines if line.prompt in prompts]


def numbers_in_the_first_set(counting: Counting) -> list[str]:
    """Return what is said of the numbers of repetitions in a set of 25."""
    puppet = Puppet(opening=Opening(counting=counting)).go_until_asked("pain_set_1")
    lines = [line for say in puppet.speech for line in say.lines if "number" in line.values]
    return [f"{line.prompt} {line.values['number']}" for line in lines if line.prompt not in ("set_intro", "set_done")]


class Timed(Puppet):
    """A puppet that notes when each prompt was asked for."""

    times: Sequence[tuple[str, int]] = ()

    def tell(self, event: events.AnyEvent) -> list[actions.Action]:
        """Note the time."""
        new = super().tell(event)
        said = [line.prompt for action in new if isinstance(action, actions.Say) for line in action.lines]
        self.times = [*self.times, *((prompt, event.at) for prompt in said)]
        return new


def kept_times(programme: str, step: str) -> list[tuple[str, float]]:
    """Return what is said in the first time that is kept up in a step, with seconds from its start tone."""
    puppet = Timed(programme=PROGRAMMES[programme])
    puppet.go_until(lambda p: any(isinstance(a, actions.TimeKept) and a.step == step for a in p.actions))
    note = next(a for a in puppet.actions if isinstance(a, actions.TimeKept) and a.step == step)
    first = note.started_at - samples(3)
    return [
        (prompt, (at - note.started_at) / SAMPLES_PER_SECOND)
        for prompt, at in puppet.times
        if first <= at < note.ended_at
    ]


COUNTED_IN = [("count_3", -3), ("count_2", -2), ("count_1", -1)]


def test_a_long_hold_is_counted_in_and_out_with_its_middle_and_encouragement_between() -> None:
    assert kept_times("calf", "knee") == [
        *COUNTED_IN, ("halfway_through", 15), ("nearly_there", 22.5), ("count_3", 27), ("count_2", 28), ("count_1", 29),
    ]  # fmt: skip


def test_the_tones_lie_exactly_round_what_was_counted_in() -> None:
    puppet = Puppet().go_to_the_end()
    starts, ends = puppet.signals(Signal.TIME_STARTS), puppet.signals(Signal.TIME_ENDS)
    assert [(end - start) / SAMPLES_PER_SECOND for start, end in zip(starts, ends, strict=True)] == [20, 20, 30]


def test_every_second_of_a_hold_and_every_repetition_is_counted_in_full() -> None:
    numbers = numbers_in_the_first_set("full")
    assert len([number for number in numbers if number.startswith("count_")]) == 25 * 2 * 3
    assert len([number for number in numbers if not number.startswith("count_")]) == 24


def test_counted_sparsely_every_fifth_repetition_and_the_last_ones_are_told() -> None:
    assert numbers_in_the_first_set("sparse") == [
        "repetition_done 5", "repetition_done 10", "halfway 13", "repetition_done 15", "encouragement 20",
        "last_three 22", "last_one 24",
    ]  # fmt: skip


def test_with_ticks_only_the_milestones_are_told_and_each_further_second_ticks() -> None:
    assert numbers_in_the_first_set("ticks") == ["halfway 13", "encouragement 20", "last_three 22", "last_one 24"]
    puppet = Puppet(opening=Opening(counting="ticks")).go_until_repetition(1, 2)
    starts, seconds = puppet.signals(Signal.HOLD_STARTS), puppet.signals(Signal.SECOND)
    assert seconds == [start + samples(second) for start in starts for second in (1, 2)]


@pytest.mark.parametrize("counting", ["full", "sparse", "ticks"])
def test_however_it_is_counted_the_holds_last_as_long(counting: Counting) -> None:
    puppet = Puppet(opening=Opening(counting=counting)).go_to_the_end()
    holds = [note for note in puppet.notes(actions.HoldDone) if isinstance(note, actions.HoldDone)]
    assert {note.ended_at - note.started_at for note in holds} == {samples(3)}
    assert len(holds) == 150


def test_how_much_is_counted_changes_by_voice_in_a_hold_and_back_and_interrupts_nothing() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.go_until(lambda p: p.now < p.signals(Signal.HOLD_ENDS)[-1])
    puppet.hear("count_ticks")
    assert puppet.said() != ["command_count_ticks"]
    puppet.go_until_repetition(1, 4)
    assert "command_count_ticks" in [line.prompt for say in puppet.speech for line in say.lines]
    assert puppet.signals(Signal.SECOND) != []
    ticks = len(puppet.signals(Signal.SECOND))
    puppet.hear("count_full")
    puppet.go_until_repetition(1, 7)
    assert len(puppet.signals(Signal.SECOND)) <= ticks + 4
    assert puppet.session.memory.repetitions == [6]


def test_a_set_ends_with_its_own_sound_before_anything_is_said_and_a_skipped_one_without() -> None:
    puppet = Puppet().go_until_asked("pain_set_1")
    (done,) = puppet.signals(Signal.SET_DONE)
    ((_, said),) = said_at(puppet, "set_done")
    assert samples(0.55) < said - done < samples(1)
    puppet.go_until_repetition(2, 3)
    puppet.hear("skip")
    puppet.go_until_asked("pain_set_2")
    assert puppet.signals(Signal.SET_DONE) == [done]


def test_a_set_whose_pain_is_gone_ends_with_the_same_sound() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    puppet.hear("gone")
    assert puppet.signals(Signal.SET_DONE) == [puppet.now]


def test_who_knows_what_is_said_before_a_set_skips_to_its_position() -> None:
    puppet = Puppet().go_until(lambda p: "set_intro" in p.prompts())
    puppet.hear("skip")
    assert puppet.said() == ["floss_ready?"]
    puppet.answer()
    assert puppet.notes(actions.RepetitionBegun) == [actions.RepetitionBegun(1, 1)]


def test_a_rest_warns_ten_seconds_before_its_end() -> None:
    puppet = Timed()
    puppet.go_until_asked("pain_set_2")
    begins = [at for prompt, at in puppet.times if prompt == "rest"]
    warned = [at for prompt, at in puppet.times if prompt == "rest_left"]
    assert [(at - begins[0]) / SAMPLES_PER_SECOND for at in warned] == [30, 50]


def test_a_rest_that_somebody_paused_for_longer_than_it_lasts_is_over_and_nothing_is_left_of_it() -> None:
    puppet = Puppet().go_until(lambda p: p.said() == ["rest"])
    puppet.hear("pause")
    puppet.now += samples(90)
    puppet.hear("resume")
    puppet.go_until_repetition(2, 1)
    assert "rest_left" not in puppet.prompts()


def test_a_question_is_explained_and_put_again() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("explain")
    assert puppet.said() == ["chest?explain", "chest?"]
    puppet.hear("no")
    assert puppet.session.memory.questions[-2].answer == "no"


def test_an_exercise_is_explained_in_passing_and_goes_on_where_it_was() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    puppet.hear("explain")
    puppet.go_until_repetition(1, 5)
    said = [line.prompt for say in puppet.speech for line in say.lines]
    assert said.count("flossing_explain") == 1
    assert puppet.session.memory.repetitions == [4]


@pytest.mark.parametrize("programme", sorted(PROGRAMMES))
def test_effort_is_encouraged_at_the_same_place_in_every_set(programme: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[programme]).go_to_the_end()
    numbers = [line.values["number"] for say in puppet.speech for line in say.lines if line.prompt == "encouragement"]
    assert all(first == later for first, later in pairwise(numbers))


def test_the_next_move_is_called_a_moment_after_each_hold() -> None:
    puppet = Puppet().go_until_repetition(1, 4)
    cues = [action.at for action in puppet.actions if isinstance(action, actions.Say) and action.at is not None]
    for ended_at in puppet.signals(Signal.HOLD_ENDS):
        assert min(at for at in cues if at >= ended_at) == ended_at + samples(0.15)


@pytest.mark.parametrize(("repetitions", "encouraged"), [(11, False), (12, True)])
def test_a_set_of_twelve_is_long_enough_to_be_encouraged_in(repetitions: int, encouraged: bool) -> None:
    puppet = Puppet(programme=with_repetitions(CALF, repetitions)).go_until_asked("pain_set_1")
    assert ("encouragement" in puppet.prompts()) is encouraged
