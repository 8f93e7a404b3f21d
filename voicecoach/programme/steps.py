"""The steps a programme is made of, as plain frozen data; how they are carried out lives in `session`."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

Key = Annotated[
    str,
    Meta(
        pattern="^[a-z][a-z0-9_]*$",
        max_length=40,
        description="a name of small letters, digits and _, at most 40 of them, such as floss_intro",
    ),
]
Movement = Literal["slider", "tensioner", "strength", "stretch", "cardio"]
Seconds = Annotated[float, Meta(gt=0, le=600)]


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
    """Prompts read one after the other, then a pause."""

    prompts: Annotated[tuple[Key, ...], Meta(min_length=1)]
    pause_seconds: Annotated[float, Meta(ge=0, le=120)] = 0.0


class Ask(_Step, frozen=True, kw_only=True, tag="ask"):
    """A yes/no question."""

    yes: Then = Then()
    no: Then = Then()


class Ready(_Step, frozen=True, kw_only=True, tag="ready"):
    """Waits for a yes. A no waits a little and asks again; after the third, the session ends as stopped."""

    wait_seconds: Seconds = 15.0


class Screen(_Step, frozen=True, kw_only=True, tag="screen"):
    """Questions to which yes is the worrying answer, each with what to do."""

    questions: Annotated[tuple["ScreenQuestion", ...], Meta(min_length=1, max_length=7)]


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

    `markers` names questions that never decide; how many of them were yes chooses the prompt `<id>_markers_<count>`,
    said after the reason.
    """

    all_yes: Annotated[tuple[Key, ...], Meta(min_length=1)]
    markers: tuple[Key, ...] = ()
    match: Then
    otherwise: Then


class Phase(_Part, frozen=True, kw_only=True):
    """One position of a repetition: a move into it, then the hold."""

    id: Key
    toes: Literal["up", "down"]
    head: Literal["up", "down"]


class Exercise(_Step, frozen=True, kw_only=True, tag="exercise"):
    """Sets of repetitions, each phase held, with rests and a pain score after each set."""

    sets: Annotated[int, Meta(ge=1, le=5)]
    repetitions: Annotated[int, Meta(ge=1, le=25)]
    hold_seconds: Annotated[float, Meta(ge=1, le=30)]
    move_seconds: Annotated[float, Meta(ge=1.5, le=10)] = 1.5
    rest_seconds: Annotated[float, Meta(ge=10, le=300)]
    full_cues: Annotated[int, Meta(ge=0, le=25)] = 2
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=4)]
    until_gone: bool = True
    movement: Movement = "slider"
    """A slider moves toes and head together; a tensioner moves them apart, which pulls the nerve at both ends."""


class Summary(_Step, frozen=True, kw_only=True, tag="summary"):
    """Says what was done and how the pain changed, then ends the session as complete."""


LinearStep = Say | Ask | Ready | Screen | Side | Pain | Exercise | Summary
Step = LinearStep | Branch


def answers(step: Step) -> dict[str, Then]:
    """Return what may follow the answers to a step, by their names in the file."""
    match step:
        case Ask(yes=yes, no=no):
            return {"yes": yes, "no": no}
        case Side(both=both):
            return {"both": both}
        case Branch(match=match, otherwise=otherwise):
            return {"match": match, "otherwise": otherwise}
    return {}


def moves(step: Step) -> bool:
    """Whether somebody moves in this step."""
    return isinstance(step, Exercise) or step.part == "test"


class TrafficLight(_Part, frozen=True, kw_only=True):
    """When pain eases the exercise off and when it ends it, on the 0 to 10 scale (clinical additions).

    A programme can be stricter than the highest values here, which are the clinical rules, and never more lenient.
    """

    ease_from: Annotated[int, Meta(ge=0, le=4)]
    stop_from: Annotated[int, Meta(ge=0, le=6)]
    stop_rise: Annotated[int, Meta(ge=1, le=2)]


class Limits(_Part, frozen=True, kw_only=True):
    """What the programme's source allows, least and most; every exercise keeps to it."""

    hold_seconds: tuple[float, float] | None = None
    repetitions: tuple[int, int] | None = None
    sets: tuple[int, int] | None = None


class Programme(_Part, frozen=True, kw_only=True):
    """A whole programme."""

    id: Key
    title: str
    source: str
    pain: TrafficLight
    limits: Limits = Limits()
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]

    def index(self, step_id: str) -> int:
        """Return where the step with this id stands."""
        return next(i for i, step in enumerate(self.steps) if step.id == step_id)
