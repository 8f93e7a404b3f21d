"""The short sounds that tell the time (ticks, tones, a chime), by their names."""

from enum import StrEnum


class Signal(StrEnum):
    """A short sound, by what it says."""

    HOLD_STARTS = "hold starts"
    HOLD_ENDS = "hold ends"
    TIME_STARTS = "time starts"
    """Of a longer time: a stretch, a round of work."""
    TIME_ENDS = "time ends"
    SECOND = "second"
    """Another second of a hold, where the seconds are not spoken."""
    REPETITION_DONE = "repetition done"
    SET_DONE = "set done"
