"""The hearing bench on a small folder of its own: every clip is counted once, and a bad one is named."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from voicecoach.bench.hearing import bench_hearing
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.echo.canceller_choice import open_echo_canceller
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

Put = Callable[..., Path]


@pytest.fixture(scope="module")
def words() -> Words:
    file = programme_file("calf")
    return read_words(read_programme(file), file, "en", None)


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromptCache]:
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), tmp_path_factory.mktemp("voice"))) as prompts:
        yield prompts


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, sound: Samples, rate: int = 16_000) -> Path:
        file = tmp_path / "clips" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(file, sound, rate)
        return file

    return write


def hear(folder: Path, words: Words, **options: Any) -> tuple[dict[str, Any], list[str]]:
    asked = {"question": "yes-no", "noise_db": None, "excluded": None} | options
    return bench_hearing(folder / "clips", words, MOONSHINE, show_progress=lambda _: None, **asked)


def test_every_clip_is_counted_for_what_it_is(tmp_path: Path, put: Put, words: Words, voice: PromptCache) -> None:
    put("words/yes/a.wav", voice.samples("yes"))
    put("words/yes/b.flac", voice.samples("no"))
    put("words/no/a.wav", voice.samples("elephant"))
    put("words/elephant/a.wav", voice.samples("elephant"))
    put("words/seven/a.wav", voice.samples("yes"))
    put("talking/a.wav", np.concatenate([voice.samples("the weather is fine today")] * 3))
    put("noise/a.wav", np.random.default_rng(0).normal(0, 0.01, 32_000).astype(np.float32))
    figures, not_right = hear(tmp_path, words)
    yes, no = figures["words"]["yes"], figures["words"]["no"]
    assert (yes["clips"], yes["right"], yes["wrong"], yes["rejected"]) == (2, 1, 1, 0)
    assert (no["clips"], no["right"], no["wrong"], no["rejected"]) == (1, 0, 0, 1)
    assert (figures["other"]["clips"], figures["other"]["taken"]) == (2, 1)
    assert (figures["talking"]["taken"], figures["noise"]["taken"]) == (0, 0)
    assert figures["talking"]["minutes"] > 0
    assert [line.partition(":")[0] for line in not_right] == ["words/no/a.wav", "words/seven/a.wav", "words/yes/b.flac"]
    with closing(open_echo_canceller()) as of_a_session:
        assert figures["canceller"] == of_a_session.name


def test_what_counts_depends_on_the_question(tmp_path: Path, put: Put, words: Words, voice: PromptCache) -> None:
    put("words/two/a.wav", voice.samples("two"))
    assert hear(tmp_path, words, question="number")[0]["words"]["two"]["right"] == 1
    assert hear(tmp_path, words, question="side")[0]["other"] == {
        "clips": 1,
        "taken": 0,
        "taken_interval": [0.0, 0.7935],
    }


def test_loud_noise_makes_hearing_worse(tmp_path: Path, put: Put, words: Words, voice: PromptCache) -> None:
    put("words/yes/a.wav", voice.samples("yes"))
    assert hear(tmp_path, words, noise_db=20.0)[0]["words"]["yes"]["right"] == 1
    assert hear(tmp_path, words, noise_db=-20.0)[0]["words"]["yes"]["right"] == 0


def test_excluded_clips_are_left_out(tmp_path: Path, put: Put, words: Words, voice: PromptCache) -> None:
    put("words/yes/a.wav", voice.samples("yes"))
    put("words/yes/b.wav", voice.samples("no"))
    (tmp_path / "excluded.txt").write_text("words/yes/b.wav\n\n", encoding="utf-8")
    assert hear(tmp_path, words, excluded=tmp_path / "excluded.txt")[0]["words"]["yes"]["clips"] == 1
    (tmp_path / "excluded.txt").write_text("words/yes/c.wav\n", encoding="utf-8")
    with pytest.raises(VoicecoachError, match=r"excludes .*c\.wav, which is not there"):
        hear(tmp_path, words, excluded=tmp_path / "excluded.txt")


@pytest.mark.parametrize(
    ("sound", "rate", "what"),
    [(np.ones(800) / 2, 8_000, "has 8000 samples a second"), (np.ones((800, 2)) / 2, 16_000, "has 2 channels"),
     (np.zeros(800), 16_000, "is empty or silent"), (np.zeros(0), 16_000, "is empty or silent")],
)  # fmt: skip
def test_a_clip_that_is_no_16_khz_mono_sound_is_named(
    tmp_path: Path, put: Put, words: Words, sound: Samples, rate: int, what: str
) -> None:
    put("words/yes/bad.wav", sound, rate)
    with pytest.raises(VoicecoachError, match=rf"bad\.wav {what}; replace it by 16 kHz mono sound, or --exclude it"):
        hear(tmp_path, words)


def test_a_clip_that_is_no_sound_and_a_folder_without_clips_are_one_sentence(tmp_path: Path, words: Words) -> None:
    (tmp_path / "clips" / "words" / "yes").mkdir(parents=True)
    with pytest.raises(VoicecoachError, match="has no recordings; put"):
        hear(tmp_path, words)
    (tmp_path / "clips" / "words" / "yes" / "a.wav").write_text("no sound", encoding="utf-8")
    with pytest.raises(VoicecoachError, match=r"a\.wav can't be read as sound"):
        hear(tmp_path, words)


def test_clipped_clips_are_counted(tmp_path: Path, put: Put, words: Words, voice: PromptCache) -> None:
    put("words/yes/loud.wav", np.clip(20 * voice.samples("yes"), -1, 1))
    assert hear(tmp_path, words)[0]["clipped_clips"] == 1


def test_only_a_sure_opposite_or_one_misheard_twice_ends_a_question_wrongly(
    tmp_path: Path, put: Put, words: Words, voice: PromptCache
) -> None:
    for name in "abc":
        put(f"words/yes/{name}.wav", voice.samples("yes"))
    put("words/yes/d.wav", voice.samples("it doesn't"))
    put("words/stop/a.wav", voice.samples("no"))

    answers = hear(tmp_path, words)[0]["wrong_final_answers"]

    assert (answers["questions"], answers["opposite_sure"], answers["opposite_unsure"]) == (4, 0, 1)
    assert answers["estimate"] == 1 / 16
    assert answers["upper_bound"] > 0.5
