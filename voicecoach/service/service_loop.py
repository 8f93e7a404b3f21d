"""The loop of the service: waits, holds the session that was asked for, waits again, until it is told to end."""

import math
from collections.abc import Callable, Sequence
from contextlib import closing

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.verdicts import Deciding, LiveDeciding, RecogniserAtWork
from voicecoach.programme.steps import Outcome
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND
from voicecoach.service.service_words import ServiceWords
from voicecoach.service.sleeping_recogniser import ClosableRecogniser, NoRecogniser, SleepingRecogniser
from voicecoach.service.systemd import Heartbeat, LossWatch, Systemd
from voicecoach.service.wake_word import Greeting, WakeWordLoop
from voicecoach.sound.interface import Sound
from voicecoach.watcher import Watcher

OnStart = Callable[[Callable[[], None]], object]
"""Given what interrupts a session that has begun."""


_TRY_AGAIN_SECONDS = 60.0
_TRY_AGAIN_AT_LEAST_SECONDS = 3600.0


class Service:
    """Waiting and sessions in turn, on one `sound`, which stays open.

    `speak` returns a sentence spoken, shape (n,); `load` the recogniser that hears that a session is asked for; `hold`
    holds one, told of by the given watchers too, and returns how it ended.
    """

    def __init__(
        self,
        sound: Sound,
        words: ServiceWords,
        speak: Callable[[str], Samples],
        load: Callable[[], ClosableRecogniser],
        hold: Callable[[OnStart, Sequence[Watcher]], Outcome],
        systemd: Systemd,
        show_line: Callable[[str], object],
        deciding: Callable[[RecogniserAtWork], Deciding] = LiveDeciding,
    ) -> None:
        self._sound = sound
        self._words = words
        self._speak = speak
        self._load = load
        self._hold = hold
        self._systemd = systemd
        self._show_line = show_line
        self._deciding = deciding
        self._watchers = (Heartbeat(systemd, sound), LossWatch(systemd, sound, show_line))
        self._asked = False
        self._ended = False
        self._interrupt: Callable[[], None] = _nothing

    def ask(self) -> None:
        """Begin a session at a button or a key, if none is under way. Safe to call from any thread."""
        self._asked = True

    def end(self) -> None:
        """End the service in order, a session first. Safe to call from a signal handler."""
        self._ended = True
        self._interrupt()

    def run(self) -> None:
        """Wait and hold sessions until told to end. Raises VoicecoachError where the recogniser fails while waiting."""
        sentence = self._words.ready
        while not self._ended:
            self._wait(sentence)
            if not self._ended:
                sentence = self._session()
        self._systemd.ending()

    def _wait(self, sentence: str) -> None:
        self._asked = False
        deaf_seconds = _TRY_AGAIN_SECONDS
        while not (self._asked or self._ended):
            try:
                self._listen(sentence, self._load, "Waits for somebody to say start session.")
            except VoicecoachError as error:
                self._show_line(f"Nothing can be understood now, and it is tried again. {error}")
                doing = f"Waits for a key or a button: {error}"
                self._listen(self._words.deaf, NoRecogniser, doing, deaf_seconds)
                sentence, deaf_seconds = self._words.again, min(2 * deaf_seconds, _TRY_AGAIN_AT_LEAST_SECONDS)
            else:
                return

    def _listen(
        self, sentence: str, load: Callable[[], ClosableRecogniser], doing: str, most_seconds: float = math.inf
    ) -> None:
        """Say a sentence and wait, at most so long, until a session is asked for or the service is to end."""
        greeting, wait_until = Greeting(sentence, self._speak(sentence)), _Blocks(most_seconds)
        with closing(SleepingRecogniser(load)) as recogniser:
            waiting = WakeWordLoop(
                self._sound, recogniser, self._deciding(recogniser), self._words.phrases(), greeting,
                lambda: self._systemd.ready(doing), self._watchers,
            )  # fmt: skip
            waiting.until(lambda: self._asked or self._ended or wait_until.over())

    def _session(self) -> str:
        """Hold a session; return the sentence that is said after it."""
        self._systemd.doing("Holds a session.")
        self._show_line("A session begins.")
        try:
            outcome = self._hold(self._begun, self._watchers)
        except VoicecoachError as error:
            self._show_line(f"The session broke off. {error}")
            return self._words.failed
        finally:
            self._interrupt = _nothing
        self._show_line(f"The session has ended: {outcome}.")
        return self._words.again

    def _begun(self, interrupt: Callable[[], None]) -> None:
        self._interrupt = interrupt
        if self._ended:
            interrupt()


class _Blocks:
    """Counts blocks until a time is over."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds * SAMPLES_PER_SECOND

    def over(self) -> bool:
        """Count a block; return whether the time is over."""
        self._left -= BLOCK_SAMPLES
        return self._left <= 0


def _nothing() -> None:
    """Interrupt nothing, as there is no session."""
