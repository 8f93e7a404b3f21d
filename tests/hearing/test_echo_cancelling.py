"""Both echo cancellers, on a real voice in the simulated room, with real and synthetic people speaking over it."""

import ctypes
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soxr

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.echo.canceller import Aligned, EchoCanceller
from voicecoach.hearing.echo.canceller_choice import NoEchoCanceller, open_echo_canceller
from voicecoach.hearing.echo.kalman import KalmanEchoCanceller
from voicecoach.hearing.echo.speex import SpeexEchoCanceller
from voicecoach.hearing.endpointer import Utterance
from voicecoach.hearing.listener import Ear
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.vad import RESIDUAL_VOICE_ACTIVITY, SETTLING_SECONDS, VoiceActivity
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.normalisation import shaped
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

from .conftest import Say, phrases_for, read

SENTENCES = (
    "Hello. I am an exercise coach, and no substitute for a clinician.",
    "Now the position. Use a sturdy table, high enough for your feet to hang free. Sit well back on it, with your legs "
    "over the edge, and hold the edge with both hands.",
    "This is the slump test. Let your whole body slump, as if to bring your chin to your belly button. Do not lean "
    "forwards. Keep your back rounded and stay there.",
    "Lower your foot and sit up. Two questions about that.",
    "On down, point your toes and let your head drop, and hold for three seconds. On up, lift your toes and lift your "
    "head, keep your back rounded, and hold again. Toes and head always move together.",
    "At any time you can say stop, pause, it hurts, or how many left. If the dull pain goes, say it's gone.",
)
MINUTE, SETTLED = samples(60), samples(SETTLING_SECONDS)
WORD_EVERY, FIRST_WORD_AT = samples(2.5), samples(4)
LOUDNESS = pytest.mark.parametrize("echo_db", [0.0, 6.0])

Word = tuple[str, Samples]
Open = Callable[[], EchoCanceller]


class Occupant:
    """Says what is given, from sample 0 on."""

    def __init__(self, speech: Samples) -> None:
        self._speech = speech

    def live(self, at: int, heard: Samples) -> Samples:
        said = self._speech[at : at + heard.size]
        return np.pad(said, (0, heard.size - said.size))


def blocks(sound: Samples) -> Iterator[Samples]:
    yield from sound.reshape(-1, BLOCK_SAMPLES)


def hear(coach: Samples, person: Samples, echo_db: float, delay_seconds: float = 0.06) -> Samples:
    """Return what the microphone hears of a coach and a person."""
    room = Room(Occupant(person), RoomSettings(delay_seconds, echo_db, microphone_delay_seconds=0.0), seed=1)
    return np.concatenate([room.exchange(block) for block in blocks(coach)])


def left_of(canceller: EchoCanceller, heard: Samples, played: Samples) -> Samples:
    return np.concatenate([canceller.cancel(*both) for both in zip(blocks(heard), blocks(played), strict=True)])


def active(sound: Samples) -> list[bool]:
    """Return for each block whether there is speech at its end."""
    activity = VoiceActivity(RESIDUAL_VOICE_ACTIVITY)
    return [activity.hear(block) for block in blocks(sound)]


def reduction_db(heard: Samples, left: Samples) -> float:
    return float(10 * np.log10(np.sum(np.square(heard, dtype=float)) / np.sum(np.square(left, dtype=float))))


def loud_part(sound: Samples) -> tuple[int, int, float]:
    """Return where the speech of one word begins and ends, and its level."""
    levels = np.sqrt(np.mean(np.square(sound[: sound.size // 160 * 160].reshape(-1, 160)), axis=1))
    loud = np.flatnonzero(levels > 0.1 * levels.max())
    return int(loud[0]) * 160, int(loud[-1] + 1) * 160, float(np.sqrt(np.mean(levels[loud] ** 2)))


def recorded_words(folder: Path, count: int) -> list[Word]:
    """Return clips of people in which nothing but the word is loud, at the coach's level."""
    words = []
    for word in ("yes", "no", "stop"):
        clips = []
        for file in sorted((folder / "words" / word).iterdir()):
            clip = read(file)
            start, end, level = loud_part(clip)
            if start >= samples(0.05) and samples(0.25) <= end - start < samples(0.65):
                clips.append((word, clip[start - samples(0.05) : end + samples(0.1)] * np.float32(0.1 / level)))
        words += clips[:count]
    return words


def timeline(words: list[Word]) -> tuple[Samples, list[tuple[str, int, int]]]:
    """Return somebody who says the words one after the other, and where each begins and ends."""
    speech = np.zeros(-(-(FIRST_WORD_AT + WORD_EVERY * len(words)) // BLOCK_SAMPLES) * BLOCK_SAMPLES, np.float32)
    spans = []
    for number, (meaning, sound) in enumerate(words):
        at = FIRST_WORD_AT + WORD_EVERY * number
        speech[at : at + sound.size] += sound
        start, end, _ = loud_part(sound)
        spans.append((meaning, at + start, at + end))
    return speech, spans


def understood(moonshine: Moonshine, sound: Samples, spans: list[tuple[str, int, int]]) -> int:
    """Return how many words are recognised in what a person left, cut as the product cuts it."""
    ear = Ear(activity_settings=RESIDUAL_VOICE_ACTIVITY)
    events = [
        event for at, block in enumerate(blocks(sound)) for event in ear.listen(block, block, at * BLOCK_SAMPLES, False)
    ]
    utterances = [event for event in events if isinstance(event, Utterance)]
    right = 0
    for meaning, start, end in spans:
        during = [u for u in utterances if u.started_at < end and u.ended_at > start]
        right += any(moonshine.decide(u.samples, phrases_for("yes-no")).meaning == meaning for u in during)
    return right


@pytest.fixture(scope="session")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """A minute and a bit of the coach's voice."""
    prompts = PromptCache(Pyttsx3Voice(), tmp_path_factory.mktemp("prompts"))
    prompts.prepare(SENTENCES)
    spoken = [np.pad(prompts.samples(text), (0, samples(0.25))) for text in SENTENCES]
    prompts.close()
    talk = np.concatenate(spoken)
    return np.tile(talk, 1 + 2 * MINUTE // talk.size)[: 2 * MINUTE]


@pytest.fixture(scope="session", params=["speex", "kalman"])
def open_canceller(request: pytest.FixtureRequest) -> Open:
    kinds: dict[str, Open] = {"speex": SpeexEchoCanceller, "kalman": KalmanEchoCanceller}
    kind = kinds[request.param]
    try:
        kind().close()
    except VoicecoachError as error:
        pytest.skip(str(error))
    return kind


@pytest.fixture(scope="session")
def minute(open_canceller: Open, coach: Samples) -> Callable[[float], tuple[Samples, Samples]]:
    """What is heard, and left, of a minute of the coach alone, at an echo of so many dB."""

    @cache
    def run(echo_db: float) -> tuple[Samples, Samples]:
        played = coach[:MINUTE]
        heard = hear(played, np.zeros(0, np.float32), echo_db)
        return heard, left_of(Aligned(open_canceller(), samples(0.06)), heard, played)

    return run


@pytest.fixture(scope="session")
def words(say: Say, recordings: Path) -> list[Word]:
    """Words of people and of two synthetic voices."""
    commands = {"stop": "stop", "yes": "yes", "no": "no", "pause": "pause", "it hurts": "it_hurts"}
    voices = ("gmw/en-gb-x-rp", "en-us+f3")
    synthetic = [(meaning, shaped(say(text, v), 16_000)) for v in voices for text, meaning in commands.items()]
    return synthetic + recorded_words(recordings, 3)


@LOUDNESS
def test_the_coach_is_20_db_quieter_once_the_canceller_has_settled(
    minute: Callable[[float], tuple[Samples, Samples]], echo_db: float
) -> None:
    heard, left = minute(echo_db)

    assert reduction_db(heard[SETTLED:], left[SETTLED:]) >= 20


@LOUDNESS
def test_the_coach_is_never_taken_for_a_person_once_the_canceller_has_settled(
    minute: Callable[[float], tuple[Samples, Samples]], echo_db: float
) -> None:
    _, left = minute(echo_db)

    assert not any(active(left)[SETTLED // BLOCK_SAMPLES :])


@LOUDNESS
def test_people_who_speak_over_the_coach_are_noticed_soon(
    open_canceller: Open, coach: Samples, words: list[Word], echo_db: float
) -> None:
    speech, spans = timeline(words)
    played = coach[: speech.size]
    speaking = active(left_of(Aligned(open_canceller(), 960), hear(played, speech, echo_db), played))

    delays = []
    for _, start, end in spans:
        first = start // BLOCK_SAMPLES
        noticed = np.flatnonzero(speaking[first : end // BLOCK_SAMPLES + 10])
        delays += [float(noticed[0] + 1) * 0.02] if noticed.size else []
    assert len(delays) >= 0.95 * len(words)
    assert np.median(delays) <= 0.25


@LOUDNESS
def test_people_are_understood_when_the_coach_falls_silent_for_them(
    open_canceller: Open, coach: Samples, words: list[Word], moonshine: Moonshine, echo_db: float
) -> None:
    some = words[::2] if echo_db else words[1::2]
    speech, spans = timeline(some)
    played = coach[: speech.size].copy()
    for _, start, end in spans:
        played[start + samples(0.2) : end + samples(1)] = 0.0

    left = left_of(Aligned(open_canceller(), 960), hear(played, speech, echo_db), played)

    assert understood(moonshine, left, spans) >= 0.75 * len(some)


def test_people_are_understood_as_well_as_without_it_while_the_coach_is_silent(
    open_canceller: Open, coach: Samples, words: list[Word], moonshine: Moonshine
) -> None:
    some = words[::2]
    speech, spans = timeline(some)
    played = coach[: speech.size].copy()
    played[FIRST_WORD_AT - samples(0.5) :] = 0.0
    heard = hear(played, speech, 0.0)

    left = left_of(Aligned(open_canceller(), 960), heard, played)

    alone = hear(np.zeros_like(played), speech, 0.0)
    assert understood(moonshine, left, spans) >= understood(moonshine, alone, spans) - 1


def drifting(heard: Samples) -> Samples:
    """As a microphone hears whose clock is 20 millionths faster than the loudspeaker's."""
    late: Samples = soxr.resample(heard, 1_000_000, 1_000_020)[: heard.size]
    return np.pad(late, (0, heard.size - late.size))


def jumping_late(heard: Samples) -> Samples:
    at = samples(8)
    return np.concatenate([heard[:at], np.zeros(320, np.float32), heard[at:-320]])


def jumping_early(heard: Samples) -> Samples:
    at = samples(8)
    return np.concatenate([heard[:at], heard[at + 320 :], np.zeros(320, np.float32)])


@LOUDNESS
@pytest.mark.parametrize("stress", [drifting, jumping_late, jumping_early])
def test_a_drifting_or_jumping_device_is_followed_within_seconds(
    open_canceller: Open, coach: Samples, stress: Callable[[Samples], Samples], echo_db: float
) -> None:
    played = coach[: samples(16)]
    heard = stress(hear(played, np.zeros(0, np.float32), echo_db))
    left = left_of(Aligned(open_canceller(), 960), heard, played)

    assert reduction_db(heard[samples(12) : -320], left[samples(12) : -320]) >= 15
    assert not any(active(left)[samples(12) // BLOCK_SAMPLES : -1])


@pytest.mark.parametrize("delay_seconds", [0.1, 0.6])
def test_a_slow_device_is_covered_as_soon_as_its_delay_is_known(
    open_canceller: Open, coach: Samples, delay_seconds: float
) -> None:
    played = coach[: samples(12)]
    heard = hear(played, np.zeros(0, np.float32), 0.0, delay_seconds)
    canceller = Aligned(open_canceller())
    unaware = left_of(canceller, heard[: samples(4)], played[: samples(4)])
    canceller.delay_samples = samples(delay_seconds)
    aware = left_of(canceller, heard[samples(4) :], played[samples(4) :])

    assert unaware.shape == (samples(4),)
    assert reduction_db(heard[samples(8) :], aware[samples(4) :]) >= 20


def test_the_same_sound_leaves_the_same_samples(open_canceller: Open, coach: Samples) -> None:
    played = coach[: samples(2)]
    heard = hear(played, np.zeros(0, np.float32), 0.0)

    assert np.array_equal(left_of(open_canceller(), heard, played), left_of(open_canceller(), heard, played))


def test_sound_beyond_full_scale_is_survived(open_canceller: Open, coach: Samples) -> None:
    played = coach[: samples(2)]
    left = left_of(open_canceller(), 100 * played, 100 * played)

    assert left.dtype == np.float32
    assert np.isfinite(left).all()


def test_a_silent_room_stays_silent(open_canceller: Open) -> None:
    silence = np.zeros(samples(1), np.float32)

    assert abs(left_of(open_canceller(), silence, silence)).max() < 1e-3


def test_a_soft_echo_is_taken_out_as_a_loud_one_is(open_canceller: Open) -> None:
    noise = np.random.default_rng(1).normal(0, 1, samples(3)).astype(np.float32)

    for level in (0.1, 0.001):
        played = np.float32(level) * noise
        heard = np.float32(0.5) * np.roll(played, samples(0.01))
        late = slice(samples(2), None)
        assert reduction_db(heard[late], left_of(open_canceller(), heard, played)[late]) > 20


def test_blocks_of_another_size_are_refused(open_canceller: Open) -> None:
    with pytest.raises(ValueError, match=r"\(160,\)"):
        open_canceller().cancel(np.zeros(160, np.float32), np.zeros(320, np.float32))


def test_closing_twice_is_as_good_as_once(open_canceller: Open) -> None:
    canceller = open_canceller()
    canceller.close()
    canceller.close()


class Played(NoEchoCanceller):
    """Returns what it is told was played."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        del heard
        return played.copy()


@pytest.mark.parametrize(("delay", "held_back"), [(0, 0), (200, 0), (1280, 0), (1281, 961), (1600, 1280), (9600, 9280)])
def test_what_was_played_comes_late_by_the_delay_less_a_margin(delay: int, held_back: int) -> None:
    played = np.arange(1, 16_001, dtype=np.float32)
    given = left_of(Aligned(Played(), delay), played, played)

    assert np.array_equal(given, np.pad(played, (held_back, 0))[: played.size])


def test_an_echo_that_moves_a_little_needs_no_new_beginning() -> None:
    played = np.arange(1, 16_001, dtype=np.float32)
    aligned = Aligned(Played(), 1600)
    aligned.delay_samples = 1600 - 320
    aligned.delay_samples = 1600 + 320

    assert np.array_equal(left_of(aligned, played, played), np.pad(played, (1280, 0))[: played.size])


@pytest.mark.parametrize("delay", [-1, 24_001])
def test_a_delay_that_cannot_be_is_refused(delay: int) -> None:
    with pytest.raises(ValueError, match=str(delay)):
        Aligned(NoEchoCanceller()).delay_samples = delay


def test_with_headphones_nothing_is_changed(coach: Samples) -> None:
    assert np.array_equal(NoEchoCanceller().cancel(coach[:320], coach[320:640]), coach[:320])


def test_without_the_library_the_program_uses_its_own_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", missing)

    with pytest.raises(VoicecoachError, match="libspeexdsp1"):
        SpeexEchoCanceller()
    assert open_echo_canceller().name == "kalman"


def test_with_the_library_it_is_used() -> None:
    try:
        SpeexEchoCanceller().close()
    except VoicecoachError as error:
        pytest.skip(str(error))
    chosen = open_echo_canceller()

    assert chosen.name == "speex"
    chosen.close()
