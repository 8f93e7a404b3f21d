"""The functions that a kind of step is registered under in the session: beginning it, its end, what is left of it.

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
    """Return the activity that carries a step out or, where nothing is to be done, what follows the step."""
    del stage
    raise NotImplementedError(f"nobody carries out steps of the kind {step.__struct_config__.tag}")


@singledispatch
def over(step: AnyStep, result: Value | None, stage: Stage) -> Then:
    """Remember the result of a step that is over, and return what follows the step."""
    del stage
    return step.after(result)


@singledispatch
def left(step: AnyStep, stage: Stage, *, begun: bool) -> Line | None:
    """Return the line on how much of a step is left between its sets or rounds; None where nothing is counted."""
    del step, stage, begun
    return None
