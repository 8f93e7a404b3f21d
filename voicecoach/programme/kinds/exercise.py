"""The step `exercise`: sets of repetitions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from voicecoach.programme.bounds import HoldSeconds, Key, Movement, MoveSeconds, Repetitions, Sets
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.motion import PAIN_AFTER, REST_GIVEN, SidedStep, in_a_rest
from voicecoach.programme.kinds.neurodynamics import Phase, movement_problems
from voicecoach.programme.kinds.step import AnyStep, Saying, explained
from voicecoach.programme.values import SIDES, Value

_IN_A_SET = (
    "count_1", "count_2", "count_3", "count_more", "repetition_done", "halfway",
    "encouragement", "encouragement_2", "encouragement_3",
    "last_three", "last_one", "set_done",
)  # fmt: skip
_DOSES = ("dose", "dose_until")
_HOW_MANY = (*_DOSES, "left_before", "left_sets", "summary_none", "summary_repetitions")


class Exercise(SidedStep, frozen=True, kw_only=True, tag="exercise"):
    """Sets of repetitions, each phase moved into and held, with rests and a pain score after each set.

    A phase can have a tempo of its own. With both sides, a set is done on one after the other. What is not declared to
    be another movement has to be a slider.
    """

    counted: ClassVar[tuple[str, ...]] = ("sets", "repetitions")
    common_prompts: ClassVar[tuple[str, ...]] = (*_DOSES, "set_intro", *_IN_A_SET)
    given: ClassVar[Mapping[str, frozenset[str]]] = {
        **REST_GIVEN,
        **dict.fromkeys(_IN_A_SET, SIDES | {"number"}),
        **dict.fromkeys(("set_gone", "set_skipped"), SIDES),
        "set_intro": SIDES | {"number", "sets"},
        **dict.fromkeys(("left_in_set", "left_in_set_last"), SIDES | {"repetitions", "sets"}),
        **dict.fromkeys(_HOW_MANY, frozenset({"repetitions", "sets"})),
        **dict.fromkeys(("stopped_in_set", "stopped_after_set"), frozenset({"number"})),
        "stopped_in_set_after": frozenset({"number", "repetition"}),
        "stopped_after": frozenset({"repetition"}),
    }

    movement: Movement = "slider"
    """A slider pulls a nerve at one end at a time: toes and head move together. A tensioner moves them apart."""
    position: Key | None = None
    """The question to which somebody in position says yes: before each side's turn, and before it goes on again."""
    position_eased: Key | None = None
    """The same, in its place, once the pain has had the coach ease off."""
    start: tuple[Key, ...] = ()
    """Prompts at the beginning of each set, and of each side's turn in it."""
    eased: tuple[Key, ...] = ()
    """Prompts in place of those, if any, once the pain has had the coach ease off."""
    sets: Sets
    repetitions: Repetitions
    hold_seconds: HoldSeconds
    move_seconds: MoveSeconds = 1.5
    rest_seconds: Annotated[float, Meta(ge=10, le=300)]
    full_cues: Annotated[int, Meta(ge=0, le=25)] = 2
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=4)]
    until: Literal["counted", "gone"] = "gone"
    """"gone": a set also ends, well, where the person says that the pain is gone."""

    def hold_of(self, phase: Phase) -> float:
        """Return how long a phase is held, in seconds."""
        return self.hold_seconds if phase.hold_seconds is None else phase.hold_seconds

    def move_of(self, phase: Phase) -> float:
        """Return how long the move into a phase takes at least, in seconds."""
        return self.move_seconds if phase.move_seconds is None else phase.move_seconds

    def cue(self, phase: Phase, *, full: bool) -> str:
        """Return the key of the prompt that leads into a phase."""
        return f"{self.id}_{phase.id}" + ("_full" if full else "")

    def start_now(self, *, eased: bool) -> tuple[str, ...]:
        """Return the keys of the prompts at the beginning of a set, where the coach has eased off or has not."""
        return self.eased if eased and self.eased else self.start

    @property
    def dose(self) -> str:
        """The key of the prompt that says how many sets and repetitions are done."""
        return "dose" if self.until == "counted" else "dose_until"

    def says(self) -> list[str]:
        """Return the keys of what is said: at the beginning of a set, the cues, and the question after it."""
        cues = [self.cue(phase, full=full) for phase in self.phases for full in (False, True)]
        positions = [f"{question}?" for question in self.plain_answers()]
        return [*self.start, *self.eased, *positions, *cues, self.explanation, PAIN_AFTER]

    @property
    def keeping_time(self) -> tuple[str, ...]:
        """The keys of its counts and cues."""
        cues = (self.cue(phase, full=full) for phase in self.phases for full in (False, True))
        return (*(key for key in _IN_A_SET if key != "set_done"), *cues)

    def plain_answers(self) -> dict[str, str]:
        """Return yes to the position, eased off or not."""
        return {question: "yes" for question in (self.position, self.position_eased) if question is not None}

    def position_now(self, *, eased: bool) -> str | None:
        """Return the question for the position, where the coach has eased off or has not; None where none is put."""
        return self.position_eased if eased and self.position_eased is not None else self.position

    def values(self, key: str, names: set[str]) -> Iterator[Mapping[str, Value]]:
        """Yield the values that its prompts are given: sets, repetitions, what is left, seconds of holds and rests."""
        repetitions, sets = range(1, self.repetitions + 1), range(1, self.sets + 1)
        if key == "time_left":
            return
        if names == {"number"}:
            longest = int(max(map(self.hold_of, self.phases)))
            yield from ({"number": number} for number in range(1, max(self.repetitions, longest) + 1))
        elif names == {"seconds"}:
            yield from in_a_rest(self.rest_seconds)
        elif key == "set_intro":
            yield from ({"number": number, "sets": self.sets} for number in sets)
        elif key in (*_DOSES, "left_before"):
            yield {"sets": self.sets, "repetitions": self.repetitions}
        elif key == "left_sets":
            yield from ({"sets": left, "repetitions": self.repetitions} for left in sets)
        elif names & {"repetitions"}:
            others = (0,) if key == "left_in_set_last" else range(1, self.sets)
            yield from ({"repetitions": left, "sets": more} for left in repetitions for more in others)

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: the dose, the cues with tempo and load, the question after a set."""
        yield from explained(say, self.explanation)
        up_to = ", until the pain is gone" if self.until == "gone" else ""
        dose = f"{self.sets} x {self.repetitions}{up_to}, {self.rest_seconds:g} s rest"
        yield f"({self.movement}: {dose}{self.sides_written_out()})"
        yield from (say(key, turns=True) for key in self.start)
        yield from (f"  eased off: {say(key, turns=True)}" for key in self.eased if key not in self.start)
        yield from (say(f"{question}?", turns=True) for question in self.plain_answers())
        for phase in self.phases:
            ends = [f"{end} {load}" for end, load in zip(("far end", "near end"), phase.loads(), strict=True) if load]
            nerve = f"; nerve: {', '.join(ends)}" if ends else ""
            timing = f"move {self.move_of(phase):g} s, hold {self.hold_of(phase):g} s"
            yield f"  {phase.id} ({timing}{nerve}): {say(self.cue(phase, full=True), turns=True)}"
        yield f"After each set: {say(PAIN_AFTER)}"

    def asked_for(self, limit: str) -> Iterator[tuple[Place, float]]:
        """Yield what limits apply to: its dose, or the holds of its phases, each with its place."""
        if limit in self.counted:
            yield (limit,), getattr(self, limit)
        elif limit == "hold_seconds":
            if any(phase.hold_seconds is None for phase in self.phases):
                yield ("hold_seconds",), self.hold_seconds
            for number, phase in enumerate(self.phases):
                if phase.hold_seconds is not None:
                    yield ("phases", number, "hold_seconds"), phase.hold_seconds

    def problems(self, place: Place, before: Sequence[AnyStep]) -> Iterator[Problem]:
        """Yield the problems of turns that nobody announces, and of a movement that is another than it says."""
        del before
        if self.sides == "both" and not (self.start or self.position):
            what = "the sides take turns, and nobody is told whose turn it is"
            yield Problem((*place, "sides"), what, "add `position`, a question that says it")
        yield from movement_problems(self.movement, self.phases, place)

    def about_seconds(self) -> float:
        """Return about how long all sets last on one side, in seconds."""
        repetition = sum(self.move_of(phase) + self.hold_of(phase) for phase in self.phases)
        return super().about_seconds() + self.sets * (self.repetitions * repetition + self.rest_seconds)
