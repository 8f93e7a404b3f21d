"""How a step is carried out: what the walk through a programme asks of each kind, answered in the kind's own file.

A file here is named as its kind is in a programme. It registers what it answers for the step's type; what it does not
register is as it stands here.
"""

from functools import singledispatch

from voicecoach.programme.kinds.step import AnyStep, Then
from voicecoach.programme.line import Line
from voicecoach.programme.values import Value
from voicecoach.session.stage import Activity, Stage


@singledispatch
def begin(step: AnyStep, stage: Stage) -> Activity | Then:
    """Return what carries a step out or, where nothing is to be done, what follows it."""
    del stage
    raise NotImplementedError(f"nobody carries out steps of the kind {step.__struct_config__.tag}")


@singledispatch
def over(step: AnyStep, result: Value | None, stage: Stage) -> Then:
    """Remember what a step came to, and return what follows it."""
    del stage
    return step.after(result)


@singledispatch
def left(step: AnyStep, stage: Stage, *, begun: bool) -> Line | None:
    """Return how much is left of a step while nothing of it is under way; None where nothing is counted, or left."""
    del step, stage, begun
    return None
