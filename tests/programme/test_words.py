"""The words of a programme: read, filled in, and refused where something is missing."""

import pytest

from tests.programme.copies import Copy, place_of
from tests.session.puppet import Puppet
from voicecoach.errors import VoicecoachError
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.prompt_values import given
from voicecoach.programme.words import Words, read_words

WELCOME = 'welcome = "Hello.'


@pytest.mark.parametrize(
    ("region", "number"),
    [("GB", "nine nine nine"), ("us", "nine one one"), ("DE", "one one two"), ("KR", "one one nine"),
     ("AU", "triple zero"), ("XX", "your local emergency number"), (None, "your local emergency number")],
)  # fmt: skip
def test_the_emergency_number_is_the_regions(copy: Copy, region: str | None, number: str) -> None:
    words = read_words(read_programme(copy.file), copy.file, "en", region)
    assert f"Call {number}, or" in words.text(Line("emergency"))


def test_a_values_spoken_form_is_put_in() -> None:
    words = Words("de", "eins eins zwei", {"left": "linke"}, {"which": "Das {side} Bein, {number} Mal."}, {})
    assert words.text(Line("which", {"side": "left", "number": 3})) == "Das linke Bein, 3 Mal."


def test_words_of_the_programme_come_before_the_languages(copy: Copy) -> None:
    copy.change_words(WELCOME, 'rest = "Sit still for {seconds} seconds."\n' + WELCOME)
    assert copy.read_words().text(Line("rest", {"seconds": 60})) == "Sit still for 60 seconds."


def test_every_question_has_two_different_wordings(words: Words) -> None:
    questions = [key for key in words.prompts if key.endswith("?")]
    assert questions
    assert [key for key in questions if words.prompts[key] == words.prompts[f"{key}again"]] == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("emergency =", "emergencies =", 'no words for "emergency", which step "screening" needs'),
        ("flossing_up_full =", "flossing_up_long =", 'no words for "flossing_up_full"'),
        ("pattern_markers_2 =", "pattern_markers_3 =", 'no words for "pattern_markers_2"'),
        ("[questions.spine]", "[questions.back]", "add [questions.spine] with `ask` and `again`"),
        (WELCOME, 'welcome = "Hello {}.', "{} is no value here"),
        (WELCOME, 'welcome = "Hello {side.upper}.', "{side.upper} is no value here"),
        ('ask = "Which calf', 'ask = "Is it {side}? Which calf', '{side} is no value in step "side"'),
        (WELCOME, 'rest = "Rest for {number} seconds."\n' + WELCOME, "{number} is no value here; write one of emerg"),
        (WELCOME, 'welcome = ""\nhello = "', "there is nothing to say; write a sentence"),
        ('set_up = "', 'set_up = 3\nunused = "', "set_up is 3; write text in quotes"),
    ],
)
def test_a_mistake_in_the_words_is_refused_before_a_session(copy: Copy, old: str, new: str, what: str) -> None:
    copy.change_words(old, new)
    refusal = copy.words_refusal()
    assert refusal.startswith(f"{copy.words_file}:")
    assert what in refusal


@pytest.mark.parametrize("data", [b"\xff", b"[prompts", b"prompts = 3"])
def test_words_that_are_no_words_at_all_are_refused(copy: Copy, data: bytes) -> None:
    copy.words_file.write_bytes(data)
    assert copy.words_refusal().startswith(str(copy.words_file))


def test_a_programme_without_words_is_refused_with_the_file_that_is_missing(copy: Copy) -> None:
    copy.words_file.unlink()
    assert f"there is no {copy.words_file}" in copy.words_refusal()


def test_a_language_without_words_is_refused(copy: Copy) -> None:
    with pytest.raises(VoicecoachError, match="The words of calf in language xx are missing"):
        read_words(read_programme(copy.file), copy.file, "xx", None)


@pytest.mark.parametrize("value", ["{number}", "{answer}", "{before}"])
def test_a_value_that_a_prompt_is_never_given_is_refused(copy: Copy, value: str) -> None:
    copy.change_words(WELCOME, f'welcome = "Hello {value}.')
    line, column = place_of('welcome = ^"', copy.words_file.read_text(encoding="utf-8"))
    assert copy.words_refusal().startswith(f"{copy.words_file}:{line}:{column}: ")


@pytest.mark.parametrize("value", ["{side!q}", "{side:d}", "{side:{foo}}"])
def test_a_value_with_a_format_is_refused(copy: Copy, value: str) -> None:
    copy.change_words(WELCOME, f'welcome = "Hello {value}.')
    line, column = place_of('welcome = ^"', copy.words_file.read_text(encoding="utf-8"))
    assert copy.words_refusal().startswith(f"{copy.words_file}:{line}:{column}: ")


def test_a_step_cannot_say_what_needs_values_that_it_is_not_given(copy: Copy) -> None:
    copy.change('prompts = ["set_up"]', 'prompts = ["rest"]')
    assert '{seconds} is no value in step "set_up"' in copy.words_refusal()
    assert "languages/en.toml:" in copy.words_refusal()


def test_the_session_gives_every_prompt_the_values_that_it_may_use() -> None:
    puppet = Puppet()
    puppet.go_until_repetition(1, 3)
    for command in ("how_many_left", "slower", "pause", "resume"):
        puppet.hear(command)
    puppet.go_until_asked("pain_set_1")
    puppet.hear("3", sure=False)
    puppet.go_to_the_end()
    lines = [line for speech in puppet.speech for line in speech.lines]
    assert {"did_you_say?", "left_in_set", "summary_pain", "rest_left"} <= {line.prompt for line in lines}
    assert [line for line in lines if not given(line.prompt) <= {*line.values, "emergency_number"}] == []
