"""Settings: what is remembered from one live session to the next, in one small file."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from voicecoach.meanings import Counting
from voicecoach.paces import PACES
from voicecoach.small_files import read_text, reason, replace_whole

Setting = str | float | bool | tuple[str, ...] | None


class Settings(msgspec.Struct, frozen=True):
    """The settings that the person chose; None: nothing chosen yet."""

    voice: str | None = None
    counting: Counting | None = None
    pace: Annotated[int, msgspec.Meta(ge=PACES[0], le=PACES[-1])] | None = None
    """At most how many words a minute the coach speaks."""
    answer_window_seconds: Annotated[float, msgspec.Meta(gt=0)] | None = None
    """How long it waits for an answer."""
    microphone: str | None = None
    """The name of the microphone."""
    speaker: str | None = None
    """The name of the loudspeaker."""
    country: str | None = None
    """The country, as ISO 3166 has it, that the person has confirmed to be in."""
    countries_declined: tuple[str, ...] = ()
    """Those that were asked about and not confirmed."""
    keep_words: bool = True
    """Whether the journal keeps the words of what meant nothing to a question."""


def settings_file() -> Path:
    """Return the path of the settings file."""
    return platformdirs.user_config_path("voicecoach", appauthor=False) / "settings.json"


class Remembered:
    """The settings, read once and written at each change. What goes wrong is said in a sentence and stops nothing."""

    def __init__(self, file: Path, warn: Callable[[str], object]) -> None:
        self.settings = Settings()
        self._file = file
        self.warn = warn
        self._one_at_a_time = threading.Lock()
        self._writing: list[threading.Thread] = []
        try:
            self.settings = msgspec.json.decode(read_text(file), type=Settings)
        except FileNotFoundError:
            pass
        except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
            warn(f"The settings in {file} can't be read ({reason(error)}), so nothing is remembered from last time.")

    def remember(self, **changes: Setting) -> None:
        """Keep these settings from now on: the file is replaced by a whole new one."""
        if self._change(changes):
            self._write()

    def remember_meanwhile(self, **changes: Setting) -> None:
        """Keep these settings from now on, without waiting for the disk; `settle` does."""
        if self._change(changes):
            self._writing.append(threading.Thread(target=self._write))
            self._writing[-1].start()

    def settle(self) -> None:
        """Wait until all that is to be kept has been written, or could not be."""
        while self._writing:
            self._writing.pop().join()

    def _change(self, changes: dict[str, Setting]) -> bool:
        before, self.settings = self.settings, msgspec.structs.replace(self.settings, **changes)
        return self.settings != before

    def _write(self) -> None:
        with self._one_at_a_time:
            try:
                replace_whole(self._file, msgspec.json.format(msgspec.json.encode(self.settings)))
            except OSError as error:
                self.warn(f"The settings can't be kept in {self._file} ({reason(error)}); make it writable.")
