"""Small files that people and the program write: read with a limit, replaced whole or not at all; why that failed."""

import errno
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

MOST_BYTES = 200_000
"""The largest file of settings, a programme, its words or answers that is read; the largest built-in one has 20 kB."""
MOST_CLIP_BYTES = 50_000_000
"""The largest recording of something said that is read: minutes, in any format."""
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_text(file: Path, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a file: UTF-8, with or without a byte-order mark; its lines are ended by a line feed.

    Raises OSError, also for what is no file and for one of more than `most_bytes`, and UnicodeDecodeError.
    """
    check_file(file, most_bytes)
    with file.open("rb") as readable:
        content = readable.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise _too_large(file, most_bytes)
    return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")


def check_file(file: Path, most_bytes: int | None = None) -> None:
    """Raise OSError for what can't be looked at, is no file (reading may wait for ever) or has too many bytes."""
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        kind = next((name for is_such, name in _KINDS if is_such(found.st_mode)), "something else")
        raise OSError(errno.EINVAL, f"it is {kind} and not a file", str(file))
    if most_bytes is not None and found.st_size > most_bytes:
        raise _too_large(file, most_bytes)


def replace_whole(file: Path, content: bytes) -> None:
    """Write a file, for its owner alone, so that it is the old one or the new one whatever happens.

    Raises OSError, also where there is something else than a file.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        check_file(file)
    with tempfile.TemporaryDirectory(dir=file.parent, suffix=".part") as folder:
        part = Path(folder) / file.name
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.replace(file)


def reason(error: Exception) -> str:
    """Return why a file could not be used, as a part of a sentence; the file itself is not named."""
    if isinstance(error, UnicodeDecodeError):
        line, column = place_of(error)
        return f"line {line}, column {column} is not UTF-8 text"
    without_file = getattr(error, "strerror", None) or getattr(error, "error_string", None)  # libsndfile's
    return str(without_file or error).rstrip(".")


def place_of(error: UnicodeDecodeError) -> tuple[int, int]:
    """Return the line and the column, from 1, of the byte for which a file is no text."""
    before = error.object[: error.start].decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    return len(before), len(before[-1]) + 1


def _too_large(file: Path, most_bytes: int) -> OSError:
    return OSError(errno.EFBIG, f"it is larger than {most_bytes // 1000} kB", str(file))
