"""Carries out `Pain`: asks how strong the pain is, from 0 to 10."""

from voicecoach.meanings import SCORES
from voicecoach.programme.kinds.pain import Pain
from voicecoach.session.check_in import PainCheck
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.kinds.summary import summary
from voicecoach.session.stage import Stage


@begin.register
def _(step: Pain, stage: Stage) -> PainCheck:
    later = stage.programme.steps[stage.programme.index(step.id) :]
    is_end = stage.memory.pain_start is not None and not any(one.moves for one in later)
    if is_end:
        stage.foresee(line for score in SCORES for line in summary(stage, int(score)))
    return PainCheck(step.id, is_end=is_end)
