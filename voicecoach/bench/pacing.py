"""The simulated room on a clock that goes on by as much wall time as the program computes."""

import time
from collections import deque
from collections.abc import Callable

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room

_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLES_PER_SECOND


class PacedRoom:
    """A room as it is live: blocks pass while the program is busy, and wait for it; an idle program takes no time.

    `not_counted` returns the wall time so far that other parts have put on the clock themselves. `record` is given what
    came from the loudspeaker and from the person, block by block.
    """

    def __init__(
        self, room: Room, not_counted: Callable[[], float], record: Callable[[Samples, Samples], object]
    ) -> None:
        self._room = room
        self._not_counted = not_counted
        self._record = record
        self._waiting: deque[Block] = deque()
        self._clock_seconds = 0.0
        self._passed_seconds = 0.0
        self._returned_at: float | None = None
        self.busy_seconds = 0.0
        """Wall time that the program has computed."""
        self.lost = False
        self.ahead_samples = room.ahead_samples
        self.echo_delay_samples = room.echo_delay_samples

    def next_block(self, player: Player) -> Block:
        """Let as much time pass as was computed since the last block, and at least until there is a block."""
        if self._returned_at is not None:
            busy = time.perf_counter() - self._not_counted() - self._returned_at
            self.busy_seconds += busy
            self._clock_seconds += busy
        while not self._waiting or self._passed_seconds + _BLOCK_SECONDS <= self._clock_seconds:
            self._waiting.append(self._room.next_block(player))
            self._record(self._room.sounding, self._room.spoken)
            self._passed_seconds += _BLOCK_SECONDS
        block = self._waiting.popleft()
        self._clock_seconds = max(self._clock_seconds, (block.at + BLOCK_SAMPLES) / SAMPLES_PER_SECOND)
        self._returned_at = time.perf_counter() - self._not_counted()
        return block

    def close(self) -> None:
        """Leave the room."""
