"""Situations of a session, and when a state of it is nothing new: what is left out decides nothing."""

from collections.abc import Hashable, Iterator
from functools import cache, cached_property
from itertools import islice
from typing import Any

from msgspec import Struct

from voicecoach.programme import steps
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.proving.happenings import may_go_on_from_answer
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
    """The state of a session at a sample. `at` is the step that it stands at or, after its end, ended from."""

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

    def session(self) -> Session:
        """Return a session in this state, to be told something."""
        return self._session.copy()

    def changed(self, **remembered: object) -> "State":
        """Return the same state of a session that remembers something else, by the names of the memory's fields."""
        session = self.session()
        for name, value in remembered.items():
            setattr(session.memory, name, value)
        return State(session, self.now, self.at)

    @cached_property
    def answers(self) -> dict[str, str | int | None]:
        """The latest answer to each question, by its id."""
        return {record.id: record.answer for record in self.memory.questions}

    @property
    def top(self) -> Activity:
        """The innermost activity: what is under way right now."""
        return self.stack[-1]

    @cached_property
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
        top = self.stack[-1]
        return top if isinstance(top, Question) else None

    @cached_property
    def distress(self) -> Distress | None:
        """The activity that asks after somebody in distress; None where nobody is."""
        return next((one for one in self.stack if isinstance(one, Distress)), None)

    @property
    def rests(self) -> WaitingPolicy | None:
        """What the session rests for, where it waits for the person; else None."""
        return self.top.policy if isinstance(self.top, Waiting) else None

    @cached_property
    def is_inside_interruption(self) -> bool:
        """Whether what is under way right now is part of something that has interrupted something else."""
        return any(one.is_interruption for one in self.stack[:-1])

    @cached_property
    def doing(self) -> str:
        """What is being done within the step, in a few words."""
        told = (value for value in _telling(self.top) if value and isinstance(value, str))
        return " ".join([type(self.top).__name__.lower(), *told])

    def is_in(self, *kinds: type[Activity]) -> bool:
        """Whether an activity of one of these kinds is under way."""
        return any(isinstance(one, kinds) for one in self.stack)


class Situations:
    """Tells what is new about the states of a programme's sessions."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._steps = programme.steps
        self._first_pain = next((step.id for step in programme.steps if isinstance(step, steps.Pain)), "")
        self._branches = [(at, step.all_yes) for at, step in enumerate(self._steps) if isinstance(step, steps.Branch)]
        self._already = [step.id for step in self._steps if isinstance(step, steps.Ask) and step.already]

    def of(self, state: State) -> tuple[Hashable, ...]:
        """Return the aspects of a state, as keys: where all of them have been met, the session would do nothing new.

        The first is where the session stands: there it is told all that can happen. The others need that in one of all
        the places that are alike. An answer or a command leads to the same while the words of a question or of a rest
        sound as after them, and all that keep a tally keep it in the same way. What differs is what follows silence and
        what is not understood, and the walk goes on through both from each question. The last is that more can be said
        behind an answer, which is told to all that may follow one.
        """
        place = self._place(state)
        if state.ending is not None:
            return (place,)
        behind = ((state.at, state.doing),) if may_go_on_from_answer(state.memory, state.now) else ()
        return (place, self._manner(state), *self._gone_wrong(state), *behind)

    def _place(self, state: State) -> Hashable:
        """Return a key of where a session stands, which is the same where it would lead to the same.

        What an interruption leads to depends on the kind of the step alone. What a session was told before it began is
        varied where it counts, see `other_memories`.
        """
        memory = state.memory
        known = (memory.screened, *map(state.answers.get, self._already))
        if state.ending is not None:
            return (state.ending, *known)
        top = self._told(state.top)
        if state.top.stands_alone:
            return top
        if state.is_inside_interruption:
            below = state.stack[-2]
            inside = type(below) if state.question is None else self._told(below)
            counted = state.is_in(Repeating)
            return (self._steps[state.at].part, state.moving, counted, inside, top, known, memory.pain_start is None)
        hurt, decided = self._hurt(state), self._decided(state)
        if state.top.is_interruption:
            return (state.at, type(state.stack[-2]), top, hurt, known, decided)
        step = self._steps[state.at]
        numbered = memory.pain_checks if step.moving else None
        eased = (
            isinstance(step, steps.Exercise)
            and bool(step.eased or step.position_eased)
            and not state.is_in(Repeating)
            and memory.eased
        )
        return (state.at, *map(self._told, state.stack[:-1]), top, hurt, known, decided, numbered, eased)

    def _told(self, activity: Activity) -> Hashable:
        """Return what tells an activity's situations apart."""
        return (type(activity), _telling(activity), activity.also_tells(self._programme))

    def _hurt(self, state: State) -> str | None:
        """Return what has been told of pain before it is asked about, or before a test hurts again; None: nothing."""
        if not all(one.keeps_count for one in state.stack):
            return None
        if state.memory.pain_start is not None and state.answers.get(self._first_pain) is None:
            return "early"
        return "in the test" if state.memory.hurt_in_test and self._steps[state.at].part == "test" else None

    def _manner(self, state: State) -> Hashable:
        """Return a key of how what is under way right now goes on there: whether its words still sound.

        Distress goes only by whether the person moves, and by whether the exercise may go on after it.
        """
        says, top = state.memory.awaited is not None, state.top
        if isinstance(top, Distress):
            return (says, state.moving, top.ends_for_good, self._asks(top))
        return (says, state.moving, self._steps[state.at].part, *map(type, state.stack[-2:-1]), self._asks(top))

    def _gone_wrong(self, state: State) -> Iterator[Hashable]:
        """Yield a key of what has gone out of the ordinary, and how often: one thing at a time does so.

        What that leads to depends on the activity that counts it and on those above; of the step and of what is below,
        on the kind alone.
        """
        if not all(one.keeps_count for one in state.stack) or self._hurt(state) is not None:
            return
        tallies = ((depth, count) for depth, one in enumerate(state.stack) for count in _tallies(one))
        for depth, count in islice(tallies, 1):
            step, below, above = self._steps[state.at], state.stack[:depth], state.stack[depth:]
            yield (count, type(step), step.part, *map(type, below), *map(self._asks, above))

    def _asks(self, activity: Activity) -> Hashable:
        """Return what tells how an activity goes on: of a question, what it takes for an answer."""
        if isinstance(activity, Question):
            return (activity.answers, activity.confirm, activity.reassuring, activity.once, activity.is_check)
        return (type(activity), _telling(activity))

    def _decided(self, state: State) -> Hashable:
        """Return by branch to come what its questions have been answered so far: no more than that decides."""
        return tuple(frozenset(map(state.answers.get, questions)) for at, questions in self._branches if at >= state.at)


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
