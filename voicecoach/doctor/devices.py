"""The check of the sound devices: which there are, which are used, and what can be done where none opens."""

from dataclasses import dataclass
from typing import Any

from voicecoach.doctor.findings import Finding, Values
from voicecoach.errors import VoicecoachError


@dataclass(frozen=True)
class DeviceNames:
    """The names that PortAudio knows; `has_portaudio` is false where it is not installed."""

    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    default_microphone: str | None = None
    default_speaker: str | None = None
    has_portaudio: bool = True

    @property
    def choose_microphone(self) -> str:
        """How to use another one."""
        return f"--mic NAME (there are: {', '.join(self.microphones) or 'none'})"

    @property
    def choose_speaker(self) -> str:
        """How to use another one."""
        return f"--speaker NAME (there are: {', '.join(self.speakers) or 'none'})"


def device_names() -> DeviceNames:
    """Return the devices that are here."""
    try:
        import sounddevice
    except OSError:
        return DeviceNames(has_portaudio=False)
    try:
        known = list(sounddevice.query_devices())
    except sounddevice.PortAudioError:
        return DeviceNames()
    defaults = {kind: _default(sounddevice, kind) for kind in ("input", "output")}
    return DeviceNames(
        tuple(device["name"] for device in known if device["max_input_channels"]),
        tuple(device["name"] for device in known if device["max_output_channels"]),
        defaults["input"],
        defaults["output"],
    )


def _default(sounddevice: Any, kind: str) -> str | None:
    try:
        return str(sounddevice.query_devices(kind=kind)["name"])
    except (sounddevice.PortAudioError, ValueError):
        return None


def devices_opened(mic: str | None, speaker: str | None, names: DeviceNames) -> Finding:
    """Say which devices are in use."""
    used = mic or names.default_microphone, speaker or names.default_speaker
    values: Values = {
        "microphone": used[0], "speaker": used[1],
        "microphones": list(names.microphones), "speakers": list(names.speakers),
    }  # fmt: skip
    return Finding("devices", "ok", f"Microphone: {used[0]}; loudspeaker: {used[1]}; both open.", values=values)


def devices_failed(error: VoicecoachError, names: DeviceNames) -> Finding:
    """Say why no devices could be opened."""
    values: Values = {"microphones": list(names.microphones), "speakers": list(names.speakers), "error": str(error)}
    if not names.has_portaudio:
        what = "PortAudio, through which sound devices are reached, is not installed."
        return Finding("devices", "problem", what, "Run ./scripts/start, or install libportaudio2.", values)
    missing = [
        name for name, known in (("microphone", names.microphones), ("loudspeaker", names.speakers)) if not known
    ]
    if missing:
        return Finding(
            "devices", "problem", f"There is no {' and no '.join(missing)} here.",
            "Connect what is missing (a USB headset is both) and see that `arecord -l` and `aplay -l` list it.",
            values,
        )  # fmt: skip
    return Finding(
        "devices", "problem", str(error),
        f"End other programs that use them, or choose others: {names.choose_microphone}, {names.choose_speaker}.",
        values,
    )  # fmt: skip


def devices_lost(heard_anything: bool, after_seconds: float, names: DeviceNames) -> Finding:
    """Say that nothing comes from the microphone, or nothing any more."""
    values: Values = {"heard_anything": heard_anything, "after_seconds": round(after_seconds, 1)}
    if heard_anything:
        return Finding(
            "microphone", "problem", f"The microphone fell silent {after_seconds:.1f} s after it was opened.",
            "Was it unplugged, muted or taken by another program? Connect it firmly, then run voicecoach doctor again.",
            values,
        )  # fmt: skip
    return Finding(
        "microphone", "problem", "The microphone sends nothing, not even noise.",
        "Switch it on, unmute it (in alsamixer, F4 shows the microphone: M unmutes, arrow up raises it) and switch its "
        f"noise suppression off, or choose another: {names.choose_microphone}.",
        values,
    )  # fmt: skip
