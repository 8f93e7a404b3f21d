"""Whose emergency number is named: only a yes to the country that was guessed, and never to the session's cost."""

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from tests.session.test_foreseeing import unforeseen
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Outcome, Programme, Screen
from voicecoach.programme.words import Words, read_words
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening

GUESS = Opening(country_guess="GB")
LOCAL = "your local emergency number"


def first_of_screening(programme: Programme = CALF) -> str:
    return next(step for step in programme.steps if isinstance(step, Screen)).questions[0].id


FIRST = first_of_screening()
"""A yes to it says the emergency number."""


def english(region: str | None = None) -> Words:
    return read_words(CALF, programme_file("calf"), "en", region)


def asked_about_it(answers: dict[str, str] | None = None, opening: Opening = GUESS) -> Puppet:
    """Return a session that has just asked about the country, whose question has been spoken."""
    puppet = Puppet(answers, opening=opening).go_until_asked("country")
    puppet.wait()
    return puppet


def questions(puppet: Puppet) -> list[str]:
    return [record.id for record in puppet.session.memory.questions]


def called(puppet: Puppet, words: Words | None = None) -> str:
    """Answer yes to a warning sign; return what is said at the end."""
    puppet.answers[FIRST] = "yes"
    (line,) = [
        line for say in puppet.go_to_the_end().speech for line in say.lines if line.prompt == "emergency"
    ]  # fmt: skip
    return (words or english()).text(line)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_country_is_asked_about_once_between_the_hearing_check_and_the_screening(name: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[name], opening=GUESS).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert questions(puppet)[:3] == ["ready", "country", first_of_screening(PROGRAMMES[name])]
    assert questions(puppet).count("country") == 1


def test_without_a_guess_nothing_is_asked() -> None:
    puppet = Puppet().go_to_the_end()
    assert "country" not in questions(puppet)
    assert [line for say in puppet.speech for line in say.lines if "emergency_number" in line.values] == []


def test_where_the_screening_comes_before_any_hearing_check_nothing_is_asked() -> None:
    later = replace(CALF, steps=tuple(step for step in CALF.steps if step.id != "ready"))
    assert "country" not in questions(Puppet(programme=later, opening=GUESS).go_to_the_end())


def test_after_a_yes_that_countrys_number_is_named() -> None:
    assert "Call nine nine nine, or" in called(Puppet(opening=GUESS))


def test_a_yes_that_was_not_sure_is_checked() -> None:
    puppet = asked_about_it()
    puppet.hear("yes", sure=False)
    assert puppet.asking == actions.Asking("country_check", 0, "yes")
    assert "Call nine nine nine, or" in called(puppet)


def silence(puppet: Puppet) -> None:
    while puppet.asking is not None and puppet.asking.question != FIRST:
        puppet.wait()


def unclear(puppet: Puppet) -> None:
    puppet.mumble()
    puppet.mumble()


def no(puppet: Puppet) -> None:
    puppet.hear("no")


def unsure_then_silent(puppet: Puppet) -> None:
    puppet.hear("yes", sure=False)
    silence(puppet)


def skipped(puppet: Puppet) -> None:
    puppet.hear("skip")


def asked_for_again_and_again(puppet: Puppet) -> None:
    for _ in range(20):
        if puppet.asking is not None and puppet.asking.question == "country":
            puppet.hear("repeat")


@pytest.mark.parametrize("answer", [silence, unclear, no, unsure_then_silent, skipped, asked_for_again_and_again])
def test_without_a_yes_the_screening_follows_and_no_number_is_named(answer) -> None:  # type: ignore[no-untyped-def]
    puppet = asked_about_it()
    answer(puppet)
    puppet.go_until_asked(FIRST)
    assert "rest_until_voice" not in puppet.prompts()
    assert (puppet.session.memory.country_asked, puppet.session.memory.country) == (True, None)
    assert LOCAL in called(puppet)


def test_silence_is_met_with_one_other_wording() -> None:
    puppet = asked_about_it()
    silence(puppet)
    asked = [prompt for prompt in puppet.prompts() if prompt.startswith("country?")]
    assert asked == ["country?", "country?again"]


def test_a_yes_that_goes_on_is_asked_about_again_and_counts_no_more() -> None:
    puppet = asked_about_it()
    puppet.hear("yes")
    behind = events.Behind(puppet.session.memory.token, 0, samples(1))
    puppet.tell(events.NotUnderstood(puppet.now + samples(1), puppet.now, -20.0, behind))
    assert puppet.said() == ["country?heard", "is_that_right?"]
    assert (puppet.session.memory.country_asked, puppet.session.memory.country) == (False, None)
    puppet.wait()
    no(puppet)
    silence(puppet)
    assert LOCAL in called(puppet)


def test_a_session_that_broke_off_still_knows_the_country() -> None:
    puppet = Puppet(opening=GUESS).go_until_repetition(1, 2)
    restored = Session.restore(CALF, puppet.session.save())
    assert restored.memory.opening == GUESS
    again = Puppet({"resume_there": "no"}, session=restored).go_until_asked(FIRST)
    assert "resume_anew" in again.prompts()
    assert "country" not in [note.question for note in again.notes(actions.Asking)]
    assert "Call nine nine nine, or" in called(again)


def test_a_named_region_counts_more_than_what_was_confirmed() -> None:
    assert "Call nine one one, or" in called(Puppet(opening=GUESS), english("US"))


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_all_that_is_said_about_it_is_rendered_ahead(answer: str) -> None:
    puppet = asked_about_it({"country": answer, FIRST: "yes"})
    puppet.hear(answer, sure=False)
    puppet.go_to_the_end()
    words = english()
    assert unforeseen(puppet, words, "GB") == set()
    assert any("nine nine nine" in text for text in known_ahead(CALF, words, "GB"))
    assert not any("nine nine nine" in text or "{" in text for text in known_ahead(CALF, words))


@pytest.mark.parametrize(
    ("language", "country", "text"),
    [
        ("en", "GB", "Are you in the United Kingdom?"),
        ("en", "US", "Are you in the United States?"),
        ("en", "NL", "Are you in the Netherlands?"),
        ("en", "DE", "Are you in Germany?"),
        ("en", "HK", "Are you in Hong Kong?"),
        ("ko", "GB", "지금 영국에 계신가요?"),
        ("ko", "KR", "지금 대한민국에 계신가요?"),
        ("ko", "HK", "지금 홍콩에 계신가요?"),
    ],
)
def test_the_country_has_its_name_in_the_language(language: str, country: str, text: str) -> None:
    words = read_words(CALF, programme_file("calf"), language, None)
    assert words.text(Line("country?", {"country": country})) == text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_country_that_can_be_asked_about_has_a_name_that_can_be_said(language: str) -> None:
    words = read_words(CALF, programme_file("calf"), language, None)
    for country in words.emergency_numbers:
        text = words.text(Line("country?", {"country": country}))
        assert country not in text
        assert not {*"()/,&"} & {*text}
