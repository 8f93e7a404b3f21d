"""The paces that the coach can speak at, in words a minute."""

PACES = (110, 130, 150, 175, 200)
"""The steps of "speak slower" and "speak faster". Younger and older people found 150 to 200 comfortable in synthetic
speech (Sutton and others 1995); the slower ones are for whoever wants to follow without haste."""
USUAL_PACE = 150
"""Of questions and instructions, unless another is chosen: the slower end of what is comfortable."""


def slower_than(pace: int) -> int:
    """Return the next slower pace, or the same where there is none."""
    return max((one for one in PACES if one < pace), default=pace)


def faster_than(pace: int) -> int:
    """Return the next faster pace, or the same where there is none."""
    return min((one for one in PACES if one > pace), default=pace)
