"""Two languages agree: what one has words for the other has too, with the same values; nothing here reads a file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.values import values_in

_ITS_OWN = frozenset({"asking", "countries", "echoes", "numbers", "person", "rules", "voices"})
"""Tables in which a language is free."""
_WORDINGS = ("ask", "again", "explain", "also", "heard", "name")
_NOTICE = ("prompts", "unreviewed")


def agreement(words: Mapping[str, Any], reference: Mapping[str, Any], name: str) -> Iterator[Problem]:
    """Yield where words, as TOML says them, have other keys or values than the `reference`, which has this name."""
    here, there = _entries(words), _entries(reference)
    for place in there.keys() - here.keys():
        what = f"there is no `{place[-1]}` here, which {name} has"
        yield Problem(place, what, f"add {'.'.join(map(str, place))}, translated")
    for place in here.keys() - there.keys():
        remedy = "leave it out, or add it there too"
        yield Problem(place, f"`{place[-1]}` is not in {name}", remedy, at_key=True)
    for place in here.keys() & there.keys():
        mine, others = _values(here[place]), _values(there[place])
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


def _values(entry: Any) -> set[str]:
    """Return the names of the values in a text, or in all of its forms."""
    if isinstance(entry, dict):
        return {str(entry["of"])}.union(*map(_values, entry.values())) if "of" in entry else set()
    if not isinstance(entry, str) or not re.search(r"\w", entry):
        return set()
    try:
        return values_in(entry)
    except ValueError:
        return set()


def _named(values: set[str]) -> str:
    return " and ".join(f"{{{name}}}" for name in sorted(values)) or "no value"
