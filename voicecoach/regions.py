"""The country that somebody is in, as an option or as the locale says: it decides whose emergency number is named."""

import re
from typing import Any

import click

from voicecoach.locales import in_locale


class Region(click.ParamType[str]):
    """Two letters, such as GB."""

    name = "COUNTRY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the country's code in capitals."""
        if not re.fullmatch("[A-Za-z]{2}", str(value)):
            self.fail(f"{value!r} is no country code; write two letters, such as GB.", param, ctx)
        return str(value).upper()


def locale_region() -> str | None:
    """Return the country of the locale, if it names one."""
    return in_locale(r"[a-z]{2,3}_([A-Z]{2})\b")
