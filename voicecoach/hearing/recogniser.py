"""The interface of every recogniser: the phrases that it is given and the verdict it returns; no engine is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voicecoach.blocks import Samples
from voicecoach.meanings import Worse, is_answer


@dataclass(frozen=True)
class Phrase:
    """One meaning and the ways to say it, with what makes it sure.

    `accept_above` is the confidence, 0 to 1, from which the meaning counts as said, `sure_above` the one from which it
    needs no "did you say?"; for the spellings in `never_sure` it is always asked, however sure the engine is, because
    a swallowed syllable would turn them into their opposite. An `urgent` meaning is acted on with less evidence.
    A call that is not understood at first is looked for in another sound of the same utterance, where there is one.
    A keyword means it, though never surely, wherever it stands among other words. Which of two numbers counts, where
    either may be meant, is for what is written out freely; its spellings are sorted by it already.
    """

    meaning: str
    spellings: tuple[str, ...]
    accept_above: float
    sure_above: float
    urgent: bool = False
    never_sure: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    is_call: bool = False
    worse: Worse = "higher"


def awaits_answer(phrases: Sequence[Phrase]) -> bool:
    """Whether an answer is listened for, and not commands alone, as in movement."""
    return any(is_answer(phrase.meaning) for phrase in phrases)


@dataclass(frozen=True)
class Written:
    """What a recogniser would write for an utterance, whatever it means; its `probability` among all texts, 0 to 1.

    `words` are lower case and unpunctuated; `mended` are the same without the engine's known mistakes for the phrases.
    """

    words: str
    mended: str
    probability: float


@dataclass(frozen=True)
class Verdict:
    """What was said in one utterance: a meaning, or none, with the words, the scores and the confidence.

    `meaning` is None where nothing active was said. `words` is the likeliest spelling, as the person's own words.
    `score` is its log-probability, summed over spellings; `margin` how far it is above what is next likely.
    `confidence` is the probability that this was said, fitted for each engine so that it means the same for all.
    """

    meaning: str | None
    words: str
    score: float
    margin: float
    confidence: float
    sure: bool
    among_others: bool = False
    """Whether it was a keyword among other words."""
    written: tuple[Written, ...] = ()
    """If the recogniser was to write: the likeliest texts, the first the most."""
    can_be_written: bool = False
    """Whether it would say more if the recogniser were to write."""


class Recogniser(Protocol):
    """Interface: decides which of the given phrases an utterance is."""

    name: str

    def decide(self, samples: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> Verdict:
        """Return what was said in `samples`, shape (n,), one utterance with a little silence round it.

        One that `writes` also writes out, as well as it can, what is not sure.
        """
        ...
