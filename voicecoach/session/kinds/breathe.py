"""Carries out `Breathe`, breathing in time: each breath begins with a word, and its seconds tick."""

from math import ceil
from typing import Literal

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO
from voicecoach.programme.kinds.breathe import Breathe
from voicecoach.samples import samples
from voicecoach.session.asides import speak_in_passing
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.stage import Activity, Done, Move, Stage
from voicecoach.signals import Signal


class Breathing(Activity, frozen=True, tag=True):
    """Leads through the breaths of a `Breathe` step; an interrupted breath begins again. Refuses without screening."""

    step: Detail[Breathe]
    round: Telling[int] = 1
    doing: Literal["intro", "in", "out", "over"] = "intro"

    def enter(self, stage: Stage) -> Move:
        """Say how many breaths there are."""
        stage.require_screening(self.step.id)
        stage.listen_for(())
        stage.say(stage.line("breathe_intro", {"rounds": self.step.rounds}))
        return self

    def again(self, stage: Stage) -> Move:
        """Begin the interrupted breath again; the breaths that were over stay so."""
        match self.doing:
            case "intro":
                return self.enter(stage)
            case "over":
                return Done()
        stage.listen_for(())
        return self._breathe("in", stage)

    def spoken(self, stage: Stage) -> Move:
        """Begin the first breath, or end the step after the last words."""
        return Done() if self.doing == "over" else self._breathe("in", stage)

    def _breathe(self, way: Literal["in", "out"], stage: Stage) -> Move:
        seconds = self.step.in_seconds if way == "in" else self.step.out_seconds
        stage.speak(f"breathe_{way}")
        for second in range(1, ceil(seconds)):
            stage.tick(stage.now + samples(second), Signal.SECOND)
        stage.wait_until(stage.now + samples(seconds))
        return replace(self, doing=way)

    def reached(self, stage: Stage) -> Move:
        """Go on from breathing in to breathing out, or from there to the next breath."""
        if self.doing == "in":
            return self._breathe("out", stage)
        if self.round == self.step.rounds:
            return self._over(stage)
        return replace(self, round=self.round + 1)._breathe("in", stage)

    def _over(self, stage: Stage) -> Move:
        stage.listen_for(())
        stage.say("breathe_done")
        return replace(self, doing="over")

    def command(self, command: str, stage: Stage) -> Move | None:
        """Skip the rest of the breaths, or answer in passing while the breath goes on."""
        if self.doing == "over":
            return None
        if command == "skip":
            stage.silence()
            return self._over(stage)
        if command == CANT_DO:
            stage.silence()
            stage.listen_for(())
            stage.say("left_out")
            return replace(self, doing="over")
        left = stage.line("breathe_left", {"rounds": self.step.rounds - self.round + 1})
        return self if speak_in_passing(command, left, stage) else None


@begin.register
def _(step: Breathe, stage: Stage) -> Breathing:
    del stage
    return Breathing(step)
