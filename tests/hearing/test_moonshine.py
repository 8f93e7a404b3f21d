import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Phrase, Samples
from voicecoach.hearing.model_files import installed_folder, read_model
from voicecoach.hearing.moonshine import Moonshine

from .conftest import Say, phrases_for, quiet, read

VOICES = ("gmw/en-us", "gmw/en-gb-x-rp", "gmw/en-us+f3", "gmw/en+m4")
CLIPS = 40


def clips(folder: Path, word: str, count: int = CLIPS) -> list[Samples]:
    files = sorted((folder / "words" / word).iterdir())
    files = files[:: max(len(files) // count, 1)][:count]
    return [np.concatenate([quiet(0.1), read(file), quiet(0.3)]) for file in files]


def meanings(moonshine: Moonshine, sounds: list[Samples], question: str = "yes-no") -> list[str | None]:
    return [moonshine.decide(sound, phrases_for(question)).meaning for sound in sounds]


@pytest.mark.parametrize(("word", "least"), [("yes", 0.92), ("no", 0.95), ("stop", 0.95)])
def test_people_saying_a_command_are_understood_and_never_as_its_opposite(
    moonshine: Moonshine, recordings: Path, word: str, least: float
) -> None:
    heard = meanings(moonshine, clips(recordings, word))

    assert heard.count(word) >= least * len(heard)
    assert {"yes": "no", "no": "yes", "stop": "yes"}[word] not in heard


@pytest.mark.parametrize("side", ["left", "right"])
def test_people_naming_a_side_are_understood_and_never_as_the_other(
    moonshine: Moonshine, recordings: Path, side: str
) -> None:
    heard = meanings(moonshine, clips(recordings, side, 25), "side")

    assert heard.count(side) >= 0.88 * len(heard)
    assert {"left": "right", "right": "left"}[side] not in heard


def test_people_naming_a_number_are_understood(moonshine: Moonshine, recordings: Path) -> None:
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    right = total = 0
    for number, word in enumerate(words):
        heard = meanings(moonshine, clips(recordings, word, 4), "number")
        right, total = right + heard.count(str(number)), total + len(heard)

    assert right >= 0.85 * total


def test_other_words_of_people_are_seldom_taken_for_a_command(moonshine: Moonshine, recordings: Path) -> None:
    words = ("bed", "bird", "cat", "dog", "go", "happy", "house", "marvin", "sheila", "tree", "wow", "up")
    heard = [meaning for word in words for meaning in meanings(moonshine, clips(recordings, word, 6))]

    assert sum(meaning is not None for meaning in heard) <= 0.05 * len(heard)


def test_people_reading_aloud_give_no_command(moonshine: Moonshine, recordings: Path) -> None:
    files = sorted((recordings / "talking").iterdir())[:12]
    pieces = [piece for file in files for piece in np.array_split(read(file)[:96_000], 3)]

    assert [m for m in meanings(moonshine, pieces) if m is not None] == []


@pytest.mark.parametrize(
    "phrase",
    ["it hurts", "that hurts", "it's getting worse", "i've got pins and needles", "it's numb", "my foot is numb",
     "my foot feels numb", "i can't feel my foot", "stop it", "stop please"],
)  # fmt: skip
def test_a_safety_phrase_is_never_taken_for_yes(moonshine: Moonshine, say: Say, phrase: str) -> None:
    assert "yes" not in meanings(moonshine, [say(phrase, voice) for voice in VOICES])


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [("it hurts", "it_hurts"), ("how many left", "how_many_left"), ("it's getting worse", "worse"), ("help", "help"),
     ("the pain has gone", "gone"), ("slow down", "slower"), ("turn it up", "louder"), ("wait", "pause")],
)  # fmt: skip
def test_a_clear_synthetic_phrase_is_understood(moonshine: Moonshine, say: Say, phrase: str, meaning: str) -> None:
    heard = meanings(moonshine, [say(phrase, voice) for voice in VOICES])

    assert heard.count(meaning) >= len(VOICES) - 1


def test_an_answer_in_the_middle_of_a_phrase_of_numbers_is_understood(moonshine: Moonshine, say: Say) -> None:
    assert meanings(moonshine, [say("i'd say five")], "number") == ["5"]


def test_a_clear_answer_is_sure_and_tells_its_words(moonshine: Moonshine, say: Say) -> None:
    verdict = moonshine.decide(say("yes"), phrases_for("yes-no"))

    assert (verdict.meaning, verdict.words, verdict.sure) == ("yes", "yes", True)
    assert -1.0 < verdict.score <= 0.0
    assert verdict.margin > 2.0


def test_the_same_sound_gives_the_same_verdict(moonshine: Moonshine, say: Say) -> None:
    sound, phrases = say("stop"), phrases_for("yes-no")

    assert moonshine.decide(sound, phrases) == moonshine.decide(sound, phrases)


@pytest.mark.parametrize(
    "sound", [np.zeros(0, np.float32), np.zeros(16_000, np.float32), quiet(1), np.ones(10, np.float32)]
)
def test_what_is_empty_or_not_loud_enough_means_nothing(moonshine: Moonshine, sound: Samples) -> None:
    verdict = moonshine.decide(sound, phrases_for("yes-no"))

    assert verdict.meaning is None
    assert verdict.score == -math.inf


def test_with_nothing_to_listen_for_nothing_is_heard(moonshine: Moonshine, say: Say) -> None:
    assert moonshine.decide(say("yes"), []).meaning is None


def test_a_minute_of_sound_in_one_utterance_is_survived(moonshine: Moonshine, say: Say) -> None:
    sentence = say("lower your foot and rest for a while")
    minute = np.tile(sentence, 60 * 16_000 // len(sentence))

    assert moonshine.decide(minute, phrases_for("yes-no")).meaning is None


def test_a_phrase_that_is_not_active_is_not_heard(moonshine: Moonshine, say: Say) -> None:
    assert moonshine.decide(say("stop"), [Phrase("left", ("left",), -3.0, -1.0)]).meaning is None


def test_a_model_file_that_is_damaged_is_never_loaded(tmp_path: Path) -> None:
    model = read_model("moonshine-tiny-en")
    for file in model.files:
        shutil.copy(installed_folder(model) / file.name, tmp_path)
    (tmp_path / "encoder_model.ort").write_bytes(b"not a network")

    with pytest.raises(VoicecoachError, match=r"encoder_model\.ort is damaged"):
        Moonshine(tmp_path)
