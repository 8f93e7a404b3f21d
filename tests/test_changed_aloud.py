"""What somebody changes by voice in a live session, in the simulated room, is remembered for the next one."""

from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.live import hold_live
from voicecoach.programme.steps import Outcome, Programme, Ready, Summary
from voicecoach.programme.toml_reader import programme_file, read_programme
from voicecoach.programme.words import read_words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.script import Remark, Script, in_language
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered, Settings
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

CALF = read_programme(programme_file("calf"))
WORDS = read_words(CALF, programme_file("calf"), "en", None)
TWO_STEPS = Programme(
    id="two", title="", source="", pain=CALF.pain, steps=(Ready(id="ready"), Summary(id="summary"))
)  # fmt: skip


def test_the_counting_that_was_changed_to_aloud_is_remembered_and_the_session_told_as_it_went(tmp_path: Path) -> None:
    remark = Remark(say="just ticks", question="ready")
    script = in_language(Script(about="", answers={"ready": "yes"}, remarks=(remark,)), WORDS)
    remembered = Remembered(tmp_path / "settings.json", pytest.fail)
    lines: list[str] = []
    with closing(PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())) as cache:
        person = Person(script, SynthesisedVoice(cache), WORDS, 0)
        room = Room(person, RoomSettings(), 0)
        outcome = hold_live(
            SessionPlan(TWO_STEPS, WORDS), room, remembered, lines.append, lambda _: None, [person],
            deciding=VirtualDeciding,
        )  # fmt: skip
    assert (outcome, remembered.settings) == (Outcome.COMPLETE, Settings(counting="ticks"))
    assert [line.partition(" ")[2].strip() for line in lines if "[" in line] == [
        "[count ticks]", "[ready: yes]", "[complete]",
    ]  # fmt: skip
