"""`Sound`, the one interface between the conversation and the world."""

from typing import Protocol

from voicecoach.blocks import Block
from voicecoach.sound.player import Player


class Sound(Protocol):
    """Interface: a loudspeaker and a microphone on one clock, which takes what it plays from a player."""

    ahead_samples: int
    """How far ahead of the player something has to be scheduled, to sound from its first sample on."""

    @property
    def echo_delay_samples(self) -> int:
        """How late the coach's voice is in the microphone, in samples."""
        ...

    @property
    def lost(self) -> bool:
        """Whether nothing can be heard or played at present."""
        ...

    def next_block(self, player: Player) -> Block:
        """Return the next block, played by the player, once its time has passed."""
        ...

    def close(self) -> None:
        """Close the devices, or leave the room."""
        ...
