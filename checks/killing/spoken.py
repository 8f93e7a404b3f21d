"""A rehearsal by voice, as the command runs it, that is killed once it has written some lines of its transcript."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from checks.killing.inquest import Told
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Programme

LINES = 260
"""About as many as the transcript of a whole session has."""


def short_programme(folder: Path) -> tuple[Path, Programme]:
    """Write a programme like the calf programme, but shorter, and its words; return its path and what it is."""
    calf, file = programme_file("calf"), folder / "short.toml"
    text = calf.read_text(encoding="utf-8").replace("repetitions = 25", "repetitions = 4")
    file.write_text(text.replace("\nrest_seconds = 60", "\nrest_seconds = 10"), encoding="utf-8")
    words = calf.with_name("calf.en.toml").read_text(encoding="utf-8")
    file.with_suffix(".en.toml").write_text(words, encoding="utf-8")
    return file, read_programme(file)


def kill_spoken(programme: Path, folder: Path, chance: random.Random) -> tuple[Told, bool]:
    """Begin a rehearsal by voice and kill it; return whether it came to its end, and whether it was killed."""
    lines, count = chance.randrange(LINES), 0
    command: list[str | Path] = [sys.executable, "-m", "voicecoach", "rehearse", programme]
    command += ["--state", folder, "--output", folder / "sound"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        assert victim.stderr is not None
        for _ in victim.stdout:
            count += 1
            if count == lines:
                victim.send_signal(signal.SIGKILL)
        ended, said = victim.wait(), victim.stderr.read().splitlines()
    troubles = [] if ended in (0, -signal.SIGKILL) else said[-1:]
    return Told(over=ended == 0, troubles=troubles, in_full=False), ended == -signal.SIGKILL
