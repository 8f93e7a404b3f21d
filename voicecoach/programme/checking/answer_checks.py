"""Checks of answers: each can be said, none is mistaken for another, and prompts declare the answers they contain."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain

from voicecoach.meanings import COMMANDS
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.checking.word_checks import Texts, text_place
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
    """Yield the spellings of answers that a command has too, or another answer to the same question."""
    commands = {spelling: command for command in COMMANDS for some in common.get(command, ()) for spelling in some}
    for step in programme.steps:
        taken = dict(commands)
        for name in step.own_answers:
            for at, some in enumerate(own.get(name, common.get(name, ()))):
                for spelling in (spelling for spelling in some if taken.setdefault(spelling, name) != name):
                    what = f'"{spelling}" means {taken[spelling]} already when "{step.id}" is asked'
                    yield Problem(("meanings", name, "spellings", at), what, "leave it out, or say it in more words")


def asked_in(key: str) -> str:
    """Return the key of a question's first wording for the key of any of its wordings, and every other key as it is."""
    question, mark, _ = key.partition("?")
    return question + mark


def echoes(
    texts: Texts,
    declared: Mapping[str, Sequence[str]],
    spellings: Spellings,
    active: Callable[[str], Set[str] | None],
    *,
    both_ways: bool,
) -> Iterator[Problem]:
    """Yield the texts that say an answer or command undeclared; of the wordings of a question the first.

    `active` names what means something while a text is said, or None for one that nobody says. With `both_ways`, also
    what is declared in vain.
    """
    said: dict[str, dict[str, str]] = {}
    first: dict[str, str] = {}
    for key, text in texts.items():
        meanwhile = active(key)
        asked = asked_in(key)
        if meanwhile is not None:
            found = _echoes(text, spellings, meanwhile)
            said[asked] = {**found, **said.get(asked, {})}
            if found.keys() - set(declared.get(key, ())):
                first.setdefault(asked, key)
    for asked, key in first.items():
        known = set(declared.get(asked, ()))
        missing = sorted(said[asked].keys() - known)
        words = " and ".join(f'"{said[asked][meaning]}"' for meaning in missing)
        what = f"the coach itself says {words} here, which would be taken for {', '.join(missing)}"
        yield Problem(text_place(key), what, _remedy(key, sorted(said[asked].keys() | known)))
    for key, meanings in declared.items() if both_ways else ():
        if key == asked_in(key) and (key in said or key not in texts):
            yield from _in_vain(key, meanings, said)


def _echoes(text: str, spellings: Spellings, active: Set[str]) -> dict[str, str]:
    """Return the meanings that a text says, each with the words for it."""
    plain = _plain(re.sub(r"\{.*?\}", " _ ", text))
    found = {}
    for meaning in active:
        ways = chain.from_iterable(spellings.get(meaning, ()))
        words = next((words for words in ways if _plain(words) in plain), None)
        if words is not None:
            found[meaning] = words
    return found


@cache
def _plain(text: str) -> str:
    return " " + " ".join(re.findall(r"[\w']+", text.lower())) + " "


def _remedy(key: str, meanings: list[str]) -> str:
    kind, name = text_place(key)[:2]
    listed = ", ".join(f'"{meaning}"' for meaning in meanings)
    if kind == "questions":
        return f"say it in other words, or write echoes = [{listed}] in [questions.{name}]"
    return f"say it in other words, or write {name} = [{listed}] under [echoes]"


def _in_vain(key: str, meanings: Sequence[str], said: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    kind, name = text_place(key)[:2]
    place = (kind, name, "echoes") if kind == "questions" else ("echoes", name)
    if key not in said:
        yield Problem(place, f"there is no prompt `{name}` in this file", "leave it out", at_key=True)
        return
    for number, meaning in enumerate(meanings):
        if meaning not in said[key]:
            what = f'nothing here is taken for "{meaning}"'
            yield Problem((*place, number), what, "leave it out")
