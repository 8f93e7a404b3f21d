"""Devices that go away and come back: what works is used, what is lost is looked for, and nothing hangs."""

import sys
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

import voicecoach.sound.device as device_module
from voicecoach.blocks import Block
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.device import Device, _Away
from voicecoach.sound.device_names import NoSound
from voicecoach.sound.player import Player
from voicecoach.sound.stream import Stream

NOISE = np.full(BLOCK_SAMPLES, 1e-3, np.float32)
ZEROS = np.zeros(BLOCK_SAMPLES, np.float32)


class FakeStream(Stream):
    """Turns whenever a block is asked for, as long as its hardware works."""

    latency_samples = 1600

    def __init__(self, hardware: "Hardware", hears: bool) -> None:
        super().__init__()
        self._hardware = hardware
        self._hears = hears

    def start(self) -> None:
        if self._hardware.works(self._hears):
            self._alive.set()

    def take(self, limit_seconds: float) -> Block | None:
        if not self._hardware.works(self._hears):
            return super().take(min(limit_seconds, 0.01))
        self.turn(NOISE if self._hears else ZEROS, 0.0, flagged=False)
        return super().take(0)

    def close(self) -> None:
        self._hardware.closing.wait()


class Hardware:
    def __init__(self) -> None:
        self.microphone = self.speaker = True
        self.opened: list[bool] = []
        self.closing = threading.Event()
        self.closing.set()

    def works(self, hears: bool) -> bool:
        return self.speaker and (self.microphone or not hears)

    def open(self, microphone: str | None, speaker: str | None, hears: bool) -> Stream:
        del microphone, speaker
        self.opened.append(hears)
        if not self.speaker:
            raise NoSound("away")
        return FakeStream(self, hears)


@pytest.fixture
def hardware(monkeypatch: pytest.MonkeyPatch) -> Hardware:
    monkeypatch.setattr(device_module, "restart_portaudio", lambda: None)
    monkeypatch.setattr(device_module, "_FIRST_BLOCK_SECONDS", 0.01)
    monkeypatch.setattr(device_module, "_FIRST_SOUND_SECONDS", 0.01)
    monkeypatch.setattr(device_module, "_TRY_AGAIN_SECONDS", 0.01)
    return Hardware()


def step_until(device: Device, player: Player, ready: Callable[[], bool], limit_seconds: float = 10.0) -> list[Block]:
    blocks, deadline = [], time.monotonic() + limit_seconds
    while not ready():
        assert time.monotonic() < deadline
        blocks.append(device.next_block(player))
    return blocks


def test_without_the_microphone_the_loudspeaker_goes_on_and_the_microphone_is_taken_back(hardware: Hardware) -> None:
    device, player = Device(open_stream=hardware.open), Player()
    before = [device.next_block(player) for _ in range(5)]
    hardware.microphone = False
    player.say(1, [np.full(32_000, 0.1, np.float32)], None)
    blocks = step_until(device, player, lambda: device.lost)
    blocks += step_until(device, player, lambda: not player.busy)
    assert hardware.opened == [True, False]
    assert device.lost
    hardware.microphone = True
    blocks += step_until(device, player, lambda: not device.lost)
    assert hardware.opened == [True, False, True]
    assert any(1 in block.finished for block in blocks)
    at = [block.at for block in before + blocks]
    assert at == list(range(0, BLOCK_SAMPLES * len(at), BLOCK_SAMPLES))
    device.close()


def test_without_anything_time_goes_on_at_the_wall_clocks_pace_until_all_is_back(hardware: Hardware) -> None:
    device, player = Device(open_stream=hardware.open), Player()
    device.next_block(player)
    hardware.speaker = False
    step_until(device, player, lambda: device.lost)
    began = time.monotonic()
    for _ in range(25):
        assert not device.next_block(player).heard.any()
    assert 0.4 < time.monotonic() - began < 2
    hardware.speaker = True
    step_until(device, player, lambda: not device.lost)
    assert device.next_block(player).heard.any()
    device.close()


def test_a_loudspeaker_alone_is_never_deaf(hardware: Hardware) -> None:
    hardware.microphone = False
    device, player = Device(hears=False, open_stream=hardware.open), Player()
    blocks = [device.next_block(player) for _ in range(500)]
    assert not device.lost
    assert not any(block.heard.any() for block in blocks)
    assert hardware.opened == [False]
    device.close()


def test_closing_does_not_wait_for_ever(hardware: Hardware, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module, "_CLOSING_LIMIT_SECONDS", 0.1)
    left: list[bool] = []
    monkeypatch.setattr(device_module, "leave_portaudio", lambda: left.append(True))
    device = Device(open_stream=hardware.open)
    hardware.closing.clear()
    began = time.monotonic()
    device.close()
    assert time.monotonic() - began < 1
    assert left == [True]
    hardware.closing.set()


def test_another_player_begins_a_time_of_its_own_with_nothing_left_of_the_one_before(hardware: Hardware) -> None:
    device, first = Device(open_stream=hardware.open), Player()
    first.say(1, [np.ones(BLOCK_SAMPLES, np.float32)] * 20, None)
    for _ in range(500):
        device.next_block(first)
    assert device._state.stream is not None
    device._state.stream.turn(NOISE, 0.0, flagged=False)
    second = Player()
    blocks = [device.next_block(second) for _ in range(200)]
    assert [block.at for block in blocks] == list(range(0, 200 * BLOCK_SAMPLES, BLOCK_SAMPLES))
    assert not device.lost
    assert hardware.opened == [True]
    device.close()


def test_what_is_left_of_a_lost_stream_is_heard_unless_another_time_begins(hardware: Hardware) -> None:
    for other in (False, True):
        device, player = Device(open_stream=hardware.open), Player()
        device.next_block(player)
        stream = device._state.stream
        assert stream is not None
        for _ in range(20):
            stream.turn(NOISE, 0.0, flagged=False)
        hardware.speaker = False
        device._state = _Away(device._opener, device._meters, stream, player)
        assert device.next_block(player).heard.any()
        next_player = Player() if other else player
        block = device.next_block(next_player)
        assert (block.at, bool(block.heard.any())) == ((0, False) if other else (2 * BLOCK_SAMPLES, True))
        device.close()
        hardware.speaker = True


def test_a_microphone_that_sends_only_zeros_is_looked_for_once_nothing_is_to_be_said(
    hardware: Hardware, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "NOISE", ZEROS)
    device, player = Device(open_stream=hardware.open), Player()
    player.say(1, [np.full(samples(10), 0.1, np.float32)], None)
    while player.busy:
        device.next_block(player)
    assert not device.lost
    step_until(device, player, lambda: device.lost)
    assert hardware.opened == [True]
    blocks = step_until(device, player, lambda: len(hardware.opened) > 1)
    assert len(blocks) * BLOCK_SAMPLES >= samples(3) - BLOCK_SAMPLES
    monkeypatch.setattr(sys.modules[__name__], "NOISE", np.full(BLOCK_SAMPLES, 1e-3, np.float32))
    step_until(device, player, lambda: not device.lost)
    assert hardware.opened == [True, True]
    device.close()


def test_underruns_are_counted_over_all_streams_and_after_closing(hardware: Hardware) -> None:
    device, player = Device(open_stream=hardware.open), Player()
    device.next_block(player)
    assert device._state.stream is not None
    device._state.stream.underruns += 2
    hardware.speaker = False
    step_until(device, player, lambda: device.lost)
    hardware.speaker = True
    step_until(device, player, lambda: not device.lost)
    device._state.stream.underruns += 1
    assert device.underruns == 3
    device.close()
    assert device.underruns == 3


def test_closing_while_all_is_away_ends_the_search(hardware: Hardware) -> None:
    device, player = Device(open_stream=hardware.open), Player()
    device.next_block(player)
    hardware.speaker = False
    step_until(device, player, lambda: device.lost)
    device.close()
    searched = len(hardware.opened)
    hardware.speaker = True
    assert not any("_recover" in thread.name for thread in threading.enumerate())
    assert len(hardware.opened) == searched
    with pytest.raises(NoSound, match="have been closed"):
        device.next_block(player)
