"""A simulated person who answers, and says one command after another over the coach's voice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.hearing.echo.listening import SETTLING_SECONDS
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.voices import PersonVoice
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.watching import Watcher

_OBEYED_WITHIN = samples(3.0)
_BETWEEN_COMMANDS = samples(4.0)
_AFTER_BEGINNING = (0.3, 2.5)
"""How many seconds into what the coach says a command is said."""
_COACH_AUDIBLE = samples(0.2)
_ECHO_ARRIVES = samples(0.5)
"""Until the coach has been heard for as long as the canceller needs to settle, a session hears nothing over it."""
_QUIET_BEFORE_RESUMING = samples(0.6)
_RESUMES_AGAIN = samples(4.0)
_WAITING_FOR_RESUME = ("stopped", "paused", "paused_reminder")


@dataclass(frozen=True)
class Command:
    """A command that was said from sample `began` on, and when it was obeyed."""

    meaning: str
    words: str
    began: int
    ended: int
    obeyed_at: int | None = None


class Interrupter(Watcher):
    """Answers as the person given, and says the commands (meanings and words), in order, while the coach speaks."""

    def __init__(self, person: Person, voice: PersonVoice, commands: Sequence[tuple[str, str]], seed: int) -> None:
        self._person = person
        self._voice = voice
        self._to_come = list(commands)
        self._random = np.random.default_rng(seed)
        self._due: int | None = None
        self._not_before = samples(SETTLING_SECONDS) + _ECHO_ARRIVES
        self._saying: Samples = np.zeros(0, np.float32)
        self._resume = False
        self._quiet_before_resuming = _QUIET_BEFORE_RESUMING
        self._coach_audible = self._silence = 0
        self.commands: list[Command] = []

    def acted(self, at: int, action: actions.Action) -> None:
        """Follow what the coach does."""
        self._person.acted(at, action)
        match action:
            case actions.Say(_, lines, begins_at) if not lines[0].prompt.startswith("count_"):
                begins = max(at, begins_at or 0)
                self._resume = lines[0].prompt in _WAITING_FOR_RESUME
                self._quiet_before_resuming = _QUIET_BEFORE_RESUMING
                if self._to_come and not self._resume:
                    due = begins + samples(float(self._random.uniform(*_AFTER_BEGINNING)))
                    self._due = due if due >= self._not_before else self._due
            case actions.Obeyed(meaning) if self.commands:
                last = self.commands[-1]
                if last.obeyed_at is None and meaning == last.meaning and at < last.ended + _OBEYED_WITHIN:
                    self.commands[-1] = replace(last, obeyed_at=at)

    def happened(self, event: events.AnyEvent) -> None:
        """Let the person notice the end of a question."""
        self._person.happened(event)

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what is said in the block from sample `at` on."""
        self._coach_audible = self._coach_audible + heard.size if heard.any() else 0
        self._silence = 0 if heard.any() else self._silence + heard.size
        answer = np.zeros(heard.size, np.float32) if self._resume else self._person.live(at, heard)
        if answer.any():
            self._due = None
            return answer
        if not self._saying.size:
            self._choose(at)
        said, self._saying = self._saying[: heard.size], self._saying[heard.size :]
        return np.pad(said, (0, heard.size - said.size))

    def _choose(self, at: int) -> None:
        if self._resume:
            if self._silence >= self._quiet_before_resuming:
                self._quiet_before_resuming += _RESUMES_AGAIN
                self._saying = self._voice.say("continue")
        elif self._due is not None and at >= self._due and self._coach_audible >= _COACH_AUDIBLE:
            self._due = None
            meaning, words = self._to_come.pop(0)
            self._saying = self._voice.say(words)
            ended = at + self._saying.size
            self._not_before = ended + _BETWEEN_COMMANDS
            self.commands.append(Command(meaning, words, at, ended))
