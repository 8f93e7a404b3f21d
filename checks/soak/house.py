"""A house in virtual time: noise, talk and silence, somebody who asks for sessions, devices that go away."""

from collections.abc import Iterator

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.player import Player
from voicecoach.sound.room import Occupant, Room, RoomSettings

QUIET_SECONDS = 60.0
"""Silence after a session, in which the recogniser falls asleep and everything is counted."""
_SILENT_BEFORE_ASKING = samples(25.0)
"""Nothing is begun to be said so shortly before somebody asks: recordings of talk last up to 20 seconds."""
_ASKED_AGAIN = samples(10.0)
_PAUSE = np.zeros(samples(4.0), np.float32)


class Household:
    """The people of the house: they talk, ask for a session when it is time, and leave its words to its person."""

    def __init__(self, talk: Iterator[Samples], request: Samples) -> None:
        self.person: Occupant | None = None
        self.talks_from = samples(QUIET_SECONDS)
        self.asks_at = 0
        """The sample at which somebody asks for a session the next time."""
        self.asked = 0
        self._talk, self._request = talk, request
        self._session_began = 0
        self._saying: Samples = np.zeros(0, np.float32)

    def enter_session(self, person: Occupant, at: int) -> None:
        """Let somebody exercise from sample `at` on."""
        self.person, self._session_began = person, at
        self._saying = self._saying[:0]

    def leave_session(self, at: int, asks_at: int) -> None:
        """Be quiet for a while after a session, and ask for the next one later."""
        self.person = None
        self.talks_from, self.asks_at = at + samples(QUIET_SECONDS), asks_at

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what is said, shape (n,), in the block from sample `at` on."""
        if self.person is not None:
            return self.person.live(at - self._session_began, heard)
        if at >= self.asks_at:
            self._saying, self.asks_at = self._request, at + _ASKED_AGAIN
            self.asked += 1
        elif self._saying.size < heard.size and self.talks_from <= at < self.asks_at - _SILENT_BEFORE_ASKING:
            self._saying = np.concatenate([self._saying, next(self._talk), _PAUSE])
        said, self._saying = self._saying[: heard.size], self._saying[heard.size :]
        return np.pad(said, (0, heard.size - said.size))


class House(Room):
    """A simulated room whose devices are away for some seconds, every so often."""

    def __init__(self, household: Household, away: list[tuple[int, int]]) -> None:
        super().__init__(household, RoomSettings(noise_db=-56.0), seed=0)
        self.now = 0
        self.losses = 0
        self._away = away

    def next_block(self, player: Player) -> Block:
        """Return the next block, played by the player and heard in the room."""
        block = super().next_block(player)
        self.now += BLOCK_SAMPLES
        away = bool(self._away) and self._away[0][0] <= self.now
        if away and self.now >= self._away[0][1]:
            self._away.pop(0)
            away = False
        self.losses += away and not self.lost
        self.lost = away
        return block._replace(heard=np.zeros_like(block.heard)) if away else block

    @property
    def seconds(self) -> float:
        """How long the house has been lived in, in virtual seconds."""
        return self.now / SAMPLES_PER_SECOND
