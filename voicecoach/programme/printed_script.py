"""A programme as a script that a person can read: what is said, what is asked, and where each answer leads."""

from collections.abc import Iterator

from voicecoach.programme.kinds.number import NumberRule
from voicecoach.programme.kinds.step import Saying
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Dose, Programme, Step, Then
from voicecoach.programme.values import Value
from voicecoach.programme.words import Words

_SIDES: dict[str, Value] = {"side": "[sore]", "other_side": "[other]"}
_TURNS: dict[str, Value] = {"side": "[this]", "other_side": "[other]"}
_FINISHES = {
    "complete": "the session is complete",
    "stopped": "the session ends",
    "warning_sign": "the session ends: a warning sign",
    "no_match": "the session ends: no match",
}


def written_out(programme: Programme, words: Words) -> list[str]:
    """Return the lines of a programme's script, without its length."""

    def say(key: str, *, turns: bool = False) -> str:
        return words.text(Line(key, _TURNS if turns else _SIDES))

    rules = programme.pain
    lines = [
        f"{programme.title} ({programme.id})",
        f"Source: {programme.source}",
        f"Pain: ease off from {rules.ease_from}; end from {rules.stop_from}, or {rules.stop_rise} above the start"
        f" where that is {rules.ease_from} or more.",
    ]
    for profile, doses in programme.profiles.items():
        given = "; ".join(f"{step} {_dose(dose)}" for step, dose in doses.items())
        lines.append(f"--{profile}: {given}.")
    for number, step in enumerate(programme.steps, 1):
        lines += ["", f"{number:>2}. {step.id} ({_kind(step)})"]
        if step.addition:
            lines.append(f"    Addition: {step.addition}.")
        lines += [f"    {line}" for line in _lines(step, say)]
    return lines


def _dose(dose: Dose) -> str:
    given = (("sets", dose.sets), ("repetitions", dose.repetitions), ("rounds", dose.rounds))
    return ", ".join(f"{name} {value}" for name, value in given if value is not None)


def _kind(step: Step) -> str:
    kind = str(step.__struct_config__.tag)
    return f"{kind}, part of the test" if step.part == "test" else kind


def _lines(step: Step, say: Saying) -> Iterator[str]:
    yield from step.written_out(say)
    for name, then in step.ways().items():
        yield from _then(name, then, say)


def _then(name: str, then: Then, say: Saying) -> Iterator[str]:
    said = " ".join(map(say, then.say))
    goes = f"go to {then.go}" if then.go else _FINISHES[then.finish] if then.finish else ""
    told = " ".join(part for part in (said, f"({goes})" if goes else "") if part)
    name = f"from {then.at_least}" if isinstance(then, NumberRule) else name.rpartition(".")[2]
    if told:
        yield f"  {name}: {told}"
