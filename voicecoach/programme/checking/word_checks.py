"""Checks of words: there for all that is said, in every plural form and language, with values that are given."""

import difflib
import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from voicecoach.programme.amounts import CATEGORIES, Plural, categories
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.checking.step_checks import possible_without
from voicecoach.programme.prompt_values import given
from voicecoach.programme.steps import Programme, Side, Step
from voicecoach.programme.values import ALWAYS, NUMBERS, SIDES, WORDINGS, said_back_in, styled_in, styles, values_in


def plurals(language: str, texts: Mapping[str, Plural]) -> Iterator[Problem]:
    """Yield the problems of plural forms: missing, unknown to the language, or by a value that is no number."""
    wanted = categories(language)
    for key, text in texts.items():
        forms = text.forms()
        numbers = sorted(given(key) & NUMBERS)
        if text.of not in numbers:
            remedy = f"write one of {', '.join(numbers)}" if numbers else "write the text alone"
            yield Problem(("prompts", key, "of"), f'"{text.of}" is no number here', remedy)
        for category in (category for category in wanted if category not in forms):
            what = f'there is no form "{category}" of `{key}`, which the language {language} has'
            yield Problem(("prompts", key), what, f'add {category} = "..."')
        for category in (category for category in CATEGORIES if category in forms and category not in wanted):
            what = f'the language {language} has no form "{category}"'
            yield Problem(("prompts", key, category), what, f"write only {', '.join(wanted)}", at_key=True)


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
    """Yield the problems of the words of a language (`common`) and of a programme (`own`), and the file of each.

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
    """Yield the values that a text will not be given, or why the text cannot be said at all."""
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


_ITS_OWN = frozenset({"asking", "countries", "echoes", "numbers", "person", "rules", "voices"})
"""Tables in which a language is free."""
_WORDINGS = ("ask", "again", "explain", "also", "heard", "name", "short")
_NOTICE = ("prompts", "unreviewed")


def agreement(words: Mapping[str, Any], reference: Mapping[str, Any], name: str) -> Iterator[Problem]:
    """Yield where words, as TOML says them, have other keys or values than the `reference` language of this name."""
    here, there = _entries(words), _entries(reference)
    for place in there.keys() - here.keys():
        what = f"there is no `{place[-1]}` here, which {name} has"
        yield Problem(place, what, f"add {'.'.join(map(str, place))}, translated")
    for place in here.keys() - there.keys():
        remedy = "leave it out, or add it there too"
        yield Problem(place, f"`{place[-1]}` is not in {name}", remedy, at_key=True)
    for place in here.keys() & there.keys():
        mine, others = _values_in(here[place]), _values_in(there[place])
        if mine != others:
            what = f"this says {_named(mine)}, and {name} {_named(others)}"
            yield Problem(place, what, "write the same values in both")


def _entries(words: Mapping[str, Any]) -> dict[Place, Any]:
    """Return what two languages have to share: keys, keys of tables, and the wordings of questions."""
    found: dict[Place, Any] = {}
    for name, value in words.items():
        if name in _ITS_OWN:
            continue
        for key, entry in value.items() if isinstance(value, dict) else ():
            if name == "questions" and isinstance(entry, dict):
                found |= {(name, key, wording): entry[wording] for wording in _WORDINGS if wording in entry}
            elif (name, key) != _NOTICE:
                found[name, key] = entry
        if not isinstance(value, dict):
            found[name,] = value
    return found


def _values_in(entry: Any) -> set[str]:
    """Return the names of the values in a text, or in all of its plural forms."""
    if isinstance(entry, dict):
        return {str(entry["of"])}.union(*map(_values_in, entry.values())) if "of" in entry else set()
    if not isinstance(entry, str) or not re.search(r"\w", entry):
        return set()
    try:
        return values_in(entry)
    except ValueError:
        return set()


def _named(values: set[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(values)) or "no value"
