"""Carries out `Ask`: puts a yes/no question."""

from msgspec.structs import replace

from voicecoach.programme.kinds.ask import Ask
from voicecoach.session.dialogue import Question
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.questions import marker, safety_question, yes_no
from voicecoach.session.stage import Stage


@begin.register
def _(step: Ask, stage: Stage) -> Question:
    if step.worrying:
        return safety_question(step.id)
    if stage.programme.decides_nothing(step):
        return marker(step.id)
    return replace(yes_no(step.id), said_by=step.already or "")
