"""The rehearsal of a built-in programme by voice, everything as it comes."""

from pathlib import Path
from typing import Any

from tqdm import tqdm

from voicecoach.hearing.choosing import choose_recogniser
from voicecoach.interrupting import on_interrupt
from voicecoach.programme.choosing import read_chosen
from voicecoach.programme.words import DEFAULT_VOICE
from voicecoach.rehearsal.run import Rehearsal, estimated_seconds, keep_quiet, rehearsals_folder, rehearse
from voicecoach.rehearsal.script import read_script


def rehearse_built_in(name: str, output: Path | None, language: str | None, *, cautious: bool) -> dict[str, Any]:
    """Return the result of a rehearsal with the default person, voice and recogniser."""
    plan, words = read_chosen(name, None, language=language, cautious=cautious)
    rehearsal = Rehearsal(
        plan,
        words,
        read_script("default"),
        name=f"{plan.id}-default-0",
        output=(output or rehearsals_folder()).absolute(),
        voice=DEFAULT_VOICE,
        recogniser=choose_recogniser("auto", words.language),
    )
    with tqdm(total=estimated_seconds(plan), desc=name, unit="s", disable=None, leave=False) as bar:
        return rehearse(rehearsal, keep_quiet, bar.update, on_interrupt)
