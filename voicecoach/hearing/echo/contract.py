"""What every echo canceller is given and gives back; no engine is imported here."""

from typing import Protocol

from voicecoach.blocks import Samples


class EchoCanceller(Protocol):
    """Takes what the loudspeaker plays out of what the microphone hears, block by block."""

    name: str
    late_samples: int
    """How much later than it was heard the person is given back."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return what is left of the person, shape (320,), from two blocks of shape (320,) at one stream position."""
        ...

    def close(self) -> None:
        """Give back what it holds; calling it again does nothing."""
        ...
