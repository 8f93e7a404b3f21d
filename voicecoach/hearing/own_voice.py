"""What the coach itself was saying when a word was heard, so that the coach does not answer itself."""

import re
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class _Saying:
    began_at: int
    ends_at: int
    words: str


class OwnVoice:
    """Remembers what the coach said lately, with its samples."""

    def __init__(self) -> None:
        self._sayings: deque[_Saying] = deque(maxlen=40)

    def say(self, began_at: int, ends_at: int, text: str) -> None:
        """Note a text of the coach that is audible between two samples."""
        self._sayings.append(_Saying(began_at, ends_at, _plain(text)))

    def said(self, words: str, since: int, until: int) -> bool:
        """Whether these words were part of anything that the coach said between two samples."""
        plain = _plain(words)
        return any(
            plain in saying.words for saying in self._sayings if saying.began_at < until and saying.ends_at > since
        )


def _plain(text: str) -> str:
    return " " + " ".join(re.findall(r"[\w']+", text.lower())) + " "
