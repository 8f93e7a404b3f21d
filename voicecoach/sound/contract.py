"""The one interface between the conversation and the world."""

from typing import Protocol

from voicecoach.hearing.contract import Samples


class Sound(Protocol):
    """A loudspeaker and a microphone on one clock."""

    echo_delay_samples: int
    """How late what is played arrives in what is heard."""

    @property
    def lost(self) -> bool:
        """Whether nothing can be heard or played at present."""
        ...

    def exchange(self, block: Samples) -> Samples:
        """Play the next block; return the block heard in its time, of the same length."""
        ...

    def close(self) -> None:
        """Let the world go."""
        ...
