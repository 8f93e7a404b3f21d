"""The listener: from what the microphone hears to utterances of the person, also while the coach speaks (barge-in)."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.hearing.echo.bypass import Bypass
from voicecoach.hearing.echo.canceller import Aligned, EchoCanceller
from voicecoach.hearing.echo.leakage import LONGEST_DELAY, closest_copy
from voicecoach.hearing.endpointer import (
    Endpointer,
    EndpointEvent,
    EndpointSettings,
    FalseAlarm,
    SpeechStarted,
    Utterance,
)
from voicecoach.hearing.vad import (
    RESIDUAL_VOICE_ACTIVITY,
    ROOM_VOICE_ACTIVITY,
    SETTLING_SECONDS,
    VoiceActivity,
    VoiceActivitySettings,
)
from voicecoach.samples import BLOCK_SAMPLES, samples


class Ear:
    """Voice activity and endpointer in one: takes blocks, and finds utterances; the samples are its only clock."""

    def __init__(
        self, settings: EndpointSettings | None = None, activity_settings: VoiceActivitySettings | None = None
    ) -> None:
        self._endpointer = Endpointer(settings)
        self._activity = VoiceActivity(activity_settings)
        self._deaf = True

    def set_activity(self, settings: VoiceActivitySettings) -> None:
        """Take this as what counts as speech from the next block on."""
        self._activity.settings = settings

    def listen(
        self, block: Samples, sound: Samples, at: int, coach_speaking: bool, doubted: bool = False
    ) -> list[EndpointEvent]:
        """Take the `block`, shape (n,), whose first sample is number `at`; return the events that follow from it.

        Utterances are made of the `sound`, shape (n,), that was heard with it.
        While `coach_speaking`, its echo included, only an utterance already begun is followed; a `doubted` block
        begins none. A gap between this block and the one before ends what was open as a false alarm.
        """
        end = at + len(block)
        events: list[EndpointEvent] = []
        if not self._deaf and at != self._endpointer.heard_until:
            if self._endpointer.is_open:
                events.append(FalseAlarm(at))
            self._stop_listening()
        if coach_speaking and not self._endpointer.is_open:
            if not self._endpointer.hurry():
                self._stop_listening()
                return events
            events.append(SpeechStarted(end))
        if self._deaf:
            self._deaf = False
            self._endpointer.begin_at(at)
        speech = self._activity.hear(block) and (self._endpointer.is_open or not doubted)
        event = self._endpointer.hear(sound, speech)
        return events if event is None else [*events, event]

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._endpointer.ended_at if self._endpointer.is_open else None

    def accept(self) -> None:
        """Take the open utterance as over; what is said from now on is another one."""
        self._endpointer.begin_at(self._endpointer.heard_until)

    def _stop_listening(self) -> None:
        if not self._deaf:
            self._deaf = True
            self._endpointer.reset()
            self._activity.reset()


_LATEST_BLOCKS = samples(0.2) // BLOCK_SAMPLES

_REMEMBERED_SECONDS = 8.0
"""The longest utterance, and what was played a while before it."""


@dataclass(frozen=True)
class ListeningSettings:
    """How far the echo canceller is trusted: what counts as the coach's own echo, and what as a person.

    `warm_up_seconds`: coach's sound before it is; until then nothing is heard while the coach is audible.
    `doubted_seconds`: coach's sound before speech over it begins with less than `begun_ratio` of the sound's power
    left; taken for speech, the echo would have the coach turned down, and the canceller learn nothing from it.
    `echo_fades_seconds`: how long a room goes on sounding. `vouched_ratio`: the part of the sound's power that is left
    after cancelling, from which there was surely a person in it. `leaked_likeness`: how much like the coach what is
    left may be; more is its echo, which has changed its path. `leaked_share`: how much of an utterance the coach must
    have spoken in for that.
    """

    warm_up_seconds: float = SETTLING_SECONDS
    doubted_seconds: float = 15.0
    begun_ratio: float = 0.05
    echo_fades_seconds: float = 0.25
    vouched_ratio: float = 0.1
    leaked_likeness: float = 0.38
    leaked_share: float = 0.3


class _Block(NamedTuple):
    at: int
    heard: Samples
    left: Samples
    played: Samples
    by_canceller: bool


class Listener:
    """An ear behind an echo canceller, which finds the person's utterances in the coach's own voice."""

    def __init__(self, canceller: EchoCanceller, settings: ListeningSettings | None = None) -> None:
        self._settings = settings or ListeningSettings()
        self._canceller = Aligned(canceller)
        self._bypass = Bypass(canceller.late_samples, self._settings.echo_fades_seconds)
        self._ear = Ear()
        self._learnt_from = 0
        """So many samples of the coach's voice the canceller has heard since it began to learn."""
        self._audible_until = 0
        self._heard_until = 0
        self._blocks: deque[_Block] = deque(maxlen=samples(_REMEMBERED_SECONDS) // BLOCK_SAMPLES)

    @property
    def echo_delay_samples(self) -> int:
        """How late the coach's voice is in the microphone, in samples."""
        return self._canceller.delay_samples

    @echo_delay_samples.setter
    def echo_delay_samples(self, delay: int) -> None:
        held_back = self._canceller.held_back_samples
        self._canceller.delay_samples = delay
        if self._canceller.held_back_samples != held_back:
            self._learnt_from = 0

    def listen(self, heard: Samples, played: Samples, at: int) -> list[EndpointEvent]:
        """Take the blocks heard and played from sample `at` on, shape (320,); return the events that follow."""
        if at > self._heard_until:
            self._learnt_from = 0
        self._heard_until = at + heard.size
        left = self._canceller.cancel(heard, played)
        sound = self._bypass.choose(heard, left, played, self.echo_delay_samples)
        self._blocks.append(_Block(at, heard, left, played, self._bypass.by_canceller))
        if played.any():
            self._learnt_from += played.size
            fades = self.echo_delay_samples + samples(self._settings.echo_fades_seconds)
            self._audible_until = at + played.size + fades
        audible = at < self._audible_until
        self._ear.set_activity(RESIDUAL_VOICE_ACTIVITY if audible else ROOM_VOICE_ACTIVITY)
        deaf = audible and self._learnt_from < samples(self._settings.warm_up_seconds)
        learns = audible and self._learnt_from < samples(self._settings.doubted_seconds)
        doubted = learns and _share_left(list(self._blocks)[-_LATEST_BLOCKS:]) < self._settings.begun_ratio
        return self._ear.listen(left, sound, at, deaf, doubted)

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._ear.speech_ended_at

    def accept(self) -> None:
        """Take the open utterance as over; what is said from now on is another one."""
        self._ear.accept()

    def vouches_for(self, utterance: Utterance) -> bool:
        """Whether a person surely spoke in the utterance, as the canceller left more of it than of an echo."""
        spoken = [block for block in self._blocks if utterance.started_at <= block.at < utterance.ended_at]
        return _share_left(spoken) > self._settings.vouched_ratio

    @property
    def coach_is_audible(self) -> bool:
        """Whether the coach's voice, or its echo, can still be heard."""
        return self._heard_until < self._audible_until

    def heard_between(self, before: Utterance, after: Utterance) -> Samples:
        """Return the sound between two utterances, shape (n,), as the microphone heard it."""
        begin, end = before.started_at + before.samples.size, after.started_at
        between = [block.heard for block in self._blocks if begin <= block.at < end]
        return np.concatenate([np.zeros(0, np.float32), *between])

    def left_of(self, utterance: Utterance) -> Samples | None:
        """Return all of an utterance as the canceller left it, shape (n,), if only a part was decided on like that.

        Each change between that and the microphone distorts it. None where there was none.
        """
        until = utterance.started_at + utterance.samples.size
        blocks = [block for block in self._blocks if utterance.started_at <= block.at < until]
        if len({block.by_canceller for block in blocks}) < 2:
            return None
        left: Samples = np.concatenate([block.left for block in blocks])
        return left

    def is_leaked(self, utterance: Utterance) -> bool:
        """Whether the utterance is the coach's own echo, come another way than the canceller has learnt."""
        since, until = utterance.began_at, utterance.ended_at
        during = [block for block in self._blocks if since <= block.at < until]
        if sum(block.played.any() for block in during) <= self._settings.leaked_share * len(during):
            return False
        played = [block.played for block in self._blocks if since - LONGEST_DELAY <= block.at < until]
        left = np.concatenate([block.left for block in during])
        copy = closest_copy(np.concatenate(played), left, self._settings.echo_fades_seconds)
        return copy.likeness > self._settings.leaked_likeness and not copy.outlasted

    def close(self) -> None:
        """Close the echo canceller."""
        self._canceller.close()


def _share_left(blocks: Sequence[_Block]) -> float:
    """Return how much of the power of what was heard the canceller left; 0 where nothing was."""
    heard = sum(float(np.dot(block.heard, block.heard)) for block in blocks)
    return sum(float(np.dot(block.left, block.left)) for block in blocks) / heard if heard else 0.0
