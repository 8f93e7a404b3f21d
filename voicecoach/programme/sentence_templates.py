"""Sentence templates, in the grammar of hassil, and the plain words that they expand to: how a meaning is said."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, product
from typing import Annotated

import msgspec

from voicecoach.programme.checking.problem import Problem

MOST_SAID = 500
"""How much one template may come to: more is a mistake, and would take long to listen for."""
_MARKS = frozenset("[]()|<>{}")
_TOKENS = re.compile(r"<(?P<rule>\w+)>|(?P<mark>[][()|])|(?P<words>[^][()|<>{}]+)|(?P<odd>.)")
_CLOSED_BY = {"[": "]", "(": ")"}


class TemplateError(Exception):
    """What is wrong with a sentence template, and what to write; two parts of one sentence."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy


def expand(template: str, rules: Mapping[str, str]) -> tuple[str, ...]:
    """Return all spellings of a sentence template, each once.

    `[a]` can be left out, `(a|b)` is one of several, `<name>` is what the rule of that name says, itself a template.
    The order is that of what is written, what can be left out first without it; the last choice changes soonest.
    Raises TemplateError for a template that says nothing, too much or without end, or is not written so.
    """
    plain = " ".join(template.split())
    if plain and not _MARKS.intersection(plain):
        return (plain,)
    try:
        everything = _Parser(plain, rules).everything()
    except RecursionError:
        raise TemplateError(f'"{template[:20]}..." is nested too deeply', "write it as several templates") from None
    said = tuple(dict.fromkeys(" ".join(words.split()) for words in everything))
    if "" in said:
        raise TemplateError(f'"{template}" can be nothing at all', "leave a word of it outside of [ ]")
    return said


class _Parser:
    """Reads a sentence template from left to right, and puts its spellings together on the way."""

    def __init__(self, template: str, rules: Mapping[str, str], inside: tuple[str, ...] = ()) -> None:
        self._template = " ".join(template.split())
        self._rules = rules
        self._inside = inside
        """The rules that this one stands in."""
        self._ahead = list(reversed(list(_TOKENS.finditer(self._template))))

    def everything(self) -> list[str]:
        said = self._alternatives()
        if self._ahead:
            raise self._error(f'has a "{self._ahead[-1][0]}" that nothing opens', self._ahead[-1], "leave it out")
        return said

    def _alternatives(self) -> list[str]:
        said = self._sequence()
        while self._next() == "|":
            self._ahead.pop()
            said = self._few(said + self._sequence())
        return said

    def _sequence(self) -> list[str]:
        said = [""]
        while self._next() not in ("|", "]", ")", ""):
            part = self._part(self._ahead.pop())
            said = self._few(before + after for before, after in product(said, part))
        return said

    def _part(self, token: re.Match[str]) -> list[str]:
        match token.lastgroup:
            case "words":
                return [token[0]]
            case "rule":
                return self._rule(token)
            case "mark":
                inside = self._alternatives()
                if self._next() != _CLOSED_BY[token[0]]:
                    closing = _CLOSED_BY[token[0]]
                    raise self._error(f'has no "{closing}" for its "{token[0]}"', token, f'write "{closing}" after it')
                self._ahead.pop()
                return ["", *inside] if token[0] == "[" else inside
        raise self._error(f'has a "{token[0]}" that means nothing', token, "leave it out; rules are written <name>")

    def _rule(self, token: re.Match[str]) -> list[str]:
        name = token["rule"]
        if name not in self._rules:
            raise self._error(f"needs <{name}>, which no rule says", token, f'add {name} = "..." to the rules')
        if name in self._inside:
            raise self._error(f"needs <{name}>, which needs itself", token, "leave it out")
        return _Parser(self._rules[name], self._rules, (*self._inside, name)).everything()

    def _next(self) -> str:
        return self._ahead[-1][0] if self._ahead else ""

    def _few(self, said: Iterable[str]) -> list[str]:
        few = list(islice(said, MOST_SAID + 1))
        if len(few) > MOST_SAID:
            what = f'"{self._template}" can be said in more than {MOST_SAID} ways'
            raise TemplateError(what, "write it as several templates")
        return few

    def _error(self, what: str, token: re.Match[str], remedy: str) -> TemplateError:
        return TemplateError(f'"{self._template}" {what} (character {token.start() + 1})', remedy)


Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
_SAID = ("spellings", "sounds_like", "never_sure", "keywords", "only_read", "or_below")


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spellings: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    accept_above: Confidence
    sure_above: Confidence
    sounds_like: tuple[str, ...] = ()
    """Spellings that count only for a voice for which they were taught."""
    never_sure: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Words that mean it wherever they stand in what is said."""
    only_read: tuple[str, ...] = ()
    """Spellings that are not listened for, but mean it where they are written out freely."""
    or_below: tuple[str, ...] = ()
    """Spellings of a number that may as well mean the one below it, such as "four or five" of five."""


class Meaning(_Said, frozen=True, forbid_unknown_fields=True):
    """The ways to say one thing, and how sure the ear must be, 0 to 1; see `hearing.recogniser.Phrase`."""


class WrittenMeaning(_Said, frozen=True, forbid_unknown_fields=True):
    """A meaning in its file: all that is said is a sentence template, such as `"[the] left (leg|calf)"`."""

    rules: dict[str, str] = {}
    """What `<name>` is in the templates of this meaning, before the file's own rules."""

    def by_template(self, rules: Mapping[str, str], said: str = "spellings") -> list[tuple[str, ...]]:
        """Return the spellings of each template of `said`, by the file's rules. Raises TemplateError."""
        rules = {**rules, **self.rules}
        return [expand(template, rules) for template in getattr(self, said)]

    def expanded(self, rules: Mapping[str, str]) -> Meaning:
        """Return the meaning in plain words, each once, by the file's rules. Raises TemplateError."""
        spellings, *others = (
            tuple(dict.fromkeys(chain.from_iterable(self.by_template(rules, said)))) for said in _SAID
        )
        return Meaning(spellings, self.accept_above, self.sure_above, *others)


def unreadable(meanings: Mapping[str, WrittenMeaning], rules: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the templates of a file that can't be read, with what is wrong."""
    for name, meaning in meanings.items():
        for said in _SAID:
            for at, template in enumerate(getattr(meaning, said)):
                try:
                    expand(template, {**rules, **meaning.rules})
                except TemplateError as error:
                    yield Problem(("meanings", name, said, at), f"meaning {name}: {error.what}", error.remedy)
