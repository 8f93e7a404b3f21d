"""Carries out `Choose`: puts a question with answers of the programme's own."""

from voicecoach.programme.kinds.choose import Choose
from voicecoach.session.dialogue import Question
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.stage import Stage


@begin.register
def _(step: Choose, stage: Stage) -> Question:
    del stage
    return Question(step.id, step.own_answers, "please_choose")
