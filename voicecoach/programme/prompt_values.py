"""The values that the session gives to the prompts that every programme has; their texts may use no others."""

from voicecoach.programme.kinds import KINDS
from voicecoach.programme.values import ALWAYS, ANSWER, HEARD_THAT, WORDINGS, said_back_in

_GIVEN: dict[str, frozenset[str]] = {
    **{key: names for kind in KINDS.values() for key, names in kind.given.items()},
    **dict.fromkeys((f"did_you_say?{wording}" for wording in WORDINGS), ANSWER),
    **dict.fromkeys((HEARD_THAT, "said_back"), ANSWER),
    **dict.fromkeys((f"country?{wording}" for wording in WORDINGS), frozenset({"country"})),
    **dict.fromkeys(("summary_pain", "summary_pain_last"), frozenset({"before", "after"})),
    "summary_last_time": frozenset({"pain_before", "pain_after"}),
    "last_time": frozenset({"pain_before", "pain_after"}),
    "last_time_side": frozenset({"pain_before", "pain_after", "last_side"}),
    "last_time_before": frozenset({"pain_before"}),
    "last_time_before_side": frozenset({"pain_before", "last_side"}),
}


def given(key: str) -> frozenset[str]:
    """Return the values that the session always gives to this prompt of its own."""
    return _GIVEN.get(key, frozenset()) | said_back_in(key) | ALWAYS
