"""The answers to choose from can be said: each has ways to say it, and none takes the place of another meaning."""

import difflib
from collections.abc import Collection, Iterator, Set

from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def choices(programme: Programme, common: Set[str], own: Collection[str]) -> Iterator[Problem]:
    """Yield the answers that nobody could say, and a programme's meanings (`own`) that the language has (`common`).

    A programme that said "stop" in other words would not be stopped by the usual ones.
    """
    for name in own:
        if name in common:
            what = f'"{name}" means something in every programme'
            yield Problem(("meanings", name), what, "give it another name, or leave it out", at_key=True)
    answers = {name: step for step in programme.steps if isinstance(step, steps.Choose) for name in step.answers}
    spare = sorted(set(own) - answers.keys())
    for name, step in answers.items():
        if name in common or name in own:
            continue
        what = f'there are no words for the answer "{name}", which step "{step.id}" needs'
        near = difflib.get_close_matches(name, spare, 1)
        if near:
            yield Problem(("meanings", near[0]), what, f"write `{name}` in the place of `{near[0]}`", at_key=True)
        else:
            remedy = f"add [meanings.{name}] with `spellings`, `accept_above` and `sure_above`"
            yield Problem(("meanings", name), what, remedy)
