"""A programme: the steps that it is made of, and the rules for all of them, as plain frozen data.

The kinds of steps have files of their own in `kinds`; how they are carried out lives in `session`.
"""

from typing import Annotated

from msgspec import Meta, field

from voicecoach.programme.bounds import HoldSeconds, Key, Repetitions, Rounds, Sets
from voicecoach.programme.kinds import Step
from voicecoach.programme.kinds.ask import Ask
from voicecoach.programme.kinds.branch import Branch
from voicecoach.programme.kinds.choose import Choose
from voicecoach.programme.kinds.exercise import Exercise
from voicecoach.programme.kinds.hold import Hold
from voicecoach.programme.kinds.intervals import Intervals
from voicecoach.programme.kinds.neurodynamics import Phase
from voicecoach.programme.kinds.number import Number
from voicecoach.programme.kinds.pain import Pain
from voicecoach.programme.kinds.provocation import Provocation
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.kinds.say import Say
from voicecoach.programme.kinds.screen import Screen, ScreenQuestion
from voicecoach.programme.kinds.settled import Settled
from voicecoach.programme.kinds.side import Side
from voicecoach.programme.kinds.step import Outcome, Part, Then
from voicecoach.programme.kinds.summary import Summary

__all__ = [
    "Ask", "Branch", "Choose", "Dose", "Exercise", "Hold", "Intervals", "Limits", "Number", "Outcome", "Pain", "Phase",
    "Programme", "Provocation", "Ready", "Say", "Screen", "ScreenQuestion", "Settled", "Side", "Step", "Summary",
    "Then", "TrafficLight", "first_exercise",
]  # fmt: skip


def first_exercise(programme: "Programme") -> Exercise | None:
    """Return the exercise that a session can begin with a later set of: the first one; None: it has none."""
    return next((step for step in programme.steps if isinstance(step, Exercise)), None)


class TrafficLight(Part, frozen=True, kw_only=True):
    """When pain eases the exercise off and when it ends it, on the 0 to 10 scale (clinical additions).

    A programme can be stricter than the highest values here, which are the clinical rules, and never more lenient.
    """

    ease_from: Annotated[int, Meta(ge=0, le=4)]
    stop_from: Annotated[int, Meta(ge=0, le=6)]
    stop_rise: Annotated[int, Meta(ge=1, le=2)]


class Limits(Part, frozen=True, kw_only=True):
    """The least and the most that the exercises of a programme may ask for, [least, most] each."""

    hold_seconds: tuple[HoldSeconds, HoldSeconds] | None = None
    repetitions: tuple[Repetitions, Repetitions] | None = None
    sets: tuple[Sets, Sets] | None = None


class Dose(Part, frozen=True, kw_only=True):
    """How much of one exercise a profile asks for, where it is not what the step says."""

    sets: Sets | None = None
    repetitions: Repetitions | None = None
    rounds: Rounds | None = None


class Programme(Part, frozen=True, kw_only=True):
    """A whole programme. A profile, such as `cautious`, gives other doses to exercises by their ids."""

    id: Key
    title: str
    source: str
    pain: TrafficLight
    limits: Limits = Limits()
    profiles: dict[Key, dict[Key, Dose]] = field(default_factory=dict)
    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=200)]

    def decides_nothing(self, question: Ask) -> bool:
        """Whether nothing that is done hinges on the answer to a question: it is mentioned at most."""
        decide = {key for step in self.steps if isinstance(step, Branch) for key in step.all_yes}
        leads_on = question.worrying or question.already is not None or question.yes != question.no
        return not leads_on and question.id not in decide

    def index(self, step_id: str) -> int:
        """Return where in the programme the step with this id stands, from 0."""
        return next(i for i, step in enumerate(self.steps) if step.id == step_id)
