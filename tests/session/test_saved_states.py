"""A saved session in a state that there is not is refused, and so never goes on as if something were over."""

import json
from typing import Any

import msgspec
import pytest

from tests.session.puppet import CALF, Puppet
from voicecoach.session.core import Session


def saved_in(puppet: Puppet, activity: str) -> tuple[dict[str, Any], dict[str, Any]]:
    saved = json.loads(puppet.session.save())
    return saved, next(frame for frame in saved["stack"] if frame["type"] == activity)


@pytest.mark.parametrize("activity", ["Repeating", "Exercising"])
def test_a_misspelt_state_of_a_set_is_refused(activity: str) -> None:
    saved, frame = saved_in(Puppet().go_until_repetition(1, 2), activity)
    assert Session.restore(CALF, json.dumps(saved).encode()).moving
    frame["doing"] = "oevr"
    with pytest.raises(msgspec.ValidationError, match="oevr"):
        Session.restore(CALF, json.dumps(saved).encode())


def test_a_misspelt_reason_to_wait_is_refused() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("pause")
    saved, frame = saved_in(puppet, "Waiting")
    frame["policy"] = "puase"
    with pytest.raises(msgspec.ValidationError, match="puase"):
        Session.restore(CALF, json.dumps(saved).encode())
