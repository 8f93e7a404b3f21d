"""The real world as a `Sound`: a stream, and what is done when its devices go away and come back."""

import threading
from collections.abc import Callable
from functools import partial

import numpy as np

from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.contract import Block
from voicecoach.sound.echo_delay import EchoDelayMeter
from voicecoach.sound.player import Player
from voicecoach.sound.stream import NoSound, Stream

_LOST_AFTER_SECONDS = 0.5
_SILENT_AFTER = samples(2.0)
_TRY_AGAIN_SECONDS = 1.0
_CLOSING_LIMIT_SECONDS = 2.0
_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLES_PER_SECOND


class Device:
    """A microphone and a loudspeaker, opened again by name for as long as they are away.

    While they are, `lost` is true, time goes on at the wall clock's pace, and silence is heard. A microphone that sends
    nothing but exact zeros is lost too.
    """

    def __init__(
        self,
        microphone: str | None = None,
        speaker: str | None = None,
        open_stream: Callable[[str | None, str | None], Stream] = Stream,
    ) -> None:
        """Open the devices with these names, or the default ones. Raises NoSound where there are none."""
        self._open_stream = partial(open_stream, microphone, speaker)
        self._stream: Stream | None = self._open_stream()
        self._meter = EchoDelayMeter()
        self.echo_delay_samples = self._stream.latency_samples
        self.ahead_samples = BLOCK_SAMPLES
        self._started = False
        self._zeros = 0
        self._closed = threading.Event()
        self._returned: Stream | None = None
        self._back = threading.Event()
        self.underruns = 0

    @property
    def lost(self) -> bool:
        """Whether nothing can be heard at present."""
        return self._stream is None or self._zeros >= _SILENT_AFTER

    def next_block(self, player: Player) -> Block:
        """Let time go on by a block."""
        if self._stream is None:
            return self._wait(player)
        block = None
        try:
            if not self._started:
                self._stream.start(player)
                self._started = True
            block = self._stream.take(_LOST_AFTER_SECONDS)
        except NoSound:
            pass
        if block is None:
            self._lose(self._stream)
            return _unheard(player)
        self._zeros = 0 if block.heard.any() else self._zeros + block.heard.size
        delay = self._meter.add(block.played, block.heard)
        if delay is not None:
            self.echo_delay_samples = delay
        return block

    def _lose(self, stream: Stream) -> None:
        self.underruns += stream.underruns
        self._stream = None
        self._started = False
        self._back.clear()
        threading.Thread(target=self._recover, args=(stream,), daemon=True).start()

    def _recover(self, stream: Stream) -> None:
        """Close what is left of the stream, then try until another can be opened."""
        _close(stream)
        while not self._closed.wait(_TRY_AGAIN_SECONDS):
            try:
                restart_portaudio()
                self._returned = self._open_stream()
            except NoSound:
                continue
            self._back.set()
            return

    def _wait(self, player: Player) -> Block:
        if self._back.wait(_BLOCK_SECONDS):
            self._stream, self._returned = self._returned, None
            self._meter = EchoDelayMeter()
            self._zeros = 0
        return _unheard(player)

    def close(self) -> None:
        """Let the devices go, within a limit of time."""
        self._closed.set()
        for stream in (self._stream, self._returned):
            if stream is not None:
                self.underruns += stream.underruns
                _close(stream)
        self._stream = None


def _unheard(player: Player) -> Block:
    at, played, finished = player.take(BLOCK_SAMPLES)
    return Block(at, played, np.zeros(BLOCK_SAMPLES, np.float32), finished)


def _close(stream: Stream) -> None:
    closing = threading.Thread(target=stream.close, daemon=True)
    closing.start()
    closing.join(_CLOSING_LIMIT_SECONDS)


def restart_portaudio() -> None:
    """Let PortAudio look for devices anew; it keeps the list of its start."""
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()
