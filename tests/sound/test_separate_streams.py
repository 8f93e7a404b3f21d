"""Two streams at rates of their own are one 16 kHz clock: the loudspeaker's."""

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.player import Player
from voicecoach.sound.separate_streams import Separate

TIME, STATUS = SimpleNamespace(outputBufferDacTime=0.0), None


class PortAudioError(Exception):
    pass


class Hardware:
    """Stands for sounddevice: devices that know only their own rate, and streams that call nobody by themselves."""

    PortAudioError = PortAudioError

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self.rates = {"input": rate_in, "output": rate_out}
        self.opened: list[dict[str, Any]] = []

    def _check(self, kind: str, samplerate: int) -> None:
        if samplerate != self.rates[kind]:
            raise PortAudioError("Invalid sample rate")

    def check_input_settings(self, samplerate: int, **_: object) -> None:
        self._check("input", samplerate)

    def check_output_settings(self, samplerate: int, **_: object) -> None:
        self._check("output", samplerate)

    def query_devices(self, device: None, kind: str) -> dict[str, float]:
        assert device is None
        return {"default_samplerate": float(self.rates[kind])}

    def _open(self, **options: Any) -> SimpleNamespace:
        self.opened.append(options)
        nothing = lambda **_: None  # noqa: E731
        return SimpleNamespace(latency=0.05, start=nothing, abort=nothing, close=nothing)

    InputStream = OutputStream = _open


def tone(rate: int, hertz: float, seconds: float) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


def peak_hertz(sound: Samples, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(sound.size)))
    return float(np.argmax(spectrum)) * rate / sound.size


@pytest.mark.parametrize(
    ("rate_in", "rate_out"), [(16_000, 16_000), (44_100, 48_000), (48_000, 44_100), (8_000, 96_000)]
)
def test_other_rates_are_resampled_both_ways_without_a_sample_lost(
    monkeypatch: pytest.MonkeyPatch, rate_in: int, rate_out: int
) -> None:
    hardware = Hardware(rate_in, rate_out)
    monkeypatch.setitem(sys.modules, "sounddevice", hardware)
    stream, player = Separate(None, None, hears=True), Player()
    stream.play(player)
    player.say(1, [tone(16_000, 1000, 4)], 0)
    said, played, blocks = tone(rate_in, 440, 4), [], []
    for at in range(200):
        width = rate_in // 50
        stream.hear(said[at * width : (at + 1) * width, None], width, TIME, STATUS)
        out = np.zeros((rate_out // 50, 1), np.float32)
        stream.speak(out, rate_out // 50, TIME, STATUS)
        played.append(out[:, 0])
        while (block := stream.take(0)) is not None:
            blocks.append(block)
    assert [options["samplerate"] for options in hardware.opened] == [rate_in, rate_out]
    assert 200 <= len(blocks) <= 205
    assert [block.at for block in blocks] == [n * BLOCK_SAMPLES for n in range(len(blocks))]
    heard = np.concatenate([block.heard for block in blocks])[samples(1) : samples(3)]
    assert heard.any()
    assert peak_hertz(heard, 16_000) == pytest.approx(440, abs=1)
    sounded = np.concatenate(played)[rate_out : 3 * rate_out]
    assert peak_hertz(sounded, rate_out) == pytest.approx(1000, abs=1)
    assert np.abs(sounded).max() == pytest.approx(0.5, rel=0.02)


def test_a_microphone_that_stops_is_heard_as_zeros_and_the_loudspeaker_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", Hardware(48_000, 48_000))
    stream = Separate(None, None, hears=True)
    stream.play(Player())
    for at in range(100):
        if at < 50:
            stream.hear(tone(48_000, 440, 0.02)[:, None], 960, TIME, STATUS)
        stream.speak(np.zeros((960, 1), np.float32), 960, TIME, STATUS)
    blocks = [stream.take(0) for _ in range(100)]
    assert all(block is not None and block.heard.any() for block in blocks[10:45])
    assert not any(block is not None and block.heard.any() for block in blocks[60:])


def test_sound_that_piles_up_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", Hardware(16_000, 16_000))
    stream = Separate(None, None, hears=True)
    stream.play(Player())
    for at in range(60):
        stream.hear(np.full((320, 1), (at + 1) / 100, np.float32), 320, TIME, STATUS)
        if at % 2:
            stream.speak(np.zeros((320, 1), np.float32), 320, TIME, STATUS)
    for _ in range(10):
        stream.speak(np.zeros((320, 1), np.float32), 320, TIME, STATUS)
    blocks = [stream.take(0) for _ in range(40)]
    late = [float(block.heard.max()) for block in blocks[20:30] if block is not None]
    assert min(late) > 0.25


def test_the_loudspeaker_alone_opens_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    hardware = Hardware(48_000, 48_000)
    monkeypatch.setitem(sys.modules, "sounddevice", hardware)
    stream = Separate(None, None, hears=False)
    stream.play(Player())
    stream.speak(np.zeros((960, 1), np.float32), 960, TIME, STATUS)
    block = stream.take(0)
    assert len(hardware.opened) == 1
    assert block is not None
    assert not block.heard.any()
