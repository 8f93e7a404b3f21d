"""Whether a file's data has the shape that its type wants: every place where it has not, and the data mended there."""

import difflib
from collections.abc import Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import inspect

from voicecoach.programme.checking.problem import Place, Problem

Kind = inspect.Type


@cache
def _kind(hint: Any) -> Kind:
    return inspect.type_info(hint)


def expected(hint: Any) -> str:
    """Return what a value of this type is, in words, such as "a whole number from 1 to 25"."""
    return _described(_kind(hint))


def limits(hint: Any) -> tuple[float | None, float | None]:
    """Return the least and the greatest value or length that a type allows."""
    kind, _ = _unwrapped(_kind(hint))
    match kind:
        case inspect.IntType() | inspect.FloatType():
            return (kind.ge if kind.ge is not None else kind.gt), (kind.le if kind.le is not None else kind.lt)
        case inspect.StrType() | inspect.VarTupleType() | inspect.DictType():
            return kind.min_length, kind.max_length
    return None, None


def choices(hint: Any) -> list[str]:
    """Return the words that a type lets one choose from; none where it has no such."""
    kind, _ = _unwrapped(_kind(hint))
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [str(word) for one in kinds if isinstance(one, inspect.LiteralType) for word in one.values]


def _unwrapped(kind: Kind) -> tuple[Kind, str | None]:
    """Return a type without its annotations, and its description."""
    if isinstance(kind, inspect.Metadata):
        return _unwrapped(kind.type)[0], (kind.extra_json_schema or {}).get("description")
    return kind, None


def _described(wrapped: Kind) -> str:
    kind, description = _unwrapped(wrapped)
    if description:
        return description
    match kind:
        case inspect.LiteralType():
            return f"one of {', '.join(map(str, kind.values))}"
        case inspect.UnionType():
            kinds = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
            return " or ".join(dict.fromkeys(map(_described, kinds)))
        case inspect.IntType():
            return f"a whole number{_range(kind)}"
        case inspect.FloatType():
            return f"a number{_range(kind)}"
        case inspect.BoolType():
            return "true or false"
        case inspect.StrType():
            return f"text like {kind.pattern}" if kind.pattern else "text in quotes"
        case inspect.VarTupleType():
            return f"a list{_length(kind)} in square brackets, each {_described(kind.item_type)}"
        case inspect.TupleType():
            return f"[{', '.join(map(_described, kind.item_types))}]"
    return "a table"


def _range(kind: inspect.IntType | inspect.FloatType) -> str:
    if kind.gt is not None:
        return f" above {kind.gt:g}" + (f" and up to {kind.le:g}" if kind.le is not None else "")
    if kind.ge is not None and kind.le is not None:
        return f" from {kind.ge:g} to {kind.le:g}"
    return f" from {kind.ge:g} on" if kind.ge is not None else f" up to {kind.le:g}" if kind.le is not None else ""


def _length(kind: inspect.VarTupleType) -> str:
    if kind.max_length is None:
        return f" of at least {kind.min_length}" if kind.min_length else ""
    return f" of {kind.min_length or 0} to {kind.max_length}"


_HOPELESS = object()
_MOST_UNKNOWN_KEYS = 100


def fit(data: Any, wanted: Any) -> tuple[list[Problem], Any]:
    """Return what is wrong with data's shape, and what its author probably meant as the wanted type (else None).

    The mended data serve to find the problems behind the first; they are never used for anything else.
    """
    fitting = _Fitting()
    mended = fitting.value(data, wanted, ())
    try:
        meant = None if mended is _HOPELESS else msgspec.convert(mended, wanted)
    except msgspec.ValidationError as error:
        meant = None
        fitting.problems += [] if fitting.problems else [Problem((), str(error), "mend that place")]
    return fitting.problems, meant


class _Fitting:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def value(self, value: Any, hint: Any, place: Place) -> Any:
        """Return the value mended, or _HOPELESS."""
        bare = _bare(hint)
        structs = [kind for kind in _members(bare) if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
        if structs and (isinstance(value, dict) or str not in _members(bare)):
            return self._table(value, structs, place)
        if get_origin(bare) is tuple and get_args(bare)[-1:] == (...,):
            return self._list(value, hint, get_args(bare)[0], place)
        if get_origin(bare) is dict:
            return self._dict(value, hint, place)
        for span in _spans(bare):
            if isinstance(value, list) and len(value) == len(span):
                return self._items(value, span, place)
        return self._plain(value, hint, place)

    def _refuse(self, place: Place, value: Any, remedy: str) -> None:
        name = next((part for part in reversed(place) if isinstance(part, str)), "this")
        if place and isinstance(place[-1], int):
            name = f"an entry of {name}"
        self.problems.append(Problem(place, f"{name} is {_shown(value)}", f"write {remedy}"))

    def _plain(self, value: Any, hint: Any, place: Place) -> Any:
        try:
            msgspec.convert(value, hint)
        except msgspec.ValidationError:
            self._refuse(place, value, expected(hint))
            words, (least, greatest) = choices(hint), limits(hint)
            if words:
                return (difflib.get_close_matches(str(value), words, 1) or words)[0]
            if hint is str:
                return str(value)
            if not isinstance(value, int | float) or least is None:
                return _HOPELESS
            return greatest if greatest is not None and value > greatest else least
        return value

    def _list(self, value: Any, hint: Any, item: Any, place: Place) -> Any:
        if not isinstance(value, list):
            self._refuse(place, value, expected(hint))
            return _HOPELESS
        return self._items(value, [item] * len(value), place) if self._has_entries(value, hint, place) else _HOPELESS

    def _items(self, value: list[Any], hints: Sequence[Any], place: Place) -> Any:
        items = [
            self.value(one, hint, (*place, index)) for index, (one, hint) in enumerate(zip(value, hints, strict=True))
        ]
        return _HOPELESS if any(one is _HOPELESS for one in items) else items

    def _dict(self, value: Any, hint: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            self._refuse(place, value, "a table")
            return _HOPELESS
        name, item = get_args(_bare(hint))
        items = {key: self.value(one, item, (*place, key)) for key, one in value.items()}
        named = [self._is_name(key, name, (*place, key)) for key in value]
        fits = self._has_entries(value, hint, place) and all(named)
        return items if fits and not any(one is _HOPELESS for one in items.values()) else _HOPELESS

    def _is_name(self, key: str, hint: Any, place: Place) -> bool:
        try:
            msgspec.convert(key, hint)
        except msgspec.ValidationError:
            self.problems.append(Problem(place, f"`{_cut(key)}` is no name here", f"write {expected(hint)}", True))
            return False
        return True

    def _has_entries(self, value: list[Any] | dict[str, Any], hint: Any, place: Place) -> bool:
        least, greatest = limits(hint)
        if (least or 0) <= len(value) and (greatest is None or len(value) <= greatest):
            return True
        span = f"{least or 0} to {greatest}" if greatest is not None else f"at least {least}"
        entries = "entry" if len(value) == 1 else "entries"
        self.problems.append(Problem(place, f"{place[-1]} has {len(value)} {entries}", f"write {span}"))
        return False

    def _table(self, value: Any, structs: Sequence[type[msgspec.Struct]], place: Place) -> Any:
        if not isinstance(value, dict):
            self._refuse(place, value, "a table")
            return _HOPELESS
        value = dict(value)
        struct, tag = structs[0], structs[0].__struct_config__.tag_field
        if tag is not None:
            tags = {str(kind.__struct_config__.tag): kind for kind in structs}
            found = self._tag(value, tag, list(tags), place)
            if found is None:
                return _HOPELESS
            struct, value[tag] = tags[found], found
        elsewhere = {
            name: str(kind.__struct_config__.tag) for kind in structs for name in kind.__struct_encode_fields__
        }
        return self._fields(value, struct, elsewhere, place)

    def _tag(self, value: dict[str, Any], tag: str, tags: list[str], place: Place) -> str | None:
        if tag not in value:
            remedy = f"add `{tag}`, one of {', '.join(tags)}"
            self.problems.append(Problem(place, f"there is no `{tag}` here", remedy))
            return None
        if value[tag] in tags:
            return str(value[tag])
        self._refuse((*place, tag), value[tag], f"one of {', '.join(tags)}")
        return next(iter(difflib.get_close_matches(str(value[tag]), tags, 1)), None)

    def _fields(
        self, value: dict[str, Any], struct: type[msgspec.Struct], elsewhere: dict[str, str], place: Place
    ) -> Any:
        fields = {field.encode_name: field for field in _fields_of(struct)}
        tag = struct.__struct_config__.tag_field
        known = [name for name in (*fields, tag) if name is not None]
        for key in [key for key in value if key not in known][:_MOST_UNKNOWN_KEYS]:
            near = [] if key in elsewhere else difflib.get_close_matches(key, sorted(set(known) - value.keys()), 1)
            remedy = f"write `{near[0]}` or leave it out" if near else "leave it out"
            if key in elsewhere:
                remedy = f"leave it out: it belongs to the kind {elsewhere[key]}"
            self.problems.append(Problem((*place, key), f"unknown key `{key}`", remedy, at_key=True))
            if near:
                value[near[0]] = value[key]
        mended = {} if tag is None else {tag: value[tag]}
        for name, field in fields.items():
            if name not in value and field.required:
                remedy = f"add `{name}`, {expected(field.type)}"
                self.problems.append(Problem(place, f"there is no `{name}` here", remedy))
                mended[name] = _HOPELESS
            elif name in value:
                inner = self.value(value[name], field.type, (*place, name))
                if inner is not _HOPELESS or field.required or isinstance(value[name], dict | list):
                    mended[name] = inner
        return _HOPELESS if any(one is _HOPELESS for one in mended.values()) else mended


@cache
def _fields_of(struct: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(struct)


def _bare(hint: Any) -> Any:
    return _bare(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def _members(hint: Any) -> list[Any]:
    if get_origin(hint) in (Union, UnionType):
        return [member for one in get_args(hint) for member in _members(_bare(one))]
    return [hint]


def _spans(hint: Any) -> list[tuple[Any, ...]]:
    """Return the types of a list's entries, where a type is a list of so many entries or may be one."""
    return [get_args(one) for one in _members(hint) if get_origin(one) is tuple and get_args(one)[-1:] != (...,)]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:36]}..."
