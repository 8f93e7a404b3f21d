"""A programme as a script that a person can read: what is said, what is asked, and where each answer leads."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.nerves import loads
from voicecoach.programme.steps import Programme, Step, Then
from voicecoach.programme.words import Line, Value, Words

_SIDES: dict[str, Value] = {"side": "[sore]", "other_side": "[other]"}
_TURNS: dict[str, Value] = {"side": "[this]", "other_side": "[other]"}
_FINISHES = {
    "complete": "the session is complete",
    "stopped": "the session ends",
    "warning_sign": "the session ends: a warning sign",
    "no_match": "the session ends: no match",
}


def written_out(programme: Programme, words: Words) -> list[str]:
    """Return the lines of the script, without its length."""
    rules = programme.pain
    lines = [
        f"{programme.title} ({programme.id})",
        f"Source: {programme.source}",
        f"Pain: ease off from {rules.ease_from}; end from {rules.stop_from}, or {rules.stop_rise} above the start.",
    ]
    for profile, doses in programme.profiles.items():
        given = "; ".join(f"{step} {_dose(dose)}" for step, dose in doses.items())
        lines.append(f"--{profile}: {given}.")
    for number, step in enumerate(programme.steps, 1):
        lines += ["", f"{number:>2}. {step.id} ({_kind(step)})"]
        if step.addition:
            lines.append(f"    Addition: {step.addition}.")
        lines += [f"    {line}" for line in _body(step, words)]
    return lines


def _dose(dose: steps.Dose) -> str:
    given = (("sets", dose.sets), ("repetitions", dose.repetitions), ("rounds", dose.rounds))
    return ", ".join(f"{name} {value}" for name, value in given if value is not None)


def _kind(step: Step) -> str:
    kind = str(step.__struct_config__.tag)
    return f"{kind}, part of the test" if step.part == "test" else kind


def _body(step: Step, words: Words) -> Iterator[str]:
    match step:
        case steps.Say():
            yield from (_said(words, key) for key in step.prompts)
            if step.pause_seconds:
                yield f"(pause of {step.pause_seconds:g} s)"
        case steps.Screen():
            for question in step.questions:
                yield _said(words, f"{question.id}?")
                yield from _explained(words, f"{question.id}?explain", f"{question.id}?again")
                yield f"  yes: {_said(words, question.action)} (the session ends)"
        case steps.Exercise() | steps.Hold() | steps.Intervals():
            yield from _motion(step, words)
        case steps.Branch():
            yield f"({' and '.join(step.all_yes)}: all yes is a match)"
            yield from _mentioned(step, words)
        case steps.Summary():
            yield "(what was done, and the pain before and after)"
            yield from _mentioned(step, words)
        case _:
            yield _said(words, f"{step.id}?")
            yield from _explained(words, f"{step.id}?explain", f"{step.id}?again")
    for name, then in steps.answers(step).items():
        yield from _then(name, then, words)


def _mentioned(step: steps.Branch | steps.Summary, words: Words) -> Iterator[str]:
    for count in range(len(step.markers) + 1) if step.markers else ():
        yield f"  {count} of {', '.join(step.markers)}: {_said(words, f'{step.id}_markers_{count}')}"
    for question in step.remarks:
        for answer in ("yes", "no"):
            yield f"  {question} {answer}: {_said(words, f'{step.id}_{question}_{answer}')}"


def _motion(step: steps.Moving, words: Words) -> Iterator[str]:
    yield from _explained(words, f"{step.id}_explain")
    match step:
        case steps.Exercise():
            yield from _exercise(step, words)
        case steps.Hold():
            yield _said(words, f"{step.id}_start", _TURNS)
            yield f"(held for {step.seconds:g} s{_sides(step)})"
            yield _said(words, f"{step.id}_end", _TURNS)
        case steps.Intervals():
            yield f"({step.rounds} rounds of {step.work_seconds:g} s, {step.rest_seconds:g} s rest between them)"
            yield from (_said(words, key) for key in step.prompts)
            yield _said(words, "pain_set?")


def _explained(words: Words, key: str, other_wording: str | None = None) -> Iterator[str]:
    """Yield what "explain" is answered with, where that is more than the question's other wording."""
    explanation = _said(words, key)
    if other_wording is None or explanation != _said(words, other_wording):
        yield f"  explained: {explanation}"


def _exercise(step: steps.Exercise, words: Words) -> Iterator[str]:
    up_to = ", until the pain is gone" if step.until == "gone" else ""
    yield f"({step.movement}: {step.sets} x {step.repetitions}{up_to}, {step.rest_seconds:g} s rest{_sides(step)})"
    yield from (_said(words, key, _TURNS) for key in step.start)
    for phase in step.phases:
        ends = [f"{end} {load}" for end, load in zip(("far end", "near end"), loads(phase), strict=True) if load]
        nerve = f"; nerve: {', '.join(ends)}" if ends else ""
        timing = f"move {step.move_of(phase):g} s, hold {step.hold_of(phase):g} s"
        yield f"  {phase.id} ({timing}{nerve}): {_said(words, f'{step.id}_{phase.id}_full', _TURNS)}"
    yield f"After each set: {_said(words, 'pain_set?')}"


def _sides(step: steps.Exercise | steps.Hold) -> str:
    return {"sore": ", sore side", "both": f", both sides, {step.first} side first", "none": ""}[step.sides]


def _then(name: str, then: Then, words: Words) -> Iterator[str]:
    said = " ".join(_said(words, key) for key in then.say)
    goes = f"go to {then.go}" if then.go else _FINISHES[then.finish] if then.finish else ""
    told = " ".join(part for part in (said, f"({goes})" if goes else "") if part)
    name = f"from {then.at_least}" if isinstance(then, steps.NumberRule) else name.rpartition(".")[2]
    if told:
        yield f"  {name}: {told}"


def _said(words: Words, key: str, sides: dict[str, Value] = _SIDES) -> str:
    return words.text(Line(key, sides))
