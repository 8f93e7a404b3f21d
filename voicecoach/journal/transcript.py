"""A session as lines that a person can read, as it goes."""

from collections.abc import Callable

from voicecoach.blocks import Samples
from voicecoach.programme.words import Words
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.session import actions, events
from voicecoach.watcher import Watcher


class Transcript(Watcher):
    """Writes a line for all that the coach says and all that it hears."""

    def __init__(self, words: Words, write: Callable[[str], object]) -> None:
        self._words = words
        self._write = write
        self._to_come: list[tuple[int, str]] = []

    def acted(self, at: int, action: actions.Action) -> None:
        """Write what the coach is about to say, and what a command or an answer was taken for."""
        match action:
            case actions.Say(_, lines, begins_at) if lines:
                self._to_come.append((max(at, begins_at or 0), " ".join(map(self._words.text, lines))))
            case actions.Silence():
                self._to_come = [(begins_at, text) for begins_at, text in self._to_come if begins_at < at]
            case actions.Answered(question, answer, _):
                self.line(at, "", f"[{question}: {answer}]")
            case actions.Obeyed(command):
                self.line(at, "", f"[{command.replace('_', ' ')}]")
            case actions.Ended(outcome):
                self.line(at, "", f"[{outcome.replace('_', ' ')}]")

    def happened(self, event: events.AnyEvent) -> None:
        """Write what was heard of the person, and what happened to the devices."""
        match event:
            case events.Heard(at, _, words, pressed=True):
                self.line(at, "key", words)
            case events.Heard(at, _, words, sure):
                self.line(at, "heard", f'"{words}"' + ("" if sure else " (not sure)"))
            case events.NotUnderstood(at):
                self.line(at, "heard", "something unclear")
            case events.DeviceLost(at):
                self.line(at, "", "[the microphone or the loudspeaker is lost: waiting until it is back]")
            case events.DeviceBack(at):
                self.line(at, "", "[the microphone and the loudspeaker are back]")

    def underrun(self, at: int, lost_samples: int) -> None:
        """Write how much time the sound device lost."""
        self.line(at, "", f"[underrun: {lost_samples / SAMPLES_PER_SECOND:.3f} s of sound lost]")

    def played(self, at: int, block: Samples) -> None:
        """Write what the coach has begun to say in this block, shape (n,)."""
        while self._to_come and self._to_come[0][0] < at + block.size:
            self.line(self._to_come[0][0], "coach", self._to_come.pop(0)[1])

    def line(self, at: int, who: str, what: str) -> None:
        """Write one line with its time in the session."""
        minutes, seconds = divmod(round(at / SAMPLES_PER_SECOND, 1), 60)
        self._write(f"{int(minutes):02d}:{seconds:04.1f}  {who:<6} {what}")
