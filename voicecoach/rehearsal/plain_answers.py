"""What anybody says to let a programme go on: the answers that a simulated person falls back on."""

from msgspec.structs import replace

from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import Script, in_language


def completed(script: Script, programme: Programme, words: Words) -> Script:
    """Return the script in the words' language, with an answer to every question, its own answers first."""
    return in_language(replace(script, answers=meanings_of(programme) | script.answers), words)


def meanings_of(programme: Programme) -> dict[str, str]:
    """Return the meaning of the plain answer to every question that stands in the programme."""
    return {question: answer for step in programme.steps for question, answer in step.plain_answers().items()}
