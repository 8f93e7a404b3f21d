"""Fixtures of the service's tests: a room in virtual time, somebody in it, and the words of the service."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.service.service_words import ServiceWords, read_service_words
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice


@cache
def said(text: str, voice: str = "gmw/en-us+m3") -> Samples:
    return Pyttsx3Voice(voice).render(text)


@cache
def english() -> ServiceWords:
    return read_service_words("en")


class Somebody:
    """A person in the room, who says sounds at their seconds."""

    def __init__(self, sayings: Iterable[tuple[float, Samples]] = ()) -> None:
        self.sayings = [(samples(seconds), sound) for seconds, sound in sayings]

    def live(self, at: int, heard: Samples) -> Samples:
        spoken = np.zeros(heard.size, np.float32)
        for begins, sound in self.sayings:
            part = sound[max(at - begins, 0) : max(at + heard.size - begins, 0)]
            if part.size:
                spoken[max(begins - at, 0) :][: part.size] += part
        return spoken


class Apartment(Room):
    """A simulated room that keeps the time, and whose devices are away for a while."""

    def __init__(
        self, occupant: Somebody, settings: RoomSettings | None = None, away_seconds: tuple[float, float] = (0, 0)
    ) -> None:
        super().__init__(occupant, settings or RoomSettings(), seed=0)
        self._away = [samples(seconds) for seconds in away_seconds]
        self.now = 0
        self.sounded: list[float] = []
        """When the coach began to be heard after a silence."""
        self._silent = True

    def next_block(self, player: Player) -> Block:
        block = super().next_block(player)
        self.now += BLOCK_SAMPLES
        self.lost = self._away[0] <= self.now < self._away[1]
        if self.lost:
            block = block._replace(heard=np.zeros_like(block.heard))
        elif block.played.any() and self._silent:
            self.sounded.append(self.seconds)
        self._silent = not block.played.any()
        return block

    @property
    def seconds(self) -> float:
        return self.now / samples(1)
