"""Every field of every activity says whether it tells situations apart; what comes of it is told by those that do."""

from typing import Literal, get_args

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF
from voicecoach.programme.line import Line
from voicecoach.session.distress import Distress
from voicecoach.session.policies import Light
from voicecoach.session.questions import yes_no
from voicecoach.session.situation_fields import Detail, Moment, Serial, Tally, Telling, Tells, told_by
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity
from voicecoach.session.state import AnyActivity
from voicecoach.session.waiting import Waiting

EVERY_KIND: tuple[type[Activity], ...] = get_args(AnyActivity)


class Dancing(Activity, frozen=True, tag=True):
    step: Telling[str]
    music: Detail[str | None] = None
    began_at: Moment[int | None] = None
    stumbles: Tally = 0
    token: Serial = 0
    doing: Literal["left", "right"] = "left"


class Forgetful(Activity, frozen=True, tag=True):
    step: Telling[str]
    steps_back: int = 0


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_field_says_whether_it_tells_situations_apart(kind: type[Activity]) -> None:
    assert list(told_by(kind)) == list(kind.__struct_fields__)


def test_every_activity_is_looked_at() -> None:
    ours = {one for one in Activity.__subclasses__() if one.__module__.startswith("voicecoach.")}
    assert set(EVERY_KIND) == ours


def test_a_field_that_does_not_say_it_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match=r"Forgetful\.steps_back does not say whether it tells situations apart"):
        told_by(Forgetful)


def test_a_field_says_it_by_its_type() -> None:
    assert told_by(Dancing) == {
        "step": Tells.ITS_VALUE, "music": Tells.NOTHING, "began_at": Tells.WHETHER_IT_IS_SET,
        "stumbles": Tells.HOW_OFTEN, "token": Tells.NOTHING_EVER, "doing": Tells.ITS_VALUE,
    }  # fmt: skip


def test_a_rest_for_want_of_an_answer_is_counted_and_no_other_interruption_is() -> None:
    assert Waiting("silence").keeps_count
    assert not any(Waiting(policy).keeps_count for policy in ("pause", "stop", "device"))
    assert yes_no("hurts").keeps_count
    assert not replace(yes_no("hurts"), is_check=True).keeps_count
    assert not Distress("cramp", sure=True, foot_is_up=False).keeps_count


def test_only_how_often_help_was_called_decides_how_distress_goes_on_in_silence() -> None:
    asking = Distress("cramp", sure=True, foot_is_up=False)
    assert (asking.left_alone, replace(asking, doing="insist").left_alone) == (None, None)
    assert replace(asking, doing="call", calls=3).left_alone == 3


def test_what_distress_leads_to_goes_by_nothing_below_it() -> None:
    assert Distress("cramp", sure=True, foot_is_up=False).stands_alone
    assert not yes_no("hurts").stands_alone


def test_only_what_is_said_in_between_is_an_interruption() -> None:
    assert Speaking((Line("help"),), interlude=True).is_interruption
    assert not Speaking((Line("hello"),)).is_interruption


@pytest.mark.parametrize(
    ("is_check", "candidate", "told"),
    [(False, "", None), (False, "7", None), (True, "left", "left"), (True, "2", Light.GO_ON), (True, "7", Light.END)],
)
def test_of_a_check_its_candidate_tells_and_of_a_score_what_would_follow(
    is_check: bool, candidate: str, told: object
) -> None:
    question = replace(yes_no("hurts"), is_check=is_check, candidate=candidate)
    assert question.also_tells(CALF) == told


def test_left_alone_a_call_for_help_goes_on_by_how_often_it_was_made_and_all_else_by_all_its_fields() -> None:
    asking = Distress("fell", sure=True, foot_is_up=False)
    assert replace(asking, doing="call", calls=2).left_alone == 2
    assert (asking.left_alone, Speaking((Line("hello"),)).left_alone) == (None, None)
