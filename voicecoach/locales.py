"""What the locale says, as the environment names it."""

import os
import re

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def in_locale(pattern: str) -> str | None:
    """Return the group of a pattern that the beginning of the locale matches, if it does."""
    for variable in _VARIABLES:
        found = re.match(pattern, os.environ.get(variable, ""))
        if found:
            return found[1]
    return None
