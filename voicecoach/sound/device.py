"""The real world as a `Sound`: a stream, and what is done when its devices go away and come back."""

import threading
import time
from collections.abc import Callable

import numpy as np

from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.contract import Block
from voicecoach.sound.echo_delay import EchoDelayMeter
from voicecoach.sound.names import NoSound, full_name
from voicecoach.sound.opening import answered, leave_portaudio, open_stream, restart_portaudio
from voicecoach.sound.player import Player
from voicecoach.sound.silence import SilenceWatch
from voicecoach.sound.stream import Stream

_EARLIER = samples(0.06)
"""How much earlier than PortAudio says the echo is taken to come until it is measured, so that the canceller's filter,
which is long enough, has its beginning in it."""
_LOST_AFTER_SECONDS = 0.5
_FIRST_BLOCK_SECONDS = 2.0
_FIRST_SOUND_SECONDS = 1.0
_TRY_AGAIN_SECONDS = 1.0
_DEAF_TRY_AGAIN = samples(3.0)
_REOPENED_WITHIN_SECONDS = 1.0
_CLOSING_LIMIT_SECONDS = 2.0
_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLES_PER_SECOND

OpenStream = Callable[[str | None, str | None, bool], Stream]


class Device:
    """A microphone and a loudspeaker, opened again by name for as long as they are away.

    While they are, `lost` is true and silence is heard; what is played goes to the loudspeaker where that can be
    opened, else nowhere, at the wall clock's pace. A microphone that sends nothing but exact zeros is lost too. With
    `hears` false only the loudspeaker is opened, and only it can be lost. Another player than before begins another
    time: its first block is number 0 again.
    """

    def __init__(
        self,
        microphone: str | None = None,
        speaker: str | None = None,
        *,
        hears: bool = True,
        open_stream: OpenStream = open_stream,
    ) -> None:
        """Open the devices with these names, or the default ones. Raises NoSound where there are none."""
        self._open_stream = open_stream
        self._names = (microphone, speaker)
        self._hears = hears
        self._stream: Stream | None = answered(lambda: open_stream(microphone, speaker, hears))
        self._deaf = False
        """Whether only the loudspeaker has been opened, as the microphone is away."""
        self.echo_delay_samples = max(self._stream.latency_samples - _EARLIER, 0)
        self.ahead_samples = BLOCK_SAMPLES
        self._player: Player | None = None
        self._meter = EchoDelayMeter()
        self._heard_until = 0
        self._silence = SilenceWatch()
        self._started = False
        self._closed = threading.Event()
        self._left: Stream | None = None
        """The last stream, of which there may be blocks left."""
        self._closings: list[threading.Thread] = []
        """What is closing streams and has not come back from it."""
        self._recovery: threading.Thread | None = None
        self._tried = threading.Event()
        self._returned: tuple[Stream, bool] | None = None
        self._back = threading.Event()
        self._next_due_seconds = 0.0
        self._idle_samples = 0
        self._underruns = 0

    @property
    def microphone(self) -> str | None:
        """The whole name of the microphone; None where nothing is to be heard. Raises NoSuchDevice."""
        return full_name(self._names[0], "input") if self._hears else None

    @property
    def lost(self) -> bool:
        """Whether nothing can be heard at present, or, where nothing is to be heard, nothing can be played."""
        return self._stream is None or self._deaf or (self._hears and self._silence.silent)

    @property
    def underruns(self) -> int:
        """How many blocks so far were flagged."""
        return self._underruns + (self._stream.underruns if self._stream else 0)

    def next_block(self, player: Player) -> Block:
        """Let time go on by a block."""
        if player is not self._player:
            self._begin(player)
        if self._stream is None:
            return self._wait(player)
        block = self._take(self._stream, player)
        if block is None:
            self._reopen(self._stream, player)
            self._tried.wait(_REOPENED_WITHIN_SECONDS)
            return self._wait(player)
        if block.at != self._heard_until:
            self._meter = EchoDelayMeter()
        self._heard_until = block.at + block.heard.size
        if self._hears and not self._deaf:
            self._silence.add(block, self.echo_delay_samples)
            if self._silence.doubtful:
                block = block._replace(heard=np.zeros(BLOCK_SAMPLES, np.float32))
            delay = self._meter.add(block.played, block.heard)
            if delay is not None:
                self.echo_delay_samples = delay
        self._look_for_microphone(self._stream, player)
        return block

    def _begin(self, player: Player) -> None:
        self._player = player
        self._meter = EchoDelayMeter()
        self._heard_until = 0
        self._silence = SilenceWatch()
        self._left = None
        if self._stream is not None and self._started:
            self._stream.play(player)

    def _take(self, stream: Stream, player: Player) -> Block | None:
        try:
            if not self._started:
                self._started = True
                stream.start()
                if stream.wait_alive(_FIRST_BLOCK_SECONDS) and self._hears:
                    stream.wait_hearing(_FIRST_SOUND_SECONDS)
                stream.play(player)
            return stream.take(_LOST_AFTER_SECONDS)
        except NoSound:
            return None

    def _look_for_microphone(self, stream: Stream, player: Player) -> None:
        """While only the loudspeaker works, now and then open everything anew, when that breaks nothing off."""
        self._idle_samples = 0 if player.busy or not self.lost else self._idle_samples + BLOCK_SAMPLES
        if self._idle_samples >= _DEAF_TRY_AGAIN:
            self._reopen(stream, player)

    def _reopen(self, stream: Stream, player: Player) -> None:
        stream.play(None)
        self._underruns += stream.underruns
        self._stream, self._left = None, stream
        self._idle_samples = 0
        self._next_due_seconds = time.monotonic()
        self._tried.clear()
        self._back.clear()
        self._recovery = threading.Thread(target=self._recover, args=(stream, player), daemon=True)
        self._recovery.start()

    def _recover(self, stream: Stream, player: Player) -> None:
        """Close what is left of the stream, then try until another can be opened.

        While the coach speaks, so to say that it can't hear, the loudspeaker alone will do.
        """
        self._let_go(stream)
        while not self._closed.is_set():
            for hears in (True, False) if self._hears and not player.busy else (False,):
                try:
                    self._returned = (self._open_alive(hears), self._hears and not hears)
                except NoSound:
                    continue
                self._back.set()
                self._tried.set()
                return
            self._tried.set()
            self._closed.wait(_TRY_AGAIN_SECONDS)

    def _open_alive(self, hears: bool) -> Stream:
        """Return a stream that has begun to ask for sound. Raises NoSound."""
        if not self._hanging:
            restart_portaudio()
        stream = self._open_stream(*self._names, hears)
        try:
            stream.start()
            if stream.wait_alive(_FIRST_BLOCK_SECONDS):
                if hears:
                    stream.wait_hearing(_FIRST_SOUND_SECONDS)
                return stream
        except NoSound:
            pass
        self._let_go(stream)
        raise NoSound("The microphone and loudspeaker start, but send and take no sound.")

    def _let_go(self, stream: Stream) -> None:
        """Close a stream; one that hangs is left behind, and PortAudio is not restarted while it does."""
        closing = threading.Thread(target=stream.close, daemon=True)
        closing.start()
        closing.join(_CLOSING_LIMIT_SECONDS)
        self._closings = [each for each in (*self._closings, closing) if each.is_alive()]

    @property
    def _hanging(self) -> bool:
        return any(closing.is_alive() for closing in self._closings)

    def _wait(self, player: Player) -> Block:
        left = self._left.take(0) if self._left else None
        if left is not None:
            return left
        self._next_due_seconds += _BLOCK_SECONDS
        if self._back.wait(max(self._next_due_seconds - time.monotonic(), 0.0)) and self._returned:
            (self._stream, self._deaf), self._returned = self._returned, None
            self._stream.play(player)
            self._started = True
            self._meter = EchoDelayMeter()
            self._back.clear()
        at, played, finished = player.take(BLOCK_SAMPLES)
        return Block(at, played, np.zeros(BLOCK_SAMPLES, np.float32), finished)

    def close(self) -> None:
        """Let the devices go, within a limit of time; what hangs in a frozen sound system is left behind."""
        self._underruns = self.underruns
        self._closed.set()
        stream, self._stream = self._stream, None
        closing = threading.Thread(target=self._close, args=(stream,), daemon=True)
        closing.start()
        closing.join(_CLOSING_LIMIT_SECONDS)
        if closing.is_alive() or self._hanging:
            leave_portaudio()

    def _close(self, stream: Stream | None) -> None:
        if self._recovery is not None:
            self._recovery.join()
        for each in (stream, self._returned[0] if self._returned else None):
            if each is not None:
                each.close()
