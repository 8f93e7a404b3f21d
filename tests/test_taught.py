"""What was taught: within its bounds whatever a file says, kept whole, found again only where it holds."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from voicecoach import cli, live
from voicecoach.bench import timing
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.judgement import lowered
from voicecoach.phrases import phrases
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import Words, read_words
from voicecoach.rehearsal import run as rehearsal_run
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import settings_file
from voicecoach.taught import (
    MOST_LOWERED,
    Situation,
    Taught,
    TaughtMeaning,
    as_named_now,
    forget_taught,
    keep_taught,
    read_taught,
    taught_file,
    taught_for,
    with_taught,
)

DESK = Situation("USB desk microphone", "en", "moonshine-tiny-en")
HEADSET = Situation("headset", "en", "moonshine-tiny-en")
DAY = date(2026, 1, 2)
YAY = {"yes": TaughtMeaning(0.2, 0.85, ("yay",))}


@pytest.fixture(scope="module")
def words() -> Words:
    file = programme_file("calf")
    return read_words(read_programme(file), file, "en", None)


def test_a_taught_spelling_is_one_of_the_ways_to_say_it_and_the_others_stay(words: Words) -> None:
    changed = with_taught(words, YAY).meanings["yes"]
    assert changed.spellings == (*words.meanings["yes"].spellings, "yay")
    assert (changed.accept_above, changed.sure_above) == (0.2, 0.85)


def test_every_other_phrase_is_untouched_and_so_is_all_that_is_said(words: Words) -> None:
    everything = {meaning: TaughtMeaning(0, 0, ("yay", "naw")) for meaning in words.meanings}
    changed = with_taught(words, everything)
    others = [meaning for meaning in words.meanings if meaning not in ("yes", "no", "stop")]
    assert len(others) > 20
    assert phrases(changed, others) == phrases(words, others)
    assert (changed.prompts, changed.spoken) == (words.prompts, words.spoken)


@pytest.mark.parametrize("meaning", ["yes", "no", "stop"])
@pytest.mark.parametrize("level", [-1e9, 0.0, 1.0, 1e9])
def test_no_file_lowers_a_threshold_beyond_the_bound_or_raises_one(words: Words, meaning: str, level: float) -> None:
    known = words.meanings[meaning]
    changed = with_taught(words, {meaning: TaughtMeaning(level, level)}).meanings[meaning]
    assert lowered(known.accept_above, MOST_LOWERED) <= changed.accept_above <= known.accept_above
    assert lowered(known.sure_above, MOST_LOWERED) <= changed.sure_above <= known.sure_above


@pytest.mark.parametrize("meaning", ["yes", "no", "stop"])
def test_what_is_sure_with_taught_thresholds_was_always_taken_at_least(words: Words, meaning: str) -> None:
    changed = with_taught(words, {meaning: TaughtMeaning(0, 0)}).meanings[meaning]
    assert changed.sure_above >= words.meanings[meaning].accept_above


def test_spellings_that_the_language_does_not_propose_do_not_count(words: Words) -> None:
    taught = {"yes": TaughtMeaning(0.2, 0.8, ("no", "yay", "naw")), "maybe": TaughtMeaning(0.2, 0.8, ("perhaps",))}
    changed = with_taught(words, taught)
    assert changed.meanings["yes"].spellings[-1] == "yay"
    assert "no" not in changed.meanings["yes"].spellings
    assert "naw" not in changed.meanings["yes"].spellings
    assert changed.meanings.keys() == words.meanings.keys()


def test_it_is_found_again_only_for_its_microphone_language_and_recogniser(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "taught.json"
    keep_taught(file, (), Taught(DESK, DAY, YAY))
    kept = read_taught(file, pytest.fail)
    assert taught_for(DESK, kept) == Taught(DESK, DAY, YAY)
    for field in ("microphone", "language", "recogniser"):
        assert taught_for(msgspec.structs.replace(DESK, **{field: "another"}), kept) is None


def test_teaching_again_replaces_what_was_taught_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "taught.json"
    naw = {"no": TaughtMeaning(0.1, 0.8, ("naw",))}
    for situation, meanings in ((DESK, YAY), (HEADSET, YAY), (DESK, naw)):
        keep_taught(file, read_taught(file, pytest.fail), Taught(situation, DAY, meanings))
    assert {taught.situation: taught.meanings for taught in read_taught(file, pytest.fail)} == {HEADSET: YAY, DESK: naw}
    keep_taught(file, read_taught(file, pytest.fail), Taught(DESK, DAY, {}))
    assert [taught.situation for taught in read_taught(file, pytest.fail)] == [HEADSET]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[]", b'{"taught": [{}]}', b'{"taught": [{"situation": {}, "meanings": 3}]}']
)
def test_a_damaged_file_is_one_sentence_and_teaches_nothing(tmp_path: Path, content: bytes) -> None:
    file, warnings = tmp_path / "taught.json", list[str]()
    file.write_bytes(content)
    assert read_taught(file, warnings.append) == ()
    (warning,) = warnings
    assert str(file) in warning
    assert "--forget" in warning
    assert "\n" not in warning
    assert forget_taught(file)
    assert not forget_taught(file)


def test_what_cannot_be_kept_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "taught.json"
    keep_taught(file, (), Taught(DESK, DAY, YAY))

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as out:
            out.write(data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(VoicecoachError, match="No space left on device"):
        keep_taught(file, (), Taught(HEADSET, DAY, YAY))
    assert [taught.situation for taught in read_taught(file, pytest.fail)] == [DESK]


class FakeDevice:
    """A device that knows its microphone's name."""

    def __init__(self, microphone: str | None) -> None:
        self.microphone = microphone

    def close(self) -> None:
        """There is nothing to close."""


class Sessions:
    """Stands in for sessions; knows the words with which they began."""

    def __init__(self) -> None:
        self.words: list[Words] = []

    def live(self, plan: SessionPlan, *_: object, **__: object) -> Outcome:
        self.words.append(plan.words)
        return Outcome.COMPLETE

    def rehearsed(self, rehearsal: Any, *_: object) -> dict[str, Any]:
        self.words.append(rehearsal.plan.words)
        return {"ended": Outcome.COMPLETE}

    def timed(self, _: object, words: Words, *__: object, **___: object) -> dict[str, Any]:
        self.words.append(words)
        return {}

    @property
    def understood(self) -> list[bool]:
        return ["yay" in words.meanings["yes"].spellings for words in self.words]


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    fake = Sessions()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(live, "open_device", lambda *_, **__: FakeDevice(DESK.microphone))
    monkeypatch.setattr(live, "hold_live", fake.live)
    monkeypatch.setattr(rehearsal_run, "rehearse", fake.rehearsed)
    monkeypatch.setattr(timing, "bench_timing", fake.timed)
    return fake


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.voicecoach, arguments, catch_exceptions=False)


def test_a_live_session_counts_what_was_taught_and_says_so_in_one_line(sessions: Sessions) -> None:
    keep_taught(taught_file(), (), Taught(DESK, DAY, YAY))
    ended = run("run", "--recogniser", "moonshine")
    assert sessions.understood == [True]
    (line,) = [line for line in ended.stderr.splitlines() if "taught" in line]
    assert "2026-01-02" in line
    assert DESK.microphone in line


@pytest.mark.parametrize(
    "situation",
    [HEADSET, Situation("USB desk microphone", "ko", "moonshine-tiny-en"), Situation("USB desk microphone", "en", "x")],
)
def test_with_another_microphone_language_or_recogniser_a_session_does_not_count_it(
    sessions: Sessions, situation: Situation
) -> None:
    keep_taught(taught_file(), (), Taught(situation, DAY, YAY))
    ended = run("run", "--recogniser", "moonshine")
    assert sessions.understood == [False]
    assert "taught" not in ended.stderr


def test_what_was_taught_counts_when_the_card_has_another_number_and_is_kept_under_its_new_name(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, elsewhere = "Desk: USB (hw:1,0)", Situation("Camera: USB (hw:3,0)", "en", "moonshine-tiny-en")
    monkeypatch.setattr(live, "open_device", lambda *_, **__: FakeDevice("Desk: USB (usb 1-2)"))
    monkeypatch.setattr(live, "name_now", lambda kept, **_: "Desk: USB (usb 1-2)" if kept == old else kept)
    keep_taught(taught_file(), (), Taught(elsewhere, DAY, YAY))
    keep_taught(taught_file(), read_taught(taught_file(), pytest.fail), Taught(replace(DESK, microphone=old), DAY, YAY))
    ended = run("run", "--recogniser", "moonshine")
    assert sessions.understood == [True]
    assert "for the microphone Desk: USB (usb 1-2)" in ended.stderr
    kept = as_named_now(
        read_taught(taught_file(), pytest.fail), lambda kept: "Desk: USB (usb 1-2)" if kept == old else kept
    )
    now = replace(DESK, microphone="Desk: USB (usb 1-2)")
    keep_taught(taught_file(), kept, Taught(now, DAY, {"no": YAY["yes"]}))
    assert [taught.situation for taught in read_taught(taught_file(), pytest.fail)] == [elsewhere, now]


def test_without_a_microphone_nothing_counts(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "open_device", lambda *_, **__: FakeDevice(None))
    keep_taught(taught_file(), (), Taught(DESK, DAY, YAY))
    run("run", "--recogniser", "moonshine")
    assert sessions.understood == [False]


def test_a_session_with_a_damaged_file_says_a_sentence_and_begins(sessions: Sessions) -> None:
    taught_file().parent.mkdir()
    taught_file().write_text("{", encoding="utf-8")
    ended = run("run")
    assert (ended.exit_code, sessions.understood) == (0, [False])
    assert sum("What was taught can't be read" in line for line in ended.stderr.splitlines()) == 1


def test_rehearsals_and_benches_never_count_it(sessions: Sessions) -> None:
    keep_taught(taught_file(), (), Taught(DESK, DAY, YAY))
    run("rehearse", "--json")
    run("bench", "timing", "--json")
    assert sessions.understood == [False, False]


def test_it_is_kept_beside_the_settings(sessions: Sessions) -> None:
    del sessions
    assert taught_file().parent == settings_file().parent
