"""`doctor --teach`, `--taught` and `--forget`: from devices and files to a report for people and for JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from voicecoach.doctor.enrolment import Pupil, teach
from voicecoach.doctor.examination import Parts
from voicecoach.doctor.speaker_adaptation import Lesson, Take
from voicecoach.doctor.spoken_yes import figures
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Verdict
from voicecoach.programme.words import Words
from voicecoach.settings import Settings
from voicecoach.sound.device_names import choose_device, full_name, name_now
from voicecoach.sound.stream_choice import answered
from voicecoach.taught import (
    Situation,
    Taught,
    TaughtMeaning,
    as_named_now,
    forget_taught,
    keep_taught,
    read_taught,
    taught_for,
    with_taught,
)


def take_line(take: Take) -> str:
    """Return what a session heard of a take, as a line."""
    verdict = take.verdict
    level = f"{take.level_dbfs:.0f} dBFS"
    if not verdict.words:
        return f"{take.meaning:6}not understood, {level}"
    outcome = f'not understood, nearest "{verdict.words}"'
    if verdict.meaning is not None:
        outcome = f'understood as "{verdict.words}"' + ("" if verdict.sure else ", not surely")
    return f"{take.meaning:6}{outcome}, score {verdict.score:.1f}, {level}"


def lesson_sentence(takes: Sequence[Take], lesson: Lesson) -> str:
    """Return what came of teaching, as a sentence."""
    sure = sum(verdict.sure for verdict in lesson.verdicts)
    if lesson.meanings:
        right = [take.verdict for take in takes if take.verdict.meaning == take.meaning]
        return (
            f"Learnt and kept. Understood: {len(right)} of {len(takes)} before, all now; surely: "
            f"{sum(verdict.sure for verdict in right)} before, {sure} now. voicecoach doctor --taught shows it, "
            "--forget removes it."
        )
    if lesson.changes:
        return f"All {len(takes)} takes are understood without what was taught before, so that was removed."
    if lesson.all_sure:
        return f"All {len(takes)} takes were understood surely; nothing has to change."
    return (
        f"All {len(takes)} takes were understood, {len(takes) - sure} of them not surely; no safe change makes that "
        "better, so nothing has changed."
    )


def taught_lines(taught: Taught, words: Words) -> list[str]:
    """Return what was taught as lines, beside what is built in."""
    lines = [f"Taught on {taught.taught_on}, for {taught.situation}:"]
    changed = with_taught(words, taught.meanings) if taught.situation.language == words.language else words
    for meaning in taught.meanings:
        if meaning not in words.meanings:
            continue
        now, built_in = changed.meanings[meaning], words.meanings[meaning]
        more = ", ".join(f'"{spelling}"' for spelling in now.spellings[len(built_in.spellings) :])
        lines.append(
            f"  {meaning:6}taken above {now.accept_above:.2f} (built in: {built_in.accept_above:.2f}), sure above "
            f"{now.sure_above:.2f} (built in: {built_in.sure_above:.2f}){f'; also {more}' if more else ''}"
        )
    return lines


def taught_json(taught: Taught) -> dict[str, Any]:
    """Return what was taught for other programs, ready for JSON."""
    return {
        **msgspec.to_builtins(taught.situation),
        "taught_on": taught.taught_on.isoformat(),
        "meanings": msgspec.to_builtins(taught.meanings),
    }


def takes_json(takes: Sequence[Take], lesson: Lesson | None) -> list[dict[str, Any]]:
    """Return the takes, ready for JSON: `heard` before teaching, `heard_now` with what was learnt."""
    now = lesson.verdicts if lesson else [None] * len(takes)
    return [
        {
            "asked": take.meaning,
            "level_dbfs": round(take.level_dbfs, 1),
            "heard": _verdict_json(take.verdict),
            "heard_now": _verdict_json(after) if after else None,
        }
        for take, after in zip(takes, now, strict=True)
    ]


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {"understood": verdict.meaning, "words": verdict.words, **figures(verdict)}


Show = Callable[[str], object]


def as_in_a_session(parts: Parts, last: Settings, warn: Show) -> Parts:
    """Return the doctor's parts with the devices that a session would open. Raises NoSound."""
    return replace(
        parts,
        mic=answered(lambda: choose_device(parts.mic, last.microphone, "input", warn)),
        speaker=answered(lambda: choose_device(parts.speaker, last.speaker, "output", warn)),
    )


def teach_and_keep(parts: Parts, words: Words, file: Path, today: date, show_line: Show, warn: Show) -> dict[str, Any]:
    """Teach, show each take, and keep what is learnt; return the report, whose `ok` says whether that went well."""
    takes: list[Take] = []

    def show_take(take: Take) -> None:
        takes.append(take)
        show_line(take_line(take))

    kept, learnt = read_taught(file, warn), list[Taught]()
    report: dict[str, Any] = {"ok": False, "changed": False, "meanings": {}}
    lesson = None
    try:
        microphone = answered(lambda: full_name(parts.mic, "input"))
        kept = as_named_now(kept, partial(name_now, kind="input"))
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
    """Show all that was taught, line by line."""
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
    """Remove what was taught and say what that was; return the report, ready for JSON."""
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
