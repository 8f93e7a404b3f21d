"""A new programme to write on: a small one that works, in a file of its own with its words beside it."""

import re
from importlib import resources
from pathlib import Path

from voicecoach.errors import VoicecoachError

_STARTER = resources.files("voicecoach.programme") / "starter"
_ID = "starter"


def begin_programme(name: str) -> tuple[Path, Path]:
    """Write a programme and its English words: NAME.toml in this folder, or the path that `name` is.

    Raises VoicecoachError where the name can't be a programme's, or a file is there already or can't be written.
    """
    file = Path(name) if name.endswith(".toml") else Path(f"{name}.toml")
    if not re.fullmatch("[a-z][a-z0-9_]{0,39}", file.stem):
        raise VoicecoachError(
            f"{file.stem!r} can't be a programme's name; write small letters, digits and _, such as my_knee."
        )
    words = file.with_name(f"{file.stem}.en.toml")
    for there in (file, words):
        if there.exists():
            raise VoicecoachError(f"{there} is there already; choose another name, or remove it.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for target, of in ((words, f"{_ID}.en.toml"), (file, f"{_ID}.toml")):
            text = (_STARTER / of).read_text(encoding="utf-8").replace(f'id = "{_ID}"', f'id = "{file.stem}"', 1)
            with target.open("x", encoding="utf-8") as written:
                written.write(text)
    except OSError as error:
        raise VoicecoachError(f"{file} can't be written ({error.strerror}); choose another place.") from None
    return file, words
