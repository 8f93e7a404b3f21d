"""How a simulated person sounds: recordings of people, and mumbling."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.phrases import phrases
from voicecoach.programme.words import Words
from voicecoach.rehearsal.person_voices import RecordedVoice, SynthesisedVoice, mumbled
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice


def tone(hertz: float, seconds: float = 0.5, rate: int = 16000) -> Samples:
    return (0.2 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def pitch(sound: Samples) -> int:
    return int(np.argmax(np.abs(np.fft.rfft(sound, 16000))))


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Return a folder with four recordings of "yes" and one of "no", each a tone."""
    for word, pitches in (("yes", (300, 400, 500, 600)), ("no", (700,))):
        (tmp_path / word).mkdir()
        for hertz in pitches:
            soundfile.write(tmp_path / word / f"{hertz}.wav", tone(hertz), 16000)
    return tmp_path


def test_an_answer_is_one_of_the_recordings_of_its_word_unchanged(recordings: Path) -> None:
    person = RecordedVoice(recordings, ["yes", "no"], 0)
    np.testing.assert_allclose(person.say("no"), tone(700), atol=1e-4)
    assert pitch(person.say("yes")) in (300, 400, 500, 600)


def test_the_same_seed_chooses_the_same_recordings_and_another_one_others(recordings: Path) -> None:
    first, same, other = (
        [pitch(person.say("yes")) for _ in range(20)]
        for person in (RecordedVoice(recordings, ["yes"], seed) for seed in (1, 1, 2))
    )
    assert first == same
    assert first != other


def test_every_recording_is_used(recordings: Path) -> None:
    person = RecordedVoice(recordings, ["yes"], 0)
    assert {pitch(person.say("yes")) for _ in range(40)} == {300, 400, 500, 600}


def test_a_stereo_recording_at_44100_hertz_is_played_at_its_pitch_and_length(recordings: Path) -> None:
    both = np.stack([tone(800, rate=44100), 0 * tone(800, rate=44100)], axis=1)
    soundfile.write(recordings / "no" / "700.wav", both, 44100)
    sound = RecordedVoice(recordings, ["no"], 0).say("no")
    assert sound.dtype == np.float32
    assert sound.shape == (8000,)
    assert pitch(sound) == pytest.approx(800, abs=1)
    assert abs(sound).max() == pytest.approx(0.1, abs=0.005)


@pytest.mark.parametrize("what", ["no folder", "an empty folder", "other files only"])
def test_a_word_without_recordings_is_refused_with_where_to_put_one(recordings: Path, what: str) -> None:
    if what != "no folder":
        (recordings / "stop").mkdir()
    if what == "other files only":
        (recordings / "stop" / "stop.txt").write_text("stop", encoding="utf-8")
    with pytest.raises(VoicecoachError) as refused:
        RecordedVoice(recordings, ["yes", "stop"], 0)
    assert f'no recording of "stop"; put at least one .wav file into {recordings / "stop"}' in str(refused.value)


@pytest.mark.parametrize(
    ("data", "problem"), [(b"", "can't be read as sound"), (b"this is no sound", "can't be read"), (None, "is empty")]
)
def test_a_recording_that_is_no_sound_is_refused_with_its_name(
    recordings: Path, data: bytes | None, problem: str
) -> None:
    file = recordings / "no" / "700.wav"
    if data is None:
        soundfile.write(file, np.zeros(0), 16000)
    else:
        file.write_bytes(data)
    with pytest.raises(VoicecoachError) as refused:
        RecordedVoice(recordings, ["yes", "no"], 0)
    message = str(refused.value)
    assert message.startswith(f"{file} {problem}")
    assert message.endswith("replace or remove it.")


def test_mumbling_is_as_long_as_speech_audible_and_dull(voice: SynthesisedVoice) -> None:
    speech = voice.say("the right one")
    sound = mumbled(speech)
    assert sound.shape == speech.shape
    assert sound.dtype == np.float32
    assert np.sqrt(np.mean(sound**2)) > 0.1 * np.sqrt(np.mean(speech**2))
    assert np.abs(np.fft.rfft(sound)[np.fft.rfftfreq(sound.size, 1 / 16000) > 500]).max() < 0.1


@pytest.fixture(scope="module")
def ear() -> Moonshine:
    return Moonshine()


def _understood(ear: Moonshine, words: Words, sound: Samples) -> str | None:
    silence = np.zeros(4800, np.float32)
    return ear.decide(np.concatenate([silence, sound, silence]), phrases(words, words.meanings)).meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("the right one", "right"),
        ("it hurts", "it_hurts"),
        ("how many left", "how_many_left"),
        ("three", "3"),
        ("yes", "yes"),
    ],
)
def test_mumbling_cannot_be_understood_and_the_same_words_said_clearly_can(
    ear: Moonshine, voice: SynthesisedVoice, words: Words, text: str, meaning: str
) -> None:
    speech = voice.say(text)
    assert _understood(ear, words, speech) == meaning
    assert _understood(ear, words, mumbled(speech)) is None


@pytest.mark.parametrize("speaker", ["gmw/en-us", "gmw/en-us+f2", "gmw/en-us+m3", "gmw/en-gb-scotland+m7"])
def test_nobodys_mumbling_can_be_understood(ear: Moonshine, words: Words, speaker: str) -> None:
    texts = ["yes", "no", "stop", "three", "left", "it hurts", "I am not sure about that yet"]
    mumbling = {text: mumbled(Pyttsx3Voice(speaker).render(text)) for text in texts}
    assert {text: meaning for text in texts if (meaning := _understood(ear, words, mumbling[text]))} == {}
