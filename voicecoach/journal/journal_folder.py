"""Where the journal is kept: a folder of the user's own that nobody else can look into."""

import stat
from pathlib import Path

import platformdirs

NAME = "journal.sqlite3"


def journal_folder() -> Path:
    """Return the folder of the live sessions' journal."""
    return platformdirs.user_data_path("voicecoach", appauthor=False) / "journal"


def journal_file(folder: Path) -> Path:
    """Return the path of the journal in a folder."""
    return folder / NAME


def sidecars(file: Path) -> list[Path]:
    """Return the files that SQLite keeps beside a database while it is written, whether they are there or not."""
    return [file.with_name(file.name + ending) for ending in ("-wal", "-shm")]


def make_private(folder: Path) -> None:
    """Make a folder, for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077:
        folder.chmod(mode & 0o700)
