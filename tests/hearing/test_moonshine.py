import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.model_files import installed_folder, read_model
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.recogniser import Phrase
from voicecoach.meanings import OW

from .conftest import ANSWERS, Say, phrases_for, quiet, read

VOICES = ("gmw/en-us", "gmw/en-gb-x-rp", "gmw/en-us+f3", "gmw/en+m4")
CLIPS = 40


def clips(folder: Path, word: str, count: int = CLIPS) -> list[Samples]:
    files = sorted((folder / "words" / word).iterdir())
    files = files[:: max(len(files) // count, 1)][:count]
    return [np.concatenate([quiet(0.1), read(file), quiet(0.3)]) for file in files]


def meanings(moonshine: Moonshine, sounds: list[Samples], question: str = "yes-no") -> list[str | None]:
    return [moonshine.decide(sound, phrases_for(question)).meaning for sound in sounds]


@pytest.mark.parametrize(("word", "least"), [("yes", 0.95), ("no", 0.95), ("stop", 0.95)])
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
    """A cry of pain means nothing but in movement."""
    words = ("bed", "bird", "cat", "dog", "go", "happy", "house", "marvin", "sheila", "tree", "wow", "up")
    heard = [meaning for word in words for meaning in meanings(moonshine, clips(recordings, word, 6))]

    assert sum(meaning not in (None, OW) for meaning in heard) <= 0.05 * len(heard)


def test_people_reading_aloud_give_no_command(moonshine: Moonshine, recordings: Path) -> None:
    files = sorted((recordings / "talking").iterdir())[:12]
    pieces = [piece for file in files for piece in np.array_split(read(file)[:96_000], 3)]

    assert [m for m in meanings(moonshine, pieces) if m is not None] == []


SAFETY = (
    "it hurts", "that hurts", "it's getting worse", "worse", "i've got pins and needles", "pins and needles",
    "it's numb", "my foot is numb", "my foot feels numb", "numb", "i can't feel my foot", "stop it", "stop please",
)  # fmt: skip


@pytest.mark.parametrize("question", ANSWERS)
@pytest.mark.parametrize("phrase", SAFETY)
def test_a_safety_phrase_is_never_taken_for_yes_and_never_surely_for_any_answer(
    moonshine: Moonshine, say: Say, phrase: str, question: str
) -> None:
    verdicts = [moonshine.decide(say(phrase, voice), phrases_for(question)) for voice in VOICES]

    assert "yes" not in [verdict.meaning for verdict in verdicts]
    assert not any(verdict.sure for verdict in verdicts if verdict.meaning in ANSWERS[question])


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [("it hurts", "it_hurts"), ("how many left", "how_many_left"), ("it's getting worse", "worse"),
     ("what can i say", "help"), ("the pain has gone", "gone"), ("slow down", "slower"), ("turn it up", "louder"),
     ("wait", "pause"), ("turn it down", "quieter"), ("too fast", "slower"), ("faster", "faster"),
     ("continue", "resume"), ("say that again", "repeat"), ("skip this one", "skip"), ("my foot is asleep", "numb"),
     ("pins and needles", "pins_and_needles")],
)  # fmt: skip
def test_a_clear_synthetic_phrase_is_understood(moonshine: Moonshine, say: Say, phrase: str, meaning: str) -> None:
    heard = meanings(moonshine, [say(phrase, voice) for voice in VOICES])

    assert heard == [meaning] * len(VOICES)


DOUBTS = (
    "i don't know", "i'm not sure", "maybe", "sometimes", "a little", "kind of", "not always", "it depends",
    "hard to say", "not any more", "only at night",
)  # fmt: skip
HARD_TO_TELL_FROM_NO = ("no idea", "not now", "not today", "no but sometimes", "no not always", "no except at night")


def test_a_doubt_is_heard_where_a_safety_question_listens_for_it(moonshine: Moonshine, say: Say) -> None:
    heard = {phrase: meanings(moonshine, [say(phrase, v) for v in VOICES], "screening") for phrase in DOUBTS}

    assert {phrase: meant for phrase, meant in heard.items() if meant.count("unsure") < len(VOICES)} == {}


@pytest.mark.parametrize("phrase", [*DOUBTS, *HARD_TO_TELL_FROM_NO])
def test_a_doubt_is_never_surely_a_no_nor_a_yes_to_a_safety_question(
    moonshine: Moonshine, say: Say, phrase: str
) -> None:
    verdicts = [moonshine.decide(say(phrase, voice), phrases_for("screening")) for voice in VOICES]

    assert not any(verdict.sure for verdict in verdicts if verdict.meaning in ("yes", "no"))


@pytest.mark.parametrize("phrase", ["yes", "no", "stop", "how many left", "turn it down"])
def test_how_much_silence_follows_and_how_loud_it_is_change_nothing(
    moonshine: Moonshine, say: Say, phrase: str
) -> None:
    for voice in VOICES:
        spoken = np.concatenate([quiet(0.3), say(phrase, voice)])
        forms = [np.concatenate([spoken, quiet(seconds)]) for seconds in (0.06, 0.45, 1.0)]
        heard = meanings(moonshine, [*forms, *(forms[0] * np.float32(gain) for gain in (0.25, 1.3))])

        assert len(set(heard)) == 1
        assert None not in heard


def test_people_cut_off_at_the_first_pause_are_understood_as_with_long_silence(
    moonshine: Moonshine, recordings: Path
) -> None:
    for word in ("yes", "no", "stop"):
        long = clips(recordings, word, 20)
        cut = [sound[: -round(0.24 * 16_000)] for sound in long]

        differing = [pair for pair in zip(meanings(moonshine, long), meanings(moonshine, cut), strict=True)
                     if len(set(pair)) > 1]  # fmt: skip
        assert len(differing) <= 1
        assert all(None in pair for pair in differing)


def test_an_answer_in_the_middle_of_a_phrase_of_numbers_is_understood(moonshine: Moonshine, say: Say) -> None:
    assert meanings(moonshine, [say("i'd say five")], "number") == ["5"]


def test_a_clear_answer_is_sure_and_tells_its_words(moonshine: Moonshine, say: Say) -> None:
    verdict = moonshine.decide(say("yes"), phrases_for("yes-no"))

    assert (verdict.meaning, verdict.words, verdict.sure) == ("yes", "yes", True)
    assert -1.0 < verdict.score <= 0.0
    assert verdict.margin > 2.0


def test_the_same_sound_gives_the_same_verdict(say: Say) -> None:
    moonshine, sound, phrases = Moonshine(), say("stop"), phrases_for("yes-no")

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
    assert moonshine.decide(say("stop"), [Phrase("left", ("left",), 0.5, 0.9)]).meaning is None


def test_a_model_file_that_is_damaged_is_never_loaded(tmp_path: Path) -> None:
    model = read_model("moonshine-tiny-en")
    for file in model.files:
        shutil.copy(installed_folder(model) / file.name, tmp_path)
    (tmp_path / "encoder_model.ort").write_bytes(b"not a network")

    with pytest.raises(VoicecoachError, match=r"encoder_model\.ort is damaged"):
        Moonshine(tmp_path)


@pytest.mark.parametrize("voice", VOICES)
def test_what_takes_an_answer_back_is_understood_and_is_no_next_one(moonshine: Moonshine, say: Say, voice: str) -> None:
    said = {
        "that's wrong": "correct",
        "go back": "correct",
        "I said no": "correct_no",
        "no I meant left": "correct_left",
    }
    assert {words: moonshine.decide(say(words, voice), phrases_for("yes-no")).meaning for words in said} == said
    near = {"that's worse": "worse", "next one": "skip", "no": "no"}
    assert {words: moonshine.decide(say(words, voice), phrases_for("yes-no")).meaning for words in near} == near
