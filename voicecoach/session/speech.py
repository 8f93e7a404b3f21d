"""Saying something while nothing is asked: prompts in between, and the last words."""

from voicecoach.programme.line import Line
from voicecoach.session.closing import last_words
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.stage import Activity, Again, Done, Finish, Move, Stage


class Speaking(Activity, frozen=True, tag=True):
    """Says its lines, then is silent for a while. An `interlude` lets what was interrupted begin again."""

    lines: Detail[tuple[Line, ...]]
    pause_seconds: Detail[float] = 0.0
    interlude: Telling[bool] = False
    can_be_skipped: Telling[bool] = True

    @property
    def is_interruption(self) -> bool:
        """Whether it interrupted the activity below it: only where it is an `interlude`."""
        return self.interlude

    def enter(self, stage: Stage) -> Move:
        """Say the lines."""
        stage.listen_for(())
        stage.say(*self.lines)
        return self

    def spoken(self, stage: Stage) -> Move:
        """Keep the pause after the lines."""
        if self.pause_seconds == 0:
            return self.reached(stage)
        stage.wait_seconds(self.pause_seconds)
        return self

    def reached(self, stage: Stage) -> Move:
        """Go on after the pause."""
        del stage
        return Again() if self.interlude else Done()

    def command(self, command: str, stage: Stage) -> Move | None:
        """Skip the rest of the lines."""
        if command == "skip" and self.can_be_skipped:
            stage.silence()
            return self.reached(stage)
        return None


def speaking(stage: Stage, *prompts: str, interlude: bool = False, can_be_skipped: bool = True) -> Speaking:
    """Return an activity that says these prompts, then is silent for a while."""
    return Speaking(tuple(map(stage.line, prompts)), 0.0, interlude, can_be_skipped)


def leaving_out(stage: Stage) -> Speaking:
    """Return the activity that says kindly that what the person can't do is left out; a foot comes down first."""
    return speaking(stage, *(("distress_lower",) if stage.is_up else ()), "left_out", can_be_skipped=False)


class Ending(Activity, frozen=True, tag=True):
    """Says the last words of the session; nothing can hold them up."""

    ignores_commands = True
    finish: Detail[Finish]

    def enter(self, stage: Stage) -> Move:
        """Say the last words."""
        stage.silence()
        stage.listen_for(())
        stage.say(*last_words(self.finish, stage))
        return self
