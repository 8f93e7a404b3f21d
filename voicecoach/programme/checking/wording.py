"""The words of a programme: there for all that is said, and with no values but those that the session gives."""

import difflib
from collections.abc import Iterator, Mapping, Set

from voicecoach.programme.checking.flow import possible_without
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.giving import given
from voicecoach.programme.steps import Programme, Side, Step
from voicecoach.programme.values import ALWAYS, SIDES, WORDINGS, said_back_in, styled_in, styles, values_in

Texts = Mapping[str, str]
"""All that is written, by its key; a question has the keys `<id>?`, `<id>?again`, `<id>?explain` and so on."""

InOwnFile = bool


def text_place(key: str) -> Place:
    """Return where in a file of words a text stands."""
    question, mark, wording = key.partition("?")
    return ("questions", question, wording or "ask") if mark else ("prompts", key)


def wording(
    programme: Programme,
    common: Texts,
    own: Texts,
    numerals: Set[str] = frozenset(),
) -> Iterator[tuple[InOwnFile, Problem]]:
    """Yield what is wrong with the words of a language (`common`) and of a programme (`own`), and which it is.

    `numerals` names the kinds of counting words.
    """
    texts = {**common, **own}
    unsided = possible_without(programme, Side)
    sided = SIDES if all(at not in unsided for at, step in enumerate(programme.steps) if step.moves) else frozenset()
    usable = {
        key: given(key) - SIDES | sided & given(key) if key in common else SIDES | ALWAYS | said_back_in(key)
        for key in texts
    }
    for is_own, file in ((False, common), (True, own)):
        for key, text in file.items():
            for problem in _values(key, text, usable[key], numerals):
                yield is_own, problem
    said = {key for step in programme.steps for key in step.said()}
    unused = {key for key in own.keys() - common.keys() - said if not key.partition("?")[2]}
    for at, step in enumerate(programme.steps):
        known = ALWAYS if at in unsided else ALWAYS | SIDES
        for key in dict.fromkeys(step.said()):
            if key not in texts:
                yield True, _missing(key, step, sorted(unused))
                continue
            for wording in [key + mark for mark in WORDINGS] if key.endswith("?") else (key,):
                known_there = known | said_back_in(wording)
                for name in sorted(_names(texts.get(wording, "")) & usable.get(wording, known_there) - known_there):
                    yield wording in own, _no_value(wording, name, known_there, f' in step "{step.id}"')


def _missing(key: str, step: Step, unused: list[str]) -> Problem:
    kind, name = text_place(key)[:2]
    near = difflib.get_close_matches(key, unused, 1)
    what = f'there are no words for "{name}", which step "{step.id}" needs'
    if near:
        place = text_place(near[0])[:2]
        return Problem(place, what, f"write `{name}` in the place of `{place[1]}`", at_key=True)
    if kind == "questions":
        return Problem((kind, name), what, f"add [questions.{name}] with `ask` and `again`")
    return Problem((kind, name), what, f'add {name} = "what the coach says" under [prompts]')


def _values(key: str, text: str, usable: Set[str], numerals: Set[str]) -> Iterator[Problem]:
    """Yield the values that a text will not be given, or why it cannot be said at all."""
    try:
        named = styled_in(text)
    except ValueError as error:
        what, _, remedy = str(error).rstrip(".").partition("; ")
        yield Problem(text_place(key), what, remedy)
        return
    for name, style in sorted(named):
        if name not in usable:
            yield _no_value(key, name, usable, " here")
        elif style and style not in styles(name, numerals):
            ways = ", ".join(f"{{{name}:{way}}}" for way in sorted(styles(name, numerals)))
            remedy = f"write {{{name}}}" + (f" or one of {ways}" if ways else "")
            yield Problem(text_place(key), f"{{{name}:{style}}} is no way to say it", remedy)


def _names(text: str) -> Set[str]:
    try:
        return values_in(text)
    except ValueError:
        return frozenset()


def _no_value(key: str, name: str, usable: Set[str], where: str) -> Problem:
    remedy = f"write one of {', '.join(sorted(usable))}, or none"
    return Problem(text_place(key), f"{{{name}}} is no value{where}", remedy)
