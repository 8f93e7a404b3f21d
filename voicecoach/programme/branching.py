"""What a branch makes of the answers: whether they match, and which prompts say what else there is to say of them."""

from collections.abc import Mapping

from voicecoach.programme.steps import Branch, Summary
from voicecoach.programme.words import Value

Answers = Mapping[str, Value | None]


def matches(branch: Branch, answers: Answers) -> bool:
    """Return which way it goes: nothing but the named answers decides."""
    return all(answers.get(question) == "yes" for question in branch.all_yes)


def mentioned(step: Branch | Summary, answers: Answers) -> list[str]:
    """Return what is said of markers and remarks, which decide nothing, as far as there was an answer to them."""
    count = sum(answers.get(question) == "yes" for question in step.markers)
    prompts = [f"{step.id}_markers_{count}"] if step.markers else []
    return prompts + [f"{step.id}_{question}_{answers[question]}" for question in step.remarks if answers.get(question)]
