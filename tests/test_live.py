"""A live session in a simulated room, interrupted as it begins: it is held as its settings say."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.journal.kept import Kept
from voicecoach.blocks import Samples
from voicecoach.hearing import hearing
from voicecoach.hearing.echo.canceller import EchoCanceller
from voicecoach.hearing.echo.canceller_choice import open_echo_canceller
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.journal.open_journal import OpenJournal, open_journal
from voicecoach.journal.reader import read_journal
from voicecoach.journal.records import Session
from voicecoach.journal.writer import Statement, Writer
from voicecoach.live import LiveOptions, hold_live, live_plan
from voicecoach.meanings import Counting
from voicecoach.programme.programme_files import read_chosen
from voicecoach.session import actions, events
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered, Settings
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.taught import Situation, Taught, TaughtMeaning, keep_taught, taught_file
from voicecoach.watcher import Watcher

PLAIN = LiveOptions(MOONSHINE)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what was taught to the user of this machine alone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


class Nobody:
    def live(self, at: int, heard: Samples) -> Samples:
        del at
        return np.zeros(heard.size, np.float32)


@dataclass
class Held(Watcher):
    """What came of a session."""

    folder: Path
    said: list[str] = field(default_factory=list)
    remembered: Settings = field(default_factory=Settings)
    cancellers: list[str] = field(default_factory=list)

    def acted(self, at: int, action: actions.Action) -> None:
        del at
        if isinstance(action, actions.Say):
            self.said += [line.prompt for line in action.lines]

    @property
    def kept(self) -> Session:
        with read_journal(self.folder) as reader:
            (session,) = reader.sessions()
        return session

    @property
    def sounds(self) -> list[str]:
        return [file.name for file in self.folder.glob("*.flac")]


def planned(
    options: LiveOptions,
    journal: OpenJournal | None,
    last: Settings | None = None,
    told: Callable[[str], object] = pytest.fail,
) -> SessionPlan:
    programme, words = read_chosen("calf", None, language="en")
    device: Any = SimpleNamespace(microphone="any")
    return live_plan(programme, words, device, options, last or Settings(), journal, pytest.fail, told)


@pytest.fixture
def hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[LiveOptions], Held]:
    held = Held(tmp_path / "journal")

    def opened(name: str) -> EchoCanceller:
        held.cancellers.append(name)
        return open_echo_canceller(name)

    def hold(settings: LiveOptions) -> Held:
        journal = open_journal(held.folder, pytest.fail)
        assert journal is not None
        monkeypatch.setattr(hearing, "open_echo_canceller", opened)
        room = Room(Nobody(), RoomSettings(), seed=0)
        remembered = Remembered(tmp_path / "settings.json", pytest.fail)
        outcome = hold_live(
            planned(settings, journal), room, remembered, lambda _: None, lambda interrupt: interrupt(), [held]
        )
        held.remembered = remembered.settings
        journal.close()
        assert outcome == "interrupted"
        return held

    return hold


Hold = Callable[[LiveOptions], Held]


def test_a_session_is_kept_without_its_sound_and_behind_an_echo_canceller(hold: Hold) -> None:
    held = hold(PLAIN)
    assert (held.kept.outcome, held.kept.audio, held.kept.profile, held.sounds) == ("interrupted", None, None, [])
    assert held.said == ["welcome", "finish_interrupted_still"]
    assert (held.cancellers, held.remembered) == (["auto"], Settings())


def test_sound_is_kept_where_that_was_asked_for_and_the_person_is_told(hold: Hold) -> None:
    held = hold(replace(PLAIN, keep_audio=True))
    assert held.sounds == [held.kept.audio]
    assert held.said[0] == "audio_kept"


def test_with_headphones_no_echo_is_cancelled(hold: Hold) -> None:
    assert hold(replace(PLAIN, headphones=True)).cancellers == ["none"]


def test_the_dose_and_the_counting_are_those_asked_for(hold: Hold) -> None:
    held = hold(replace(PLAIN, cautious=True, counting="ticks"))
    assert (held.kept.profile, held.remembered) == ("cautious", Settings())


@pytest.mark.parametrize(
    ("asked", "suggests"),
    [({}, True), ({"cautious": True}, False), ({"from_set": 2}, False)],
)
def test_a_dose_is_suggested_where_none_and_no_later_set_was_asked_for_and_sessions_are_kept(
    tmp_path: Path, asked: dict[str, Any], suggests: bool
) -> None:
    journal = open_journal(tmp_path, pytest.fail)
    assert journal is not None
    with closing(journal), planned(replace(PLAIN, **asked), journal).begin("live") as begun:
        opening = begun.session.memory.opening
    assert opening.suggests is suggests
    assert opening.from_set == asked.get("from_set", 1)


def test_without_a_journal_no_sound_is_kept_and_nothing_said_of_it_and_no_dose_suggested() -> None:
    with planned(replace(PLAIN, keep_audio=True), None).begin("live") as begun:
        assert begun.keepers == ()
        assert not begun.session.memory.opening.keeps_audio
        assert not begun.session.memory.opening.suggests


@pytest.mark.parametrize(("keep_words", "kept"), [(None, ["every blue moon"]), (False, [])])
def test_the_words_of_what_was_not_understood_are_kept_unless_that_was_turned_off(
    tmp_path: Path, keep_words: bool | None, kept: list[str]
) -> None:
    journal = open_journal(tmp_path, pytest.fail)
    assert journal is not None
    plan = planned(replace(PLAIN, keep_words=keep_words), journal)
    with closing(journal), plan.begin("live") as begun:
        Kept(begun.session, begun.keepers).go_until_asked("chest").mumble("every blue moon")
    with read_journal(tmp_path) as reader:
        assert [one.words for one in reader.not_understood()] == kept


def test_a_session_does_not_wait_until_what_happens_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[bool] = []

    def put(_: Writer, *statements: Statement, durable: bool, wait: bool = False) -> None:
        del statements, durable
        waits.append(wait)

    monkeypatch.setattr(Writer, "put", put)
    journal = open_journal(tmp_path, pytest.fail)
    assert journal is not None
    with closing(journal), planned(PLAIN, journal).begin("live") as begun:
        event = events.Begun(0)
        begun.session.handle(event)
        for keeper in begun.keepers:
            keeper.handled(event)
    assert waits == [False]


@pytest.mark.parametrize(
    ("asked", "last", "counting"),
    [(None, None, "full"), (None, "ticks", "ticks"), ("full", "ticks", "full"), ("ticks", None, "ticks")],
)
def test_counting_is_as_it_was_asked_for_or_else_as_it_was_last_time(
    asked: Counting | None, last: Counting | None, counting: Counting
) -> None:
    plan = planned(replace(PLAIN, counting=asked), None, Settings(counting=last))
    assert plan.opening.counting == counting


def test_what_was_taught_counts_with_the_microphone_that_it_was_taught_for() -> None:
    taught = Taught(
        Situation("any", "en", "moonshine-tiny-en"), date(2026, 1, 2), {"yes": TaughtMeaning(0.2, 0.85, ("yay",))}
    )
    keep_taught(taught_file(), (), taught)
    told: list[str] = []
    plan = planned(PLAIN, None, told=told.append)
    assert "yay" in plan.words.meanings["yes"].spellings
    (line,) = told
    assert "2026-01-02" in line
