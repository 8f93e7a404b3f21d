"""Teaching, showing what was taught and forgetting it: from devices and files to a report, ready for JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from voicecoach.doctor.examining import Parts
from voicecoach.doctor.takes import Take
from voicecoach.doctor.taught_report import lesson_sentence, take_line, takes_json, taught_json, taught_lines
from voicecoach.doctor.teaching import Pupil, teach
from voicecoach.errors import VoicecoachError
from voicecoach.programme.words import Words
from voicecoach.settings import Settings
from voicecoach.sound.names import choose_device, full_name
from voicecoach.sound.opening import answered
from voicecoach.taught import Situation, Taught, TaughtMeaning
from voicecoach.taught_file import forget_taught, keep_taught, read_taught, taught_for

Show = Callable[[str], object]


def as_in_a_session(parts: Parts, last: Settings, warn: Show) -> Parts:
    """Return the parts with the devices that a session would open. Raises NoSound."""
    return replace(
        parts,
        mic=answered(lambda: choose_device(parts.mic, last.microphone, "input", warn)),
        speaker=answered(lambda: choose_device(parts.speaker, last.speaker, "output", warn)),
    )


def teach_and_keep(parts: Parts, words: Words, file: Path, today: date, show_line: Show, warn: Show) -> dict[str, Any]:
    """Teach, show how that goes, and keep what is learnt; return the report, whose `ok` says whether it went well."""
    takes: list[Take] = []

    def show_take(take: Take) -> None:
        takes.append(take)
        show_line(take_line(take))

    kept, learnt = read_taught(file, warn), list[Taught]()
    report: dict[str, Any] = {"ok": False, "changed": False, "meanings": {}}
    lesson = None
    try:
        microphone = answered(lambda: full_name(parts.mic, "input"))
        situation = Situation(microphone or "", words.language, parts.recogniser.name)
        before = taught_for(situation, kept)

        def keep(meanings: Mapping[str, TaughtMeaning]) -> None:
            new = Taught(situation, today, dict(meanings))
            keep_taught(file, kept, new)
            learnt.extend([new] if meanings else [])
            report.update(changed=True, **taught_json(new))

        report.update(msgspec.to_builtins(situation))
        lesson = teach(parts, Pupil(words, before.meanings if before else {}, keep), show_take)
        report.update(ok=True, what=lesson_sentence(takes, lesson))
        show_line(report["what"])
    except VoicecoachError as error:
        report["what"] = str(error)
    show_all(learnt, words, show_line)
    return report | {"takes": takes_json(takes, lesson)}


def show_all(kept: Sequence[Taught], words: Words, show_line: Show) -> None:
    """Show what was taught, line by line."""
    for taught in kept:
        for line in taught_lines(taught, words):
            show_line(line)


def show_taught(words: Words, file: Path, show_line: Show) -> dict[str, Any]:
    """Show what was taught; return the report, whose `ok` says whether that could be read."""
    problems: list[str] = []
    kept = read_taught(file, problems.append)
    show_all(kept, words, show_line)
    if not kept and not problems:
        show_line("Nothing was taught.")
    what = problems[0] if problems else f"Taught: {len(kept)}."
    return {"ok": not problems, "what": what, "taught": [taught_json(taught) for taught in kept]}


def forget(file: Path, show_line: Show) -> dict[str, Any]:
    """Remove what was taught and say what that was; return the report."""
    problems: list[str] = []
    kept = read_taught(file, problems.append)
    try:
        there = forget_taught(file)
    except VoicecoachError as error:
        return {"ok": False, "what": str(error), "forgotten": []}
    what = "Nothing was taught, so there is nothing to forget."
    if kept:
        what = f"Forgotten: what was taught for {'; for '.join(str(taught.situation) for taught in kept)}."
    elif there:
        what = f"Removed {file}, which {'could not be read' if problems else 'had nothing in it'}."
    show_line(what)
    return {"ok": True, "what": what, "forgotten": [taught_json(taught) for taught in kept]}
