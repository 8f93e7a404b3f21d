"""Something kept up for a time, exact to the sample: a position held on each side, rounds of work and rest."""

from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.programme.steps import Hold, Intervals
from voicecoach.programme.words import Line, Value
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions
from voicecoach.session.exercise import Resting, pain_after_set
from voicecoach.session.passing import answer_in_passing
from voicecoach.session.stage import Activity, Done, Move, Push, Stage
from voicecoach.signals import Signal

_TO_THE_NEXT_SECONDS = 5
_COUNTED_IN = 3.0
_COUNTED_OUT_FROM_SECONDS = 10
_SAID_IN_THE_MIDDLE_FROM_SECONDS = 20


class Keeping(Activity, frozen=True, tag=True):
    """Says how it begins, then lets it last from a tone to a tone. Begins again where it is interrupted.

    Returns "kept" unless it was skipped.
    """

    step: str
    seconds: float
    starts: tuple[Line, ...]
    ends: tuple[Line, ...] = ()
    doing: Literal["start", "keep", "over"] = "start"
    begins_at: int = 0
    mark: int = 0
    """The moment that comes next, of those at which something is said."""
    skipped: bool = False

    def enter(self, stage: Stage) -> Move:
        """Say how it begins."""
        stage.listen_for(())
        stage.say(*self.starts)
        return replace(self, doing="start")

    def again(self, stage: Stage) -> Move:
        """Begin again; what was over stays so."""
        return self._done() if self.doing == "over" else self.enter(stage)

    def spoken(self, stage: Stage) -> Move:
        """Begin to keep it up, or go on after its end."""
        if self.doing == "over":
            return self._done()
        kept = replace(self, doing="keep", begins_at=stage.now + samples(_COUNTED_IN), mark=0)
        stage.tick(kept.begins_at, Signal.TIME_STARTS)
        stage.tick(kept.ends_at, Signal.TIME_ENDS)
        return kept.reached(stage)

    @property
    def ends_at(self) -> int:
        """The sample at which the time is up."""
        return self.begins_at + samples(self.seconds)

    def _marks(self, stage: Stage) -> list[tuple[int, Line]]:
        """Return when something is said, and what: a countdown to the start, the middle, a countdown to the end."""
        shares = ((0.5, "halfway_through"), (0.75, "nearly_there"))
        middle = [(self.begins_at + samples(self.seconds * share), stage.line(prompt)) for share, prompt in shares]
        return [
            *_countdown(self.begins_at, stage),
            *(middle if self.seconds >= _SAID_IN_THE_MIDDLE_FROM_SECONDS else ()),
            *(_countdown(self.ends_at, stage) if self.seconds >= _COUNTED_OUT_FROM_SECONDS else ()),
        ]

    def reached(self, stage: Stage) -> Move:
        """Say what it is time for, or end: it was kept up to its end."""
        marks = self._marks(stage)[self.mark :]
        if not marks:
            stage.note(actions.TimeKept(self.step, self.begins_at, self.ends_at))
            return self._end(stage)
        stage.speak(marks[0][1])
        stage.wait_until(marks[1][0] if len(marks) > 1 else self.ends_at)
        return replace(self, mark=self.mark + 1)

    def _end(self, stage: Stage) -> Move:
        if not self.ends:
            return self._done()
        stage.say(*self.ends)
        return replace(self, doing="over")

    def _done(self) -> Done:
        return Done(None if self.skipped else "kept")

    def command(self, command: str, stage: Stage) -> Move | None:
        """Skip it, or answer in passing; the time goes on."""
        if self.doing == "over":
            return None
        match command:
            case "skip":
                stage.silence()
                return replace(self, skipped=True)._end(stage)
            case "louder" | "quieter":
                stage.change_volume(1 if command == "louder" else -1)
            case "how_many_left":
                stage.speak(stage.line("time_left", {"seconds": self._left(stage)}))
            case _:
                line = answer_in_passing(command, stage)
                if line is None:
                    return None
                stage.speak(line)
        return self

    def _left(self, stage: Stage) -> int:
        left = samples(self.seconds) if self.doing == "start" else min(samples(self.seconds), self.ends_at - stage.now)
        return -(-left // (_TO_THE_NEXT_SECONDS * SAMPLES_PER_SECOND)) * _TO_THE_NEXT_SECONDS


def _countdown(to: int, stage: Stage) -> list[tuple[int, Line]]:
    return [(to - samples(left), stage.line(f"count_{left}", {"number": left})) for left in (3, 2, 1)]


class Holding(Activity, frozen=True, tag=True):
    """Has a position held on every side whose turn it is. Refuses to begin where the screening is not done."""

    moves = True
    step: Hold
    turn: int = 0

    def enter(self, stage: Stage) -> Move:
        """Begin with a side."""
        stage.require_screening(self.step.id)
        stage.memory.turn = stage.turns(self.step.sides, self.step.first)[self.turn]
        starts, ends = (stage.line(f"{self.step.id}_{when}") for when in ("start", "end"))
        return Push(self, Keeping(self.step.id, self.step.seconds, (starts,), (ends,)))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Change sides, or go on."""
        del result
        if self.turn + 1 < len(stage.turns(self.step.sides, self.step.first)):
            return replace(self, turn=self.turn + 1).enter(stage)
        stage.memory.turn = None
        return Done()


class InRounds(Activity, frozen=True, tag=True):
    """Goes through rounds of work and rest, then asks for the pain. Refuses where the screening is not done."""

    moves = True
    step: Intervals
    round: int = 1
    doing: Literal["work", "rest", "pain"] = "work"
    """What the child does."""

    def enter(self, stage: Stage) -> Move:
        """Begin a round."""
        step = self.step
        stage.require_screening(step.id)
        stage.memory.exercise, stage.memory.round = step.id, self.round
        lines = [stage.line("round_intro", {"number": self.round, "rounds": step.rounds})]
        lines.append(stage.line(step.prompts[(self.round - 1) % len(step.prompts)]))
        if self.round == 1:
            lines.insert(0, stage.line("rounds_intro", {"rounds": step.rounds}))
        ends = (stage.line("rounds_done"),) if self.round == step.rounds else ()
        return Push(replace(self, doing="work"), Keeping(step.id, step.work_seconds, tuple(lines), ends))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Work, rest, next round; after the last one, the pain score."""
        match self.doing:
            case "work":
                stage.memory.rounds += result == "kept"
                if self.round < self.step.rounds:
                    return Push(replace(self, doing="rest"), Resting(self.step.rest_seconds))
                return Push(replace(self, doing="pain"), pain_after_set(stage))
            case "rest":
                return replace(self, round=self.round + 1).enter(stage)
            case "pain":
                return Done()
        assert_never(self.doing)
