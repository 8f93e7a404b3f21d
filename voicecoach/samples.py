"""The unit of time: samples of one clock, 16,000 to the second everywhere in the program."""

SAMPLES_PER_SECOND = 16_000
BLOCK_SAMPLES = 320


def samples(seconds: float) -> int:
    """Return how many samples last `seconds`, to the nearest."""
    return round(seconds * SAMPLES_PER_SECOND)
