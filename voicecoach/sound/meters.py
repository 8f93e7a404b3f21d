"""Meters of a device's blocks as they pass: how late the echo comes, and whether the microphone lives."""

import time
from collections.abc import Callable

import numpy as np

from voicecoach.blocks import Block
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.echo_delay import EchoDelayMeter

_DOUBTFUL_AFTER = samples(0.04)
_SILENT_AFTER = samples(1.2)
_UNPROVED_AFTER = samples(2.0)
_UNPROVED_ZEROS = samples(0.3)
_FADES = samples(0.5)
_UNSEEN_SECONDS = 1.0
_GATE_SILENT_AFTER = samples(30.0)
_HEARS_THE_COACH_AFTER = samples(0.5)


class SilenceWatch:
    """Tells by exact zeros whether a microphone is dead; only sound while the coach is inaudible proves that it lives.

    PulseAudio moves what listened to a lost microphone to the loudspeaker's monitor, where there is nothing but the
    coach itself, which must not be taken for a person. Zeros are no death where they are a gate's: of a noise
    suppressor, which sends them between words, or of a speakerphone, which sends them while the coach speaks.
    """

    def __init__(self, *, gates: bool = False) -> None:
        """Begin to watch a microphone, which is known to gate or not."""
        self.gates = gates
        """Whether it has been seen to go on after zeros: its zeros are silence then."""
        self._zeros = 0
        self._zeros_alone = 0
        """Those while the coach could not be heard."""
        self._unproved = 0
        self._audible_until = 0
        self._heard_of_coach = 0
        self._lives = False
        """Whether it has been proved to live."""

    @property
    def doubtful(self) -> bool:
        """Whether what is heard may come from no microphone."""
        return self._zeros >= _DOUBTFUL_AFTER and not self.gates

    @property
    def silent(self) -> bool:
        """Whether there is no microphone that sends anything."""
        if self.gates:
            return self._zeros_alone >= _GATE_SILENT_AFTER
        unproved = self._unproved >= _UNPROVED_AFTER and self._zeros >= _UNPROVED_ZEROS
        hears_the_coach = self._heard_of_coach >= _HEARS_THE_COACH_AFTER
        return unproved or (self._zeros if hears_the_coach else self._zeros_alone) >= _SILENT_AFTER

    def add(self, block: Block, echo_delay_samples: int) -> None:
        """Take the next block."""
        if block.played.any():
            self._audible_until = block.at + block.played.size + echo_delay_samples + _FADES
        size, audible = block.heard.size, block.at < self._audible_until
        if not np.any(block.heard):
            self._zeros += size
            self._zeros_alone += 0 if audible else size
            return
        if audible:
            self._heard_of_coach += size
            self._unproved += size if self._zeros else 0
            return
        self.gates |= self._lives and self._zeros >= _DOUBTFUL_AFTER
        self._lives = True
        self._zeros = self._zeros_alone = self._unproved = 0


def _since_boot() -> float:
    """Return the seconds since the machine was switched on, suspended ones included where the system counts them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Meters:
    """Measures the blocks of one player's time, of which the first is number 0, whatever streams they come from."""

    def __init__(self, echo_delay_samples: int, clock: Callable[[], float] = _since_boot) -> None:
        """Take the echo's delay for this until it is measured. `clock` counts seconds, in suspension too."""
        self._clock = clock
        self.echo_delay_samples = echo_delay_samples
        self.underruns_before = 0
        """How many blocks of the streams before were flagged."""
        self._silence = SilenceWatch()
        self.begin()

    def begin(self) -> None:
        """Begin another player's time: forget all but the echo's delay, and whether the microphone gates."""
        self._delay = EchoDelayMeter()
        self._silence = SilenceWatch(gates=self._silence.gates)
        self._next_at = 0
        self._seen_at_seconds: float | None = None

    def timed(self, block: Block) -> Block:
        """Return a block with how long nobody has seen one before it, where that was long enough to matter."""
        now = self._clock()
        passed = 0.0 if self._seen_at_seconds is None else now - self._seen_at_seconds
        self._seen_at_seconds = now
        return block._replace(unseen_seconds=passed) if passed > _UNSEEN_SECONDS else block

    @property
    def silent(self) -> bool:
        """Whether the microphone sends nothing."""
        return self._silence.silent

    def add(self, block: Block) -> Block:
        """Measure a block; return it, with silence in place of what may come from no microphone.

        After a gap, in which there may have been other devices, the delay is measured anew.
        """
        if block.at != self._next_at:
            self._delay = EchoDelayMeter()
        self._next_at = block.at + block.heard.size
        self._silence.add(block, self.echo_delay_samples)
        if self._silence.doubtful:
            block = block._replace(heard=np.zeros(BLOCK_SAMPLES, np.float32))
        block = block._replace(gated=self._silence.gates)
        delay = self._delay.add(block.played, block.heard)
        if delay is not None:
            self.echo_delay_samples = delay
        return block
