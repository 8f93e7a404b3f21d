"""The types of a programme's fields: names, times and counts within bounds, words to choose from."""

from typing import Annotated, Literal

from msgspec import Meta

Key = Annotated[
    str,
    Meta(
        pattern="^[a-z][a-z0-9_]*$",
        max_length=40,
        description="a name of small letters, digits and _, at most 40 of them, such as floss_intro",
    ),
]
Seconds = Annotated[float, Meta(gt=0, le=600)]
Sets = Annotated[int, Meta(ge=1, le=5)]
Repetitions = Annotated[int, Meta(ge=1, le=25)]
Rounds = Annotated[int, Meta(ge=1, le=20)]
HoldSeconds = Annotated[float, Meta(ge=0, le=30)]
MoveSeconds = Annotated[float, Meta(ge=1.5, le=10)]
Score = Annotated[int, Meta(ge=0, le=10)]

Movement = Literal["slider", "tensioner", "strength", "stretch", "cardio"]
Sides = Literal["sore", "both", "none"]
"""Which sides take part: the one that hurts, one after the other, or no side in particular."""
First = Literal["other", "sore"]
Load = Literal["pulled", "slack"]
