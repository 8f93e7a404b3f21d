"""One set: repetitions of phases, each a spoken move and then a hold that ends at a sample number."""

from collections.abc import Hashable
from typing import Literal

from msgspec.structs import replace

from voicecoach.meanings import Counting
from voicecoach.programme.kinds.exercise import Exercise
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import Value
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions
from voicecoach.session.asides import answer_in_passing
from voicecoach.session.getting_ready import in_position
from voicecoach.session.situation_fields import Detail, Moment, Telling
from voicecoach.session.stage import Activity, Done, Move, Push, Stage
from voicecoach.signals import Signal

_AFTER_HOLD_SECONDS = 0.15
_SPARSELY = 5
_ENCOURAGED_FROM_REPETITIONS = 12
"""Effort peaks shortly before the last ones of a set that is long enough."""
_CHIME_SECONDS = 0.6
_ENCOURAGING = ("encouragement", "encouragement_2", "encouragement_3")
"""By set."""
_NUMBERED_SECONDS = 0.08
"""So long before a repetition's number a tone tells it from the count of a hold."""


class Repeating(Activity, frozen=True, tag=True):
    """Counts one set. An interrupted repetition begins again at its first phase; only a finished one counts."""

    step: Detail[Exercise]
    set: Telling[int]
    repetition: Detail[int] = 1
    phase: Telling[int] = 0
    doing: Literal["position", "announce", "move", "hold", "over"] = "move"
    """"over" once the set has ended."""
    began_at: Moment[int] = 0
    """Sample at which the move or the hold began."""
    restarted: Detail[bool] = False
    remarks: Detail[tuple[Line, ...]] = ()
    """What was asked for in a hold and is said before the next move."""

    def also_tells(self, programme: Programme) -> Hashable:
        """Return what tells its situations besides its fields: in movement, the first, the last or neither."""
        del programme
        return self.doing == "position" or (self.repetition == 1, self.repetition == self.step.repetitions)

    @property
    def is_up(self) -> bool:
        """Whether a foot may be up: until the set is over."""
        return self.doing != "over"

    @property
    def has_position(self) -> bool:
        """Whether the person is in a position that has to be taken again after an interruption."""
        return self.step.position is not None and self.doing != "over"

    @property
    def keeps_count(self) -> bool:
        """Whether tallies tell situations apart: not in a position that is taken as in the set before."""
        return self.doing != "position" or self.set == 1

    def enter(self, stage: Stage) -> Move:
        """Have the position taken, then begin the repetition."""
        position = self.step.position_now(eased=stage.memory.eased)
        if position is None:
            return self._begin(stage)
        return Push(replace(self, doing="position"), in_position(position, stage))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Begin the repetition, as the person is in position."""
        del result
        return self._begin(stage)

    def _begin(self, stage: Stage) -> Move:
        stage.listen_for(())
        return self._move(stage, stage.now)

    def again(self, stage: Stage) -> Move:
        """Begin the interrupted repetition again, from the position on; a set that had ended stays so."""
        return Done() if self.doing == "over" else replace(self, phase=0, restarted=True).enter(stage)

    def _move(self, stage: Stage, at: int) -> Move:
        if self.phase == 0:
            stage.memory.movements += 1
            stage.note(actions.RepetitionBegun(self.set, self.repetition))
        first = [*self.remarks, *self._announcement(stage)]
        if first and self.step.hold_of(self.step.phases[self.phase]) == 0:
            stage.say(*first, at=at)
            return replace(self, doing="announce", remarks=())
        stage.say(*first, self._cue(), at=at)
        return replace(self, doing="move", began_at=at, remarks=())

    def _cue(self) -> str:
        full = self.restarted or self.repetition <= self.step.full_cues
        return self.step.cue(self.step.phases[self.phase], full=full)

    def _announcement(self, stage: Stage) -> list[Line]:
        done = self.repetition - 1
        if self.phase > 0 or done == 0 or self.restarted:
            return []
        prompt = self._prompt_after(done)
        if prompt == "repetition_done" and not _is_counted(done, stage.memory.counting):
            return []
        return [stage.line(prompt, {"number": done})]

    def _prompt_after(self, done: int) -> str:
        match self.step.repetitions - done:
            case 1:
                return "last_one"
            case 3:
                return "last_three"
            case 5 if self.step.repetitions >= _ENCOURAGED_FROM_REPETITIONS:
                return _ENCOURAGING[(self.set - 1) % len(_ENCOURAGING)]
        return "halfway" if done == self.step.repetitions // 2 + 1 else "repetition_done"

    def spoken(self, stage: Stage) -> Move:
        """Begin the hold once the move has lasted as long as its cue, and no shorter than it should.

        Where there is no hold, the move is the tempo: it begins with its cue, after all else has been said.
        """
        if self.doing == "over":
            return Done()
        if self.doing == "announce":
            stage.say(self._cue(), at=stage.now)
            return replace(self, doing="move", began_at=stage.now)
        phase = self.step.phases[self.phase]
        move = samples(self.step.move_of(phase) + stage.memory.extra_move_seconds)
        starts_at = max(self.began_at + move, stage.now)
        ends_at = starts_at + samples(self.step.hold_of(phase))
        if ends_at > starts_at:
            self._count_hold(starts_at, ends_at, stage)
        stage.wait_until(ends_at)
        return replace(self, doing="hold", began_at=starts_at)

    def _count_hold(self, starts_at: int, ends_at: int, stage: Stage) -> None:
        stage.tick(starts_at, Signal.HOLD_STARTS)
        counting = stage.memory.counting
        for second, at in enumerate(range(starts_at, ends_at - SAMPLES_PER_SECOND + 1, SAMPLES_PER_SECOND), 1):
            if _is_counted(second, counting):
                prompt = f"count_{second}" if second <= 3 else "count_more"
                stage.speak(stage.line(prompt, {"number": second}), at=at)
            elif counting == "ticks" and second > 1:
                stage.tick(at, Signal.SECOND)
        stage.tick(ends_at, Signal.HOLD_ENDS)

    def reached(self, stage: Stage) -> Move:
        """End a hold that was kept to its end, or a move into a phase that is not held; go on to the next phase."""
        phase = self.step.phases[self.phase]
        next_at = ends_at = self.began_at + samples(self.step.hold_of(phase))
        if ends_at > self.began_at:
            stage.memory.holds += 1
            stage.note(actions.HoldDone(self.set, self.repetition, phase.id, self.began_at, ends_at))
            next_at += samples(_AFTER_HOLD_SECONDS)
            if self.phase + 1 == len(self.step.phases):
                stage.tick(max(stage.now, next_at - samples(_NUMBERED_SECONDS)), Signal.REPETITION_DONE)
        next_at = max(stage.now, next_at)
        if self.phase + 1 < len(self.step.phases):
            return replace(self, phase=self.phase + 1)._move(stage, next_at)
        stage.memory.repetitions[-1] += 1
        stage.note(actions.RepetitionDone(self.set, self.repetition))
        if self.repetition < self.step.repetitions:
            return replace(self, phase=0, repetition=self.repetition + 1, restarted=False)._move(stage, next_at)
        return self._over(stage, next_at, *self.remarks, stage.line("set_done", {"number": self.repetition}))

    def command(self, command: str, stage: Stage) -> Move | None:
        """Carry out a command that has its own meaning in a set, such as skip; None leaves it to the others."""
        if self.doing == "over":
            return None
        match command:
            case "gone" if self.step.until == "gone":
                stage.silence()
                return self._over(stage, stage.now, stage.line("set_gone"))
            case "skip":
                stage.silence()
                stage.say("set_skipped")
                return self._ended(stage)
            case "repeat" | "resume" if self.doing != "position":
                stage.silence()
                return replace(self, phase=0, restarted=True)._begin(stage)
            case "louder" | "quieter":
                stage.change_volume(1 if command == "louder" else -1)
                return self
            case "how_many_left":
                return self._remark(left_in_set(self.step, self.set, self.repetition, stage))
        line = answer_in_passing(command, stage)
        return None if line is None else self._remark(line)

    def _over(self, stage: Stage, at: int, *lines: Line) -> Move:
        """End the set: play a chime, then say these lines."""
        stage.tick(at, Signal.SET_DONE)
        stage.say(*lines, at=at + samples(_CHIME_SECONDS))
        return self._ended(stage)

    def _ended(self, stage: Stage) -> Move:
        stage.listen_for(())
        stage.memory.in_set = False
        return replace(self, doing="over")

    def _remark(self, line: Line) -> Move:
        return replace(self, remarks=(*self.remarks, line))


def left_in_set(step: Exercise, number: int, repetition: int, stage: Stage) -> Line:
    """Return how many repetitions and sets are left, the repetition under way included."""
    prompt = "left_in_set" if number < step.sets else "left_in_set_last"
    return stage.line(prompt, {"repetitions": step.repetitions - repetition + 1, "sets": step.sets - number})


def _is_counted(number: int, counting: Counting) -> bool:
    return counting == "full" or (counting == "sparse" and number % _SPARSELY == 0)
