"""The stream of blocks heard, turned into utterances; deaf while the coach speaks unless a person already does."""

from dataclasses import dataclass, field

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.hearing.endpoint import Closed, Dismissed, Endpointer, EndpointEvent, EndpointSettings, Opened, Paused
from voicecoach.hearing.voice_activity import VoiceActivity, VoiceActivitySettings
from voicecoach.samples import SAMPLES_PER_SECOND


@dataclass(frozen=True)
class SpeechStarted:
    """Somebody has begun to speak; known at sample `at`, so whatever else sounds should be turned down."""

    at: int


@dataclass(frozen=True)
class FalseAlarm:
    """What had started was no utterance; known at sample `at`."""

    at: int


@dataclass(frozen=True)
class Utterance:
    """One utterance: `samples`, shape (n,), from sample `started_at` (a little before it) up to `closed_at`.

    Its speech lasted from sample `began_at` to `ended_at`, which was known at `closed_at`.
    """

    started_at: int
    began_at: int
    ended_at: int
    samples: Samples = field(compare=False, repr=False)
    closed_at: int


@dataclass(frozen=True)
class Pause:
    """An utterance may be over; this is what there is of it."""

    utterance: Utterance


EarEvent = SpeechStarted | FalseAlarm | Pause | Utterance


class Ear:
    """Listens block by block; the positions it is given are its only clock."""

    def __init__(
        self, settings: EndpointSettings | None = None, activity_settings: VoiceActivitySettings | None = None
    ) -> None:
        self._endpointer = Endpointer(settings)
        self._activity = VoiceActivity(activity_settings)
        self._kept = _Kept(round(self._endpointer.settings.pre_roll_seconds * SAMPLES_PER_SECOND))
        self._deaf = True

    def set_activity(self, settings: VoiceActivitySettings) -> None:
        """Change from the next block on what counts as speech."""
        self._activity.settings = settings

    def listen(self, block: Samples, at: int, coach_speaking: bool) -> list[EarEvent]:
        """Take the `block`, shape (n,), whose first sample is number `at`; return what it makes known.

        While `coach_speaking`, its echo included, only an utterance already begun is followed. A gap between this
        block and the one before ends what was open as a false alarm.
        """
        end = at + len(block)
        events: list[EarEvent] = []
        if not self._deaf and at != self._kept.end:
            if self._endpointer.is_open:
                events.append(FalseAlarm(at))
            self._stop_listening()
        if coach_speaking and not self._endpointer.is_open:
            if self._endpointer.hurry() is None:
                self._stop_listening()
                return events
            events.append(SpeechStarted(end))
        self._hear(block, at, events)
        return events

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._endpointer.ended_at if self._endpointer.is_open else None

    def accept(self) -> None:
        """Take the open utterance as over; what is said from now on is another one."""
        self._endpointer.reset()
        self._kept.start_at(self._kept.end)

    def _hear(self, block: Samples, at: int, events: list[EarEvent]) -> None:
        end = at + len(block)
        if self._deaf:
            self._deaf = False
            self._kept.start_at(at)
        self._kept.add(block)
        event = self._endpointer.hear(at, end, self._activity.hear(block))
        if event is not None:
            events.append(self._report(event, end))
        began_at = self._endpointer.began_at
        self._kept.trim(end if began_at is None else began_at)

    def _report(self, event: EndpointEvent, now: int) -> EarEvent:
        match event:
            case Opened():
                return SpeechStarted(now)
            case Dismissed():
                return FalseAlarm(now)
            case Paused(began_at, ended_at):
                return Pause(self._utterance(began_at, ended_at, now))
            case Closed(began_at, ended_at):
                utterance = self._utterance(began_at, ended_at, now)
                self._kept.start_at(self._kept.end)
                return utterance

    def _utterance(self, began_at: int, ended_at: int, now: int) -> Utterance:
        sound = self._kept.since(began_at)
        return Utterance(self._kept.start, began_at, ended_at, sound, now)

    def _stop_listening(self) -> None:
        if not self._deaf:
            self._deaf = True
            self._endpointer.reset()
            self._activity.reset()


class _Kept:
    """The blocks that an utterance may still need, back to the pre-roll before it."""

    def __init__(self, pre_roll: int) -> None:
        self._pre_roll = pre_roll
        self._blocks: list[Samples] = []
        self.start = self.end = 0

    def start_at(self, position: int) -> None:
        self._blocks = []
        self.start = self.end = position

    def add(self, block: Samples) -> None:
        self._blocks.append(block.copy())
        self.end += len(block)

    def trim(self, began_at: int) -> None:
        while self._blocks and self.start + len(self._blocks[0]) <= began_at - self._pre_roll:
            self.start += len(self._blocks.pop(0))

    def since(self, began_at: int) -> Samples:
        """Return all from the pre-roll before `began_at`; it begins at `start`."""
        self.trim(began_at)
        return np.concatenate(self._blocks)
