"""Carries out `Summary`: says what was done and how the pain changed, and ends the session."""

from voicecoach.programme.kinds.step import Then
from voicecoach.programme.kinds.summary import Summary
from voicecoach.programme.line import Line
from voicecoach.session import closing
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Stage


@begin.register
def _(step: Summary, stage: Stage) -> Speaking | Then:
    lines = (*summary(stage, stage.memory.pain_last), *map(stage.line, step.mentioned(stage.answers())))
    return Speaking(lines, can_be_skipped=False) if lines else step.after(None)


def summary(stage: Stage, after: int | None) -> tuple[Line, ...]:
    """Return the lines on what was done and how the pain changed to the score `after`."""
    return (*closing.done(stage), *closing.pain(stage, "summary_pain", after))
