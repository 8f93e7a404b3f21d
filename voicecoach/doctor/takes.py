"""The takes of the three words: asked for aloud, and asked for again where nothing can be learnt from one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from voicecoach.blocks import Samples
from voicecoach.doctor.answering import REMEDIES, Answer, Flaw, flaw_of
from voicecoach.doctor.settings import DoctorSettings
from voicecoach.doctor.words import TeachWords
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Verdict
from voicecoach.taught import TEACHABLE

AGAIN = "then run voicecoach doctor --teach again."


class NotTaught(VoicecoachError):  # noqa: N818
    """Nothing could be learnt, so nothing has changed."""


@dataclass(frozen=True)
class Take:
    """A word as the person said it: what was asked for, the utterance, shape (n,), and what a session heard in it."""

    meaning: str
    sound: Samples
    verdict: Verdict
    level_dbfs: float


def collect_takes(
    ask: Callable[[str], Answer | None], words: TeachWords, noise_floor_dbfs: float, settings: DoctorSettings
) -> Iterator[Take]:
    """Ask for each word in turn, so often; yield the takes. Raises NotTaught where one can't be had."""
    for _ in range(settings.takes_of_a_word):
        for meaning in TEACHABLE:
            yield _take(meaning, ask, words, noise_floor_dbfs, settings)


def _take(
    meaning: str,
    ask: Callable[[str], Answer | None],
    words: TeachWords,
    noise_floor_dbfs: float,
    settings: DoctorSettings,
) -> Take:
    wrong: Flaw | Literal["unheard"] | None = None
    for _ in range(settings.asked_for_a_take):
        answer = ask(words.request(meaning, wrong))
        wrong = flaw_of(answer, noise_floor_dbfs, settings) if answer else "unheard"
        if answer and wrong is None:
            return Take(meaning, answer.sound, answer.verdict, answer.level_dbfs)
    raise NotTaught(_why(meaning, wrong, settings))


def _why(meaning: str, wrong: Flaw | Literal["unheard"] | None, settings: DoctorSettings) -> str:
    often = f"asked for {settings.asked_for_a_take} times"
    if wrong is None or wrong == "unheard":
        return (
            f'Nobody was heard to say "{meaning}", {often}, so nothing has changed. Speak louder and nearer to the '
            f"microphone, or raise its level in alsamixer (F4), {AGAIN}"
        )
    return f'"{meaning}" can\'t be used, {often}, so nothing has changed. {REMEDIES[wrong][:-1]}, {AGAIN}'
