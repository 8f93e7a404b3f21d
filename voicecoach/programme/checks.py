"""What a programme must keep to besides its types; each check returns the first problem, place and remedy included."""

import difflib
from itertools import chain

from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step


def problem_of(programme: Programme) -> str | None:
    """Return the first problem of a programme, or None."""
    for check in (_id_problem, _jump_problem, _branch_problem, _end_problem, _safety_problem, _move_problem):
        problem = check(programme)
        if problem is not None:
            return problem
    return None


def always_before(programme: Programme, kind: type, at: int) -> bool:
    """Whether every way to step `at` passes a step of this kind; jumps only go forwards."""
    places = [i for i, step in enumerate(programme.steps[:at]) if isinstance(step, kind)]
    return any(
        not any(programme.index(target) > place for step in programme.steps[:place] for target in _targets(step))
        for place in places
    )


def _targets(step: Step) -> list[str]:
    return [then.go for then in steps.answers(step).values() if then.go is not None]


def _where(programme: Programme, at: int, inside: str = "") -> str:
    return f"steps[{at}]{inside} (step {programme.steps[at].id})"


def _id_problem(programme: Programme) -> str | None:
    ids = [step.id for step in programme.steps]
    for at, step_id in enumerate(ids):
        if step_id in ids[:at]:
            return f"{_where(programme, at)}: another step has this id; give each its own."
    taken = set(ids)
    for at, step in enumerate(programme.steps):
        for number, question in enumerate(step.questions if isinstance(step, steps.Screen) else ()):
            if question.id in taken:
                where = _where(programme, at, f".questions[{number}]")
                return f"{where}: another question or step has the id {question.id!r}; give each its own."
            taken.add(question.id)
    return None


def _jump_problem(programme: Programme) -> str | None:
    ids = [step.id for step in programme.steps]
    for at, step in enumerate(programme.steps):
        for name, then in steps.answers(step).items():
            if then.go is not None and then.finish is not None:
                where = _where(programme, at, f".{name}")
                return f"{where}: `go` goes on and `finish` ends the session; leave one of them out."
        for target in _targets(step):
            if target not in ids[at + 1 :]:
                near = difflib.get_close_matches(target, ids[at + 1 :], 1)
                hint = f"did you mean {near[0]}?" if near else "name a later step."
                return f"{_where(programme, at)}: go = {target!r} is no later step; {hint}"
    return None


def _branch_problem(programme: Programme) -> str | None:
    asked: list[str] = []
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Ask):
            asked.append(step.id)
        if isinstance(step, steps.Branch):
            for question in chain(step.all_yes, step.markers):
                if question not in asked:
                    where = _where(programme, at)
                    return f"{where}: {question!r} is no yes/no question asked before; name an earlier `ask` step."
    return None


def _end_problem(programme: Programme) -> str | None:
    last = len(programme.steps) - 1
    if not isinstance(programme.steps[last], steps.Summary):
        return f"{_where(programme, last)}: the last step must have kind = 'summary'; add one."
    return None


def _safety_problem(programme: Programme) -> str | None:
    for at, step in enumerate(programme.steps):
        if not isinstance(step, steps.Exercise) and step.part != "test":
            continue
        for needed, why in ((steps.Screen, "screening"), (steps.Pain, "a pain score"), (steps.Side, "the side")):
            if not always_before(programme, needed, at):
                remedy = f"put a `{needed.__name__.lower()}` step first."
                return f"{_where(programme, at)}: something moves here before {why}; {remedy}"
    return None


def _move_problem(programme: Programme) -> str | None:
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Side) and step.both.finish is None:
            where = _where(programme, at, ".both")
            return f"{where}: pain on both sides is a reason not to start; write finish = 'warning_sign'."
        for number, phase in enumerate(step.phases if isinstance(step, steps.Exercise) else ()):
            if phase.toes != phase.head:
                return (
                    f"{_where(programme, at)}: phases[{number}] moves toes {phase.toes} with head {phase.head}, which "
                    f"pulls the nerve at both ends; write head = '{phase.toes}' (a slider)."
                )
    return None
