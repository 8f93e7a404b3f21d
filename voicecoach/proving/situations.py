"""Situations of a session, and when two of its states count as the same one: what is left out decides nothing."""

from collections.abc import Hashable, Iterator
from functools import cache, cached_property
from typing import Any

from msgspec import Struct

from voicecoach.programme import steps
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.session.core import Session
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.memory import Memory
from voicecoach.session.policies import WaitingPolicy
from voicecoach.session.repetitions import Repeating
from voicecoach.session.situation_fields import Tells, told_by
from voicecoach.session.stage import Activity
from voicecoach.session.waiting import Waiting

BEGINNING = 10**9
"""The sample at which a walk begins: every greater number in a state is a time, every smaller one is none."""


class State:
    """The saved state of a session at a sample. `at` is the step that it stands at or, after its end, ended from."""

    def __init__(self, session: Session, now: int, before: int = 0) -> None:
        self._session = session
        self.memory: Memory = session.memory
        self.stack = session.under_way
        """What is under way, the innermost last."""
        self.now = now
        self.ending: Outcome | None = session.ending
        """The outcome, where the last words are being said."""
        self.at: int = self.memory.at if self.ending is None else before

    @classmethod
    def following(cls, before: "State", session: Session, now: int) -> "State":
        """Return the state that follows another: the same one where nothing has changed."""
        unchanged = session.memory == before.memory and session.under_way == before.stack
        return before if unchanged else cls(session, now, before.at)

    @cached_property
    def saved(self) -> bytes:
        """The session as it is saved, from which all that it is told goes on."""
        return self._session.save()

    def changed(self, programme: Programme, **remembered: object) -> "State":
        """Return the same state of a session that remembers something else, by the names of the memory's fields."""
        session = Session.restore(programme, self.saved)
        for name, value in remembered.items():
            setattr(session.memory, name, value)
        return State(session, self.now, self.at)

    @property
    def answers(self) -> dict[str, str | int | None]:
        """The latest answer to each question, by its id."""
        return {record.id: record.answer for record in self.memory.questions}

    @property
    def top(self) -> Activity:
        """The innermost activity: what is under way right now."""
        return self.stack[-1]

    @property
    def moving(self) -> bool:
        """Whether the person is in a test or an exercise."""
        return self._session.moving

    @property
    def resumable(self) -> bool:
        """Whether a session that broke off here can go on from here."""
        return self._session.resumable

    @property
    def ended(self) -> bool:
        """Whether the session is over."""
        return self.memory.ended is not None

    @property
    def question(self) -> Question | None:
        """The question being asked right now; None where none is."""
        return self.top if isinstance(self.top, Question) else None

    @property
    def distress(self) -> Distress | None:
        """The activity that asks after somebody in distress; None where nobody is."""
        return next((one for one in self.stack if isinstance(one, Distress)), None)

    @property
    def rests(self) -> WaitingPolicy | None:
        """What the session rests for, where it waits for the person; else None."""
        return self.top.policy if isinstance(self.top, Waiting) else None

    @cached_property
    def doing(self) -> str:
        """What is being done within the step, in a few words."""
        told = (value for value in _telling(self.top) if value and isinstance(value, str))
        return " ".join([type(self.top).__name__.lower(), *told])

    def is_in(self, *kinds: type[Activity]) -> bool:
        """Whether an activity of one of these kinds is under way."""
        return any(isinstance(one, kinds) for one in self.stack)


class Situations:
    """Tells when two states of a programme's sessions count as one situation."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._steps = programme.steps
        self._first_pain = next((step.id for step in programme.steps if isinstance(step, steps.Pain)), None)
        self._branches = [(at, step.all_yes) for at, step in enumerate(self._steps) if isinstance(step, steps.Branch)]
        self._already = [step.id for step in self._steps if isinstance(step, steps.Ask) and step.already]

    def of(self, state: State) -> Hashable:
        """Return a key that is the same for all states in which the session would do the same.

        What an interruption leads to depends on the kind of the step alone, and one thing at a time goes wrong
        repeatedly. What stands alone goes only by whether the person moves. What a session was told before it began is
        varied where it counts, see `other_memories`.
        """
        memory = state.memory
        waits = (memory.awaited is None, memory.screened, *(_answered(state, asked) for asked in self._already))
        if state.ending is not None:
            return (state.ending, *waits)
        top = self._told(state.top)
        if state.top.stands_alone:
            return (state.moving, memory.awaited is None, top)
        *around, below, _ = state.stack
        if any(one.is_interruption for one in (*around, below)):
            inside = type(below) if state.question is None else self._told(below)
            return (self._steps[state.at].part, state.moving, inside, top, waits, memory.pain_start is None)
        counted, decided = self._counted(state), self._decided(state)
        if state.top.is_interruption:
            return (state.at, type(below), top, counted, waits, decided)
        step = self._steps[state.at]
        numbered = memory.pain_checks if step.moving else None
        eased = (
            isinstance(step, steps.Exercise)
            and bool(step.eased or step.position_eased)
            and not state.is_in(Repeating)
            and memory.eased
        )
        return (state.at, *map(self._told, state.stack[:-1]), top, counted, waits, decided, numbered, eased)

    def _told(self, activity: Activity) -> Hashable:
        """Return what tells an activity's situations apart."""
        return (type(activity), _telling(activity), activity.also_tells(self._programme))

    def _counted(self, state: State) -> Hashable:
        """Return the first tally that is not zero, and how often it counts; None: all is as usual."""
        if not all(one.keeps_count for one in state.stack):
            return None
        if state.memory.pain_start is not None and _answered(state, self._first_pain) is None:
            return "hurt early"
        if state.memory.hurt_in_test and self._steps[state.at].part == "test":
            return "hurt in the test"
        return next((count for one in state.stack for count in _tallies(one)), None)

    def _decided(self, state: State) -> Hashable:
        """Return the answers so far that decide later."""
        deciding = [question for at, questions in self._branches if at >= state.at for question in questions]
        return tuple(_answered(state, question) for question in deciding)


def _answered(state: State, question: str | None) -> str | int | None:
    """Return the latest answer to a question."""
    return next((record.answer for record in reversed(state.memory.questions) if record.id == question), None)


def exactly(state: State) -> Hashable:
    """Return a key of all that decides what happens when the session is left alone, with times as seen from now."""
    memory = state.memory
    wait = None if memory.wake_at is None else memory.wake_at - state.now
    if state.top.left_alone is not None:
        return (state.top.left_alone, memory.awaited is None, wait)
    stack = tuple(_exact(one, state.now) for one in state.stack)
    return (stack, memory.awaited is None, wait, memory.suspended is None, memory.pain_start, memory.ended)


def _exact(activity: Activity, now: int) -> Hashable:
    """Return all plain values of an activity; what it is to say, and of which step, goes by these."""
    values = (getattr(activity, name) for name in _read(type(activity)).exact)
    plain = (value for value in values if not isinstance(value, tuple | Struct))
    return (type(activity), *(v - now if isinstance(v, int) and v >= BEGINNING else v for v in plain))


class _Read:
    """The names of the fields of a class of activity, by what is read of them."""

    def __init__(self, kind: type[Activity]) -> None:
        told = told_by(kind)
        self.by_value = [name for name, tells in told.items() if tells is Tells.ITS_VALUE]
        self.whether = [name for name, tells in told.items() if tells is Tells.WHETHER_IT_IS_SET]
        self.tallies = [name for name, tells in told.items() if tells is Tells.HOW_OFTEN]
        self.exact = [name for name, tells in told.items() if tells is not Tells.NOTHING_EVER]


_read = cache(_Read)


def _telling(activity: Activity) -> tuple[Any, ...]:
    """Return the values of an activity's fields that tell situations apart."""
    read = _read(type(activity))
    return (
        *(getattr(activity, name) for name in read.by_value),
        *(bool(getattr(activity, name)) for name in read.whether),
    )


def _tallies(activity: Activity) -> Iterator[tuple[str, int]]:
    """Yield each tally of an activity that is not zero."""
    for name in _read(type(activity)).tallies:
        if count := getattr(activity, name):
            yield name, count
