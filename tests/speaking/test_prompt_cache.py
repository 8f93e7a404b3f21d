"""A prompt is rendered once, and what is kept of it is whole or not used."""

import io
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speaking.conftest import CountingVoice
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

TEXTS = ["One.", "Two.", "Three."]


class HeldVoice(CountingVoice):
    """Renders nothing until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()

    def render(self, text: str) -> Samples:
        self.let.wait(10)
        return super().render(text)

    def close(self) -> None:
        self.let.set()


@contextmanager
def cache(voice: CountingVoice | Pyttsx3Voice, folder: Path) -> Iterator[PromptCache]:
    with closing(PromptCache(voice, folder)) as prompts:
        yield prompts


def test_the_second_use_renders_nothing(tmp_path: Path) -> None:
    voice = CountingVoice()
    for _ in range(2):
        with cache(voice, tmp_path) as prompts:
            for text in TEXTS * 2:
                prompts.samples(text)
    assert voice.rendered == TEXTS


def test_each_text_gets_its_own_sound_and_the_first_use_sounds_like_every_later_one(tmp_path: Path) -> None:
    voice = CountingVoice()
    with cache(voice, tmp_path) as prompts:
        first = {text: prompts.samples(text) for text in TEXTS}
    with cache(CountingVoice(), tmp_path) as prompts:
        for text in TEXTS:
            assert np.array_equal(prompts.samples(text), first[text])
            np.testing.assert_allclose(first[text], voice.render(text), atol=1e-4)


def test_real_speech_is_kept(voice: Pyttsx3Voice, tmp_path: Path) -> None:
    with cache(voice, tmp_path) as prompts:
        np.testing.assert_allclose(prompts.samples("Down."), voice.render("Down."), atol=1e-4)


def test_two_voices_do_not_share_their_prompts(tmp_path: Path) -> None:
    other = CountingVoice("other")
    with cache(CountingVoice(), tmp_path) as prompts, cache(other, tmp_path) as others:
        prompts.samples("One.")
        others.samples("One.")
    assert other.rendered == ["One."]


def test_what_is_prepared_is_rendered_once_in_any_case(tmp_path: Path) -> None:
    voice = CountingVoice()
    with cache(voice, tmp_path) as prompts:
        prompts.prepare(TEXTS)
        prompts.prepare(TEXTS)
        for text in TEXTS:
            prompts.samples(text)
    assert sorted(voice.rendered) == sorted(TEXTS)


def until(condition: Callable[[], bool]) -> None:
    """Wait for another thread."""
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit


def at_hand(prompts: PromptCache, text: str) -> Samples:
    until(lambda: prompts.at_hand(text) is not None)
    sound = prompts.at_hand(text)
    assert sound is not None
    return sound


def test_what_is_at_hand_stays_so_and_sounds_as_it_is_rendered(tmp_path: Path) -> None:
    with cache(CountingVoice(), tmp_path) as prompts:
        sound = at_hand(prompts, "One.")
        assert prompts.at_hand("One.") is sound
        assert np.array_equal(sound, prompts.samples("One."))


def test_nobody_waits_for_a_voice_that_takes_its_time(tmp_path: Path) -> None:
    voice = HeldVoice()
    with cache(voice, tmp_path) as prompts:
        prompts.prepare(["Before.", "Before that.", "One."])
        assert prompts.at_hand("One.") is None
        until(prompts._prepared["One."].cancelled)
        assert not prompts.is_ready("One.")
        assert prompts.at_hand("One.") is None
        voice.let.set()
        assert at_hand(prompts, "One.").size


def test_what_has_been_rendered_does_not_wait_for_what_is_being_rendered(tmp_path: Path) -> None:
    with cache(CountingVoice(), tmp_path) as prompts:
        prompts.samples("One.")
    voice = HeldVoice()
    with cache(voice, tmp_path) as prompts:
        prompts.samples("One.")
        for text in ("Two.", "Three.", "Four."):
            assert prompts.at_hand(text) is None
        assert at_hand(prompts, "One.").size
        assert voice.rendered == []


def test_what_is_needed_now_is_rendered_before_what_was_prepared(tmp_path: Path) -> None:
    voice = HeldVoice()
    with cache(voice, tmp_path) as prompts:
        prompts.prepare(str(number) for number in range(50))
        prompts.at_hand("49")
        voice.let.set()
        at_hand(prompts, "49")
        assert voice.rendered.index("49") < 10


def test_what_has_been_rendered_can_be_decoded_ahead_and_what_has_not_is_left_alone(tmp_path: Path) -> None:
    voice = CountingVoice()
    with cache(voice, tmp_path) as prompts:
        sound = prompts.samples("One.")
        prompts.decode(["One.", "Two."])
        prompts._decoder.shutdown(wait=True)
        ahead = prompts.at_hand("One.")
        assert ahead is not None
        assert np.array_equal(ahead, sound)
    assert voice.rendered == ["One."]


def test_only_a_few_prompts_are_kept_in_memory(tmp_path: Path) -> None:
    with cache(CountingVoice(), tmp_path) as prompts:
        for number in range(100):
            at_hand(prompts, str(number))
        assert len(prompts._at_hand) < 50
        assert prompts.at_hand("99") is not None


def test_each_file_is_opened_once_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with cache(CountingVoice(), tmp_path) as prompts:
        prompts.samples("One.")
        opened: list[str] = []

        def noted(call: Callable[..., object]) -> Callable[..., object]:
            def opens(file: object, *rest: object, **options: object) -> object:
                opened.append(Path(str(file)).suffix)
                return call(file, *rest, **options)

            return opens

        monkeypatch.setattr(io, "open", noted(io.open))
        monkeypatch.setattr(soundfile, "read", noted(soundfile.read))
        prompts.samples("One.")
        monkeypatch.undo()
    assert opened == [".wav"]


def _text(file: Path) -> None:
    file.write_text("this is no sound", encoding="utf-8")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _without_samples(file: Path) -> None:
    soundfile.write(file, np.zeros(0, np.float32), 16000)


def _of_another_rate(file: Path) -> None:
    soundfile.write(file, np.ones(100, np.float32), 22050)


def _stereo(file: Path) -> None:
    soundfile.write(file, np.ones((100, 2), np.float32), 16000)


def _header_cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[20:])


def _second_half_missing(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _half_zeroed(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))


def _noise_behind_its_header(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:44] + np.random.default_rng(0).bytes(len(content) - 44))


def _all_zero(file: Path) -> None:
    soundfile.write(file, np.zeros(8000, np.float32), 16000)


@pytest.mark.parametrize(
    "damage",
    [
        _text,
        _empty,
        _without_samples,
        _of_another_rate,
        _stereo,
        _header_cut_off,
        _second_half_missing,
        _all_zero,
        _half_zeroed,
        _noise_behind_its_header,
    ],
)
def test_a_damaged_file_is_rendered_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    with cache(CountingVoice(), tmp_path) as prompts:
        right = prompts.samples("One.")
    (file,) = tmp_path.glob("*.wav")
    damage(file)
    voice = CountingVoice()
    with cache(voice, tmp_path) as prompts:
        assert np.array_equal(prompts.samples("One."), right)
    with cache(voice, tmp_path) as prompts:
        assert np.array_equal(prompts.samples("One."), right)
    assert voice.rendered == ["One."]


class FailingVoice(CountingVoice):
    def render(self, text: str) -> Samples:
        raise VoicecoachError(f"{text} can't be said.")


@pytest.mark.parametrize("ahead", [False, True])
def test_what_cannot_be_rendered_at_once_says_so_when_that_is_known(tmp_path: Path, ahead: bool) -> None:
    with cache(FailingVoice(), tmp_path) as prompts:
        if ahead:
            prompts.prepare(["Two."])
        for _ in range(2):
            with pytest.raises(VoicecoachError, match=r"Two\. can't be said"):
                at_hand(prompts, "Two.")


@pytest.mark.parametrize("ahead", [False, True])
def test_what_cannot_be_rendered_says_so_when_it_is_needed_and_leaves_nothing(tmp_path: Path, ahead: bool) -> None:
    with cache(FailingVoice(), tmp_path) as prompts:
        if ahead:
            prompts.prepare(["Two."])
        with pytest.raises(VoicecoachError, match=r"Two\. can't be said"):
            prompts.samples("Two.")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_holds_whole_sound_files_only(tmp_path: Path) -> None:
    with cache(CountingVoice(), tmp_path / "deep" / "folder") as prompts:
        prompts.prepare(TEXTS)
        for text in TEXTS:
            prompts.samples(text)
    files = list((tmp_path / "deep" / "folder").iterdir())
    assert len(files) == len(TEXTS)
    assert all(soundfile.info(file).frames == 8000 for file in files)


@pytest.fixture
def disk_of_10_kb() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("disk_of_10_kb")
def test_on_a_full_disk_what_was_rendered_is_kept_in_memory_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_kept_in_memory(tmp_path, capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("deeper", ["", "deeper"])
def test_where_there_can_be_no_folder_what_was_rendered_is_kept_in_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], deeper: str
) -> None:
    (tmp_path / "file").touch()
    assert_kept_in_memory(tmp_path / "file" / deeper, capsys)


def assert_kept_in_memory(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    voice = CountingVoice()
    with cache(voice, folder) as prompts:
        first = prompts.samples("One.")
        for text in (*TEXTS, *TEXTS):
            prompts.samples(text)
        assert np.array_equal(prompts.samples("One."), first)
    assert sorted(voice.rendered) == sorted(TEXTS)
    (said,) = capsys.readouterr().err.splitlines()
    assert f"can't be kept in {folder}" in said
