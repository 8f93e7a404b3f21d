"""What somebody changes by voice in a live session, in the simulated room, is remembered for the next one."""

from contextlib import closing
from typing import Any

from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.live import LiveSettings, hold_session
from voicecoach.programme.steps import Outcome, Programme, Ready, Summary
from voicecoach.programme.toml_reader import programme_file, read_programme
from voicecoach.programme.words import DEFAULT_VOICE, read_words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.script import Remark, Script, in_language
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

CALF = read_programme(programme_file("calf"))
WORDS = read_words(CALF, programme_file("calf"), "en", None)
TWO_STEPS = Programme(
    id="two", title="", source="", pain=CALF.pain, steps=(Ready(id="ready"), Summary(id="summary"))
)  # fmt: skip


def test_the_counting_that_was_changed_to_aloud_is_remembered_and_the_session_told_as_it_went() -> None:
    remark = Remark(say="just ticks", question="ready")
    script = in_language(Script(about="", answers={"ready": "yes"}, remarks=(remark,)), WORDS)
    settings = LiveSettings(headphones=False, keyboard=False, voice=DEFAULT_VOICE, recogniser=MOONSHINE)
    remembered: list[dict[str, Any]] = []
    lines: list[str] = []
    with closing(PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())) as cache:
        person = Person(script, SynthesisedVoice(cache), WORDS, 0)
        outcome = hold_session(
            TWO_STEPS, WORDS, Room(person, RoomSettings(), 0), settings,
            lambda **changes: remembered.append(changes), lines.append, lambda _: None, [person], VirtualDeciding,
        )  # fmt: skip
    assert (outcome, remembered) == (Outcome.COMPLETE, [{"counting": "ticks"}])
    assert [line.partition(" ")[2].strip() for line in lines if "[" in line] == [
        "[count ticks]", "[ready: yes]", "[complete]",
    ]  # fmt: skip
