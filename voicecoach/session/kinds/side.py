"""Carries out `Side`: asks which side hurts."""

from voicecoach.meanings import SIDES
from voicecoach.programme.kinds.side import BOTH, Side
from voicecoach.programme.kinds.step import Then
from voicecoach.programme.values import Value
from voicecoach.session.dialogue import Question
from voicecoach.session.kinds.kind_activity import begin, over
from voicecoach.session.stage import Stage


@begin.register
def _(step: Side, stage: Stage) -> Question:
    del stage
    return Question(step.id, SIDES, "please_side", confirm=(BOTH,))


@over.register
def _(step: Side, result: Value | None, stage: Stage) -> Then:
    if result != BOTH:
        stage.memory.side = str(result)
    return step.after(result)
