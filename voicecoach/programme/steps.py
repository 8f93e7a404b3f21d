"""The steps a programme is made of, as plain frozen data; how they are carried out lives in `session`."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from voicecoach.programme.bounds import (
    First,
    HoldSeconds,
    Key,
    Load,
    Movement,
    MoveSeconds,
    Repetitions,
    Rounds,
    Score,
    Seconds,
    Sets,
    Sides,
)  # fmt: skip


class Outcome(StrEnum):
    """How a session ended."""

    COMPLETE = "complete"
    STOPPED = "stopped"
    WARNING_SIGN = "warning_sign"
    PAIN_LIMIT = "pain_limit"
    NO_MATCH = "no_match"
    ADVERSE = "adverse"
    UNANSWERED = "unanswered"
    INTERRUPTED = "interrupted"
    ERROR = "error"


ProgrammeOutcome = Literal["complete", "stopped", "warning_sign", "no_match"]


class _Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Programme data: frozen, and nothing in it that the program does not know."""


class Then(_Part, frozen=True, kw_only=True):
    """What follows an answer: prompts to say, then another step, an ending, or (neither) the next step."""

    say: tuple[Key, ...] = ()
    go: Key | None = None
    finish: ProgrammeOutcome | None = None


class _Step(_Part, frozen=True, kw_only=True, tag_field="kind"):
    """A step. `part = "test"` marks the steps of a test, where a familiar pain is the thing being looked for."""

    id: Key
    part: Literal["talk", "test"] = "talk"
    addition: str | None = None
    """Where a step that the programme's source text does not have comes from."""


class Say(_Step, frozen=True, kw_only=True, tag="say"):
    """Prompts read one after the other, then a pause; `then` can lead elsewhere than to the next step."""

    prompts: Annotated[tuple[Key, ...], Meta(min_length=1)]
    pause_seconds: Annotated[float, Meta(ge=0, le=120)] = 0.0
    then: Then = Then()


class Ask(_Step, frozen=True, kw_only=True, tag="ask"):
    """A yes/no question."""

    yes: Then = Then()
    no: Then = Then()


class Settled(_Step, frozen=True, kw_only=True, tag="settled"):
    """A yes/no question about the time after the last session, put only where there was one."""

    yes: Then = Then()
    no: Then = Then()


class Choose(_Step, frozen=True, kw_only=True, tag="choose"):
    """A question with named answers. How each is said stands under its name in a file of words, under `meanings`."""

    answers: Annotated[dict[Key, Then], Meta(min_length=2, max_length=6)]


class NumberRule(Then, frozen=True, kw_only=True, rename={"at_least": "from"}):
    """What follows a number of at least so much."""

    at_least: Score


class Number(_Step, frozen=True, kw_only=True, tag="number"):
    """A question for a small number, kept under the step's id. Of the rules, the highest one reached is followed."""

    lowest: Score = 0
    highest: Score = 10
    rules: tuple[NumberRule, ...] = ()


class Ready(_Step, frozen=True, kw_only=True, tag="ready"):
    """Waits for a yes. A no waits a little and asks again; after the third, the session ends as stopped."""

    wait_seconds: Seconds = 15.0


class Screen(_Step, frozen=True, kw_only=True, tag="screen"):
    """Questions to which yes is the worrying answer, each with what to do."""

    questions: Annotated[tuple["ScreenQuestion", ...], Meta(min_length=1, max_length=15)]


class ScreenQuestion(_Part, frozen=True, kw_only=True):
    """One screening question; a confirmed yes says `action` and ends the session."""

    id: Key
    action: Key


class Side(_Step, frozen=True, kw_only=True, tag="side"):
    """Which side hurts. Both sides is a reason not to start."""

    both: Then


class Pain(_Step, frozen=True, kw_only=True, tag="pain"):
    """A pain score from 0 to 10. The first of a programme is the start that later ones are compared with."""


class Branch(_Step, frozen=True, kw_only=True, tag="branch"):
    """Goes one way where all the named questions were answered yes, the other way otherwise.

    `markers` and `remarks` name questions that never decide. How many markers were yes chooses the prompt
    `<id>_markers_<count>`, said after the reason of a match; each remark that was asked for adds `<id>_<question>_yes`
    or `_no`.
    """

    all_yes: Annotated[tuple[Key, ...], Meta(min_length=1)]
    markers: tuple[Key, ...] = ()
    remarks: tuple[Key, ...] = ()
    match: Then
    otherwise: Then


class Phase(_Part, frozen=True, kw_only=True):
    """One position of a repetition: a move into it, then the hold.

    The parts of the body say which end of the nerve is pulled; `distal` and `proximal` say it for other parts.
    """

    id: Key
    toes: Literal["up", "down"] | None = None
    head: Literal["up", "down"] | None = None
    wrist: Literal["back", "forward"] | None = None
    elbow: Literal["straight", "bent"] | None = None
    distal: Load | None = None
    proximal: Load | None = None
    move_seconds: MoveSeconds | None = None
    hold_seconds: HoldSeconds | None = None


class Exercise(_Step, frozen=True, kw_only=True, tag="exercise"):
    """Sets of repetitions, each phase moved into and held, with rests and a pain score after each set.

    A phase can have a tempo of its own. With both sides, a set is done on one after the other. What is not declared to
    be another movement has to be a slider.
    """

    movement: Movement = "slider"
    """A slider pulls a nerve at one end at a time: toes and head move together. A tensioner moves them apart."""
    start: tuple[Key, ...] = ()
    """Prompts at the beginning of each set, and of each side's turn in it."""
    sets: Sets
    repetitions: Repetitions
    hold_seconds: HoldSeconds
    move_seconds: MoveSeconds = 1.5
    rest_seconds: Annotated[float, Meta(ge=10, le=300)]
    full_cues: Annotated[int, Meta(ge=0, le=25)] = 2
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=4)]
    sides: Sides = "sore"
    first: First = "other"
    until: Literal["counted", "gone"] = "gone"
    """"gone": a set also ends, well, where the person says that the pain is gone."""

    def hold_of(self, phase: Phase) -> float:
        """Return how long a phase is held."""
        return self.hold_seconds if phase.hold_seconds is None else phase.hold_seconds

    def move_of(self, phase: Phase) -> float:
        """Return how long the move into a phase takes at least."""
        return self.move_seconds if phase.move_seconds is None else phase.move_seconds


class Hold(_Step, frozen=True, kw_only=True, tag="hold"):
    """A position, or an easy movement, kept up for a time: `<id>_start` is said before it, `<id>_end` after it."""

    seconds: Annotated[float, Meta(ge=5, le=120)]
    sides: Sides = "sore"
    first: First = "other"


class Intervals(_Step, frozen=True, kw_only=True, tag="intervals"):
    """Rounds of work and rest by time, each begun with the next of the prompts, and a pain score after the last."""

    rounds: Rounds
    work_seconds: Annotated[float, Meta(ge=10, le=300)]
    rest_seconds: Annotated[float, Meta(ge=10, le=300)]
    prompts: Annotated[tuple[Key, ...], Meta(min_length=1)]


class Summary(_Step, frozen=True, kw_only=True, tag="summary"):
    """Says what was done and how the pain changed, then ends the session as complete.

    `markers` and `remarks` name questions that are mentioned, as in a branch.
    """

    markers: tuple[Key, ...] = ()
    remarks: tuple[Key, ...] = ()


Moving = Exercise | Hold | Intervals
LinearStep = Say | Ask | Settled | Choose | Number | Ready | Screen | Side | Pain | Moving | Summary
Step = LinearStep | Branch


def answers(step: Step) -> dict[str, Then]:
    """Return what may follow the answers to a step, by where it stands in the step, such as `yes` or `rules.0`."""
    match step:
        case Say(then=then):
            return {"then": then}
        case Ask(yes=yes, no=no) | Settled(yes=yes, no=no):
            return {"yes": yes, "no": no}
        case Choose(answers=answers):
            return {f"answers.{name}": then for name, then in answers.items()}
        case Number(rules=rules):
            return {f"rules.{at}": rule for at, rule in enumerate(rules)}
        case Side(both=both):
            return {"both": both}
        case Branch(match=match, otherwise=otherwise):
            return {"match": match, "otherwise": otherwise}
    return {}


def moves(step: Step) -> bool:
    """Whether somebody moves in this step."""
    return isinstance(step, Moving) or step.part == "test"


def first_exercise(programme: "Programme") -> Exercise | None:
    """Return the exercise that a session can begin with a later set of: the first one."""
    return next((step for step in programme.steps if isinstance(step, Exercise)), None)


class TrafficLight(_Part, frozen=True, kw_only=True):
    """When pain eases the exercise off and when it ends it, on the 0 to 10 scale (clinical additions).

    A programme can be stricter than the highest values here, which are the clinical rules, and never more lenient.
    """

    ease_from: Annotated[int, Meta(ge=0, le=4)]
    stop_from: Annotated[int, Meta(ge=0, le=6)]
    stop_rise: Annotated[int, Meta(ge=1, le=2)]


class Limits(_Part, frozen=True, kw_only=True):
    """The least and the most that the exercises of a programme may ask for, [least, most] each."""

    hold_seconds: tuple[HoldSeconds, HoldSeconds] | None = None
    repetitions: tuple[Repetitions, Repetitions] | None = None
    sets: tuple[Sets, Sets] | None = None


class Dose(_Part, frozen=True, kw_only=True):
    """How much of one exercise a profile asks for, where it is not what the step says."""

    sets: Sets | None = None
    repetitions: Repetitions | None = None
    rounds: Rounds | None = None


class Programme(_Part, frozen=True, kw_only=True):
    """A whole programme. A profile, such as `cautious`, gives other doses to exercises by their ids."""

    id: Key
    title: str
    source: str
    pain: TrafficLight
    limits: Limits = Limits()
    profiles: dict[Key, dict[Key, Dose]] = {}
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]

    def index(self, step_id: str) -> int:
        """Return where the step with this id stands."""
        return next(i for i, step in enumerate(self.steps) if step.id == step_id)
