"""Carries out `Branch`: goes the way that earlier answers decide, and says what there is to mention."""

from voicecoach.programme.kinds.branch import Branch
from voicecoach.programme.kinds.step import Then
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.stage import Stage


@begin.register
def _(step: Branch, stage: Stage) -> Then:
    previous = stage.memory.opening.previous
    matched_before = previous is not None and stage.memory.side in previous.matched_sides
    return step.decided(stage.answers(), matched_before=matched_before)
