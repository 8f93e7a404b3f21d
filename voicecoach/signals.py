"""The short sounds that tell the time, by their names."""

from enum import StrEnum


class Signal(StrEnum):
    """What a short sound says."""

    HOLD_STARTS = "hold starts"
    HOLD_ENDS = "hold ends"
    TIME_STARTS = "time starts"
    """Of a longer time: a stretch, a round of work."""
    TIME_ENDS = "time ends"
    SECOND = "second"
    """Another second of a hold, where the seconds are not spoken."""
    SET_DONE = "set done"
