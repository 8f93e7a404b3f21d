"""The one interface between the conversation and the world."""

from typing import Protocol

from voicecoach.hearing.contract import Samples


class Sound(Protocol):
    """A loudspeaker and a microphone on one clock."""

    echo_tail_samples: int
    """How long after the coach's last sample its echo can still be in what is heard."""

    def exchange(self, block: Samples) -> Samples:
        """Play the next block; return the block heard in its time, of the same length."""
        ...

    def close(self) -> None:
        """Let the world go."""
        ...
