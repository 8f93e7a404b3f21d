"""Carries out `Branch`: goes the way that earlier answers decide, and says what there is to mention."""

from voicecoach.programme.kinds.branch import Branch
from voicecoach.programme.kinds.step import Then
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.stage import Stage


@begin.register
def _(step: Branch, stage: Stage) -> Then:
    return step.decided(stage.answers())
