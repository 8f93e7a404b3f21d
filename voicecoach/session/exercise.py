"""The exercise: sets of repetitions, rests between them, a pain score after each."""

from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.programme.steps import Exercise
from voicecoach.programme.words import Line, Value
from voicecoach.samples import samples
from voicecoach.session.checking_in import PainCheck
from voicecoach.session.repeating import Repeating
from voicecoach.session.speaking import Speaking
from voicecoach.session.stage import Activity, Done, Move, Push, Stage


class Exercising(Activity, frozen=True, tag=True):
    """Carries out all sets, each on every side whose turn it is. Refuses to begin where the screening is not done."""

    moves = True
    step: Exercise
    set: int = 1
    turn: int = 0
    doing: Literal["intro", "set", "pain", "rest"] = "intro"
    """What the child does."""
    announced: bool = False

    def enter(self, stage: Stage) -> Move:
        """Announce the set."""
        stage.require_screening(self.step.id)
        memory = stage.memory
        memory.exercise, memory.set = self.step.id, self.set
        memory.turn = stage.turns(self.step.sides, self.step.first)[self.turn]
        memory.repetitions.append(0)
        lines = [] if self.announced else [self._dose(stage)]
        if self.step.sets > 1:
            lines.append(stage.line("set_intro", {"number": self.set, "sets": self.step.sets}))
        lines += map(stage.line, self.step.start)
        return Push(replace(self, doing="intro", announced=True), Speaking(tuple(lines)))

    def _dose(self, stage: Stage) -> Line:
        prompt = "dose" if self.step.until == "counted" else "dose_until"
        values: dict[str, Value] = {"sets": self.step.sets, "repetitions": self.step.repetitions}
        return stage.line(prompt, values)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Every side's turn, pain score, rest, next set."""
        del result
        match self.doing:
            case "intro":
                return Push(replace(self, doing="set"), Repeating(self.step, self.set))
            case "set" if self.turn + 1 < len(stage.turns(self.step.sides, self.step.first)):
                return replace(self, turn=self.turn + 1).enter(stage)
            case "set":
                stage.memory.turn = None
                return Push(replace(self, doing="pain"), pain_after_set(stage))
            case "pain" if self.set < self.step.sets:
                return Push(replace(self, doing="rest"), Resting(self.step.rest_seconds))
            case "pain":
                return Done()
            case "rest":
                return replace(self, set=self.set + 1, turn=0).enter(stage)
        assert_never(self.doing)


def pain_after_set(stage: Stage) -> PainCheck:
    """Return the question that follows a set; they are numbered throughout the session."""
    stage.memory.pain_checks += 1
    return PainCheck(f"pain_set_{stage.memory.pain_checks}", wording="pain_set")


class Resting(Activity, frozen=True, tag=True):
    """A rest, counted aloud. An interruption does not make it longer."""

    seconds: float
    ends_at: int | None = None

    def enter(self, stage: Stage) -> Move:
        """Announce the rest; it begins with its announcement."""
        stage.listen_for(())
        stage.say(stage.line("rest", {"seconds": round(self.seconds)}))
        return replace(self, ends_at=stage.now + samples(self.seconds))

    def again(self, stage: Stage) -> Move:
        """Rest for what is left of it."""
        return self.spoken(stage)

    def spoken(self, stage: Stage) -> Move:
        """Wait for the next moment worth announcing."""
        stage.wait_until(max(stage.now, self._next_mark(stage)))
        return self

    def _next_mark(self, stage: Stage) -> int:
        ends_at = self.ends_at or stage.now
        marks = (ends_at - samples(left) for left in (30, 10))
        return next((mark for mark in marks if mark > stage.now), ends_at)

    def reached(self, stage: Stage) -> Move:
        """Announce what is left, or end the rest."""
        left = round(((self.ends_at or stage.now) - stage.now) / samples(1))
        if left <= 0:
            return Done()
        stage.say(stage.line("rest_left", {"seconds": left}))
        return self

    def command(self, command: str, stage: Stage) -> Move | None:
        """Skip the rest of the rest."""
        if command == "skip":
            stage.silence()
            return Done()
        return None
