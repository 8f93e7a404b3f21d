"""The exercise: sets of repetitions, rests between them, a pain score after each."""

from msgspec.structs import replace

from voicecoach.programme.steps import Exercise
from voicecoach.programme.words import Value
from voicecoach.samples import samples
from voicecoach.session.checking_in import PainCheck
from voicecoach.session.repeating import Repeating
from voicecoach.session.speaking import Speaking
from voicecoach.session.stage import Activity, Done, Move, Push, Stage


class Exercising(Activity, frozen=True, tag=True):
    """Carries out all sets. Refuses to begin where the screening is not done."""

    step: Exercise
    set: int = 1
    doing: str = "intro"

    def enter(self, stage: Stage) -> Move:
        """Announce the set."""
        if not stage.memory.screened:
            raise RuntimeError(f"the exercise {self.step.id} was reached without screening")
        stage.memory.repetitions.append(0)
        intro = stage.line("set_intro", {"number": self.set, "sets": self.step.sets})
        return Push(replace(self, doing="intro"), Speaking((intro,)))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Set, pain score, rest, next set."""
        del result
        match self.doing:
            case "intro":
                return Push(replace(self, doing="set"), Repeating(self.step, self.set))
            case "set":
                return Push(replace(self, doing="pain"), PainCheck(f"pain_set_{self.set}", wording="pain_set"))
            case "pain" if self.set < self.step.sets:
                return Push(replace(self, doing="rest"), Resting(self.step.rest_seconds))
            case "rest":
                return replace(self, set=self.set + 1).enter(stage)
        stage.memory.exercise_done = True
        return Done()


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
