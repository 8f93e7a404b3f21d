"""PortAudio, by sounddevice: whatever bytes it gives as text can be read, and it does not print on the terminal."""

from typing import Any


def load() -> Any:
    """Return the module sounddevice. Raises OSError where PortAudio is not installed.

    sounddevice takes the names of devices for UTF-8 and refuses all of them where one is not; the kernel, for one, cuts
    a card's name at its 31st byte, in the middle of a letter.
    """
    import sounddevice

    sounddevice._ffi_string = _readable
    return sounddevice


def _readable(text: Any) -> bytes:
    import sounddevice

    return bytes(sounddevice._ffi.string(text)).decode("utf-8", "replace").encode()
