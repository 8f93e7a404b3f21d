"""Whatever happens, in whatever order, in whichever programme: what must always hold."""

import json
from functools import cache
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.meanings import COMMANDS, CORRECTING
from voicecoach.programme.steps import Ask, Exercise, Hold, Intervals, Outcome, Programme, Screen
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.core import Session
from voicecoach.signals import Signal

MEANINGS = (
    "yes",
    "no",
    "left",
    "right",
    "both",
    "0",
    "2",
    "3",
    "7",
    "10",
    "two_feet",
    "one_foot",
    *COMMANDS,
    *CORRECTING,
)
CHANCES = st.lists(
    st.one_of(
        st.just("step"),
        st.just("step"),
        st.just("wait"),
        st.just("mumble"),
        st.just("speech"),
        st.just("false alarm"),
        st.just("early"),
        st.sampled_from(MEANINGS),
        st.sampled_from(MEANINGS).map(lambda meaning: meaning + "?"),
    ),
    max_size=60,
)
ANSWERS: tuple[dict[str, str], ...] = ({}, {"level": "one_foot"})


class Place(NamedTuple):
    """Where in a session chance begins: once a question has been put, or from the start."""

    programme: Programme
    question: str | None
    answers: dict[str, str]


@cache
def places() -> list[Place]:
    """Return every question of every programme that one comes to."""
    found: list[Place] = []
    for programme in PROGRAMMES.values():
        for answers in ANSWERS if programme.id == "calf_raise" else ANSWERS[:1]:
            asked = Puppet(answers, programme).go_to_the_end().notes(actions.Asking)
            questions = dict.fromkeys(note.question for note in asked if isinstance(note, actions.Asking))
            found += [Place(programme, question, answers) for question in (None, *questions)]
    return found


PLACES = st.deferred(lambda: st.sampled_from(places()))


def play(puppet: Puppet, chance: str) -> None:
    """Let one thing happen."""
    match chance:
        case "step":
            puppet.step()
        case "wait":
            puppet.wait()
        case "mumble":
            puppet.tell(events.NotUnderstood(puppet.now))
        case "speech":
            puppet.tell(events.SpeechStarted(puppet.now))
        case "false alarm":
            puppet.tell(events.FalseAlarm(puppet.now))
        case "early":
            puppet.tell(events.Reached(puppet.now))
        case _:
            puppet.hear(chance.removesuffix("?"), sure=not chance.endswith("?"))


def rehearsed(place: Place, chances: list[str]) -> Puppet:
    puppet = Puppet(place.answers, place.programme)
    if place.question is not None:
        puppet.go_until_asked(place.question)
    for chance in chances:
        if puppet.session.memory.ended is not None:
            break
        if puppet.session.memory.awaited is None and puppet.session.memory.wake_at is None:
            puppet.tell(events.FalseAlarm(puppet.now))
        play(puppet, chance)
    return puppet


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES)
def test_never_a_repetition_a_set_or_a_round_too_many(place: Place, chances: list[str]) -> None:
    memory = rehearsed(place, chances).session.memory
    exercises = [step for step in place.programme.steps if isinstance(step, Exercise)]
    rounds = sum(step.rounds for step in place.programme.steps if isinstance(step, Intervals))
    assert len(memory.repetitions) <= sum(step.sets * (2 if step.sides == "both" else 1) for step in exercises)
    assert all(0 <= done <= max(step.repetitions for step in exercises) for done in memory.repetitions)
    assert 0 <= memory.rounds <= rounds


def _seconds_of_holds(programme: Programme) -> dict[str, set[float]]:
    seconds: dict[str, set[float]] = {}
    for step in (step for step in programme.steps if isinstance(step, Exercise)):
        for phase in step.phases:
            seconds.setdefault(phase.id, set()).add(step.hold_of(phase))
    return seconds


@settings(max_examples=200, deadline=None)
@given(PLACES, CHANCES)
def test_every_counted_hold_was_as_long_as_written_and_nothing_silenced_it(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    seconds = _seconds_of_holds(place.programme)
    running: int | None = None
    counted = 0
    for action in puppet.actions:
        match action:
            case actions.Tick(at, Signal.HOLD_STARTS):
                running = at
            case actions.Silence():
                running = None
            case actions.HoldDone(_, _, phase, started_at, ended_at):
                assert running == started_at
                assert (ended_at - started_at) in {samples(each) for each in seconds[phase]}
                running = None
                counted += 1
    held = [phase for phase, lengths in seconds.items() if 0 not in lengths]
    assert counted == puppet.session.memory.holds
    assert sum(puppet.session.memory.repetitions) * len(held) <= counted


@settings(max_examples=200, deadline=None)
@given(PLACES, CHANCES)
def test_what_is_kept_up_for_a_time_lasts_that_long_and_nothing_silenced_it(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    seconds = {
        step.id: step.seconds if isinstance(step, Hold) else step.work_seconds
        for step in place.programme.steps
        if isinstance(step, Hold | Intervals)
    }
    running: int | None = None
    for action in puppet.actions:
        match action:
            case actions.Tick(at, Signal.TIME_STARTS):
                running = at
            case actions.Silence():
                running = None
            case actions.TimeKept(step, started_at, ended_at):
                assert (running, ended_at - started_at) == (started_at, samples(seconds[step]))


@settings(max_examples=200, deadline=None)
@given(PLACES, CHANCES)
def test_nothing_moves_unscreened_or_against_the_answers(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    memory = puppet.session.memory
    went_back = [at for at, action in enumerate(puppet.actions) if isinstance(action, actions.TakenBack)]
    since = puppet.actions[went_back[-1] :] if went_back else puppet.actions
    if not any(isinstance(action, actions.Tick | actions.RepetitionBegun) for action in since):
        return
    answers = {record.id: record.answer for record in memory.questions}
    screening = next(step for step in place.programme.steps if isinstance(step, Screen))
    assert [answers[question.id] for question in screening.questions] == ["no"] * len(screening.questions)
    assert answers["screening_all_no"] == "yes"
    assert memory.pain_start is not None
    assert memory.pain_start < 6
    if place.programme.id == "calf":
        assert answers["slump_familiar"] == answers["slump_different"] == "yes"


def is_asked_after(puppet: Puppet) -> bool:
    """Whether the coach is asking after somebody who is not well: it knows better than to go on from there."""
    return any(frame["type"] == "Distress" for frame in json.loads(puppet.session.save())["stack"])


def may_have_been_there(puppet: Puppet, sign: str) -> bool:
    """Whether the person may have had the sign before the exercise, so that only more of it ends the session."""
    asking = (step.id for step in puppet.session.programme.steps if isinstance(step, Ask) and step.already == sign)
    answers = {record.id: record.answer for record in puppet.session.memory.questions}
    return any(answers.get(question) != "no" for question in asking)


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES, st.sampled_from(["worse", "pins_and_needles", "numb"]))
def test_an_adverse_sign_always_ends_the_session(place: Place, chances: list[str], sign: str) -> None:
    puppet = rehearsed(place, chances)
    if puppet.session.memory.ended is not None or sign not in puppet.listening:
        return
    asked_after = is_asked_after(puppet)
    if not asked_after and may_have_been_there(puppet, sign):
        return
    puppet.hear(sign)
    assert actions.Adverse(AdverseKind(sign)) in puppet.actions
    if asked_after:
        puppet.hear("stop")
    else:
        assert puppet.said()[0].removesuffix("_still") == "adverse"
        assert puppet.said()[-1] == "goodbye"
    assert puppet.go_to_the_end().session.memory.ended is Outcome.ADVERSE


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES)
def test_stop_always_stops(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    if puppet.session.memory.ended is not None or "stop" not in puppet.listening:
        return
    wanted = Outcome.ADVERSE if is_asked_after(puppet) else Outcome.STOPPED
    assert actions.Silence() in puppet.hear("stop")
    puppet.tell(events.FalseAlarm(puppet.now))
    for _ in range(4):
        if puppet.session.memory.ended is None:
            puppet.wait()
    assert puppet.session.memory.ended is wanted


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES, CHANCES)
def test_a_restored_session_goes_on_as_if_nothing_had_happened(
    place: Place, before: list[str], after: list[str]
) -> None:
    puppet = rehearsed(place, before)
    saved = puppet.session.save()
    restored = Session.restore(place.programme, saved)
    assert restored.save() == saved
    told: list[tuple[events.AnyEvent, list[actions.Action]]] = []
    handle = puppet.session.handle
    puppet.session.handle = lambda event: _kept(told, event, handle(event))  # type: ignore[method-assign]
    for chance in after:
        memory = puppet.session.memory
        if memory.ended is not None or (memory.awaited is None and memory.wake_at is None):
            break
        play(puppet, chance)
    assert [restored.handle(event) for event, _ in told] == [done for _, done in told]


def _kept(
    told: list[tuple[events.AnyEvent, list[actions.Action]]], event: events.AnyEvent, done: list[actions.Action]
) -> list[actions.Action]:
    told.append((event, list(done)))
    return done


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES)
def test_every_session_comes_to_an_end_when_left_alone(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    puppet.tell(events.FalseAlarm(puppet.now))
    for _ in range(2000):
        if puppet.session.memory.ended is not None:
            break
        puppet.wait()
    assert puppet.session.memory.ended is not None


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES)
def test_the_session_always_waits_for_something_or_somebody(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    memory = puppet.session.memory
    waits = memory.awaited is not None or memory.wake_at is not None or memory.suspended is not None
    assert waits or memory.ended is not None


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES)
def test_nothing_is_listened_for_twice(place: Place, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    lists = [action.meanings for action in puppet.actions if isinstance(action, actions.ListenFor)]
    assert all(len(set(meanings)) == len(meanings) for meanings in lists)


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES, st.sampled_from(CORRECTING))
def test_nobody_moves_on_a_correction_before_something_was_answered(
    place: Place, chances: list[str], correction: str
) -> None:
    puppet = rehearsed(place, chances)
    if puppet.session.memory.ended is not None or correction not in puppet.listening:
        return
    checks = puppet.asking is not None and puppet.asking.candidate is not None
    done = puppet.hear(correction)
    assert checks or not any(isinstance(action, actions.Tick | actions.RepetitionBegun) for action in done)
