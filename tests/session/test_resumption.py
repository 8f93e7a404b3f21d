"""A session that broke off: it asks first, and then goes on where it stopped; nothing leads past its questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from tests.session.test_properties import CHANCES, PLACES, Place, play, rehearsed
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import read_words
from voicecoach.session import actions
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening

CAUTIOUS = with_profile(CALF, "cautious")
MOVEMENT = (actions.Tick, actions.RepetitionBegun, actions.HoldDone, actions.TimeKept)


def begun_again(puppet: Puppet, answers: dict[str, str] | None = None, programme: Programme = CALF) -> Puppet:
    """Return the session that follows one that broke off, on a clock of its own."""
    restored = Session.restore(programme, puppet.session.save())
    return Puppet(puppet.answers | {"anything_new": "no"} | (answers or {}), programme, session=restored)


def asked(puppet: Puppet) -> list[str]:
    return [note.question for note in puppet.notes(actions.Asking)]


def test_it_goes_on_at_the_next_repetition_of_the_set_once_all_has_been_asked() -> None:
    later = begun_again(Puppet().go_until_repetition(2, 15))
    assert later.speech[0].lines[0].prompt == "resume_hello"
    later.go_until(lambda p: bool(p.notes(actions.RepetitionBegun)))
    assert asked(later) == ["resume_ready", "resume_there", "anything_new", "pain_now", "floss_ready"]
    stopped = next(line for say in later.speech for line in say.lines if line.prompt.startswith("stopped_"))
    assert (stopped.prompt, stopped.values["number"], stopped.values["repetition"]) == ("stopped_in_set_after", 2, 14)
    assert later.notes(actions.RepetitionBegun) == [actions.RepetitionBegun(2, 15)]
    memory = later.go_to_the_end().session.memory
    assert (memory.ended, memory.repetitions) == (Outcome.COMPLETE, [25, 25, 25])
    assert len(later.notes(actions.RepetitionDone)) == 11 + 25


def test_where_it_stopped_is_followed_by_its_question_at_once() -> None:
    later = begun_again(Puppet().go_until_repetition(2, 15))
    later.go_until(lambda p: p.said() == ["stopped_in_set_after"]).wait()
    assert later.asking == actions.Asking("resume_there", 0)


@pytest.mark.parametrize("keeps_audio", [True, False])
def test_that_the_sound_is_kept_is_said_again_when_it_goes_on(keeps_audio: bool) -> None:
    restored = Session.restore(CALF, Puppet().go_until_repetition(1, 3).session.save())
    restored.memory.opening = Opening(keeps_audio=keeps_audio)
    assert Puppet(session=restored).said() == ["resume_hello", *(["audio_kept"] if keeps_audio else [])]


@pytest.mark.parametrize(
    ("place", "prompt", "values"),
    [
        (("pain_test", 0, 0), None, {}),
        (("floss_ready", 0, 0), "stopped_in_set", {"number": 1}),
        (("", 1, 1), "stopped_in_set", {"number": 1}),
        (("pain_set_2", 0, 0), "stopped_after_set", {"number": 2}),
        (("glute_offer", 0, 0), "stopped_elsewhere", {}),
    ],
)
def test_it_says_where_it_stopped(place: tuple[str, int, int], prompt: str | None, values: dict[str, int]) -> None:
    question, number, repetition = place
    before = Puppet()
    before = before.go_until_asked(question) if question else before.go_until_repetition(number, repetition)
    assert before.session.resumable is (prompt is not None)
    said = begun_again(before).go_until_asked("resume_there" if prompt else "ready").speech
    found = [line for say in said for line in say.lines if line.prompt.startswith("stopped_")]
    assert [line.prompt for line in found] == ([prompt] if prompt else [])
    assert all(values.items() <= line.values.items() for line in found)


def test_what_broke_off_while_a_set_was_announced_stopped_in_that_set() -> None:
    before = Puppet().go_until(lambda p: p.said() == ["set_intro"] and p.session.memory.set == 2)
    stopped = begun_again(before).go_until_asked("resume_there").speech
    assert [line.values["number"] for say in stopped for line in say.lines if line.prompt == "stopped_in_set"] == [2]


@pytest.mark.parametrize(("repetition", "prompt", "done"), [(1, "stopped_elsewhere", None), (4, "stopped_after", 3)])
def test_where_there_is_but_one_set_it_says_no_number_of_it(repetition: int, prompt: str, done: int | None) -> None:
    before = Puppet(programme=CAUTIOUS).go_until_repetition(1, repetition)
    said = begun_again(before, programme=CAUTIOUS).go_until_asked("resume_there").speech
    (stopped,) = (line for say in said for line in say.lines if line.prompt.startswith("stopped_"))
    assert (stopped.prompt, stopped.values.get("repetition")) == (prompt, done)


@pytest.mark.parametrize("question", ["floss_ready", "pain_set_1"])
def test_around_a_single_set_it_speaks_of_no_set(question: str) -> None:
    before = Puppet(programme=CAUTIOUS).go_until_asked(question)
    said = begun_again(before, programme=CAUTIOUS).go_until_asked("resume_there").prompts()
    assert [prompt for prompt in said if prompt.startswith("stopped_")] == ["stopped_elsewhere"]


@pytest.mark.parametrize("prompt", ["resume_hello", "stopped_in_set_after", "resume_there?", "resume_anew"])
def test_nothing_that_is_said_or_asked_before_it_goes_on_is_skipped(prompt: str) -> None:
    later = begun_again(Puppet().go_until_repetition(2, 15), {"resume_there": "no"})
    later.go_until(lambda p: p.said() == [prompt]).hear("skip")
    assert later.said() == ["command_skip_no"]
    later.wait()
    assert later.session.memory.repetitions != []


@pytest.mark.parametrize("prompt", ["rest", "repetition_done"])
def test_the_position_is_taken_once_more_before_the_exercise_goes_on(prompt: str) -> None:
    later = begun_again(Puppet().go_until(lambda p: prompt in p.prompts()))
    later.go_until(lambda p: bool(p.notes(actions.RepetitionBegun)))
    assert [key for key in later.prompts() if key.startswith("floss_ready?")] == ["floss_ready?short"]


@pytest.mark.parametrize(("command", "follows"), [("it_hurts", "pain_now"), ("gone", "resume_ready")])
def test_pain_and_its_end_are_taken_before_it_goes_on_and_all_is_asked_again(command: str, follows: str) -> None:
    later = begun_again(Puppet().go_until_repetition(2, 15)).go_until_asked("resume_there")
    later.hear(command)
    later.go_until(lambda p: p.asking is not None and p.asking.question != "resume_there")
    assert later.asking == actions.Asking(follows, 0)
    later.go_until_asked("resume_there")


def test_what_broke_off_before_any_exercise_begins_with_the_screening() -> None:
    later = begun_again(Puppet().go_until_asked("slump_familiar")).go_until_asked("side")
    assert asked(later)[:2] == ["ready", "chest"]


def test_a_no_begins_from_the_start_and_forgets_what_was_done() -> None:
    later = begun_again(Puppet().go_until_repetition(2, 15), {"resume_there": "no"}).go_until_asked("chest")
    memory = later.session.memory
    assert (memory.repetitions, memory.screened, memory.pain_start, memory.side) == ([], False, None, None)
    assert later.go_to_the_end().session.memory.repetitions == [25, 25, 25]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"anything_new": "yes"}, Outcome.ADVERSE),
        ({"pain_now": "6"}, Outcome.PAIN_LIMIT),
        ({"pain_now": "5"}, Outcome.PAIN_LIMIT),
        ({"resume_ready": "no"}, Outcome.STOPPED),
    ],
)
def test_what_is_new_and_too_much_pain_and_not_being_ready_end_it(answers: dict[str, str], outcome: Outcome) -> None:
    later = begun_again(Puppet().go_until_repetition(2, 15), answers).go_to_the_end()
    assert later.session.memory.ended is outcome
    assert not later.notes(actions.RepetitionBegun)


def test_a_rest_is_over_when_the_session_goes_on() -> None:
    before = Puppet().go_until(lambda p: "rest" in p.prompts())
    before.now += 16_000 * 3600
    later = begun_again(before).go_until(lambda p: bool(p.notes(actions.RepetitionBegun)))
    assert later.notes(actions.RepetitionBegun) == [actions.RepetitionBegun(2, 1)]
    assert later.now < 16_000 * 60


def test_the_dose_that_was_chosen_goes_on() -> None:
    before = Puppet(opening=Opening(suggests=True)).go_until_repetition(1, 4)
    assert before.session.programme == CAUTIOUS
    later = begun_again(before).go_to_the_end()
    assert (later.session.memory.repetitions, later.session.programme) == ([10], CAUTIOUS)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_all_that_is_said_is_known_ahead(name: str) -> None:
    programme = PROGRAMMES[name]
    words = read_words(programme, programme_file(name), "en", "GB")
    before = Puppet(programme=programme).go_until(lambda p: p.session.resumable)
    later = begun_again(before, programme=programme).go_to_the_end()
    known, unknown = set(known_ahead(programme, words)), set()
    for action in later.actions:
        match action:
            case actions.Foresee(lines):
                known |= set(map(words.text, lines))
            case actions.Say(_, lines, _):
                unknown |= set(map(words.text, lines)) - known
    assert unknown == set()


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES, CHANCES)
def test_nothing_moves_in_a_session_begun_again_before_it_has_asked_how_things_are(
    place: Place, before: list[str], after: list[str]
) -> None:
    broken = rehearsed(place, before)
    if not broken.session.resumable:
        return
    later = begun_again(broken, programme=place.programme)
    assert not later.session.resumable
    for chance in after:
        memory = later.session.memory
        if memory.ended is not None or (memory.awaited is None and memory.wake_at is None):
            break
        play(later, chance)
        answered = {note.question: note.answer for note in later.notes(actions.Answered)}
        if any(isinstance(action, MOVEMENT) for action in later.actions):
            fresh = answered.get("resume_there") == "no"
            assert fresh or (answered["resume_there"], answered["anything_new"]) == ("yes", "no")
            assert fresh or "pain_now" in answered


@settings(max_examples=60, deadline=None)
@given(PLACES, CHANCES, st.integers(0, 40))
def test_left_alone_and_broken_off_again_and_again_it_counts_no_repetition_twice(
    place: Place, before: list[str], steps: int
) -> None:
    puppet = rehearsed(place, before)
    for _ in range(3):
        if not puppet.session.resumable:
            return
        done = list(puppet.session.memory.repetitions)
        puppet = begun_again(puppet, programme=place.programme)
        for _ in range(steps):
            if puppet.session.memory.ended is None:
                puppet.step()
        counted = len(puppet.notes(actions.RepetitionDone))
        assert sum(puppet.session.memory.repetitions) == sum(done) + counted
