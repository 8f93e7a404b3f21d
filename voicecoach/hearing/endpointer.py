"""The endpointer: where an utterance begins and ends, and its sound, from voice activity; the clock is the samples."""

from dataclasses import dataclass, field

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples


@dataclass(frozen=True)
class EndpointSettings:
    """How much speech opens an utterance, and how much silence closes it.

    `opening_speech_seconds`: speech that opens one. `hurried_speech_seconds`: speech that opens one where time is up.
    `opening_gap_seconds`: the longest silence within that opening speech. `least_speech_seconds`: an utterance with
    less speech than this was a false alarm. `pause_seconds`: silence after which it may be over.
    `trailing_silence_seconds`: silence that closes one.
    `longest_utterance_seconds`: after this it is closed as it is. `pre_roll_seconds`: sound kept from before it.
    """

    opening_speech_seconds: float = 0.06
    hurried_speech_seconds: float = 0.04
    opening_gap_seconds: float = 0.1
    least_speech_seconds: float = 0.12
    pause_seconds: float = 0.04
    trailing_silence_seconds: float = 0.45
    longest_utterance_seconds: float = 6.0
    pre_roll_seconds: float = 0.3


@dataclass(frozen=True)
class SpeechStarted:
    """Somebody has begun to speak; known at sample `at`, so that the coach's voice should be turned down."""

    at: int


@dataclass(frozen=True)
class FalseAlarm:
    """The speech that had started was no utterance; known at sample `at`."""

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
    """A pause in an open utterance, which may be its end; `samples`, shape (n,), are what there is of it."""

    utterance: Utterance


EndpointEvent = SpeechStarted | FalseAlarm | Pause | Utterance


class Endpointer:
    """Finds utterances in one stream: silence, a beginning of speech, an open utterance, silence again."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        self.settings = settings or EndpointSettings()
        self._kept = _Kept(samples(self.settings.pre_roll_seconds))
        self.reset()

    @property
    def is_open(self) -> bool:
        """Whether an utterance is open."""
        return self._open

    @property
    def began_at(self) -> int | None:
        """The first sample of the speech that is open or may be about to open; None in silence."""
        return self._began_at

    @property
    def ended_at(self) -> int:
        """The first sample after the speech that was heard so far."""
        return self._ended_at

    @property
    def heard_until(self) -> int:
        """The first sample of the stream that has not been heard yet."""
        return self._kept.end

    def begin_at(self, position: int) -> None:
        """Forget everything; the stream goes on at this sample, and nothing before it counts."""
        self.reset()
        self._kept.start_at(position)

    def reset(self) -> None:
        """Forget the speech that is open or about to open; the stream goes on."""
        self._open = False
        self._began_at: int | None = None
        self._ended_at = 0
        self._paused_at = 0
        self._speech_samples = 0

    def hear(self, block: Samples, speech: bool) -> EndpointEvent | None:
        """Take the stream's next sound, shape (n,), speech or not; return the event that follows, None: nothing."""
        self._kept.add(block)
        end = self._kept.end
        if speech:
            if self._began_at is None:
                self._began_at = end - len(block)
            self._ended_at = end
            self._speech_samples += len(block)
        event = None
        if self._began_at is not None:
            event = self._go_on(self._began_at, end) if self._open else self._begin(end)
        self._kept.trim(end if self._began_at is None else self._began_at)
        return event

    def hurry(self) -> bool:
        """Decide now whether an utterance has begun: open it for a little speech, else forget that speech."""
        self._open = self._began_at is not None and self._speech_lasts(self.settings.hurried_speech_seconds)
        if not self._open:
            self.reset()
        return self._open

    def _begin(self, now: int) -> SpeechStarted | None:
        if self._speech_lasts(self.settings.opening_speech_seconds):
            self._open = True
            return SpeechStarted(now)
        if now - self._ended_at > samples(self.settings.opening_gap_seconds):
            self.reset()
        return None

    def _go_on(self, began_at: int, now: int) -> Pause | Utterance | FalseAlarm | None:
        silent = now - self._ended_at
        enough = self._speech_lasts(self.settings.least_speech_seconds)
        lasted = now - began_at >= samples(self.settings.longest_utterance_seconds)
        if silent < samples(self.settings.trailing_silence_seconds) and not lasted:
            if not enough or silent < samples(self.settings.pause_seconds) or self._paused_at == self._ended_at:
                return None
            self._paused_at = self._ended_at
            return Pause(self._utterance(began_at, now))
        event = self._utterance(began_at, now) if enough else FalseAlarm(now)
        self.reset()
        if enough:
            self._kept.start_at(now)
        return event

    def _utterance(self, began_at: int, now: int) -> Utterance:
        sound = self._kept.since(began_at)
        return Utterance(self._kept.start, began_at, self._ended_at, sound, now)

    def _speech_lasts(self, seconds: float) -> bool:
        return self._speech_samples >= samples(seconds)


class _Kept:
    """The blocks of sound that an utterance may still need, back to the pre-roll before it."""

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
        """Return the sound kept from the pre-roll before `began_at` on, shape (n,); it begins at `start`."""
        self.trim(began_at)
        return np.concatenate(self._blocks)
