"""The base of all kinds of steps: what each has and answers for; a kind's own file says what is different there."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, Literal, Protocol

from msgspec import Struct

from voicecoach.programme.bounds import Key
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.values import Value

YES_NO = ("yes", "no")


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


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Programme data: frozen, and nothing in it that the program does not know."""


class Then(Part, frozen=True, kw_only=True):
    """What follows an answer: prompts to say, then another step, an ending, or (neither) the next step.

    With `profile`, all is done in that dose from here on.
    """

    say: tuple[Key, ...] = ()
    go: Key | None = None
    finish: ProgrammeOutcome | None = None
    profile: Key | None = None


class Saying(Protocol):
    """Writes out what is said under a key; with `turns`, the side is the one whose turn it is."""

    def __call__(self, key: str, *, turns: bool = False) -> str:
        """Return the text of a key, as a script shows it."""


class AnyStep(Part, frozen=True, kw_only=True, tag_field="kind"):
    """A step. `part = "test"` marks the steps of a test, where a familiar pain is the thing being looked for."""

    moving: ClassVar[bool] = False
    """Whether somebody moves in every step of this kind."""
    goes_on: ClassVar[bool] = True
    """Whether the next step can follow whatever its answers lead to."""
    ends: ClassVar[bool] = False
    """Whether the session ends with it."""
    has_other_answers: ClassVar[bool] = False
    """Whether it asks for something else than a yes or a no."""
    counted: ClassVar[tuple[str, ...]] = ()
    """Its fields that a profile can give another dose of."""
    common_prompts: ClassVar[tuple[str, ...]] = ()
    """What the language has words for and this kind says, in the order of its use."""
    given: ClassVar[Mapping[str, frozenset[str]]] = {}
    """The values that the session gives to such prompts, by their keys."""

    id: Key
    part: Literal["talk", "test"] = "talk"
    addition: str | None = None
    """Where a step that the programme's source text does not have comes from."""

    @property
    def moves(self) -> bool:
        """Whether the person moves in this step."""
        return self.moving or self.part == "test"

    @property
    def needs_screening(self) -> bool:
        """Whether the screening has to be over before this step, and the pain known."""
        return self.moves

    @property
    def needs_side(self) -> bool:
        """Whether the side has to be known before this step."""
        return self.part == "test"

    @property
    def of_no_side(self) -> bool:
        """Whether this step is done with the whole body, so that no side is meant."""
        return False

    @property
    def explanation(self) -> str | None:
        """The key of the prompt that "explain" is answered with while this step is done; None: there is none."""
        return None

    @property
    def keeping_time(self) -> tuple[str, ...]:
        """The keys of the prompts that are said in movement, counts and cues, as quickly as the exercise goes."""
        return ()

    @property
    def skips_to(self) -> str | None:
        """The id of the step that "skip" leads to; None where the step is no offer."""
        return None

    @property
    def own_answers(self) -> tuple[str, ...]:
        """The answers to this step whose words stand in the programme's own file."""
        return ()

    @property
    def possible_answers(self) -> tuple[str, ...]:
        """All the answers to this step's question."""
        return YES_NO

    @property
    def safety_questions(self) -> tuple[str, ...]:
        """The ids of this step's questions to which a yes is the worrying answer."""
        return ()

    def ways(self) -> dict[str, Then]:
        """Return what may follow this step's answers, by where it stands in the step, such as `yes` or `rules.0`."""
        return {}

    def after(self, answer: Value | None) -> Then:
        """Return what follows an answer to this step."""
        del answer
        return Then()

    def says(self) -> list[str]:
        """Return the keys of the programme's words that this step says and asks, but for what follows its answers."""
        return []

    def said(self) -> list[str]:
        """Return all the keys that this step says and asks, with what follows its answers."""
        return [*self.says(), *(key for then in self.ways().values() for key in then.say)]

    def values(self, key: str, names: set[str]) -> Iterator[Mapping[str, Value]]:
        """Yield each set of values that a prompt of this step may be given, for the names that its text uses."""
        del key, names
        yield from ()

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines that tell a reader what is said and done, without what follows the answers."""
        del say
        yield from ()

    def names(self) -> Iterator[tuple[Place, str]]:
        """Yield the ids in this step, each with its place in the step."""
        yield ("id",), self.id

    def asked_for(self, limit: str) -> Iterator[tuple[Place, float]]:
        """Yield what this step asks for of something that a programme can limit, each with its place."""
        del limit
        yield from ()

    def problems(self, place: Place, before: Sequence["AnyStep"]) -> Iterator[Problem]:
        """Yield what is wrong with this step, which stands at a `place` after the steps `before`."""
        del place, before
        yield from ()

    def plain_answers(self) -> dict[str, str]:
        """Return by question the answer with which anybody goes on: no warning sign, left, yes, first choice."""
        return {}

    def about_seconds(self) -> float:
        """Return about how long this step lasts, in seconds."""
        return 10.0


def explained(say: Saying, key: str, other_wording: str | None = None) -> Iterator[str]:
    """Yield the line of the script for "explain", where that is more than the question's other wording."""
    explanation = say(key)
    if other_wording is None or explanation != say(other_wording):
        yield f"  explained: {explanation}"


def question_written_out(question: str, say: Saying) -> Iterator[str]:
    """Yield the lines of the script for a question and what it is about."""
    yield say(f"{question}?")
    yield from explained(say, f"{question}?explain", f"{question}?again")


class AskingStep(AnyStep, frozen=True, kw_only=True):
    """A step that asks one question, whose words stand under its id."""

    def says(self) -> list[str]:
        """Return the key of the step's question."""
        return [f"{self.id}?"]

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: the question and what it is about."""
        return question_written_out(self.id, say)

    def plain_answers(self) -> dict[str, str]:
        """Return yes, with which anybody goes on."""
        return {self.id: "yes"}
