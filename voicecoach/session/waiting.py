"""Waiting for a person who is silent, has paused the session or has stopped it."""

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.policies import PATIENCE, Patience, WaitingPolicy
from voicecoach.session.situation_fields import Detail
from voicecoach.session.stage import Activity, Again, Become, Finish, Move, Stage


class Waiting(Activity, frozen=True, tag=True):
    """Rests until the person says how to go on, with reminders, and ends the session when its patience is over."""

    interrupts = True
    leaves_position = True
    policy: WaitingPolicy
    since: Detail[int | None] = None
    reminded: Detail[int] = 0
    """How often the person has been reminded."""

    @property
    def keeps_count(self) -> bool:
        """Whether tallies still tell situations apart: only where a question rests for want of an answer."""
        return self.policy in ("silence", "unclear", "noise")

    @property
    def patience(self) -> Patience:
        """The rule on how long to wait that is followed here."""
        return PATIENCE[self.policy]

    def enter(self, stage: Stage) -> Move:
        """Say what the coach is waiting for."""
        stage.listen_for(self.patience.leaves)
        stage.say(*self._prompts(stage))
        return self

    def _prompts(self, stage: Stage) -> tuple[str, ...]:
        prompt = self.patience.prompt
        if self.policy in ("unclear", "noise"):
            return ("distress_lower", prompt) if stage.is_up else (prompt,)
        return (stage.down(prompt),)

    def spoken(self, stage: Stage) -> Move:
        """Count the time from the end of the first prompt on."""
        since = stage.now if self.since is None else self.since
        ends_at = since + samples(self.patience.ends_after_seconds)
        due = self.patience.reminders[self.reminded :]
        remind_at = since + samples(due[0][0]) if due else ends_at
        stage.wait_until(max(stage.now, min(ends_at, remind_at)), patient=True)
        return replace(self, since=since)

    def reached(self, stage: Stage) -> Move:
        """Remind the person, or end the session."""
        since = stage.now if self.since is None else self.since
        if stage.now >= since + samples(self.patience.ends_after_seconds):
            return Finish(self.patience.outcome, (self.patience.ending,))
        due = self.patience.reminders[self.reminded :]
        if not due:
            return self.spoken(stage)
        stage.say(due[0][1])
        return replace(self, reminded=self.reminded + 1)

    def heard(self, event: events.Heard, stage: Stage) -> Move:
        """Go on, as the person has said so."""
        return self._leave(stage) if event.meaning in self.patience.leaves else self

    def command(self, command: str, stage: Stage) -> Move | None:
        """Go on at "resume"; end at a second "stop"; change the waiting at "pause" while stopped or paused.

        Whoever can't do something has stopped. "Skip" goes on as "resume" does, but where a question rests: it leads to
        no movement past what is asked first.
        """
        command = "stop" if command == CANT_DO else command
        if command in self.patience.leaves or (command == "skip" and not self.keeps_count):
            return self._leave(stage)
        if command == "stop" and self.policy == "stop":
            return Finish(self.patience.outcome, (self.patience.ending,))
        match command:
            case "stop" | "pause":
                stage.silence()
                return Become(Waiting(command))
        return None

    def _leave(self, stage: Stage) -> Move:
        stage.silence()
        stage.listen_for(())
        return Again(check_in=self.patience.checks_in)
