"""The wake word: waiting until somebody says "start session"; a loop over blocks, whose samples are its only clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicecoach.blocks import Block, Samples
from voicecoach.hearing.echo.canceller_choice import NO_CANCELLER
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.listener import ListeningSettings
from voicecoach.hearing.recogniser import Phrase
from voicecoach.hearing.understanding import EarlySettings
from voicecoach.hearing.verdicts import Deciding
from voicecoach.samples import samples
from voicecoach.service.sleeping_recogniser import SleepingRecogniser
from voicecoach.session import events
from voicecoach.sound.interface import Sound
from voicecoach.sound.player import Player
from voicecoach.watcher import Watcher

_DEAF_TO_ITSELF = ListeningSettings(warm_up_seconds=3600.0)
"""Nothing is heard while the coach is audible, since it names the words that start a session."""
_PATIENT = EarlySettings(sure_seconds=0.3, beginning_seconds=0.3, unsure_seconds=0.3)
"""The silence needed after the wake word: somebody who goes on speaking spoke of a session, and asked for none."""
_GREETING = 1


@dataclass(frozen=True)
class WaitingSettings:
    """How the service waits: the recogniser sleeps once nobody has spoken for `sleeps_after_seconds`."""

    sleeps_after_seconds: float = 20.0


@dataclass(frozen=True)
class Greeting:
    """The words, and their sound, shape (n,), with which the service greets when the sound runs, or runs again."""

    text: str
    sound: Samples


class WakeWordLoop:
    """Listens with voice activity alone; the recogniser is awake only while somebody speaks, and a little longer.

    `greeted` is called whenever the greeting has been said, `watchers` are told of every block when it has been
    listened to, or would have been. `deciding` has to decide with `recogniser`.
    """

    def __init__(
        self,
        sound: Sound,
        recogniser: SleepingRecogniser,
        deciding: Deciding,
        phrases: tuple[Phrase, ...],
        greeting: Greeting,
        greeted: Callable[[], object] = lambda: None,
        watchers: Sequence[Watcher] = (),
        settings: WaitingSettings | None = None,
    ) -> None:
        self._sound = sound
        self._recogniser = recogniser
        self._hearing = Hearing(deciding, NO_CANCELLER, _DEAF_TO_ITSELF, _PATIENT)
        self._hearing.phrases = phrases
        self._greeting = greeting
        self._greeted = greeted
        self._watchers = watchers
        self._sleeps_after = samples((settings or WaitingSettings()).sleeps_after_seconds)
        self._player = Player()
        self._has_greeted = False
        self._spoke_at = 0

    def until(self, wanted: Callable[[], bool]) -> None:
        """Return when a session has been asked for aloud, or is `wanted` otherwise, asked after each block.

        Raises VoicecoachError where the recogniser fails.
        """
        while not self._step() and not wanted():
            pass

    def _step(self) -> bool:
        block = self._sound.next_block(self._player)
        if self._sound.lost:
            self._player.silence()
            asked = self._has_greeted = False
        else:
            asked = self._take(block)
        for watcher in self._watchers:
            watcher.listened(block.at, block.heard)
        return asked

    def _take(self, block: Block) -> bool:
        """Take a block; return whether somebody asks for a session in it."""
        if not self._has_greeted and block.heard.any():
            self._greet()
        asked = False
        for event in self._hear(block):
            asked |= self._follow(event, block)
        if _GREETING in block.finished and self._has_greeted:
            self._greeted()
        return asked

    def _greet(self) -> None:
        self._has_greeted = True
        places = self._player.say(_GREETING, [self._greeting.sound], None)
        self._hearing.coach_says(_GREETING, places, [self._greeting.text])

    def _hear(self, block: Block) -> list[events.FromHearing]:
        heard = self._hearing.hear(block, self._sound.echo_delay_samples)
        if block.at - self._spoke_at >= self._sleeps_after:
            self._recogniser.sleep()
        return heard

    def _follow(self, event: events.FromHearing, block: Block) -> bool:
        """Return whether an event of the hearing asks for a session; wake the recogniser when speech begins."""
        self._spoke_at = block.at
        if isinstance(event, events.SpeechStarted):
            self._recogniser.wake()
        return isinstance(event, events.Heard) and event.sure
