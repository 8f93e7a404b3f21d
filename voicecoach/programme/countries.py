"""Countries (from Babel, CLDR): their codes, names and time zones, and the emergency numbers to call there."""

from collections.abc import Mapping

from voicecoach.programme.language_files import language_file
from voicecoach.programme.toml_reader import read_toml

_NOWHERE = ("001", "ZZ")
"""What the data call the territory of a time zone that lies in no country, such as UTC."""


def is_country(code: str) -> bool:
    """Whether two capital letters are the ISO 3166 code of a country, or territory, where somebody can live."""
    from babel.core import get_global

    return code not in _NOWHERE and code in get_global("zone_territories").values()


def country_name(code: str, language: str, own: Mapping[str, str]) -> str:
    """Return what a country is called in a language; its `own` names come before Babel's."""
    from babel import Locale

    return own.get(code) or Locale.parse(language).territories.get(code, code)


def country_of_zone(zone: str) -> str | None:
    """Return the country in which an IANA time zone lies, such as GB for Europe/London; None: in none."""
    from babel.core import get_global

    country = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone))
    return None if country in _NOWHERE else country


def emergency_digits() -> Mapping[str, str]:
    """Return the emergency numbers that are known, by country code."""
    numbers: Mapping[str, str] = read_toml(language_file("regions"))["emergency_number"]
    return numbers
