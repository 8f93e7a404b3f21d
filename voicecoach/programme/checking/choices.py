"""The answers to choose from can be said: each has ways to say it, and none takes the place of another meaning."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

from voicecoach.meanings import COMMANDS
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme

Spellings = Mapping[str, Sequence[Sequence[str]]]
"""By meaning and by each template of it in its file: the ways to say it."""


def choices(programme: Programme, common: Spellings, own: Spellings) -> Iterator[Problem]:
    """Yield the answers that nobody could say, and a programme's meanings (`own`) that the language has (`common`).

    A programme that said "stop" in other words would not be stopped by the usual ones, and an answer that is said like
    a command would never arrive.
    """
    for name in own:
        if name in common:
            what = f'"{name}" means something in every programme'
            yield Problem(("meanings", name), what, "give it another name, or leave it out", at_key=True)
    answers = {name: step for step in programme.steps for name in step.own_answers}
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
    yield from _ambiguous(programme, common, own)


def _ambiguous(programme: Programme, common: Spellings, own: Spellings) -> Iterator[Problem]:
    """Yield the spellings of answers that are a command's, or those of another answer to the same question."""
    commands = {spelling: command for command in COMMANDS for some in common.get(command, ()) for spelling in some}
    for step in programme.steps:
        taken = dict(commands)
        for name in step.own_answers:
            for at, some in enumerate(own.get(name, common.get(name, ()))):
                for spelling in (spelling for spelling in some if taken.setdefault(spelling, name) != name):
                    what = f'"{spelling}" means {taken[spelling]} already when "{step.id}" is asked'
                    yield Problem(("meanings", name, "spellings", at), what, "leave it out, or say it in more words")
