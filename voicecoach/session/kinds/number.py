"""Carries out `Number`: puts a question for a number, and follows the rule that the number reaches."""

from voicecoach.meanings import SCORES
from voicecoach.programme.kinds.number import Number
from voicecoach.session.dialogue import Question
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.stage import Stage


@begin.register
def _(step: Number, stage: Stage) -> Question:
    del stage
    numbers = tuple(str(number) for number in range(step.lowest, step.highest + 1))
    please = "please_number" if numbers == SCORES else "please_a_number"
    return Question(step.id, numbers, please, worse=step.worse)
