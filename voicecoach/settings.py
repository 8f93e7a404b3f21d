"""What is remembered from one live session to the next, in one small file."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import platformdirs


class Settings(msgspec.Struct, frozen=True):
    """What the person chose; None: nothing yet."""

    voice: str | None = None
    microphone: str | None = None
    """The name of the microphone."""
    speaker: str | None = None
    """The name of the loudspeaker."""


def settings_file() -> Path:
    """Return where the settings are kept."""
    return platformdirs.user_config_path("voicecoach", appauthor=False) / "settings.json"


class Remembered:
    """The settings, read once and written at each change. What goes wrong is said in a sentence and stops nothing."""

    def __init__(self, file: Path, warn: Callable[[str], object]) -> None:
        self.settings = Settings()
        self._file = file
        self._warn = warn
        try:
            self.settings = msgspec.json.decode(file.read_bytes(), type=Settings)
        except FileNotFoundError:
            pass
        except (OSError, msgspec.DecodeError) as error:
            warn(f"The settings in {file} can't be read ({_reason(error)}), so nothing is remembered from last time.")

    def remember(self, **changes: str | None) -> None:
        """Keep these fields from now on: the file is replaced by a whole new one."""
        settings = msgspec.structs.replace(self.settings, **changes)
        if settings == self.settings:
            return
        self.settings = settings
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._file.parent, suffix=".part") as folder:
                part = Path(folder) / self._file.name
                part.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
                part.replace(self._file)
        except OSError as error:
            self._warn(f"The settings can't be kept in {self._file} ({_reason(error)}); make it writable.")


def _reason(error: Exception) -> str:
    return str(error.strerror if isinstance(error, OSError) and error.strerror else error).rstrip(".")
