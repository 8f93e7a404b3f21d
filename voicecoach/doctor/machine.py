"""The checks of the machine: its sound devices, its voice, the room on its disk."""

import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.blocks import Samples
from voicecoach.doctor.findings import DoctorSettings, Finding, Values
from voicecoach.errors import REINSTALL, VoicecoachError
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.sound import portaudio
from voicecoach.speaking.prompt_cache import PromptCache, Voice


@dataclass(frozen=True)
class DeviceNames:
    """The device names that PortAudio knows; `has_portaudio` is false where it is not installed."""

    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    default_microphone: str | None = None
    default_speaker: str | None = None
    has_portaudio: bool = True

    @property
    def choose_microphone(self) -> str:
        """The sentence that says how to use another microphone."""
        return f"--mic NAME (there are: {', '.join(self.microphones) or 'none'})"

    @property
    def choose_speaker(self) -> str:
        """The sentence that says how to use another loudspeaker."""
        return f"--speaker NAME (there are: {', '.join(self.speakers) or 'none'})"


def device_names() -> DeviceNames:
    """Return the names of the sound devices that are here now."""
    try:
        sounddevice = portaudio.load()
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
    """Return the finding that says which devices are in use."""
    used = mic or names.default_microphone, speaker or names.default_speaker
    values: Values = {
        "microphone": used[0], "speaker": used[1],
        "microphones": list(names.microphones), "speakers": list(names.speakers),
    }  # fmt: skip
    return Finding("devices", "ok", f"Microphone: {used[0]}; loudspeaker: {used[1]}; both open.", values=values)


def devices_failed(error: VoicecoachError, names: DeviceNames) -> Finding:
    """Return the finding that says why no devices could be opened."""
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
    """Return the finding that nothing comes from the microphone, or nothing any more."""
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


REMEDY = REINSTALL.capitalize()


def check_voice(
    voice: Voice, word: str, texts: Sequence[str], folder: Path | None
) -> tuple[Finding, Mapping[str, Samples]]:
    """Render a word anew, and texts kept in `folder` unless None; return the finding and their sounds, shape (n,).

    Nothing where one of them could not be rendered.
    """
    began = time.perf_counter()
    try:
        sound = voice.render(word)
        took = time.perf_counter() - began
        sounds = _render_all(voice, texts, folder)
    except VoicecoachError as error:
        return Finding("voice", "problem", str(error), f"{REMEDY}.", {"voice": voice.name}), {}
    length = sound.size / SAMPLES_PER_SECOND
    return Finding(
        "voice", "ok", f"A word of {length:.1f} s was rendered in {took:.2f} s ({voice.name}).",
        values={"voice": voice.name, "render_seconds": round(took, 3), "speech_seconds": round(length, 3)},
    ), {**sounds, word: sound}  # fmt: skip


def _render_all(voice: Voice, texts: Sequence[str], folder: Path | None) -> Mapping[str, Samples]:
    if folder is None:
        return {text: voice.render(text) for text in texts}
    with closing(PromptCache(voice, folder)) as prompts:
        prompts.prepare(texts)
        return {text: prompts.samples(text) for text in texts}


_MEGABYTE = 1_000_000


def check_disk(folder: Path, settings: DoctorSettings) -> Finding:
    """Return the finding on how much room there is where `folder` is, or will be."""
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Finding(
            "disk", "problem", f"The disk of {folder} can't be looked at ({error.strerror}).",
            "Check that folder and its permissions, or set XDG_CACHE_HOME to another one.",
        )  # fmt: skip
    return judge_disk(free / _MEGABYTE, folder, settings)


def judge_disk(free_megabytes: float, folder: Path, settings: DoctorSettings) -> Finding:
    """Return the finding on so many free bytes."""
    values: Values = {"free_megabytes": round(free_megabytes, 1), "folder": str(folder)}
    size = f"{free_megabytes / 1000:.1f} GB" if free_megabytes >= 1000 else f"{free_megabytes:.0f} MB"
    what = f"{size} free for {folder}."
    remedy = f"Make room on the disk of {folder}; a session keeps about 20 MB of prompts there."
    if free_megabytes < settings.low_free_megabytes:
        return Finding("disk", "warning", f"Only {what}", remedy, values)
    return Finding("disk", "ok", what, values=values)


def check_cache(folder: Path) -> Finding:
    """Return the finding on whether rendered prompts can be kept in `folder`, and how many are there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            sizes = [file.stat().st_size for file in folder.glob("*.wav")]
    except OSError as error:
        return Finding(
            "cache", "warning", f"Prompts can't be kept in {folder}, so each session renders them anew.",
            f"Make {folder} readable and writable for this account, or set XDG_CACHE_HOME to a folder that is.",
            {"folder": str(folder), "error": str(error)},
        )  # fmt: skip
    size = sum(sizes) / _MEGABYTE
    return Finding(
        "cache", "ok", f"{len(sizes)} prompts kept, {size:.1f} MB, in {folder}.",
        values={"folder": str(folder), "prompts": len(sizes), "megabytes": round(size, 1)},
    )  # fmt: skip
