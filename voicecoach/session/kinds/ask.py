"""Carries out `Ask`: puts a yes/no question."""

from voicecoach.programme.kinds.ask import Ask
from voicecoach.session.dialogue import Question, yes_no
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.stage import Stage


@begin.register
def _(step: Ask, stage: Stage) -> Question:
    del stage
    return yes_no(step.id)
