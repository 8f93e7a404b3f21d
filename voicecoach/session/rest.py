"""A rest between sets or rounds, with the seconds left announced."""

from msgspec.structs import replace

from voicecoach.programme.kinds.motion import REST_MARKS_SECONDS
from voicecoach.samples import samples
from voicecoach.session.situation_fields import Detail, Moment
from voicecoach.session.stage import Activity, Done, Move, Stage


class Resting(Activity, frozen=True, tag=True):
    """A rest between sets or rounds, counted aloud; an interruption does not make it longer."""

    seconds: Detail[float]
    ends_at: Moment[int | None] = None

    def enter(self, stage: Stage) -> Move:
        """Announce the rest, which begins with its announcement."""
        stage.listen_for(())
        stage.say(stage.line("rest", {"seconds": round(self.seconds)}))
        return replace(self, ends_at=stage.now + samples(self.seconds))

    def again(self, stage: Stage) -> Move:
        """Go on with what is left of the rest after an interruption."""
        stage.listen_for(())
        return self.spoken(stage)

    def spoken(self, stage: Stage) -> Move:
        """Wait for the next moment of the rest that is announced."""
        stage.wait_until(max(stage.now, self._next_mark(stage)))
        return self

    def _next_mark(self, stage: Stage) -> int:
        ends_at = self.ends_at or stage.now
        marks = (ends_at - samples(left) for left in REST_MARKS_SECONDS)
        return next((mark for mark in marks if mark > stage.now), ends_at)

    def reached(self, stage: Stage) -> Move:
        """Announce how much of the rest is left, or end it."""
        left = round(((self.ends_at or stage.now) - stage.now) / samples(1))
        if left <= 0:
            return Done()
        stage.say(stage.line("rest_left", {"seconds": left}))
        return self

    def command(self, command: str, stage: Stage) -> Move | None:
        """Skip what is left of the rest."""
        if command == "skip":
            stage.silence()
            return Done()
        return None
