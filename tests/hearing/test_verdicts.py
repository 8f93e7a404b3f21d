"""When a verdict is there: after a time that is given, or after as long as it took."""

from collections import deque
from collections.abc import Sequence

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.verdicts import LiveDeciding, VirtualDeciding
from voicecoach.samples import samples

SOUND = np.zeros(samples(1), np.float32)
VERDICT = Verdict("yes", "yes", 0.0, 0.0, 1.0, sure=True)


class Scripted:
    """A recogniser that understands a yes in everything, at once."""

    def __init__(self) -> None:
        self._tickets: deque[int] = deque()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        del sound, phrases, writes
        self._tickets.append(ticket)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        del wait
        return (self._tickets.popleft(), VERDICT) if self._tickets else None


def test_with_a_time_given_a_verdict_is_there_then_and_no_sample_earlier() -> None:
    deciding = VirtualDeciding(Scripted(), 0.1)
    deciding.submit(7, SOUND, (), at=1000)
    assert deciding.collect(1000 + samples(0.1) - 1) is None
    assert deciding.collect(1000 + samples(0.1)) == (7, VERDICT)
    assert deciding.collect(samples(9)) is None


@pytest.mark.parametrize("seconds", [None, 0.1])
def test_verdicts_are_there_in_their_order_and_never_before_the_utterance(seconds: float | None) -> None:
    deciding = VirtualDeciding(Scripted(), seconds)
    deciding.submit(1, SOUND, (), at=samples(2))
    deciding.submit(2, SOUND, (), at=samples(3))
    assert deciding.collect(samples(2) - 1) is None
    late = samples(3600)
    assert [deciding.collect(late), deciding.collect(late), deciding.collect(late)] == [
        (1, VERDICT),
        (2, VERDICT),
        None,
    ]


def test_a_live_session_takes_a_verdict_once_it_is_there_and_never_waits_for_one() -> None:
    class Late(Scripted):
        def collect(self, wait: bool) -> tuple[int, Verdict] | None:
            return super().collect(wait) if wait else None

    deciding = LiveDeciding(Late())
    deciding.submit(7, SOUND, (), at=0)
    assert deciding.collect(samples(1)) is None
