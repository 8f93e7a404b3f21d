"""Sound as it goes through the program: arrays of samples, and the blocks of 20 ms in which time goes on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound at 16,000 samples a second, shape (n,), full scale -1 to 1."""


class Block(NamedTuple):
    """What was played and heard from sample `at` on, each of shape (320,), and the speeches that ended in it.

    `unseen_seconds`: time that passed unseen before it, as the program or the machine stood still. `gated`: whether
    exact zeros are heard as silence, because the microphone sends them between words.
    """

    at: int
    played: Samples
    heard: Samples
    finished: tuple[int, ...]
    gated: bool = False
    unseen_seconds: float = 0.0
