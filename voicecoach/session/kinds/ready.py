"""Carries out `Ready`: waits until the person says that they are ready."""

from voicecoach.programme.kinds.ready import Ready
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.stage import Stage


@begin.register
def _(step: Ready, stage: Stage) -> GettingReady:
    del stage
    return GettingReady(step)
