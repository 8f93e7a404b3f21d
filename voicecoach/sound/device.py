"""Real devices as a `Sound`: a stream, and what is done when its devices go away and come back.

    state   | what happens                                              | next
    --------+-----------------------------------------------------------+--------
    opened  | the first block is asked for, and the stream starts       | playing
    opened  | the stream does not start                                 | away
    playing | no block has come for half a second                       | away
    playing | the microphone is lost, and nothing to be said for 3 s    | away
    away    | another stream has begun to ask for sound                 | playing
    any     | `close`                                                   | closing

Opened and playing give the stream's blocks; away gives what is left of those, then silence at the wall clock's pace.
"""

import threading
import time
from collections.abc import Callable

import numpy as np

from voicecoach.blocks import Block
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.device_names import NoSound, full_name
from voicecoach.sound.meters import Meters
from voicecoach.sound.player import Player
from voicecoach.sound.stream import Stream
from voicecoach.sound.stream_choice import answered, leave_portaudio, open_stream, restart_portaudio

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
        self._opener = _Opener(open_stream, microphone, speaker, hears=hears)
        stream = answered(lambda: self._opener.open(hears))
        self._meters = Meters(max(stream.latency_samples - _EARLIER, 0))
        self._state: _State = _Opened(self._opener, self._meters, stream)
        self._player: Player | None = None
        self.ahead_samples = BLOCK_SAMPLES

    @property
    def microphone(self) -> str | None:
        """The whole name of the microphone; None where nothing is to be heard. Raises NoSuchDevice."""
        return full_name(self._opener.names[0], "input") if self._opener.hears else None

    @property
    def echo_delay_samples(self) -> int:
        """How late the coach's voice is in the microphone, in samples."""
        return self._meters.echo_delay_samples

    @property
    def lost(self) -> bool:
        """Whether nothing can be heard at present, or, where nothing is to be heard, nothing can be played."""
        return self._state.lost

    @property
    def underruns(self) -> int:
        """How many blocks PortAudio has flagged as underruns so far."""
        return self._meters.underruns_before + (self._state.stream.underruns if self._state.stream else 0)

    def next_block(self, player: Player) -> Block:
        """Return the next block, played by the player; waits for it."""
        if player is not self._player:
            self._player = player
            self._meters.begin()
            self._state.begin(player)
        block = None
        while block is None:
            self._state, block = self._state.next(player)
        return self._meters.timed(block)

    def close(self) -> None:
        """Let the devices go, within a limit of time; what hangs in a frozen sound system is left behind."""
        self._state = _Closing(self._opener, self._meters, self._state)


class _Opener:
    """Opens streams with the same devices again and again, and closes them, which may hang."""

    def __init__(self, open_stream: OpenStream, microphone: str | None, speaker: str | None, *, hears: bool) -> None:
        self._open_stream = open_stream
        self.names = (microphone, speaker)
        self.hears = hears
        self.closed = threading.Event()
        self._closings: list[threading.Thread] = []
        """What is closing streams and has not come back from it."""

    def open(self, hears: bool) -> Stream:
        """Open a stream with the devices. Raises NoSound."""
        return self._open_stream(*self.names, hears)

    def open_alive(self, hears: bool) -> Stream:
        """Return a stream that has begun to ask for sound. Raises NoSound."""
        if not self.hanging:
            restart_portaudio()
        stream = self.open(hears)
        try:
            if _started(stream, hears):
                return stream
        except NoSound:
            pass
        self.let_go(stream)
        raise NoSound("The microphone and loudspeaker start, but send and take no sound.")

    def let_go(self, stream: Stream) -> None:
        """Close a stream; one that hangs is left behind, and PortAudio is not restarted while it does."""
        closing = threading.Thread(target=stream.close, daemon=True)
        closing.start()
        closing.join(_CLOSING_LIMIT_SECONDS)
        self._closings = [each for each in (*self._closings, closing) if each.is_alive()]

    @property
    def hanging(self) -> bool:
        """Whether a stream is being closed that does not come back from it."""
        return any(closing.is_alive() for closing in self._closings)


def _started(stream: Stream, hears: bool) -> bool:
    """Start a stream; return whether it has begun to ask for sound. Raises NoSound where it does not start."""
    stream.start()
    alive = stream.wait_alive(_FIRST_BLOCK_SECONDS)
    if alive and hears:
        stream.wait_hearing(_FIRST_SOUND_SECONDS)
    return alive


class _Opened:
    """The device's first state: a stream that has not been started."""

    lost = False

    def __init__(self, opener: _Opener, meters: Meters, stream: Stream) -> None:
        self._opener, self._meters, self.stream = opener, meters, stream

    def begin(self, player: Player) -> None:
        """Take this player, before which there was none."""

    def next(self, player: Player) -> tuple["_State", Block | None]:
        try:
            _started(self.stream, self._opener.hears)
        except NoSound:
            return _Away(self._opener, self._meters, self.stream, player).tried(), None
        return _Playing(self._opener, self._meters, self.stream, player, hears=self._opener.hears), None

    def close(self) -> None:
        self.stream.close()


class _Playing:
    """The device's usual state: a stream that gives blocks; without a microphone while that is away."""

    def __init__(self, opener: _Opener, meters: Meters, stream: Stream, player: Player, *, hears: bool) -> None:
        self._opener, self._meters, self.stream = opener, meters, stream
        self._hears = hears
        self._idle_samples = 0
        stream.play(player)

    @property
    def lost(self) -> bool:
        return self._opener.hears and (not self._hears or self._meters.silent)

    def begin(self, player: Player) -> None:
        """Take another player, whose time begins at sample 0."""
        self.stream.play(player)

    def next(self, player: Player) -> tuple["_State", Block | None]:
        block = self.stream.take(_LOST_AFTER_SECONDS)
        if block is None:
            return _Away(self._opener, self._meters, self.stream, player).tried(), None
        if self._hears:
            block = self._meters.add(block)
        self._idle_samples = 0 if player.busy or not self.lost else self._idle_samples + BLOCK_SAMPLES
        if self._idle_samples >= _DEAF_TRY_AGAIN:
            return _Away(self._opener, self._meters, self.stream, player), block
        return self, block

    def close(self) -> None:
        self.stream.close()


class _Away:
    """The device's state without a stream: the last one is being closed, and another one looked for.

    While the coach speaks, so to say that it can't hear, the loudspeaker alone will do.
    """

    lost = True
    stream = None

    def __init__(self, opener: _Opener, meters: Meters, left: Stream, player: Player) -> None:
        left.play(None)
        meters.underruns_before += left.underruns
        self._opener, self._meters = opener, meters
        self._left: Stream | None = left
        """There may be blocks left of it."""
        self._player = player
        self._tried = threading.Event()
        self._back = threading.Event()
        self._found: tuple[Stream, bool] | None = None
        self._next_due_seconds = time.monotonic()
        self._recovery = threading.Thread(target=self._recover, args=(left,), daemon=True)
        self._recovery.start()

    def tried(self) -> "_Away":
        """Wait a little for the first attempt, which mostly succeeds."""
        self._tried.wait(_REOPENED_WITHIN_SECONDS)
        return self

    def begin(self, player: Player) -> None:
        """Take another player, in whose time no block is left of the player before."""
        self._player, self._left = player, None

    def next(self, player: Player) -> tuple["_State", Block | None]:
        left = self._left.take(0) if self._left else None
        if left is not None:
            return self, left
        state: _State = self
        self._next_due_seconds += _BLOCK_SECONDS
        if self._back.wait(max(self._next_due_seconds - time.monotonic(), 0.0)) and self._found:
            stream, hears = self._found
            state = _Playing(self._opener, self._meters, stream, player, hears=hears)
        at, played, finished = player.take(BLOCK_SAMPLES)
        return state, Block(at, played, np.zeros(BLOCK_SAMPLES, np.float32), finished)

    def close(self) -> None:
        self._recovery.join()
        if self._found:
            self._found[0].close()

    def _recover(self, left: Stream) -> None:
        self._opener.let_go(left)
        while not self._opener.closed.is_set():
            for hears in (True, False) if self._opener.hears and not self._player.busy else (False,):
                try:
                    self._found = (self._opener.open_alive(hears), hears)
                except NoSound:
                    continue
                self._back.set()
                self._tried.set()
                return
            self._tried.set()
            self._opener.closed.wait(_TRY_AGAIN_SECONDS)


class _Closing:
    """The device's last state: no device any more, or soon none; what hangs in a frozen sound system is left behind."""

    lost = True
    stream = None

    def __init__(self, opener: _Opener, meters: Meters, before: "_State") -> None:
        opener.closed.set()
        meters.underruns_before += before.stream.underruns if before.stream else 0
        closing = threading.Thread(target=before.close, daemon=True)
        closing.start()
        closing.join(_CLOSING_LIMIT_SECONDS)
        if closing.is_alive() or opener.hanging:
            leave_portaudio()

    def begin(self, player: Player) -> None:
        """Take no other player."""

    def next(self, player: Player) -> tuple["_State", Block | None]:
        del player
        raise NoSound("The microphone and loudspeaker have been closed; start the program again.")

    def close(self) -> None:
        """Do nothing: all is let go."""


_State = _Opened | _Playing | _Away | _Closing
