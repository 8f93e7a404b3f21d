"""What anybody says to let a programme go on: the answers that a simulated person falls back on."""

from msgspec.structs import replace

from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import Script

_SCORE = 3


def completed(script: Script, programme: Programme, words: Words) -> Script:
    """Return the script with an answer to every question of the programme, its own answers first."""
    said = {question: words.meanings[answer].spellings[0] for question, answer in meanings_of(programme).items()}
    return replace(script, answers=said | script.answers)


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
