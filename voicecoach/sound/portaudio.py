"""PortAudio, by sounddevice: any bytes that it gives as text can be read, and the layers below it print nothing."""

import ctypes
from contextlib import suppress
from functools import cache
from typing import Any


def load() -> Any:
    """Return the module sounddevice. Raises OSError where PortAudio is not installed.

    sounddevice takes the names of devices for UTF-8 and refuses all of them where one is not; the kernel, for one, cuts
    a card's name at its 31st byte, in the middle of a letter.
    """
    import sounddevice

    sounddevice._ffi_string = _readable
    _silence_alsa()
    return sounddevice


def _readable(text: Any) -> bytes:
    import sounddevice

    return bytes(sounddevice._ffi.string(text)).decode("utf-8", "replace").encode()


@cache
def _silence_alsa() -> None:
    """Keep the lines off the terminal that ALSA writes for developers about each thing tried in vain.

    What matters of them is in the errors that PortAudio returns.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_IGNORE)


def _nothing(*_: object) -> None:
    """Take a message of ALSA's (file, line, function, number and format) and print nothing."""


_IGNORE = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)(
    _nothing
)
