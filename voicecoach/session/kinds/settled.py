"""Carries out `Settled`: asks whether all had settled after the last session, where there was one."""

from voicecoach.programme.kinds.settled import Settled
from voicecoach.programme.kinds.step import Then
from voicecoach.session.dialogue import Question
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.questions import yes_no
from voicecoach.session.stage import Stage


@begin.register
def _(step: Settled, stage: Stage) -> Question | Then:
    return Then() if stage.memory.opening.previous is None else yes_no(step.id)
