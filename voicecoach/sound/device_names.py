"""Microphones and loudspeakers found by their names, never by numbers, which change as devices come and go."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from voicecoach.errors import VoicecoachError
from voicecoach.sound import portaudio

Kind = Literal["input", "output"]
_CARDS = Path("/sys/class/sound")
_NUMBERED = re.compile(r" \(hw:(\d+),\d+\)$")
"""What PortAudio writes behind the name of an ALSA card and its device: "USB Audio Device: - (hw:1,0)"."""
_PORT = re.compile(r"(\d+-\d+(?:\.\d+)*):\d+\.\d+")
"""What the kernel calls an interface of a USB device: its port, its configuration and its number."""
_PLACED = re.compile(r" \(usb [\d.-]+\)$")
_WORDS: dict[Kind, str] = {"input": "microphone", "output": "loudspeaker"}


class NoSound(VoicecoachError):  # noqa: N818
    """There is no microphone, no loudspeaker, or nothing that reaches them."""


class NoSuchDevice(NoSound):
    """No device has the name asked for, or several have."""


def device_names(kind: Kind) -> list[str]:
    """Return the names of all microphones or loudspeakers, each once."""
    return list(dict.fromkeys(name for _, name in _devices(kind)))


def find_device(name: str | None, kind: Kind) -> int | None:
    """Return the present number of the device with (a part of) this name, upper or lower case; None: the default one.

    A whole name as PortAudio has it comes first, then one as `full_name` returns it, then one that differs in the
    card's number or its place alone, then a part. A device that several host interfaces offer under one name is taken
    from the first. Raises NoSuchDevice.
    """
    if name is None:
        return None
    wanted = name.encode(errors="surrogateescape").decode(errors="replace").strip()
    devices = _devices(kind)
    parts = [each for each in devices if wanted.lower() in each[1].lower()]
    found = _with_whole_name(wanted, devices) or parts
    found = found or [each for each in devices if wanted.lower() in _lasting(each[1]).lower()]
    names = dict.fromkeys(full for _, full in found)
    if not names:
        known = ", ".join(device_names(kind)) or "none at all"
        raise NoSuchDevice(f"There is no {_WORDS[kind]} called {wanted!r}; there is {known}.")
    if len(names) > 1:
        raise NoSuchDevice(f"{wanted!r} could be several {_WORDS[kind]}s: {', '.join(names)}; write more of the name.")
    return found[0][0]


def full_name(name: str | None, kind: Kind) -> str | None:
    """Return the whole name of the device with (a part of) this name, or of the default one; None: there is none.

    It lasts: instead of a card's number, which changes, it has the USB port where there is one. Raises NoSuchDevice.
    """
    sounddevice = portaudio.load()
    try:
        return _lasting(str(sounddevice.query_devices(find_device(name, kind), kind)["name"]))
    except (sounddevice.PortAudioError, ValueError):
        return None


def name_now(kept: str, kind: Kind) -> str:
    """Return the name that a device has now which had this whole name some time ago.

    It is the kept one where no such device is here, or several that could be meant.
    """
    try:
        sounddevice = portaudio.load()
    except OSError:
        return kept
    try:
        names = dict.fromkeys(full for _, full in _with_whole_name(kept, _devices(kind)))
    except sounddevice.PortAudioError:
        return kept
    return _lasting(next(iter(names))) if len(names) == 1 else kept


def _with_whole_name(wanted: str, devices: list[tuple[int, str]]) -> list[tuple[int, str]]:
    forms: tuple[Callable[[str], str], ...] = (str, _lasting, _model)
    for form in forms:
        same = form if form is _model else str
        found = [each for each in devices if form(each[1]).lower() == same(wanted).lower()]
        if found:
            return found
    return []


def _lasting(full: str) -> str:
    """Return a PortAudio name with where the card is plugged in instead of its number."""
    numbered = _NUMBERED.search(full)
    if numbered is None:
        return full
    port = _PORT.fullmatch((_CARDS / f"card{numbered[1]}" / "device").resolve().name)
    return _model(full) + (f" (usb {port[1]})" if port else "")


def _model(name: str) -> str:
    """Return a whole name, PortAudio's or a lasting one, without its number or place."""
    return _PLACED.sub("", _NUMBERED.sub("", name))


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
    sounddevice = portaudio.load()

    channels = f"max_{kind}_channels"
    return [(device["index"], device["name"]) for device in sounddevice.query_devices() if device[channels] > 0]
