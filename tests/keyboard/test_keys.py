"""Which key means what: everything has one, nothing two, and slips of a finger are told from presses."""

import re
from string import ascii_lowercase

import pytest

from tests.session.puppet import Puppet
from voicecoach.errors import VoicecoachError
from voicecoach.keyboard.keys import BY_VOICE_ALONE, Keys, Presses, for_keys, read_keys
from voicecoach.meanings import ADVERSE, COMMANDS, CORRECTING, FINE, SCORES, SIDES, THERE, UNSURE, YES_NO
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.samples import samples
from voicecoach.session import actions
from voicecoach.session.policies import PATIENCE

ASKS_TO_SAY = {
    "en": r"\b[Ss]ay:? (yes|no|there|left|right|stop|pause|resume|a number|one of|two feet|what)",
    "ko": "라고 말해|라고 말할|라고 대답해|숫자[를로] 말해|중에 말해|그중 하나를 말해",
}
QWERTY = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@pytest.fixture(scope="module")
def keys() -> Keys:
    return read_keys("en")


def test_every_answer_and_command_has_a_key_and_nothing_else_has(keys: Keys, words: Words) -> None:
    going_on = [meaning for patience in PATIENCE.values() for meaning in patience.leaves]
    said = {*COMMANDS, *CORRECTING, *YES_NO, THERE, UNSURE, FINE, *SIDES, *SCORES, *going_on}
    assert said == {*words.meanings}
    assert {*keys.by_meaning} == said - BY_VOICE_ALONE


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", built_in_programmes())
def test_nobody_who_answers_with_keys_is_asked_to_say_anything(name: str, language: str) -> None:
    _, spoken = read_with_words(name, language)
    keyed = for_keys(spoken)
    told = {key: text for key, text in keyed.prompts.items() if re.search(ASKS_TO_SAY[language], text)}
    assert {*told} <= {"no_match"}
    assert ("Press yes" if language == "en" else "키를 눌러 주세요") in keyed.prompts["ready?"]
    assert keyed.prompts.keys() == spoken.prompts.keys()
    assert "resume" in keyed.prompts["device_lost"] or language == "ko"


def test_every_key_means_one_thing(keys: Keys) -> None:
    pressed = [key.key for key in keys.by_meaning.values()]
    assert len(set(pressed)) == len(pressed)
    assert {keys.meaning_of(key.key): key for key in keys.by_meaning.values()} == keys.by_meaning


def test_all_that_a_session_listens_for_has_a_key(keys: Keys) -> None:
    puppet = Puppet().go_to_the_end()
    heard = {meaning for note in puppet.notes(actions.ListenFor) if isinstance(note, actions.ListenFor)
             for meaning in note.meanings}  # fmt: skip
    assert heard <= {*keys.by_meaning} | BY_VOICE_ALONE


@pytest.mark.parametrize("name", built_in_programmes())
def test_every_answer_of_every_programme_has_a_key_of_its_own(keys: Keys, name: str) -> None:
    programme = read_programme(programme_file(name))
    own = keys.with_answers(read_words(programme, programme_file(name), "en", None))
    puppet = Puppet(programme=programme).go_to_the_end()
    heard = {meaning for note in puppet.notes(actions.ListenFor) if isinstance(note, actions.ListenFor)
             for meaning in note.meanings}  # fmt: skip
    assert heard <= {*own.by_meaning} | BY_VOICE_ALONE
    pressed = [key.key for key in own.by_meaning.values()]
    assert len(set(pressed)) == len(pressed)
    assert {*keys.by_meaning.items()} <= {*own.by_meaning.items()}


def test_stop_is_the_largest_key_and_comes_first(keys: Keys) -> None:
    assert keys.meaning_of("space") == "stop" == next(iter(keys.by_meaning))


def test_a_slip_beside_yes_or_no_does_not_end_the_session_for_good(keys: Keys) -> None:
    places = {key: (row, column) for row, letters in enumerate(QWERTY) for column, key in enumerate(letters)}
    for answer in YES_NO:
        row, column = places[keys.by_meaning[answer].key]
        near = {key for key, (r, c) in places.items() if abs(r - row) <= 1 and abs(c - column) <= 1}
        assert not near & {keys.by_meaning[meaning].key for meaning in ADVERSE}


@pytest.mark.parametrize(("key", "meaning"), [("Y", "yes"), ("t", "10"), ("0", "0"), ("enter", "resume"), ("q", None)])
def test_a_key_means_the_same_in_capitals(keys: Keys, key: str, meaning: str | None) -> None:
    assert keys.meaning_of(key) == meaning


def test_a_key_held_down_counts_once(keys: Keys) -> None:
    presses = Presses(keys)
    repeated = [presses.meaning_of("n", at) for at in range(0, samples(5.0), samples(0.1))]
    assert repeated == ["no"] + [None] * 49
    assert presses.meaning_of("n", samples(6.0)) == "no"


def test_no_finger_is_as_quick_as_a_burst_of_keys_but_stop_is_taken_from_it(keys: Keys) -> None:
    presses = Presses(keys)
    assert [presses.meaning_of(key, 0) for key in ("escape", "[", "1", "x", "space")] == [None] * 4 + ["stop"]
    assert presses.meaning_of("y", samples(0.2)) == "yes"


def test_a_language_without_keys_says_so() -> None:
    with pytest.raises(VoicecoachError, match="The words of the keyboard in language xx are missing"):
        read_keys("xx")


def test_an_answer_of_a_programme_gets_a_key_that_every_keyboard_has() -> None:
    korean = read_with_words("calf_raise", "ko")[1]
    keys = read_keys("ko").with_answers(korean)
    assert keys.by_meaning["two_feet"].label == "두 발이요"
    assert all(keys.by_meaning[answer].key in ascii_lowercase for answer in ("two_feet", "one_foot"))
