"""From a TOML file to typed values, or one sentence that says what is wrong in which file, where, and what to write."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from voicecoach.errors import VoicecoachError

T = TypeVar("T")


def is_file(path: Path) -> bool:
    """Say whether there is such a file, also of a name that no file can have."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says. Raises VoicecoachError for a file that cannot be read or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise VoicecoachError(
            f"{path} cannot be read ({error.strerror}); check the file and its permissions."
        ) from None
    except UnicodeDecodeError:
        raise VoicecoachError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise VoicecoachError(f"{path} is not valid TOML: {error or 'nested too deeply'}; mend that place.") from None
    except ValueError:
        raise VoicecoachError(f"{path} has a number of far too many digits; write a shorter one.") from None


def read_as(path: Path, wanted: type[T]) -> T:
    """Return what a TOML file says as typed values.

    Raises VoicecoachError for a file that cannot be read, is not TOML, or says something else.
    """
    data = read_toml(path)
    try:
        return msgspec.convert(data, wanted)
    except msgspec.ValidationError as error:
        raise VoicecoachError(f"{path}: {_explain(data, wanted, str(error))}") from None


def _explain(data: dict[str, Any], wanted: type, message: str) -> str:
    what, _, where = message.partition(" - at `$")
    keys = re.findall(r"\w+|\.\.\.", where)
    place = where.rstrip("`").lstrip(".") or "the top level"
    if "..." in keys:
        entry = _wrong_entry(data, wanted, keys[0], message)
        keys[keys.index("...")] = entry
        place = place.replace("[...]", f".{entry}", 1)
    return f"{place}{_step_named(data, keys)}: {what}; {_remedy(what, _possible(wanted, data, keys))}"


def _wrong_entry(data: dict[str, Any], wanted: type, table: str, message: str) -> str:
    """Return the key of the entry that the message is about; msgspec does not say it."""
    for key, value in data[table].items():
        try:
            msgspec.convert({**data, table: {key: value}}, wanted)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return str(key)
    return "..."


def _step_named(data: dict[str, Any], keys: Sequence[str]) -> str:
    """Return the id of the step that the keys lead into: nobody counts to 19."""
    if len(keys) < 2 or keys[0] != "steps":
        return ""
    name = _inside(_inside(data, "steps"), keys[1])
    return f" (step {name['id']})" if isinstance(name, dict) and "id" in name else ""


def _remedy(what: str, possible: Sequence[inspect.Type]) -> str:
    unknown = re.search(r"unknown field `(.*)`", what)
    if unknown:
        near = difflib.get_close_matches(unknown[1], _known_keys(possible), 1)
        return f"write `{near[0]}` or leave it out." if near else "leave it out."
    missing = re.search(r"missing required field `(.*)`", what)
    if missing:
        return f"add `{missing[1]}`."
    choices = [str(word) for kind in possible if isinstance(kind, inspect.LiteralType) for word in kind.values]
    return f"write one of {', '.join(choices)}." if choices else "write what is expected there."


def _known_keys(possible: Sequence[inspect.Type]) -> list[str]:
    structs = [kind for kind in possible if isinstance(kind, inspect.StructType)]
    tags = {struct.tag_field for struct in structs if struct.tag_field is not None}
    return sorted(tags | {field.encode_name for struct in structs for field in struct.fields})


def _possible(wanted: type, data: Any, keys: Sequence[str]) -> list[inspect.Type]:
    """Return the types that the value at these keys can have; of tagged ones, the one that its tag names."""
    possible, value = _members(inspect.type_info(wanted)), data
    for key in keys:
        possible = [member for outer in possible for kind in _types_inside(outer, key) for member in _members(kind)]
        value = _inside(value, key)
    return [
        kind
        for kind in possible
        if not isinstance(kind, inspect.StructType)
        or kind.tag_field is None
        or _inside(value, kind.tag_field) == kind.tag
    ]


def _members(kind: inspect.Type) -> list[inspect.Type]:
    return list(kind.types) if isinstance(kind, inspect.UnionType) else [kind]


def _types_inside(outer: inspect.Type, key: str) -> list[inspect.Type]:
    match outer:
        case inspect.StructType(tag_field=tag_field, tag=tag) if key == tag_field:
            return [inspect.LiteralType((str(tag),))]
        case inspect.StructType():
            return [field.type for field in outer.fields if field.encode_name == key]
        case inspect.DictType():
            return [outer.value_type]
        case inspect.VarTupleType():
            return [outer.item_type]
    return []


def _inside(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    return value[int(key)] if isinstance(value, list) else None
