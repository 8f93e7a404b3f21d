"""Microphones and loudspeakers found by their names, never by numbers, which change as devices come and go."""

from collections.abc import Callable
from typing import Literal

from voicecoach.errors import VoicecoachError

Kind = Literal["input", "output"]
_WORDS: dict[Kind, str] = {"input": "microphone", "output": "loudspeaker"}


class NoSound(VoicecoachError):  # noqa: N818
    """There is no microphone, no loudspeaker, or nothing that reaches them."""


class NoSuchDevice(NoSound):
    """No device has the name, or several have."""


def device_names(kind: Kind) -> list[str]:
    """Return the names of all microphones or loudspeakers, each once."""
    return list(dict.fromkeys(name for _, name in _devices(kind)))


def find_device(name: str | None, kind: Kind) -> int | None:
    """Return the present number of the device with (a part of) this name, upper or lower case; None: the default one.

    A device that several host interfaces offer under one name is taken from the first. Raises NoSuchDevice.
    """
    if name is None:
        return None
    wanted = name.strip().lower()
    found = [(number, full) for number, full in _devices(kind) if wanted in full.lower()]
    exact = [(number, full) for number, full in found if full.lower() == wanted]
    names = dict.fromkeys(full for _, full in exact or found)
    if not names:
        known = ", ".join(device_names(kind)) or "none at all"
        raise NoSuchDevice(f"There is no {_WORDS[kind]} called {name!r}; there is {known}.")
    if len(names) > 1:
        raise NoSuchDevice(f"{name!r} could be several {_WORDS[kind]}s: {', '.join(names)}; write more of the name.")
    return (exact or found)[0][0]


def full_name(name: str | None, kind: Kind) -> str | None:
    """Return the whole name of the device with (a part of) this name, or of the default one; None: there is none.

    Raises NoSuchDevice.
    """
    import sounddevice

    try:
        return str(sounddevice.query_devices(find_device(name, kind), kind)["name"])
    except (sounddevice.PortAudioError, ValueError):
        return None


def choose_device(asked: str | None, remembered: str | None, kind: Kind, warn: Callable[[str], object]) -> str | None:
    """Return the name to open: the one asked for, else the remembered one where it is here, else the default (None).

    Raises NoSuchDevice where the one asked for is not here; a remembered one that is away is only warned of.
    """
    if asked is not None:
        find_device(asked, kind)
        return asked
    try:
        find_device(remembered, kind)
    except NoSuchDevice:
        warn(f"The {_WORDS[kind]} {remembered} of last time is not here; the default one is used.")
        return None
    return remembered


def _devices(kind: Kind) -> list[tuple[int, str]]:
    import sounddevice

    channels = f"max_{kind}_channels"
    return [(device["index"], device["name"]) for device in sounddevice.query_devices() if device[channels] > 0]
