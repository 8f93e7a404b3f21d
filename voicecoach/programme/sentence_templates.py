"""Sentence templates: many ways to say a thing in one line, in the grammar of hassil (Home Assistant's intents)."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice, product

MOST_SAID = 500
"""How much one template may come to: more is a mistake, and would take long to listen for."""
_MARKS = frozenset("[]()|<>{}")
_TOKENS = re.compile(r"<(?P<rule>\w+)>|(?P<mark>[][()|])|(?P<words>[^][()|<>{}]+)|(?P<odd>.)")
_CLOSED_BY = {"[": "]", "(": ")"}


class TemplateError(Exception):
    """What is wrong with a template, and what to write; two parts of one sentence."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy


def expand(template: str, rules: Mapping[str, str]) -> tuple[str, ...]:
    """Return all that a template says, each once.

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
    """Reads a template from left to right, and puts together what it says on the way."""

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
