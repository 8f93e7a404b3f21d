"""Which kind of stream is opened, without ever waiting for a sound system that does not answer."""

import atexit
import os
import threading
from collections.abc import Callable
from typing import TypeVar

from voicecoach.sound import portaudio
from voicecoach.sound.device_names import NoSound, NoSuchDevice
from voicecoach.sound.separate_streams import Separate
from voicecoach.sound.stream import Duplex, Stream

_LIMIT_SECONDS = 5.0
_NO_PORTAUDIO = "PortAudio is not installed; an administrator can run: sudo apt-get install libportaudio2."
_NO_ANSWER = "The sound system does not answer; restart it (PulseAudio or PipeWire), then try again."
_Result = TypeVar("_Result")


def open_stream(microphone: str | None, speaker: str | None, hears: bool) -> Stream:
    """Open the devices with these names, or the default ones; the loudspeaker alone unless it `hears`.

    One duplex stream at 16 kHz where there is such a thing, else one stream each. Raises NoSound.
    """
    if not hears:
        return Separate(microphone, speaker, hears=False)
    try:
        return Duplex(microphone, speaker)
    except NoSuchDevice:
        raise
    except NoSound as duplex_error:
        try:
            return Separate(microphone, speaker, hears=True)
        except NoSound:
            raise duplex_error from None


def sound_problem(*, hears: bool = True) -> str | None:
    """Return why there can be no live session on this machine, as a sentence; None where there can."""
    try:
        answered(lambda: _look(hears))
    except NoSound as error:
        return str(error)
    return None


def _look(hears: bool) -> None:
    sounddevice = portaudio.load()

    try:
        sounddevice.query_devices(kind="output")
        if hears:
            sounddevice.query_devices(kind="input")
    except (sounddevice.PortAudioError, ValueError):
        raise NoSound(f"There is no {'microphone and ' if hears else ''}loudspeaker here.") from None


def restart_portaudio() -> None:
    """Let PortAudio look for devices anew, as it keeps the list of its start."""
    sounddevice = portaudio.load()

    sounddevice._terminate()
    sounddevice._initialize()


def answered(work: Callable[[], _Result]) -> _Result:
    """Return what `work` returns, or raise what it raises; NoSound where that does not happen in time.

    Work that hangs in PortAudio is left behind, and so is PortAudio's own clearing up, which would hang too. While
    PortAudio starts, sounddevice sends standard error nowhere, so that is taken back.
    """
    standard_error = os.dup(2)
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except OSError:
            errors.append(NoSound(_NO_PORTAUDIO))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_LIMIT_SECONDS)
    if thread.is_alive():
        os.dup2(standard_error, 2)
        leave_portaudio()
    os.close(standard_error)
    if errors:
        raise errors[0]
    if not results:
        raise NoSound(_NO_ANSWER)
    return results[0]


def leave_portaudio() -> None:
    """Let the process end without closing PortAudio, which hangs."""
    import sys

    sounddevice = sys.modules.get("sounddevice")
    if sounddevice is not None and hasattr(sounddevice, "_exit_handler"):
        atexit.unregister(sounddevice._exit_handler)
