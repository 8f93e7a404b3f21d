"""Carries out `Summary`: says what was done and how the pain changed, and ends the session."""

from collections.abc import Iterator

from voicecoach.programme.kinds.step import Then
from voicecoach.programme.kinds.summary import Summary
from voicecoach.programme.line import Line
from voicecoach.programme.values import Value
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.policies import pain_change
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Stage


@begin.register
def _(step: Summary, stage: Stage) -> Speaking | Then:
    lines = (*summary(stage, stage.memory.pain_last), *map(stage.line, step.mentioned(stage.answers())))
    return Speaking(lines, can_be_skipped=False) if lines else step.after(None)


def summary(stage: Stage, after: int | None) -> tuple[Line, ...]:
    """Return the line on what was done and how the pain changed to the score `after`."""
    memory = stage.memory
    lines = [*_done(stage)]
    if memory.pain_start is not None and after is not None:
        change = pain_change(memory.pain_start, after, stage.programme.pain)
        values: dict[str, Value] = {"before": memory.pain_start, "after": after}
        lines += [stage.line("summary_pain", values), stage.line(f"summary_pain_{change}")]
    return tuple(lines)


def _done(stage: Stage) -> Iterator[Line]:
    memory = stage.memory
    sets = [done for done in memory.repetitions if done]
    if any("repetitions" in step.counted for step in stage.programme.steps):
        yield stage.line(
            "summary_repetitions" if sets else "summary_none", {"repetitions": sum(sets), "sets": len(sets)}
        )
    if memory.rounds:
        yield stage.line("summary_rounds", {"rounds": memory.rounds})
