"""The last words of a session, whatever its end: what was done, how the pain changed, what to do next, and goodbye."""

from collections.abc import Iterator

from voicecoach.meanings import SCORES
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome, Summary
from voicecoach.programme.values import Value
from voicecoach.session.policies import pain_change
from voicecoach.session.stage import Finish, Stage


def last_words(finish: Finish, stage: Stage) -> tuple[Line, ...]:
    """Return all that is said at an end: its own prompts, then what the programme's summary has not told already."""
    lines = list(map(stage.line, finish.prompts))
    if finish.closes:
        if not isinstance(stage.programme.steps[stage.memory.at], Summary):
            lines += _so_far(finish.outcome, stage)
        lines.append(stage.line("goodbye"))
    return tuple(lines)


def _so_far(outcome: Outcome, stage: Stage) -> Iterator[Line]:
    """Yield the lines on what was done, on the pain where it was asked about since, and on what to do next.

    The prompts of a test's own ends say what to do already.
    """
    if _has_practised(stage):
        yield from done(stage)
    yield from pain(stage, "summary_pain_last", stage.memory.pain_last)
    broke_off = outcome in (Outcome.STOPPED, Outcome.UNANSWERED)
    if _has_practised(stage) or (broke_off and _has_moved(stage)):
        yield stage.line("settle")


def foreseen(stage: Stage) -> Iterator[Line]:
    """Yield what the last words may tell of the pain and of what was done, where they follow a score at once."""
    if _has_practised(stage):
        yield from done(stage)
    for score in SCORES:
        yield from pain(stage, "summary_pain_last", int(score))


def done(stage: Stage) -> Iterator[Line]:
    """Yield the lines on what was done."""
    memory = stage.memory
    sets = [repetitions for repetitions in memory.repetitions if repetitions]
    if any("repetitions" in step.counted for step in stage.programme.steps):
        yield stage.line(
            "summary_repetitions" if sets else "summary_none", {"repetitions": sum(sets), "sets": len(sets)}
        )
    if memory.rounds:
        yield stage.line("summary_rounds", {"rounds": memory.rounds})


def pain(stage: Stage, prompt: str, after: int | None) -> Iterator[Line]:
    """Yield the lines on how the pain changed to the score `after`, told by `prompt`, and on how it did last time."""
    before = stage.memory.pain_start
    if before is None or after is None:
        return
    values: dict[str, Value] = {"before": before, "after": after}
    yield stage.line(prompt, values)
    yield stage.line(f"summary_pain_{pain_change(before, after, stage.programme.pain)}")
    previous = stage.memory.opening.previous
    if previous is None or previous.side not in (None, stage.memory.side):
        return
    if previous.pain_first is not None and previous.pain_last is not None:
        last: dict[str, Value] = {"pain_before": previous.pain_first, "pain_after": previous.pain_last}
        yield stage.line("summary_last_time", last)


def _has_moved(stage: Stage) -> bool:
    return any(step.moves for step in stage.programme.steps[: stage.memory.at + 1])


def _has_practised(stage: Stage) -> bool:
    return stage.memory.rounds > 0 or stage.memory.holds > 0 or any(stage.memory.repetitions)
