"""Where a session stands, and when two of its states count as one situation: what is left out decides nothing."""

from collections.abc import Hashable
from functools import cached_property
from typing import Any

import msgspec

from voicecoach.meanings import SCORES
from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, TrafficLight
from voicecoach.session.core import Session
from voicecoach.session.memory import Memory, Opening
from voicecoach.session.policies import MAY_GO_ON, PASSES_BY_ITSELF, SERIOUSNESS, traffic_light

DISTRESS = "Distress"
BEGINNING = 10**9
"""The sample at which a walk begins: every greater number in a state is a time, every smaller one is none."""

_OVERLAYS = frozenset(
    {
        "Waiting",
        "Hurting",
        "HurtingInTest",
        "CheckingIn",
        "ComingBack",
        "Resuming",
        "CheckingCommand",
        "AskingWhich",
        "Distress",
    }
)
"""What an interruption puts on top of a step."""
_COUNTERS = ("contradictions", "noes", "rests", "attempt", "doubts")
_NOT_KEPT = frozenset(
    {
        "mark", "record", "token", "is_unclear", "puts", "part", "heard_words", "words", "please", "time_asked_for",
        "wording", "since", "restarted", "recalls", "silent_since", "calls", *_COUNTERS,
    }
)  # fmt: skip
Frame = dict[str, Any]


class _Saved(msgspec.Struct):
    stack: list[Frame]


_DECODER = msgspec.json.Decoder(_Saved)


class State:
    """A session as it was saved, and when. `at` is the step that it stands at or, after its end, ended from."""

    def __init__(self, session: Session, now: int, before: int = 0, saved: bytes | None = None) -> None:
        self._session = session
        self.saved = session.save() if saved is None else saved
        self.memory: Memory = session.memory
        self.stack = _DECODER.decode(self.saved).stack
        """What is under way, the innermost last."""
        self.now = now
        self.at: int = self.stack[0].get("at", before) if self.stack[0]["type"] == "Walking" else before

    @classmethod
    def following(cls, before: "State", session: Session, now: int) -> "State":
        """Return the state that follows another: the same one where nothing has changed."""
        saved = session.save()
        return before if saved == before.saved else cls(session, now, before.at, saved)

    def opened(self, programme: Programme, opening: Opening) -> "State":
        """Return the state that this one would be, had the session been told something else before it began."""
        return State(Session.restore(programme, self.saved, opening), self.now, self.at)

    @property
    def top(self) -> Frame:
        """What is under way right now."""
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

    @cached_property
    def doing(self) -> str:
        """What is being done within the step, in a few words."""
        top = self.top
        return " ".join([top["type"].lower(), *(str(top[name]) for name in ("id", "policy", "doing") if top.get(name))])

    def names(self) -> list[str]:
        """Return the kinds of activities under way, the innermost last."""
        return [frame["type"] for frame in self.stack]


class Situations:
    """Tells when two states of a programme's sessions count as one situation."""

    def __init__(self, programme: Programme) -> None:
        self._steps = programme.steps
        self._rules = programme.pain
        self._first_pain = next((step.id for step in programme.steps if isinstance(step, steps.Pain)), None)
        self._branches = [(at, step.all_yes) for at, step in enumerate(self._steps) if isinstance(step, steps.Branch)]

    def of(self, state: State) -> Hashable:
        """Return what tells this state from those in which the session would do something else.

        What an interruption leads to depends on the kind of the step alone, and one thing at a time goes wrong
        repeatedly. What distress leads to depends on whether the person moves. What a session was told before it
        began is varied where it counts, see `openings`.
        """
        top = _reduced(state.top, self._rules)
        memory = state.memory
        waits = (memory.awaited is None, memory.screened)
        if state.top["type"] == "Ending":
            return (state.top["finish"]["outcome"], *waits)
        if state.top["type"] == DISTRESS:
            return (state.moving, memory.awaited is None, *_reduced_distress(state.top))
        below = state.stack[-2]
        overlay = next((depth for depth, frame in enumerate(state.stack) if _is_overlay(frame)), None)
        if overlay is not None and overlay < len(state.stack) - 1:
            inside = _reduced(below, self._rules) if state.top["type"] == "Question" else below["type"]
            return (self._steps[state.at].part, state.moving, inside, top, waits, memory.pain_start is None)
        decided = self._decided(state)
        if overlay is not None:
            counted = self._counted(state) if state.top.get("policy") == "silence" else None
            return (state.at, below["type"], top, counted, waits, decided)
        around = (_reduced(frame, self._rules) for frame in state.stack[:-1])
        numbered = memory.pain_checks if self._steps[state.at].moving else None
        return (state.at, *around, top, self._counted(state), waits, decided, numbered)

    def _counted(self, state: State) -> Hashable:
        """Return the first thing that has gone out of the ordinary, and how often."""
        if any(frame.get("is_check") for frame in state.stack):
            return None
        if state.memory.pain_start is not None and _answered(state, self._first_pain) is None:
            return "hurt early"
        counts = ((name, frame[name]) for frame in state.stack for name in _COUNTERS if frame.get(name))
        return next(counts, None)

    def _decided(self, state: State) -> Hashable:
        """Return the answers that decide later."""
        deciding = [question for at, questions in self._branches if at >= state.at for question in questions]
        return tuple(_answered(state, question) for question in deciding)


def _reduced_distress(frame: Frame) -> tuple[Hashable, ...]:
    kind = frame["kind"]
    passes = kind in PASSES_BY_ITSELF
    return (
        SERIOUSNESS[kind],
        passes,
        frame["sure"],
        frame["is_worse"],
        ends_for_good(frame),
        frame["doing"],
        frame["heard_yes"],
    )


def ends_for_good(frame: Frame) -> bool:
    """Whether an exercise never goes on after this distress."""
    surely = frame["sure"] and frame["kind"] not in MAY_GO_ON
    return bool(frame["is_worse"] or frame["was_surely_worse"] or surely)


def _answered(state: State, question: str | None) -> str | int | None:
    """Return the latest answer to a question."""
    return next((record.answer for record in reversed(state.memory.questions) if record.id == question), None)


def exactly(state: State) -> Hashable:
    """Return all that tells what happens when the session is left alone, with times as seen from now."""
    memory = state.memory
    wait = None if memory.wake_at is None else memory.wake_at - state.now
    if state.top.get("doing") == "call":
        return (state.top["calls"], memory.awaited is None, wait)
    stack = tuple(_exact(frame, state.now) for frame in state.stack)
    return (stack, memory.awaited is None, wait, memory.suspended is None, memory.pain_start, memory.ended)


def _exact(frame: Frame, now: int) -> Hashable:
    return tuple(
        value - now if _is_time(value) else value
        for key, value in frame.items()
        if key != "record" and not isinstance(value, dict | list)
    )


def _is_overlay(frame: Frame) -> bool:
    return frame["type"] in _OVERLAYS or bool(frame.get("interlude"))


def _is_time(value: Any) -> bool:
    return isinstance(value, int) and value >= BEGINNING


def _reduced(frame: Frame, rules: TrafficLight) -> Hashable:
    """Return what counts of an activity: words and small numbers, no times, and no texts."""
    kept: list[Hashable] = []
    for key, value in frame.items():
        if key in _NOT_KEPT or isinstance(value, dict | float | list) or _is_time(value):
            continue
        if key == "repetition":
            last = frame["step"]["repetitions"]
            kept.append("last" if value == last else "first" if value == 1 else "between")
        elif key == "candidate" and frame["is_check"]:
            kept.append(traffic_light(int(value), None, rules) if value in SCORES else value)
        elif key == "candidate":
            continue
        else:
            kept.append(value)
    return tuple(kept)
