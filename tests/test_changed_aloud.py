"""What somebody changes by voice in a live session, in the simulated room, is remembered for the next one."""

from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.live import hold_live
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Outcome, Programme, Ready, Summary
from voicecoach.programme.words import read_words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.script import Remark, Script, in_language
from voicecoach.session import actions
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered, Settings
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.watcher import Watcher

CALF = read_programme(programme_file("calf"))
WORDS = read_words(CALF, programme_file("calf"), "en", None)
TWO_STEPS = Programme(
    id="two", title="", source="", pain=CALF.pain, steps=(Ready(id="ready"), Summary(id="summary"))
)  # fmt: skip


class Shown(Watcher):
    """Keeps the lines of the transcript, and how many there were as the session ended."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.before_the_end = 0

    def acted(self, at: int, action: actions.Action) -> None:
        del at
        if isinstance(action, actions.Ended):
            self.before_the_end = len(self.lines)


def test_what_was_changed_aloud_is_remembered_and_the_session_told_as_it_goes(tmp_path: Path) -> None:
    said = ("just ticks", "please speak slower", "I need more time")
    remarks = tuple(Remark(say=words, question="ready") for words in said)
    script = in_language(Script(about="", answers={"ready": "yes"}, remarks=remarks), WORDS)
    remembered = Remembered(tmp_path / "settings.json", pytest.fail)
    shown = Shown()
    with closing(PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())) as cache:
        person = Person(script, SynthesisedVoice(cache), WORDS, 0)
        outcome = hold_live(
            SessionPlan(TWO_STEPS, WORDS), Room(person, RoomSettings(), 0), remembered, shown.lines.append,
            lambda _: None, [person, shown], deciding=VirtualDeciding,
        )  # fmt: skip
    kept = Settings(counting="ticks", pace=130, answer_window_seconds=16.0)
    assert (outcome, remembered.settings) == (Outcome.COMPLETE, kept)
    told = [line.partition(" ")[2].strip() for line in shown.lines if "[" in line]
    assert told == ["[count ticks]", "[speak slower]", "[more time]", "[ready: yes]", "[complete]"]
    assert shown.before_the_end >= len(shown.lines) - 1
