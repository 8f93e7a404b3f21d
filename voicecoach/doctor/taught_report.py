"""What was taught, to be read by people and by other programs; nothing is decided here."""

from collections.abc import Sequence
from typing import Any

import msgspec

from voicecoach.doctor.learning import Lesson
from voicecoach.doctor.recognising import figures
from voicecoach.doctor.takes import Take
from voicecoach.hearing.contract import Verdict
from voicecoach.programme.words import Words
from voicecoach.taught import Taught, with_taught


def take_line(take: Take) -> str:
    """Return what was heard of a take, as a line."""
    verdict = take.verdict
    level = f"{take.level_dbfs:.0f} dBFS"
    if not verdict.words:
        return f"{take.meaning:6}not understood, {level}"
    outcome = f'not understood, nearest "{verdict.words}"'
    if verdict.meaning is not None:
        outcome = f'understood as "{verdict.words}"' + ("" if verdict.sure else ", not surely")
    return f"{take.meaning:6}{outcome}, score {verdict.score:.1f}, {level}"


def lesson_sentence(takes: Sequence[Take], lesson: Lesson) -> str:
    """Return what came of teaching."""
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
    """Return what was taught for other programs."""
    return {
        **msgspec.to_builtins(taught.situation),
        "taught_on": taught.taught_on.isoformat(),
        "meanings": msgspec.to_builtins(taught.meanings),
    }


def takes_json(takes: Sequence[Take], lesson: Lesson | None) -> list[dict[str, Any]]:
    """Return the takes for other programs: `heard` before teaching, `heard_now` with what was learnt."""
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
