"""Saying something."""

from voicecoach.programme.kinds.say import Say
from voicecoach.session.kinds.carrying_out import begin
from voicecoach.session.speaking import Speaking
from voicecoach.session.stage import Stage


@begin.register
def _(step: Say, stage: Stage) -> Speaking:
    lines = tuple(map(stage.line, step.prompts))
    return Speaking(lines, step.pause_seconds, can_be_skipped=step.part == "talk")
