"""The language that the coach speaks, as an option or as the locale says."""

import os
import re
from typing import Any

import click

from voicecoach.programme.language_files import languages

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def in_locale(pattern: str) -> str | None:
    """Return the group of a pattern that the beginning of the locale matches; None where it does not match."""
    for variable in _VARIABLES:
        found = re.match(pattern, os.environ.get(variable, ""))
        if found:
            return found[1]
    return None


class Language(click.ParamType[str]):
    """The command-line type of a language that the coach speaks, such as en."""

    name = "LANGUAGE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the language's code in small letters; fail for a language that the coach does not speak."""
        code = str(value).lower()
        if code not in languages():
            self.fail(f"the coach speaks no {value!r}; write one of {_named()}.", param, ctx)
        return code


def locale_language() -> str | None:
    """Return the language of the locale, if it names one."""
    return in_locale(r"([a-z]{2,3})(_|\.|@|$)")


def _named() -> str:
    from babel import Locale

    return ", ".join(f"{code} ({Locale.parse(code).get_display_name('en')})" for code in languages())
