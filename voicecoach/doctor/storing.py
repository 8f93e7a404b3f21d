"""The checks of the disk: is there room, and can prompts be kept."""

import shutil
from contextlib import closing
from pathlib import Path

from voicecoach.doctor.findings import Finding, Values
from voicecoach.doctor.settings import DoctorSettings
from voicecoach.errors import VoicecoachError
from voicecoach.speaking.cache import PromptCache, Voice

_MEGABYTE = 1_000_000


def check_disk(folder: Path, settings: DoctorSettings) -> Finding:
    """Say how much room there is where `folder` is, or will be."""
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
    """Return what so much free room means."""
    values: Values = {"free_megabytes": round(free_megabytes, 1), "folder": str(folder)}
    size = f"{free_megabytes / 1000:.1f} GB" if free_megabytes >= 1000 else f"{free_megabytes:.0f} MB"
    what = f"{size} free for {folder}."
    remedy = f"Make room on the disk of {folder}; a session keeps about 20 MB of prompts there."
    if free_megabytes < settings.least_free_megabytes:
        return Finding("disk", "problem", f"Only {what}", remedy, values)
    if free_megabytes < settings.low_free_megabytes:
        return Finding("disk", "warning", f"Only {what}", remedy, values)
    return Finding("disk", "ok", what, values=values)


def check_cache(folder: Path, voice: Voice) -> Finding:
    """Say whether rendered prompts can be kept in `folder`, and what is there."""
    try:
        with closing(PromptCache(voice, folder)):
            sizes = [file.stat().st_size for file in folder.glob("*.wav")]
    except (VoicecoachError, OSError) as error:
        return Finding(
            "cache", "problem", f"Prompts can't be kept in {folder}.",
            f"Make {folder} readable and writable for this account, or set XDG_CACHE_HOME to a folder that is.",
            {"folder": str(folder), "error": str(error)},
        )  # fmt: skip
    size = sum(sizes) / _MEGABYTE
    return Finding(
        "cache", "ok", f"{len(sizes)} prompts kept, {size:.1f} MB, in {folder}.",
        values={"folder": str(folder), "prompts": len(sizes), "megabytes": round(size, 1)},
    )  # fmt: skip
