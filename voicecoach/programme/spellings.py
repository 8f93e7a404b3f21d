"""How a meaning is said: as a file writes it, in sentence templates, and as the ear needs it, in plain words."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Annotated

import msgspec

from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.sentence_templates import TemplateError, expand

Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
_SAID = ("spellings", "sounds_like", "never_sure", "keywords")


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spellings: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    accept_above: Confidence
    sure_above: Confidence
    sounds_like: tuple[str, ...] = ()
    """Spellings that count only for a voice for which they were taught."""
    never_sure: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Words that mean it wherever they stand in what is said."""


class Meaning(_Said, frozen=True, forbid_unknown_fields=True):
    """The ways to say one thing, and how sure the ear must be, 0 to 1; see `hearing.contract.Phrase`."""


class WrittenMeaning(_Said, frozen=True, forbid_unknown_fields=True):
    """A meaning in its file: all that is said is a sentence template, such as `"[the] left (leg|calf)"`."""

    rules: dict[str, str] = {}
    """What `<name>` is in the templates of this meaning, before the file's own rules."""

    def by_template(self, rules: Mapping[str, str], said: str = "spellings") -> list[tuple[str, ...]]:
        """Return what each template of `said` comes to, by the file's rules. Raises TemplateError."""
        rules = {**rules, **self.rules}
        return [expand(template, rules) for template in getattr(self, said)]

    def expanded(self, rules: Mapping[str, str]) -> Meaning:
        """Return the meaning in plain words, each once, by the file's rules. Raises TemplateError."""
        spellings, *others = (
            tuple(dict.fromkeys(chain.from_iterable(self.by_template(rules, said)))) for said in _SAID
        )
        return Meaning(spellings, self.accept_above, self.sure_above, *others)


def unreadable(meanings: Mapping[str, WrittenMeaning], rules: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the templates of a file that can't be read."""
    for name, meaning in meanings.items():
        for said in _SAID:
            for at, template in enumerate(getattr(meaning, said)):
                try:
                    expand(template, {**rules, **meaning.rules})
                except TemplateError as error:
                    yield Problem(("meanings", name, said, at), f"meaning {name}: {error.what}", error.remedy)
