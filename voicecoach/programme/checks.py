"""What a programme must keep to besides its types; each check returns the first problem, place and remedy included."""

import difflib
from itertools import chain
from math import inf

from voicecoach.programme import steps
from voicecoach.programme.nerves import contradicts_itself, loads
from voicecoach.programme.steps import Programme, Step


def problem_of(programme: Programme) -> str | None:
    """Return the first problem of a programme, or None."""
    for check in _CHECKS:
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
        if isinstance(step, steps.Branch | steps.Summary):
            deciding = step.all_yes if isinstance(step, steps.Branch) else ()
            for question in chain(deciding, step.markers, step.remarks):
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
        if not isinstance(step, steps.Moving) and step.part != "test":
            continue
        for needed, why in ((steps.Screen, "screening"), (steps.Pain, "a pain score"), (steps.Side, "the side")):
            if needed is steps.Side and getattr(step, "sides", "none") == "none" and step.part != "test":
                continue
            if not always_before(programme, needed, at):
                remedy = f"put a `{needed.__name__.lower()}` step first."
                return f"{_where(programme, at)}: something moves here before {why}; {remedy}"
    return None


def _side_problem(programme: Programme) -> str | None:
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Side) and step.both.finish is None:
            where = _where(programme, at, ".both")
            return f"{where}: pain on both sides is a reason not to start; write finish = 'warning_sign'."
        if isinstance(step, steps.Exercise) and step.sides == "both" and not step.start:
            return f"{_where(programme, at)}: nobody is told whose turn it is; write `start`, a prompt that says it."
    return None


def _nerve_problem(programme: Programme) -> str | None:
    """A slider pulls the nerve at one end at a time, and at each end once; only a tensioner may pull at both."""
    for at, step in enumerate(programme.steps):
        if not isinstance(step, steps.Exercise):
            continue
        for number, phase in enumerate(step.phases):
            problem = _phase_problem(step, phase)
            if problem is not None:
                return f"{_where(programme, at)}: phases[{number}] {problem}"
        pulled = [loads(phase) for phase in step.phases]
        if step.movement == "slider" and len(set(pulled)) < 2:
            return f"{_where(programme, at)}: a slider goes to and fro; give it a phase that pulls at the other end."
        if step.movement == "tensioner" and ("pulled", "pulled") not in pulled:
            return f"{_where(programme, at)}: no phase pulls the nerve at both ends; write movement = 'slider'."
    return None


def _phase_problem(step: steps.Exercise, phase: steps.Phase) -> str | None:
    end = contradicts_itself(phase)
    if end is not None:
        return f"says {end} = {getattr(phase, end)!r}, and its positions say otherwise; leave `{end}` out."
    both = loads(phase)
    if phase.toes and phase.head and phase.toes != phase.head and step.movement != "tensioner":
        return (
            f"moves toes {phase.toes} with head {phase.head}, which pulls the nerve at both ends or at neither; "
            f"write head = '{phase.toes}' (a slider)."
        )
    if both == ("pulled", "pulled") and step.movement != "tensioner":
        return f"pulls the nerve at both ends, which no {step.movement} does; let one end go (a slider)."
    if step.movement in ("slider", "tensioner") and None in both:
        return (
            "does not say what both ends of the nerve are under; write `distal` and `proximal`, or another `movement`."
        )
    if step.movement == "slider" and both == ("slack", "slack"):
        return "pulls the nerve at neither end; let one end pull (a slider)."
    return None


def _limit_problem(programme: Programme) -> str | None:
    for name, limits in ((field, getattr(programme.limits, field)) for field in programme.limits.__struct_fields__):
        if limits is not None and limits[0] > limits[1]:
            return f"limits.{name}: the least, {limits[0]}, is more than the most, {limits[1]}; write the least first."
    for at, step in enumerate(programme.steps):
        if not isinstance(step, steps.Exercise):
            continue
        doses = [profile[step.id] for profile in programme.profiles.values() if step.id in profile]
        asked: dict[str, list[float | None]] = {
            "hold_seconds": [step.hold_of(phase) for phase in step.phases],
            "repetitions": [step.repetitions, *(dose.repetitions for dose in doses)],
            "sets": [step.sets, *(dose.sets for dose in doses)],
        }
        for name, values in asked.items():
            least, most = getattr(programme.limits, name) or (0, inf)
            wrong = [value for value in values if value is not None and not least <= value <= most]
            if wrong:
                where = _where(programme, at, f".{name}")
                return f"{where}: {wrong[0]:g} is outside the programme's limits; write {least:g} to {most:g}."
    return None


def _profile_problem(programme: Programme) -> str | None:
    kinds = {step.id: type(step) for step in programme.steps if isinstance(step, steps.Exercise | steps.Intervals)}
    for profile, doses in programme.profiles.items():
        for step_id, dose in doses.items():
            place = f"profiles.{profile}.{step_id}"
            if step_id not in kinds:
                near = difflib.get_close_matches(step_id, kinds, 1)
                return f"{place}: there is no such exercise; " + (
                    f"did you mean {near[0]}?" if near else "leave it out."
                )
            unknown = ("rounds",) if kinds[step_id] is steps.Exercise else ("sets", "repetitions")
            for name in unknown:
                if getattr(dose, name) is not None:
                    return f"{place}: this kind of step has no {name}; leave it out."
    return None


def _number_problem(programme: Programme) -> str | None:
    for at, step in enumerate(programme.steps):
        if not isinstance(step, steps.Number):
            continue
        if step.lowest >= step.highest:
            return f"{_where(programme, at)}: lowest is not below highest; write the smaller number as lowest."
        for number, rule in enumerate(step.rules):
            if not step.lowest <= rule.at_least <= step.highest:
                where = _where(programme, at, f".rules[{number}]")
                return f"{where}: from = {rule.at_least} can't be answered; write {step.lowest} to {step.highest}."
    return None


_CHECKS = (
    _id_problem, _jump_problem, _branch_problem, _end_problem, _safety_problem, _side_problem, _nerve_problem,
    _limit_problem, _profile_problem, _number_problem,
)  # fmt: skip
