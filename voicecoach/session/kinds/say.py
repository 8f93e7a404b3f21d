"""Carries out `Say`: speaks prompts, then is silent for a while."""

from voicecoach.programme.kinds.say import Say
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Stage


@begin.register
def _(step: Say, stage: Stage) -> Speaking:
    lines = tuple(map(stage.line, step.prompts_now(eased=stage.memory.eased)))
    return Speaking(lines, step.pause_seconds, can_be_skipped=step.part == "talk")
