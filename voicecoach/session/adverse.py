"""Adverse events, which a clinician should read about: which kinds there are, and how a journal keeps them."""

from enum import StrEnum


class AdverseKind(StrEnum):
    """The kind of an adverse event; most kinds are what the person said."""

    PAIN = "pain"
    """A score that ends the exercise."""
    SCREENING = "screening"
    """A confirmed yes, or a doubt that stayed, at a screening question."""
    WORSE_AFTER_PAUSE = "worse_after_pause"
    NOT_ALL_RIGHT = "not_all_right"
    IT_HURTS = "it_hurts"
    WORSE = "worse"
    PINS_AND_NEEDLES = "pins_and_needles"
    NUMB = "numb"
    DIZZY = "dizzy"
    FAINT = "faint"
    CHEST = "chest"
    BREATH = "breath"
    CRAMP = "cramp"
    FELL = "fell"
    CANT_MOVE = "cant_move"
    HELP_NOW = "help_now"


_KEPT = {
    AdverseKind.PAIN: "pain ",
    AdverseKind.SCREENING: "screening: ",
    AdverseKind.WORSE_AFTER_PAUSE: "new or worse after a pause",
}
"""What a journal has for a kind, where it is not its name."""
_NAMING = (AdverseKind.PAIN, AdverseKind.SCREENING)
"""Those that name a score or a question."""


def kept(kind: AdverseKind, value: str) -> str:
    """Return the text by which a journal keeps an adverse kind, with the score or the screening question `value`."""
    return _KEPT.get(kind, kind) + value


def read(text: str) -> tuple[AdverseKind, str] | None:
    """Return the adverse kind that a journal's text stands for, and the score or question; None for an unknown kind."""
    for kind in AdverseKind:
        begins = _KEPT.get(kind, kind)
        if text == begins or (kind in _NAMING and text.startswith(begins)):
            return kind, text.removeprefix(begins)
    return None
