"""Which of two numbers counts is the question's to say: the worse one, which is the lower where ten is best."""

from typing import Literal

import pytest
from msgspec import structs

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.printed_script import written_out
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.steps import Number, Programme
from voicecoach.session import actions
from voicecoach.session.memory import Taken


def with_effort(worse: Literal["higher", "lower"]) -> Programme:
    """Return the calf raises with an effort of which these numbers are the worse ones."""
    plain = PROGRAMMES["calf_raise"]
    steps = (structs.replace(one, worse=worse) if isinstance(one, Number) else one for one in plain.steps)
    return structs.replace(plain, steps=tuple(steps))


def listened_for(puppet: Puppet) -> actions.ListenFor:
    return [action for action in puppet.actions if isinstance(action, actions.ListenFor)][-1]


def test_a_number_question_listens_with_its_worse_direction_and_so_does_its_check() -> None:
    puppet = Puppet(programme=with_effort("lower")).go_until_asked("effort")
    assert listened_for(puppet).worse == "lower"
    puppet.wait()
    puppet.hear("5", sure=False)
    assert (puppet.said(), listened_for(puppet).worse) == (["did_you_say?"], "lower")
    puppet.go_until_asked("pain_after")
    assert listened_for(puppet).worse == "higher"


def test_pain_and_what_says_nothing_listen_with_the_higher_as_the_worse_one() -> None:
    puppet = Puppet(programme=PROGRAMMES["calf_raise"]).go_to_the_end()
    assert {action.worse for action in puppet.actions if isinstance(action, actions.ListenFor)} == {"higher"}


def test_two_questions_for_numbers_in_a_row_are_listened_for_apart() -> None:
    plain = with_effort("lower")
    effort = next(one for one in plain.steps if isinstance(one, Number))
    pain = structs.replace(effort, id="pain_before", worse="higher", rules=())
    at = plain.steps.index(effort) + 1
    puppet = Puppet(programme=structs.replace(plain, steps=(*plain.steps[:at], pain, *plain.steps[at:])))
    puppet.go_until_asked("effort").wait()
    puppet.hear("5")
    assert listened_for(puppet) == actions.ListenFor(puppet.listening, "higher")


@pytest.mark.parametrize(("worse", "stricter"), [("higher", ["5", "10"]), ("lower", ["3", "0"])])
def test_a_corrected_number_counts_at_once_where_it_is_the_worse_one(
    worse: Literal["higher", "lower"], stricter: list[str]
) -> None:
    puppet = Puppet({"effort": "4"}, with_effort(worse)).go_until_asked("pain_after")
    taken = next(one for one in puppet.session.memory.given if one.question == "effort")
    assert isinstance(taken, Taken)
    assert [said for said in ("5", "10", "4", "3", "0") if taken.can_become(said)] == stricter


def test_the_script_says_where_the_lower_number_is_the_worse_one() -> None:
    words = read_with_words("calf_raise", "en")[1]
    line = "      the lower number is the worse one"
    assert line in written_out(with_effort("lower"), words)
    assert line not in written_out(with_effort("higher"), words)
