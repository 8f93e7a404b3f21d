"""Where an utterance begins and ends, from yes/no speech alone; the sound's own sample positions are the clock."""

from dataclasses import dataclass

from voicecoach.samples import samples


@dataclass(frozen=True)
class EndpointSettings:
    """When an utterance opens and closes.

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
class Opened:
    """An utterance is under way; its first speech was at sample `began_at`."""

    began_at: int


@dataclass(frozen=True)
class Paused:
    """The utterance may be over; its speech so far lasted from sample `began_at` to just before `ended_at`."""

    began_at: int
    ended_at: int


@dataclass(frozen=True)
class Closed:
    """The utterance is over; its speech lasted from sample `began_at` to just before `ended_at`."""

    began_at: int
    ended_at: int


@dataclass(frozen=True)
class Dismissed:
    """The utterance is over and had too little speech to mean anything."""


EndpointEvent = Opened | Paused | Closed | Dismissed


class Endpointer:
    """Follows one stream: silence, a beginning of speech, an open utterance, silence again."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        self.settings = settings or EndpointSettings()
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
        """The first sample after the speech so far."""
        return self._ended_at

    def reset(self) -> None:
        """Forget everything; nothing is open."""
        self._open = False
        self._began_at: int | None = None
        self._ended_at = 0
        self._paused_at = 0
        self._speech_samples = 0

    def hear(self, start: int, end: int, speech: bool) -> EndpointEvent | None:
        """Take the sound from sample `start` to just before `end`, speech or not; return what that changes."""
        if speech:
            if self._began_at is None:
                self._began_at = start
            self._ended_at = end
            self._speech_samples += end - start
        if self._began_at is None:
            return None
        return self._go_on(self._began_at, end) if self._open else self._begin(end)

    def hurry(self) -> Opened | None:
        """Decide now whether speech has begun: open an utterance for a little speech, forget less."""
        if self._began_at is not None and self._speech_lasts(self.settings.hurried_speech_seconds):
            return self._open_at(self._began_at)
        self.reset()
        return None

    def _begin(self, now: int) -> Opened | None:
        if self._began_at is not None and self._speech_lasts(self.settings.opening_speech_seconds):
            return self._open_at(self._began_at)
        if now - self._ended_at > samples(self.settings.opening_gap_seconds):
            self.reset()
        return None

    def _go_on(self, began_at: int, now: int) -> Paused | Closed | Dismissed | None:
        silent = now - self._ended_at
        enough = self._speech_lasts(self.settings.least_speech_seconds)
        lasted = now - began_at >= samples(self.settings.longest_utterance_seconds)
        if silent < samples(self.settings.trailing_silence_seconds) and not lasted:
            if not enough or silent < samples(self.settings.pause_seconds) or self._paused_at == self._ended_at:
                return None
            self._paused_at = self._ended_at
            return Paused(began_at, self._ended_at)
        event = Closed(began_at, self._ended_at) if enough else Dismissed()
        self.reset()
        return event

    def _open_at(self, began_at: int) -> Opened:
        self._open = True
        return Opened(began_at)

    def _speech_lasts(self, seconds: float) -> bool:
        return self._speech_samples >= samples(seconds)
