"""Whatever happens, in whatever order: what must always hold."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.puppet import CALF, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.policies import COMMANDS

MEANINGS = ("yes", "no", "left", "right", "both", "0", "2", "3", "7", "10", *COMMANDS)
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
PLACES = st.sampled_from([None, "spine", "side", "slump_familiar", "floss_ready", "pain_set_1", "pain_set_2"])


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


def rehearsed(place: str | None, chances: list[str]) -> Puppet:
    puppet = Puppet()
    if place is not None:
        puppet.go_until_asked(place)
    for chance in chances:
        if puppet.session.memory.ended is not None:
            break
        if puppet.session.memory.awaited is None and puppet.session.memory.wake_at is None:
            puppet.tell(events.FalseAlarm(puppet.now))
        play(puppet, chance)
    return puppet


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES)
def test_never_more_than_25_repetitions_and_never_a_set_too_many(place: str | None, chances: list[str]) -> None:
    repetitions = rehearsed(place, chances).session.memory.repetitions
    assert len(repetitions) <= 3
    assert all(0 <= done <= 25 for done in repetitions)


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES)
def test_every_counted_hold_was_three_seconds_long_and_nothing_silenced_it(
    place: str | None, chances: list[str]
) -> None:
    puppet = rehearsed(place, chances)
    running: int | None = None
    counted = 0
    for action in puppet.actions:
        match action:
            case actions.Tick(at, ends) if not ends:
                running = at
            case actions.Silence():
                running = None
            case actions.HoldDone(_, _, _, started_at, ended_at):
                assert running == started_at
                assert ended_at - started_at == 48_000
                running = None
                counted += 1
    assert counted == puppet.session.memory.holds
    assert sum(puppet.session.memory.repetitions) * 2 <= counted


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES)
def test_never_an_exercise_unscreened_or_against_the_answers(place: str | None, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    if not puppet.session.memory.repetitions:
        return
    answers = {record.id: record.answer for record in puppet.session.memory.questions}
    screening = next(step for step in CALF.steps if step.id == "screening")
    assert [answers[q.id] for q in screening.questions] == ["no"] * 7  # type: ignore[union-attr]
    assert answers["screening_all_no"] == answers["slump_familiar"] == answers["slump_different"] == "yes"
    assert puppet.session.memory.pain_start is not None
    assert puppet.session.memory.pain_start < 6


@settings(max_examples=150, deadline=None)
@given(PLACES, CHANCES)
def test_stop_always_stops(place: str | None, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    if puppet.session.memory.ended is not None or "stop" not in puppet.listening:
        return
    assert actions.Silence() in puppet.hear("stop")
    puppet.tell(events.FalseAlarm(puppet.now))
    for _ in range(4):
        if puppet.session.memory.ended is None:
            puppet.wait()
    assert puppet.session.memory.ended is Outcome.STOPPED


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES, CHANCES)
def test_a_restored_session_goes_on_as_if_nothing_had_happened(
    place: str | None, before: list[str], after: list[str]
) -> None:
    puppet = rehearsed(place, before)
    saved = puppet.session.save()
    restored = Session.restore(CALF, saved)
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
def test_every_session_comes_to_an_end_when_left_alone(place: str | None, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    puppet.tell(events.FalseAlarm(puppet.now))
    for _ in range(2000):
        if puppet.session.memory.ended is not None:
            break
        puppet.wait()
    assert puppet.session.memory.ended is not None


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES)
def test_the_session_always_waits_for_something_or_somebody(place: str | None, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    memory = puppet.session.memory
    waits = memory.awaited is not None or memory.wake_at is not None or memory.suspended is not None
    assert waits or memory.ended is not None


@settings(max_examples=100, deadline=None)
@given(PLACES, CHANCES)
def test_nothing_is_listened_for_twice(place: str | None, chances: list[str]) -> None:
    puppet = rehearsed(place, chances)
    lists = [action.meanings for action in puppet.actions if isinstance(action, actions.ListenFor)]
    assert all(len(set(meanings)) == len(meanings) for meanings in lists)
