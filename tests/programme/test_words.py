"""The words of a programme: read, filled in, and refused where something is missing."""

import pytest

from tests.programme.copies import Copy
from tests.session.puppet import Puppet
from voicecoach.errors import VoicecoachError
from voicecoach.programme.reader import read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import given
from voicecoach.programme.words import Line, Words, known_ahead, read_words

WELCOME = 'welcome = "Hello.'


@pytest.mark.parametrize(
    ("region", "number"),
    [("GB", "nine nine nine"), ("us", "nine one one"), ("DE", "one one two"), ("XX", "your local emergency number"),
     (None, "your local emergency number")],
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


def test_what_is_known_ahead_begins_with_the_welcome_and_needs_no_more_values(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    assert texts[0] == words.text(Line("welcome"))
    assert [text for text in texts if "{" in text or "None" in text] == []
    assert len(set(texts)) == len(texts)


def test_every_count_of_a_set_is_known_ahead(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    counts = [words.text(Line("repetition_done", {"number": number})) for number in range(1, 26)]
    assert [count for count in counts if count not in texts] == []


def test_what_depends_on_the_side_on_an_answer_or_on_the_set_is_known_ahead(calf: Programme, words: Words) -> None:
    lines = [Line("lift_sore", {"side": side}) for side in ("left", "right")]
    lines += [Line("did_you_say?", {"answer": answer}) for answer in ("yes", "left", 0, 10)]
    lines += [Line("set_intro", {"side": "right", "number": number, "sets": 3}) for number in (1, 2, 3)]
    assert {words.text(line) for line in lines} <= set(known_ahead(calf, words))


def test_the_counts_come_before_what_follows_the_sets(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    assert texts.index("Two.") < texts.index("That's 25. The set is done. Lower your foot and rest.")
    assert texts.index("That's 24. Last one.") < texts.index(words.text(Line("glute_offer?")))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('welcome = "Hello.', 'welcom = "Hello.', ["prompts.welcome is missing", "write what the coach says there"]),
        ("emergency =", "emergencies =", ["prompts.emergency is missing"]),
        ("flossing_up_full =", "flossing_up_long =", ["prompts.flossing_up_full is missing"]),
        ("pattern_markers_2 =", "pattern_markers_3 =", ["prompts.pattern_markers_2 is missing"]),
        ("[questions.spine]", "[questions.back]", ["questions.spine is missing"]),
        ("[questions.pain_set]", "[questions.pain_between]", ["questions.pain_set is missing"]),
        (WELCOME, 'welcome = "Hello {name}.', ["welcome: {name} is no value", "write one of", "emergency_number"]),
        (WELCOME, 'welcome = "Hello {}.', ["welcome: {} is no value"]),
        (WELCOME, 'welcome = "Hello {side.upper}.', ["welcome: {side.upper} is no value"]),
        (WELCOME, 'welcome = "Hello {side}.', ["prompts.welcome: {side} is no value in step welcome"]),
        (
            'ask = "Which calf',
            'ask = "Is it {side}? Which calf',
            ["questions.side.ask: {side} is no value in step side"],
        ),
        (WELCOME, 'rest = "Rest for {number} seconds."\n' + WELCOME, ["prompts.rest: {number}", "seconds"]),
        (WELCOME, 'welcome = "Hello {.', ["welcome: ", "write braces only round a value's name"]),
        (WELCOME, 'welcome = ""\nhello = "', ["welcome: there is nothing to say", "write a sentence"]),
        (WELCOME, 'welcome = " ... "\nhello = "', ["welcome: there is nothing to say"]),
        ("[prompts]", "[promts]", ["the top level", "`promts`"]),
    ],
)
def test_a_mistake_in_the_words_is_refused_with_its_file_its_place_and_a_remedy(
    copy: Copy, old: str, new: str, parts: list[str]
) -> None:
    copy.change_words(old, new)
    refusal = copy.words_refusal()
    assert refusal.startswith(f"{copy.words_file}: ")
    assert [part for part in parts if part not in refusal] == [], refusal


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


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('set_up = "', 'set_up = 3\nunused = "', "prompts.set_up"),
        ('again = "I am listening.', 'agian = "I am listening.', "questions.ready"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_key(copy: Copy, old: str, new: str, place: str) -> None:
    copy.change_words(old, new)
    assert place in copy.words_refusal()


@pytest.mark.parametrize("value", ["{number}", "{answer}", "{before}"])
def test_a_value_that_a_prompt_is_never_given_is_refused(copy: Copy, value: str) -> None:
    copy.change_words(WELCOME, f'welcome = "Hello {value}.')
    assert "welcome" in copy.words_refusal()


@pytest.mark.parametrize("value", ["{side!q}", "{side:d}", "{side:{foo}}"])
def test_a_value_with_a_format_is_refused(copy: Copy, value: str) -> None:
    copy.change_words(WELCOME, f'welcome = "Hello {value}.')
    assert "welcome" in copy.words_refusal()


def test_a_step_cannot_say_what_needs_values_that_it_is_not_given(copy: Copy) -> None:
    copy.change('prompts = ["set_up"]', 'prompts = ["rest"]')
    assert "prompts.rest: {seconds} is no value in step set_up" in copy.words_refusal()


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
