"""Small files of settings: replaced whole or not at all, and why that failed."""

import tempfile
from pathlib import Path


def replace_whole(file: Path, content: bytes) -> None:
    """Write a file, for its owner alone, so that it is the old one or the new one whatever happens. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, suffix=".part") as folder:
        part = Path(folder) / file.name
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.replace(file)


def reason(error: Exception) -> str:
    """Return why a file could not be used, to be put into a sentence."""
    return str(error.strerror if isinstance(error, OSError) and error.strerror else error).rstrip(".")
