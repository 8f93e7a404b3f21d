"""A slider pulls a nerve at one end at a time; one swapped word would make it a tensioner, which has to be declared."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.nerves import contradicts_itself, loads
from voicecoach.programme.steps import Exercise, Phase, Programme

_BOTH = ("pulled", "pulled")
_NEITHER = ("slack", "slack")


def movement(programme: Programme) -> Iterator[Problem]:
    """Yield the phases that load a nerve as their exercise's movement does not, and movements that are another one."""
    for at, step in enumerate(programme.steps):
        if not isinstance(step, steps.Exercise):
            continue
        place: Place = ("steps", at)
        wrong = [p for number, phase in enumerate(step.phases) for p in _phase(step, phase, (*place, "phases", number))]
        yield from wrong or _whole(step, place)


def _phase(step: Exercise, phase: Phase, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with a phase, its cause only."""
    both = loads(phase)
    end = contradicts_itself(phase)
    if end is not None:
        what = f'{end} is "{getattr(phase, end)}", and the positions of this phase say otherwise'
        yield Problem((*place, end), what, f"leave `{end}` out")
    elif phase.toes and phase.head and phase.toes != phase.head and step.movement != "tensioner":
        ends = "at both ends" if both == _BOTH else "at neither end"
        yield Problem(
            (*place, "head"),
            f"toes {phase.toes} with head {phase.head} pulls the nerve {ends}, which a slider never does",
            f'write head = "{phase.toes}", or movement = "tensioner" if that is meant',
        )
    elif both == _BOTH and step.movement != "tensioner":
        what = f"this phase pulls the nerve at both ends, which no {step.movement} does"
        yield Problem(place, what, 'let one end go, or write movement = "tensioner" if that is meant')
    elif None in both and step.movement in ("slider", "tensioner"):
        what = f"this phase does not say what both ends of the nerve are under, as a {step.movement} has to"
        yield Problem(place, what, "write `distal` and `proximal`, or another `movement`")
    elif both == _NEITHER and step.movement == "slider":
        yield Problem(place, "this phase pulls the nerve at neither end, which a slider never does", "let one end pull")


def _whole(step: Exercise, place: Place) -> Iterator[Problem]:
    pulled = [loads(phase) for phase in step.phases]
    if step.movement == "slider" and len(set(pulled)) < 2:
        what = "every phase pulls the nerve at the same end, and a slider goes to and fro"
        yield Problem((*place, "phases"), what, "add a phase that pulls at the other end")
    if step.movement == "tensioner" and _BOTH not in pulled:
        what = "no phase pulls the nerve at both ends, so this is no tensioner"
        yield Problem((*place, "movement"), what, 'write movement = "slider"')
