"""Nothing that the coach says has to be rendered while the person waits: its text was known before."""

import pytest

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import Words, read_words
from voicecoach.session import actions, events
from voicecoach.session.memory import Opening, Previous


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words(CALF, programme_file("calf"), "en", "GB")


def unforeseen(puppet: Puppet, words: Words, country: str | None = None) -> set[str]:
    """Return the texts that were said without having been known when they were, in the order of the actions."""
    known, found = set(known_ahead(puppet.session.programme, words, country)), set()
    for action in puppet.actions:
        match action:
            case actions.Foresee(lines):
                known |= set(map(words.text, lines))
            case actions.Say(_, lines, _):
                found |= set(map(words.text, lines)) - known
    return found


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("after", ["0", "3", "10"])
def test_all_of_a_whole_session_is_known_ahead(words: Words, side: str, after: str) -> None:
    puppet = Puppet({"side": side, "pain_after": after}).go_to_the_end()
    assert len(puppet.speech) > 300
    assert unforeseen(puppet, words) == set()


@pytest.mark.parametrize(
    "answers",
    [
        {"slump_familiar": "no"},
        {"pain_test": "7", "pain_test_confirm": "yes"},
        {"pain_set_2": "8", "pain_set_2_confirm": "yes"},
    ],
)
def test_an_end_that_follows_a_score_is_known_ahead(words: Words, answers: dict[str, str]) -> None:
    last_time = Opening(previous=Previous(pain_first=3, pain_last=2))
    puppet = Puppet(answers, opening=last_time).go_to_the_end()
    assert puppet.session.memory.ended is not Outcome.COMPLETE
    assert unforeseen(puppet, words) == set()


@pytest.mark.parametrize("cautious", [False, True])
@pytest.mark.parametrize("name", PROGRAMMES)
def test_all_of_every_programme_is_known_ahead_whatever_is_asked_in_passing(name: str, cautious: bool) -> None:
    programme = with_profile(PROGRAMMES[name], "cautious") if cautious else PROGRAMMES[name]
    words = read_words(programme, programme_file(name), "en", "GB")
    for answers in ({}, {"level": "one_foot", "effort": "9", "side": "right", "settled": "no"}):
        puppet = Puppet(answers, programme, Opening(previous=Previous()))
        for step in range(5000):
            if puppet.session.memory.ended is not None:
                break
            puppet.step()
            if step % 9 == 0 and "how_many_left" in puppet.listening:
                puppet.hear("how_many_left")
        assert puppet.session.memory.ended is Outcome.COMPLETE
        assert unforeseen(puppet, words) == set()


def test_what_is_left_is_known_ahead_at_every_repetition(words: Words) -> None:
    puppet = Puppet()
    for number in (1, 2, 3):
        for repetition in range(1, 26):
            puppet.go_until_repetition(number, repetition)
            puppet.hear("how_many_left")
    assert unforeseen(puppet.go_to_the_end(), words) == set()


@pytest.mark.parametrize(("question", "answer"), [("side", "both"), ("pain_before", "2"), ("chest", "no")])
def test_doubt_about_any_answer_is_known_ahead(words: Words, question: str, answer: str) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.tell(events.Heard(puppet.now, answer, answer, sure=False))
    puppet.mumble()
    assert puppet.said() == ["not_understood", "did_you_say?again"]
    assert unforeseen(puppet, words) == set()
