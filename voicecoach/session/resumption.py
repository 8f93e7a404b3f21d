"""Going on with a session that broke off in an exercise: the coach asks first whether to, and how things are."""

from collections.abc import Sequence
from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.programme.line import Line
from voicecoach.programme.steps import Ready
from voicecoach.programme.values import Value
from voicecoach.session.check_in import CheckingIn, Hurting, HurtingInTest, MoreThanBefore, asks_for_pain
from voicecoach.session.corrections import Correcting
from voicecoach.session.distress import Distress
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds.exercise import Exercising
from voicecoach.session.kinds.intervals import InRounds
from voicecoach.session.memory import Memory
from voicecoach.session.programme_walk import ComingBack
from voicecoach.session.questions import whether_to_go_on
from voicecoach.session.repetitions import Repeating
from voicecoach.session.rest import Resting
from voicecoach.session.situation_fields import Detail
from voicecoach.session.speech import Ending, Speaking, speaking
from voicecoach.session.stage import Activity, Again, Anew, Move, Push, Stage
from voicecoach.session.waiting import Waiting


class Resuming(Activity, frozen=True, tag=True):
    """Greets, checks the hearing, says where the session stopped and asks whether to go on, and how things are.

    A no begins the session anew. What ends an exercise elsewhere ends it here too; nothing leads past the questions.
    """

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True

    where: Detail[Line]
    start: Detail[tuple[Line, ...]]
    """What is said again of the exercise before it goes on."""
    pain_follows: Detail[bool]
    """Whether a question for the pain has been interrupted."""
    doing: Literal["hello", "ready", "where", "ask", "check", "start", "anew"] = "hello"
    """What the child does."""

    def enter(self, stage: Stage) -> Move:
        """Greet the person."""
        stage.foresee([self.where])
        kept = ("audio_kept",) if stage.memory.opening.keeps_audio else ()
        return Push(replace(self, doing="hello"), speaking(stage, "resume_hello", *kept, can_be_skipped=False))

    def again(self, stage: Stage) -> Move:
        """Go back to the exercise once all has been asked; else ask everything again."""
        if self.doing != "check":
            return self.enter(stage)
        return Push(replace(self, doing="start"), Speaking(self.start)) if self.start else Again()

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on with the next question before the exercise goes on."""
        match self.doing:
            case "hello":
                return Push(replace(self, doing="ready"), GettingReady(Ready(id="resume_ready")))
            case "ready":
                return Push(replace(self, doing="where"), Speaking((self.where,), can_be_skipped=False))
            case "where":
                return Push(replace(self, doing="ask"), whether_to_go_on("resume_there"))
            case "ask" if result == "yes":
                return Push(replace(self, doing="check"), CheckingIn(pain_follows=self.pain_follows))
            case "ask":
                return Push(replace(self, doing="anew"), speaking(stage, "resume_anew", can_be_skipped=False))
            case "start":
                return Again()
            case "check" | "anew":
                return Anew()
        assert_never(self.doing)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Refuse commands that would lead past the questions and into the exercise."""
        if command not in ("it_hurts", "gone"):
            return None
        stage.silence()
        first = replace(self, doing="hello")
        return Push(first, Hurting() if command == "it_hurts" else speaking(stage, "command_gone", interlude=True))


_ON_TOP = (Distress, Resuming, Waiting, Hurting, HurtingInTest, MoreThanBefore, CheckingIn, ComingBack, Correcting)


def can_go_on(stack: Sequence[Activity], memory: Memory) -> bool:
    """Whether a session that broke off with this stack can go on: it was in an exercise, or after one."""
    if not stack or isinstance(stack[-1], Ending) or not memory.screened or memory.pain_start is None:
        return False
    if any(isinstance(one, _ON_TOP) or (isinstance(one, Speaking) and one.interlude) for one in stack):
        return False
    return bool(memory.exercise or any(one.moves for one in stack))


def rested(stack: Sequence[Activity]) -> list[Activity]:
    """Return the stack of a session that broke off without its rests: the time since then has been one."""
    return [replace(one, ends_at=None) if isinstance(one, Resting) else one for one in stack]


def broken_off(stack: Sequence[Activity], stage: Stage) -> Resuming:
    """Return the activity that begins a session again which broke off with this stack."""
    stage.silence()
    sets = (one for one in stack if isinstance(one, Exercising) and one.doing == "set")
    starts = (prompt for one in sets for prompt in one.step.start_now(eased=stage.memory.eased))
    start = tuple(map(stage.line, starts))
    return Resuming(_where(stack, stage), start, pain_follows=asks_for_pain(stack))


def _where(stack: Sequence[Activity], stage: Stage) -> Line:
    for activity in reversed(stack):
        match activity:
            case Repeating(step=step, set=number):
                return _in_set(step.sets, number, stage)
            case Exercising(step=step, set=number, doing=doing) if step.sets > 1:
                return stage.line("stopped_in_set" if doing == "intro" else "stopped_after_set", {"number": number})
            case InRounds(round=number):
                return stage.line("stopped_in_round", {"number": number})
    return stage.line("stopped_elsewhere")


def _in_set(sets: int, number: int, stage: Stage) -> Line:
    done = stage.memory.repetitions[-1]
    if done == 0:
        return stage.line("stopped_in_set", {"number": number}) if sets > 1 else stage.line("stopped_elsewhere")
    if sets == 1:
        return stage.line("stopped_after", {"repetition": done})
    return stage.line("stopped_in_set_after", {"number": number, "repetition": done})
