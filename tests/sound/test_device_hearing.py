"""What a device makes of what it hears: how late the echo is, also after a gap, and whether the microphone lives."""

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.device import Device
from voicecoach.sound.player import Player
from voicecoach.sound.stream import Stream

FIRST_DELAY, SECOND_DELAY = samples(0.1), samples(0.2)
COACH: Samples = np.random.default_rng(1).normal(0, 0.1, samples(30)).astype(np.float32)


class Echoing(Stream):
    """Hears what it plays, late, and some noise; or nothing but zeros, or nothing but what it plays."""

    latency_samples = 1600

    def __init__(self) -> None:
        super().__init__()
        self.delay = FIRST_DELAY
        self.lost_samples = 0
        self.noise = 1e-3
        self._random = np.random.default_rng(2)
        self._played = np.zeros(samples(1), np.float32)

    def start(self) -> None:
        self._alive.set()
        self._hearing.set()

    def take(self, limit_seconds: float) -> Block | None:
        del limit_seconds
        player = self._playing[0]
        assert player is not None
        player.take(self.lost_samples)
        self.lost_samples = 0
        at, played, finished = player.take(BLOCK_SAMPLES)
        self._played = np.concatenate([self._played[BLOCK_SAMPLES:], played])
        end = self._played.size - self.delay
        noise = self._random.normal(0, 1, BLOCK_SAMPLES).astype(np.float32) * np.float32(self.noise)
        return Block(at, played, self._played[end - BLOCK_SAMPLES : end] + noise, finished)

    def close(self) -> None:
        self.play(None)


class Heard:
    """A device that the coach speaks on."""

    def __init__(self) -> None:
        self.stream, self.player = Echoing(), Player()
        self.device = Device(open_stream=lambda *_: self.stream)

    def speak(self) -> None:
        self.player.say(1, [COACH], None)

    def goes_by(self, seconds: float) -> list[Block]:
        return [self.device.next_block(self.player) for _ in range(samples(seconds) // BLOCK_SAMPLES)]


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()
    with closing(heard.device):
        yield heard


def test_until_the_echo_is_measured_it_is_taken_to_come_a_little_before_the_streams_latency(heard: Heard) -> None:
    assert heard.device.echo_delay_samples == Echoing.latency_samples - samples(0.06)
    heard.speak()
    heard.goes_by(1.2)
    assert heard.device.echo_delay_samples == FIRST_DELAY


def test_after_a_gap_the_echo_is_measured_anew_and_soon(heard: Heard) -> None:
    heard.speak()
    heard.goes_by(4.0)
    heard.stream.lost_samples, heard.stream.delay = samples(0.4), SECOND_DELAY
    heard.goes_by(1.2)
    assert heard.device.echo_delay_samples == SECOND_DELAY


def test_an_echo_that_changes_without_a_gap_is_followed_a_little_later(heard: Heard) -> None:
    heard.speak()
    heard.goes_by(4.0)
    heard.stream.delay = SECOND_DELAY
    heard.goes_by(1.2)
    assert heard.device.echo_delay_samples == FIRST_DELAY
    heard.goes_by(4.0)
    assert heard.device.echo_delay_samples == SECOND_DELAY


def test_another_player_has_the_echo_measured_anew_and_soon(heard: Heard) -> None:
    heard.speak()
    heard.goes_by(4.0)
    heard.player, heard.stream.delay = Player(), SECOND_DELAY
    heard.speak()
    heard.goes_by(1.2)
    assert heard.device.echo_delay_samples == SECOND_DELAY


def test_a_microphone_that_sends_only_zeros_is_lost_until_it_sends_noise_again(heard: Heard) -> None:
    heard.goes_by(1.0)
    assert not heard.device.lost
    heard.stream.noise = 0.0
    heard.goes_by(1.4)
    assert heard.device.lost
    heard.stream.noise = 1e-3
    heard.goes_by(0.1)
    assert not heard.device.lost


def test_a_microphone_that_hears_nothing_but_the_coach_is_doubted_and_what_it_hears_kept_from_everybody(
    heard: Heard,
) -> None:
    heard.stream.noise = 0.0
    heard.goes_by(0.1)
    heard.speak()
    blocks = heard.goes_by(2.5)
    assert not any(block.heard.any() for block in blocks)
    assert any(block.played.any() for block in blocks)
