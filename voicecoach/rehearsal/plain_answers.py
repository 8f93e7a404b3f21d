"""What anybody says to let a programme go on: the answers that a simulated person falls back on."""

from msgspec.structs import replace

from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import Script, in_language

_SCORE = 3


def completed(script: Script, programme: Programme, words: Words) -> Script:
    """Return the script in the words' language, with an answer to every question, its own answers first."""
    return in_language(replace(script, answers=meanings_of(programme) | script.answers), words)


def meanings_of(programme: Programme) -> dict[str, str]:
    """Return the meaning of the plain answer to every question that stands in the programme."""
    return {question: answer for step in programme.steps for question, answer in _answers(step).items()}


def _answers(step: Step) -> dict[str, str]:
    """Return the meaning of the answer to each question of a step: no warning sign, left, yes, the first choice."""
    match step:
        case steps.Screen(questions=questions):
            return {question.id: "no" for question in questions}
        case steps.Side():
            return {step.id: "left"}
        case steps.Pain():
            return {step.id: str(_SCORE)}
        case steps.Number():
            return {step.id: str(min(max(_SCORE, step.lowest), step.highest))}
        case steps.Choose():
            return {step.id: next(iter(step.answers))}
        case steps.Ask() | steps.Ready() | steps.Settled():
            return {step.id: "yes"}
    return {}
