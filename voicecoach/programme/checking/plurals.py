"""The texts that have several forms: those that their language asks for, and a number that decides between them."""

from collections.abc import Iterator, Mapping

from voicecoach.programme.amounts import CATEGORIES, Plural, categories
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.giving import given
from voicecoach.programme.values import NUMBERS


def plurals(language: str, texts: Mapping[str, Plural]) -> Iterator[Problem]:
    """Yield the forms that are missing or that the language does not have, and what is no number to decide by."""
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
