"""A recogniser that is started again when it dies, so that a live session outlives it."""

from collections import deque
from collections.abc import Callable, Sequence

from voicecoach.blocks import Samples
from voicecoach.hearing.contract import Phrase, Verdict
from voicecoach.hearing.process import RecogniserDied, RecogniserProcess

_NOT_UNDERSTOOD = Verdict(None, "", float("-inf"), 0.0, 0.0, sure=False)


class RestartingRecogniser:
    """Hands utterances that a dead recogniser had not answered to its successor.

    One that two recognisers have died of counts as not understood, and the person is asked again.
    """

    def __init__(self, start: Callable[[], RecogniserProcess] = RecogniserProcess) -> None:
        self._start = start
        self._process = start()
        self._open: deque[tuple[int, Samples, Sequence[Phrase]]] = deque()
        self._tried_again: int | None = None

    @property
    def pid(self) -> int:
        """The process id of the recogniser that is at work now."""
        return self._process.pid

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase]) -> None:
        """Hand an utterance over."""
        self._open.append((ticket, samples, phrases))
        self._process.submit(ticket, samples, phrases)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest answer, if there is one. Raises VoicecoachError where the model can't be loaded."""
        try:
            answer = self._process.collect(wait)
        except RecogniserDied:
            return self._restart()
        if answer is not None:
            self._open.popleft()
        return answer

    def _restart(self) -> tuple[int, Verdict] | None:
        answer = None
        if self._open and self._open[0][0] == self._tried_again:
            answer = (self._open.popleft()[0], _NOT_UNDERSTOOD)
        self._tried_again = self._open[0][0] if self._open else None
        self._process.close()
        self._process = self._start()
        for utterance in self._open:
            self._process.submit(*utterance)
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.close()
