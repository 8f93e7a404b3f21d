"""From what the microphone hears to utterances of the person, whatever the coach is saying meanwhile."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from voicecoach.hearing.contract import Samples
from voicecoach.hearing.ear import Ear, EarEvent, Utterance
from voicecoach.hearing.echo.aligning import Aligned
from voicecoach.hearing.echo.contract import EchoCanceller
from voicecoach.hearing.echo.listening import RESIDUAL_VOICE_ACTIVITY, SETTLING_SECONDS
from voicecoach.samples import samples


@dataclass(frozen=True)
class ListeningSettings:
    """How far the canceller is trusted.

    `warm_up_seconds`: coach's sound before it is; until then nothing is heard while the coach is audible.
    `echo_fades_seconds`: how long a room goes on sounding. `vouched_ratio`: the part of the sound's power that is left
    after cancelling, from which there was surely a person in it.
    """

    warm_up_seconds: float = SETTLING_SECONDS
    echo_fades_seconds: float = 0.25
    vouched_ratio: float = 0.1


class Listener:
    """An ear behind an echo canceller."""

    def __init__(self, canceller: EchoCanceller, settings: ListeningSettings | None = None) -> None:
        self._settings = settings or ListeningSettings()
        self._canceller = Aligned(canceller)
        self._ear = Ear(activity_settings=RESIDUAL_VOICE_ACTIVITY)
        self._warm_up = samples(self._settings.warm_up_seconds)
        self._audible_until = 0
        self._heard_until = 0
        self._powers: deque[tuple[int, float, float]] = deque(maxlen=1000)

    @property
    def echo_delay_samples(self) -> int:
        """How late the coach's voice is in what is heard."""
        return self._canceller.delay_samples

    @echo_delay_samples.setter
    def echo_delay_samples(self, delay: int) -> None:
        held_back = self._canceller.held_back_samples
        self._canceller.delay_samples = delay
        if self._canceller.held_back_samples != held_back:
            self._warm_up = samples(self._settings.warm_up_seconds)

    def listen(self, heard: Samples, played: Samples, at: int) -> list[EarEvent]:
        """Take the blocks heard and played from sample `at` on, shape (320,); return what it makes known."""
        if at > self._heard_until:
            self._warm_up = samples(self._settings.warm_up_seconds)
        self._heard_until = at + heard.size
        left = self._canceller.cancel(heard, played)
        self._powers.append((at, float(np.dot(heard, heard)), float(np.dot(left, left))))
        if played.any():
            self._warm_up -= played.size
            fades = self.echo_delay_samples + samples(self._settings.echo_fades_seconds)
            self._audible_until = at + played.size + fades
        return self._ear.listen(left, at, coach_speaking=self._warm_up > 0 and at < self._audible_until)

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._ear.speech_ended_at

    def accept(self) -> None:
        """Take the open utterance as over; what is said from now on is another one."""
        self._ear.accept()

    def vouches_for(self, utterance: Utterance) -> bool:
        """Whether the utterance can't have been the coach's own echo."""
        spoken = [powers for at, *powers in self._powers if utterance.started_at <= at < utterance.ended_at]
        heard, left = np.sum(spoken, axis=0) if spoken else (0.0, 0.0)
        return bool(left > self._settings.vouched_ratio * heard)

    def close(self) -> None:
        """Close the canceller."""
        self._canceller.close()
