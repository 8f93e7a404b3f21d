"""Speaker adaptation: from takes of a voice to thresholds and spellings that suit it, whatever the recogniser."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from voicecoach.blocks import Samples
from voicecoach.doctor.doctor_words import TeachWords
from voicecoach.doctor.findings import DoctorSettings
from voicecoach.doctor.spoken_yes import REMEDIES, Answer, Flaw, flaw_of
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.judgement import lowered
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.phrases import phrases_of_a_question
from voicecoach.programme.words import Words
from voicecoach.taught import TEACHABLE, TaughtMeaning, as_built_in, easiest, with_taught

AGAIN = "then run voicecoach doctor --teach again."


class NotTaught(VoicecoachError):  # noqa: N818
    """Nothing could be learnt from the voice, so nothing has changed."""


@dataclass(frozen=True)
class Take:
    """One word as the person said it: what was asked for, the utterance, shape (n,), and what a session heard in it."""

    meaning: str
    sound: Samples
    verdict: Verdict
    level_dbfs: float


def collect_takes(
    ask: Callable[[str], Answer | None], words: TeachWords, noise_floor_dbfs: float, settings: DoctorSettings
) -> Iterator[Take]:
    """Ask aloud for each word in turn, so often; yield the takes. Raises NotTaught where one can't be had."""
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


Decide = Callable[[Samples, Sequence[Phrase]], Verdict]

HEADROOM = 0.25
"""How far below the weakest take, in logarithmic odds, a threshold is put: the next one may be weaker."""


@dataclass(frozen=True)
class Lesson:
    """What was learnt of a voice, and what is understood of its takes with that.

    `meanings` is empty where the built-in words do as well; `changes` says whether a session understands otherwise now.
    """

    meanings: Mapping[str, TaughtMeaning]
    verdicts: tuple[Verdict, ...]
    changes: bool

    @property
    def all_sure(self) -> bool:
        """Whether every take is understood surely with what was learnt."""
        return all(verdict.sure for verdict in self.verdicts)


class Learning:
    """Works out what suits one voice in one room; `noise`, shape (n,), is heard there when nobody speaks."""

    def __init__(self, takes: Sequence[Take], noise: Samples, decide: Decide) -> None:
        self._takes = takes
        self._noise = noise
        self._decide = decide
        self._decided: dict[tuple[Phrase, ...], tuple[Verdict, ...]] = {}

    def learn(self, words: Words, current: Words) -> Lesson:
        """Return what makes the built-in `words` suit the voice; nothing where the `current` ones do already.

        Raises NotTaught where that can't be done safely: every take has to mean what was asked for.
        """
        now = self._verdicts(current)
        if all(self._all_sure(meaning, now) for meaning in TEACHABLE):
            return Lesson({}, now, changes=False)
        before = self._verdicts(words)
        self._refuse_confusion([verdict if verdict.sure else None for verdict in before])
        weak = [meaning for meaning in TEACHABLE if not self._all_sure(meaning, before)]
        easy = {meaning: easiest(words.meanings[meaning]) for meaning in weak}
        for meaning in weak:
            easy[meaning] = self._with_spellings(words, easy, meaning)
        heard = self._verdicts(with_taught(words, easy))
        fitted = {meaning: self._fitted(words, meaning, easy[meaning], heard) for meaning in weak}
        taught = {meaning: it for meaning, it in fitted.items() if it != as_built_in(words.meanings[meaning])}
        changed = with_taught(words, taught)
        after = self._verdicts(changed)
        self._refuse_confusion(after)
        self._refuse_unclear(after)
        self._refuse_noise(changed, taught)
        return Lesson(taught, after, changes=changed != current)

    def _verdicts(self, words: Words) -> tuple[Verdict, ...]:
        active = phrases_of_a_question(words)
        if active not in self._decided:
            self._decided[active] = tuple(self._decide(take.sound, active) for take in self._takes)
        return self._decided[active]

    def _all_sure(self, meaning: str, verdicts: Sequence[Verdict]) -> bool:
        return all(v.sure and v.meaning == meaning for v in self._own(meaning, verdicts))

    def _better(self, meaning: str, now: Sequence[Verdict], before: Sequence[Verdict]) -> bool:
        """Whether more takes of a meaning are understood, or as many and more surely, and no fewer of the others."""
        more = _rank(meaning, self._own(meaning, now)) > _rank(meaning, self._own(meaning, before))
        others = [other for other in TEACHABLE if other != meaning]
        return more and all(
            _rank(other, self._own(other, now))[0] >= _rank(other, self._own(other, before))[0] for other in others
        )

    def _own(self, meaning: str, verdicts: Sequence[Verdict]) -> list[Verdict]:
        return [verdict for take, verdict in zip(self._takes, verdicts, strict=True) if take.meaning == meaning]

    def _with_spellings(self, words: Words, easy: Mapping[str, TaughtMeaning], meaning: str) -> TaughtMeaning:
        """Return the meaning with each proposed spelling that makes more of its takes understood, or surely."""

        def heard_with(spellings: tuple[str, ...]) -> tuple[Verdict, ...]:
            tried = msgspec.structs.replace(easy[meaning], spellings=spellings)
            return self._verdicts(with_taught(words, {**easy, meaning: tried}))

        kept: tuple[str, ...] = ()
        for spelling in words.meanings[meaning].sounds_like:
            if self._all_sure(meaning, heard_with(kept)):
                break
            if self._better(meaning, heard_with((*kept, spelling)), heard_with(kept)):
                kept = (*kept, spelling)
        return msgspec.structs.replace(easy[meaning], spellings=kept)

    def _fitted(self, words: Words, meaning: str, easy: TaughtMeaning, heard: Sequence[Verdict]) -> TaughtMeaning:
        """Return thresholds of a meaning that are no lower than its takes need."""
        known = words.meanings[meaning]
        own = [verdict for verdict in self._own(meaning, heard) if verdict.meaning == meaning]
        accept = lowered(min((v.confidence for v in own), default=known.accept_above), HEADROOM)
        sure = lowered(min((v.confidence for v in own if v.sure), default=known.sure_above), HEADROOM)
        return TaughtMeaning(
            _between(easy.accept_above, accept, known.accept_above),
            _between(easy.sure_above, sure, known.sure_above),
            easy.spellings,
        )

    def _refuse_confusion(self, verdicts: Sequence[Verdict | None]) -> None:
        for take, verdict in zip(self._takes, verdicts, strict=True):
            if verdict and verdict.meaning not in (None, take.meaning):
                raise NotTaught(
                    f'Asked for "{take.meaning}", you were understood to say "{verdict.words}", so nothing has '
                    f"changed. Say just the word that is asked for, while nobody else talks, {AGAIN}"
                )

    def _refuse_unclear(self, verdicts: Sequence[Verdict]) -> None:
        unclear = [take.meaning for take, verdict in zip(self._takes, verdicts, strict=True) if verdict.meaning is None]
        if unclear:
            raise NotTaught(
                f'"{unclear[0]}" could not be understood {unclear.count(unclear[0])} of '
                f"{len(self._own(unclear[0], verdicts))} times, so nothing has changed. Say just the word, clearly and "
                f"nearer to the microphone, {AGAIN}"
            )

    def _refuse_noise(self, words: Words, taught: Mapping[str, TaughtMeaning]) -> None:
        verdict = self._decide(self._noise, phrases_of_a_question(words))
        if verdict.meaning in taught:
            raise NotTaught(
                f'The noise here would be taken for "{verdict.meaning}", so nothing has changed. Make it quieter, '
                f"{AGAIN}"
            )


def _rank(meaning: str, verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """Return how many verdicts are of this meaning, and how many of those surely."""
    right = [verdict for verdict in verdicts if verdict.meaning == meaning]
    return len(right), sum(verdict.sure for verdict in right)


def _between(least: float, wanted: float, most: float) -> float:
    return min(most, max(least, round(wanted, 2)))
