"""Where what was taught is kept from one session to the next: one small file, which holds no sound."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.settings import settings_file
from voicecoach.small_files import reason, replace_whole
from voicecoach.taught import Situation, Taught


class _Content(msgspec.Struct, frozen=True):
    taught: tuple[Taught, ...] = ()


def taught_file() -> Path:
    """Return where it is: beside the settings."""
    return settings_file().with_name("taught.json")


def read_taught(file: Path, warn: Callable[[str], object]) -> tuple[Taught, ...]:
    """Return all that was taught; a file that can't be read is said in a sentence, and then nothing was."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Content).taught
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        warn(
            f"What was taught can't be read from {file} ({reason(error)}), so it does not count; remove it with "
            "voicecoach doctor --forget."
        )
        return ()


def taught_for(situation: Situation, kept: Sequence[Taught]) -> Taught | None:
    """Return what was taught for this microphone, language and recogniser, if anything was."""
    return next((taught for taught in kept if taught.situation == situation), None)


def keep_taught(file: Path, kept: Sequence[Taught], new: Taught) -> None:
    """Keep it in the place of what was taught there before; nothing where it is nothing. Raises VoicecoachError."""
    others = tuple(taught for taught in kept if taught.situation != new.situation)
    now = (*others, new) if new.meanings else others
    try:
        replace_whole(file, msgspec.json.format(msgspec.json.encode(_Content(now))))
    except OSError as error:
        raise VoicecoachError(
            f"What was taught can't be kept in {file} ({reason(error)}), so nothing has changed; make it writable."
        ) from None


def forget_taught(file: Path) -> bool:
    """Remove the file, damaged or not; return whether there was one. Raises VoicecoachError."""
    try:
        file.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise VoicecoachError(
            f"{file} can't be removed ({reason(error)}); make its folder writable, or remove it by hand."
        ) from None
    return True
