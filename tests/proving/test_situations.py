"""Two states are one situation where all that tells them apart is equal; which fields that are, the activities say."""

from collections.abc import Hashable
from typing import Any

import pytest
from msgspec.structs import replace

from voicecoach.meanings import SIDES, YES_NO
from voicecoach.programme.kinds.ask import Ask
from voicecoach.programme.kinds.exercise import Exercise
from voicecoach.programme.steps import Programme
from voicecoach.proving.situations import BEGINNING, Situations, State, exactly
from voicecoach.proving.walk import walk_through
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.core import Session
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.memory import Taken
from voicecoach.session.programme_walk import Walking
from voicecoach.session.repetitions import Repeating
from voicecoach.session.situation_fields import Telling
from voicecoach.session.stage import Activity


class Dancing(Activity, frozen=True, tag=True):
    step: Telling[str]
    twirls: int = 0


class Standing(State):
    """A state with something else under way."""

    def __init__(
        self, programme: Programme, *stack: Activity, now: int = BEGINNING, walking: Walking | None = None
    ) -> None:
        session = Session(programme)
        session.handle(events.Begun(BEGINNING))
        super().__init__(session, now)
        walking = walking or Walking()
        self.at = walking.at
        self.stack = (walking, *stack)


def same(programme: Programme, one: Activity, other: Activity) -> bool:
    """Whether a session stands in the same situation with the one as with the other under way."""
    of = Situations(programme).of
    return of(Standing(programme, one)) == of(Standing(programme, other))


SCORE = Question("pain_check", (), "please_number", candidate="0", is_check=True)


def test_what_tells_nothing_makes_no_other_situation_and_what_tells_does(calf: Programme) -> None:
    asked = Question("ready", ("yes", "no"), "please_yes")
    assert same(calf, asked, replace(asked, token=7, record=3, heard_words="yeah", puts=2))
    assert not same(calf, asked, replace(asked, id="steady"))
    assert not same(calf, asked, replace(asked, once=True))


def test_one_thing_at_a_time_goes_wrong_and_how_often_tells(calf: Programme) -> None:
    asked = Question("ready", ("yes", "no"), "please_yes", attempt=1)
    assert not same(calf, asked, replace(asked, attempt=2))
    assert same(calf, asked, replace(asked, doubts=1))
    assert same(calf, SCORE, replace(SCORE, attempt=1))


def test_what_goes_wrong_goes_on_alike_in_steps_of_a_kind(calf: Programme) -> None:
    asking = {step.id: Walking(at) for at, step in enumerate(calf.steps) if isinstance(step, Ask)}

    def aspects(question: str, **wrong: Any) -> tuple[Hashable, ...]:
        asked = Question(question, YES_NO, "please_yes_no", **wrong)
        return Situations(calf).of(Standing(calf, asked, walking=asking[question]))

    here, there = aspects("marker_moves"), aspects("marker_massage")
    assert here[0] != there[0]
    assert here[1:] == there[1:]
    assert aspects("marker_moves", attempt=1)[0] == here[0]
    assert aspects("marker_moves", attempt=1)[1:] == aspects("marker_massage", attempt=1)[1:] != here[1:]
    assert aspects("marker_moves", reassuring="no")[1:] != here[1:]


def test_what_is_said_behind_an_answer_is_another_situation(calf: Programme) -> None:
    before = Standing(calf, Question("ready", YES_NO, "please_yes"))
    taken = Taken(
        "side", "side", SIDES, "left", "left", "", b"", BEGINNING, 0, None, confirmed=False, movements=0, worse="higher"
    )
    behind, late = (before.changed(taken=replace(taken, at=BEGINNING - ago)) for ago in (0, samples(60)))
    of = Situations(calf).of
    assert len(set(of(behind)) - set(of(late))) == 1
    assert set(of(late)) < set(of(behind))


def test_a_time_tells_by_whether_there_is_one(calf: Programme) -> None:
    lift = next(step for step in calf.steps if isinstance(step, Exercise))
    moving = Repeating(lift, 1, began_at=BEGINNING)
    assert same(calf, moving, replace(moving, began_at=BEGINNING + 5))
    assert not same(calf, moving, replace(moving, began_at=0))


def test_the_first_and_the_last_repetition_tell_and_those_between_are_alike(calf: Programme) -> None:
    lift = replace(next(step for step in calf.steps if isinstance(step, Exercise)), repetitions=4)
    first, second, third, last = (Repeating(lift, 1, number) for number in (1, 2, 3, 4))
    assert same(calf, second, third)
    assert not any(same(calf, first, other) for other in (second, last))
    assert not same(calf, third, last)


def test_a_score_being_checked_tells_by_what_it_leads_to(calf: Programme) -> None:
    assert same(calf, SCORE, replace(SCORE, candidate="1"))
    assert not same(calf, SCORE, replace(SCORE, candidate="10"))
    assert not same(calf, replace(SCORE, candidate="left"), replace(SCORE, candidate="right"))


def test_distress_tells_by_what_it_leads_to_and_calling_for_help_by_how_often(calf: Programme) -> None:
    distress = Distress("chest", sure=True, foot_is_up=True)
    assert same(calf, distress, replace(distress, kind="breath", was_surely_worse=True))
    assert not same(calf, distress, replace(distress, kind="cramp"))
    calls = replace(distress, doing="call", calls=3)
    assert exactly(Standing(calf, calls)) == exactly(Standing(calf, replace(calls, kind="cramp")))
    assert exactly(Standing(calf, calls)) != exactly(Standing(calf, replace(calls, calls=4)))


def test_left_alone_times_count_as_seen_from_now(calf: Programme) -> None:
    lift = next(step for step in calf.steps if isinstance(step, Exercise))
    one, later = (Repeating(lift, 1, began_at=BEGINNING + after) for after in (0, 5))
    assert exactly(Standing(calf, one)) != exactly(Standing(calf, later))


def test_a_walk_refuses_an_activity_with_a_field_that_does_not_say_what_it_tells(
    monkeypatch: pytest.MonkeyPatch, calf: Programme
) -> None:
    monkeypatch.setattr(Session, "under_way", property(lambda _: (Walking(), Dancing("waltz"))))
    with pytest.raises(TypeError, match=r"Dancing\.twirls does not say"):
        walk_through(calf)
