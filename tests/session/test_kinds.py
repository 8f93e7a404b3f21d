"""Every kind of step has somebody who carries it out; one that has nobody stops the session loudly."""

import pytest

from tests.session.puppet import CALF
from voicecoach.programme.bounds import First, Sides
from voicecoach.programme.kinds import KINDS
from voicecoach.programme.kinds.step import AnyStep
from voicecoach.session.kinds import begin
from voicecoach.session.memory import Memory
from voicecoach.session.stage import Stage


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_carried_out(kind: str) -> None:
    carried_out_by = begin.dispatch(KINDS[kind])
    assert carried_out_by.__module__ == f"voicecoach.session.kinds.{kind}"


def test_a_kind_that_nobody_carries_out_is_an_error() -> None:
    class Juggle(AnyStep, frozen=True, kw_only=True, tag="juggle"):
        pass

    stage = Stage(lambda _: CALF, Memory(), 0, moving=False, save=bytes)
    with pytest.raises(NotImplementedError, match="nobody carries out steps of the kind juggle"):
        begin(Juggle(id="balls"), stage)


@pytest.mark.parametrize(
    ("sides", "first", "turns"),
    [
        ("both", "other", ("right", "left")),
        ("both", "sore", ("left", "right")),
        ("sore", "other", ("left",)),
        ("none", "other", (None,)),
    ],
)
def test_an_exercise_begins_with_the_side_that_its_step_says(
    sides: Sides, first: First, turns: tuple[str | None, ...]
) -> None:
    stage = Stage(lambda _: CALF, Memory(side="left"), 0, moving=False, save=bytes)
    assert stage.turns(sides, first) == turns


def test_where_neither_leg_is_the_sore_one_no_side_is_meant() -> None:
    assert Stage(lambda _: CALF, Memory(), 0, moving=False, save=bytes).turns("both", "other") == (None,)
