"""Whether each field of an activity tells one situation from another, for the walk through all that can happen."""

from collections.abc import Mapping
from enum import Enum, auto
from functools import cache
from typing import Annotated, Literal, TypeVar, get_origin

from msgspec import Struct
from msgspec.structs import fields

T = TypeVar("T")


class Tells(Enum):
    """What of an activity's field tells one situation from another."""

    ITS_VALUE = auto()
    WHETHER_IT_IS_SET = auto()
    HOW_OFTEN = auto()
    """And that only while nothing before it has gone out of the ordinary: one thing at a time goes wrong."""
    NOTHING = auto()
    NOTHING_EVER = auto()
    """Not even what happens where the session is left alone."""


Telling = Annotated[T, Tells.ITS_VALUE]
"""What the activity goes by. A `Literal`, which names what is being done, is this without saying so."""
Detail = Annotated[T, Tells.NOTHING]
"""How something sounds and is kept, or what goes with something else that tells."""
Moment = Annotated[T, Tells.WHETHER_IT_IS_SET]
"""A sample of the clock; none, or 0, before there is one."""
Tally = Annotated[int, Tells.HOW_OFTEN]
"""How often something has gone out of the ordinary."""
Serial = Annotated[int, Tells.NOTHING_EVER]
"""The number of a speech or of a question; they are numbered throughout a session."""


@cache
def told_by(kind: type[Struct]) -> Mapping[str, Tells]:
    """Return by name what each field of a class of activity tells. Raises TypeError for one that does not say it."""
    return {field.name: _told(field.type, f"{kind.__name__}.{field.name}") for field in fields(kind)}


def _told(annotation: object, name: str) -> Tells:
    for said in getattr(annotation, "__metadata__", ()):
        if isinstance(said, Tells):
            return said
    if get_origin(annotation) is Literal:
        return Tells.ITS_VALUE
    raise TypeError(f"{name} does not say whether it tells situations apart; make it one of those in {__name__}")
