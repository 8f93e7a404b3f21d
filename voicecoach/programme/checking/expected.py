"""What may be written in the place of a type, in words."""

from typing import Any

from msgspec import inspect

Kind = inspect.Type


def expected(hint: Any) -> str:
    """Return what a value of this type is, such as "a whole number from 1 to 25"."""
    return _described(inspect.type_info(hint))


def limits(hint: Any) -> tuple[float | None, float | None]:
    """Return the least and the greatest value or length that a type allows."""
    kind, _ = _unwrapped(inspect.type_info(hint))
    match kind:
        case inspect.IntType() | inspect.FloatType():
            return (kind.ge if kind.ge is not None else kind.gt), (kind.le if kind.le is not None else kind.lt)
        case inspect.StrType() | inspect.VarTupleType() | inspect.DictType():
            return kind.min_length, kind.max_length
    return None, None


def choices(hint: Any) -> list[str]:
    """Return the words to choose from, where a type has such."""
    kind, _ = _unwrapped(inspect.type_info(hint))
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [str(word) for one in kinds if isinstance(one, inspect.LiteralType) for word in one.values]


def _unwrapped(kind: Kind) -> tuple[Kind, str | None]:
    """Return the bare type and its description."""
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
