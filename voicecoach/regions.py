"""The country that somebody is in: an option decides it; what this computer looks like can only be asked about."""

from typing import Any

import click

from voicecoach.languages import in_locale
from voicecoach.printing import warn
from voicecoach.programme.countries import country_name, country_of_zone, emergency_digits, is_country
from voicecoach.programme.language_files import ORIGINAL, language_file
from voicecoach.programme.toml_reader import read_toml
from voicecoach.programme.words import Words


class Region(click.ParamType[str]):
    """The command-line type of a country, such as GB. Warns where its emergency number is not known."""

    name = "COUNTRY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the country's code in capitals; fail for what is no country."""
        code = str(value).upper()
        if not is_country(code):
            self.fail(f"{value!r} is no country code; write the two letters of ISO 3166, such as GB or US.", param, ctx)
        if code not in emergency_digits():
            name = name_of_country(code)
            warn(f'The emergency number of {name} is not known here, so "your local emergency number" is said.')
        return code


def name_of_country(code: str) -> str:
    """Return what a country is called in an English sentence."""
    return country_name(code, ORIGINAL, read_toml(language_file(ORIGINAL))["countries"])


def country_to_ask_about(words: Words) -> str | None:
    """Return the country that this computer's time zone lies in, or else that of its locale.

    None where its emergency number is not known, or where the words name one already.
    """
    guess = country_of_zone(_local_zone()) or in_locale(r"[a-z]{2,3}_([A-Z]{2})\b")
    return guess if guess in words.emergency_numbers else None


def _local_zone() -> str:
    from babel.localtime import get_localzone

    try:
        return str(getattr(get_localzone(), "key", None))
    except (LookupError, OSError, ValueError):
        return ""
