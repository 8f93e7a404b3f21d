"""A timed hold: a position or the work of a round kept up for a time, exact to the sample."""

from typing import Literal

from msgspec.structs import replace

from voicecoach.programme.line import Line
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions
from voicecoach.session.asides import speak_in_passing
from voicecoach.session.situation_fields import Detail, Moment, Telling
from voicecoach.session.stage import Activity, Done, Move, Stage
from voicecoach.signals import Signal

_TO_THE_NEXT_SECONDS = 5
_COUNTED_IN = 3.0
ASKED_FOR_AGAIN = "asked for again"
"""What a timed hold returns that was interrupted, and that the person is asked for again."""
_COUNTED_OUT_FROM_SECONDS = 10
_SAID_IN_THE_MIDDLE_FROM_SECONDS = 20


class Keeping(Activity, frozen=True, tag=True):
    """A timed hold: says how it begins, then lets it last from a tone to a tone. Begins again where it is interrupted.

    Returns "kept" unless it was skipped or, where the person is asked for it first, interrupted.
    """

    step: Detail[str]
    seconds: Detail[float]
    starts: Detail[tuple[Line, ...]]
    ends: Detail[tuple[Line, ...]] = ()
    doing: Literal["start", "keep", "over"] = "start"
    begins_at: Moment[int] = 0
    mark: Detail[int] = 0
    """The moment that comes next, of those at which something is said."""
    skipped: Telling[bool] = False
    is_asked_for: Detail[bool] = False
    """Whether the person is asked, before it begins, if they are ready."""

    @property
    def is_up(self) -> bool:
        """Whether a foot may be up: until the hold is over."""
        return self.doing != "over"

    def enter(self, stage: Stage) -> Move:
        """Say how the timed hold begins."""
        stage.memory.movements += 1
        stage.listen_for(())
        stage.say(*self.starts)
        return replace(self, doing="start")

    def again(self, stage: Stage) -> Move:
        """Begin the timed hold again after an interruption; one that was over stays so."""
        if self.doing == "over":
            return self._done()
        return Done(ASKED_FOR_AGAIN) if self.is_asked_for else self.enter(stage)

    def spoken(self, stage: Stage) -> Move:
        """Begin to count the time, or go on after the words at the end of the hold."""
        if self.doing == "over":
            return self._done()
        kept = replace(self, doing="keep", begins_at=stage.now + samples(_COUNTED_IN), mark=0)
        stage.tick(kept.begins_at, Signal.TIME_STARTS)
        stage.tick(kept.ends_at, Signal.TIME_ENDS)
        return kept.reached(stage)

    @property
    def ends_at(self) -> int:
        """The sample at which the time of the hold is up."""
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
        """Say what is due at this moment of the hold, or end it where it was kept up to its end."""
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
        stage.listen_for(())
        stage.say(*self.ends)
        return replace(self, doing="over")

    def _done(self) -> Done:
        return Done(None if self.skipped else "kept")

    def command(self, command: str, stage: Stage) -> Move | None:
        """Skip the hold, or answer in passing while its time goes on."""
        if self.doing == "over":
            return None
        if command == "skip":
            stage.silence()
            return replace(self, skipped=True)._end(stage)
        left = stage.line("time_left", {"seconds": self._left(stage)})
        return self if speak_in_passing(command, left, stage) else None

    def _left(self, stage: Stage) -> int:
        left = samples(self.seconds) if self.doing == "start" else min(samples(self.seconds), self.ends_at - stage.now)
        return -(-left // (_TO_THE_NEXT_SECONDS * SAMPLES_PER_SECOND)) * _TO_THE_NEXT_SECONDS


def _countdown(to: int, stage: Stage) -> list[tuple[int, Line]]:
    return [(to - samples(left), stage.line(f"count_{left}", {"number": left})) for left in (3, 2, 1)]
