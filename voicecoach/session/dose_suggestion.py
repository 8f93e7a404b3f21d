"""Suggesting a dose, with the reason, from the last session and from today's pain; the person decides."""

from collections.abc import Iterator
from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.programme import steps
from voicecoach.programme.line import Line
from voicecoach.programme.profiles import CAUTIOUS
from voicecoach.programme.steps import Outcome, Step
from voicecoach.programme.values import Value
from voicecoach.session import actions
from voicecoach.session.memory import Previous
from voicecoach.session.policies import Light, PainChange, pain_change, traffic_light
from voicecoach.session.questions import yes_no
from voicecoach.session.situation_fields import Telling
from voicecoach.session.speech import Speaking, speaking
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage

_MORE_PAIN = (PainChange.MORE, PainChange.WORSE, PainChange.HIGH)
_ENDED_BADLY = (Outcome.PAIN_LIMIT, Outcome.ADVERSE, Outcome.WARNING_SIGN)


def is_due(step: Step, stage: Stage) -> bool:
    """Whether a dose is suggested after this step: the first pain score, where there is a smaller dose."""
    if not stage.memory.opening.suggests or CAUTIOUS not in stage.programme.profiles:
        return False
    return step is next((one for one in stage.programme.steps if isinstance(one, steps.Pain)), None)


def foreseen(stage: Stage) -> Iterator[Line]:
    """Yield the lines that may be said about the last session when a dose is suggested."""
    previous = stage.memory.opening.previous
    if stage.memory.opening.suggests and previous is not None:
        yield from _last_time(previous, stage)


class Suggesting(Activity, frozen=True, tag=True):
    """Suggests a dose and says why, then asks; a "no" chooses the other dose.

    Where the last session did not settle there is no other dose: whoever does not want the smaller one leaves it.
    """

    cautious: Telling[bool] = True
    settled: Telling[bool] = True
    """Whether the last session has settled, as far as the person was asked."""
    doing: Literal["reason", "ask", "dose"] = "reason"
    """What the child does."""

    def enter(self, stage: Stage) -> Move:
        """Say the suggestion and its reason."""
        reason = _reason(stage)
        lines = [stage.line(reason)]
        if stage.memory.opening.previous is not None:
            lines = [*_last_time(stage.memory.opening.previous, stage), *lines]
        settled = _has_settled(stage)
        below = replace(self, cautious=reason != "suggest_full", settled=settled, doing="reason")
        return Push(below, Speaking(tuple(lines), can_be_skipped=False))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Ask whether that dose is wanted; then take the dose chosen, and say which it is."""
        match self.doing:
            case "reason":
                smaller = "small_dose" if self.settled else "small_or_none"
                return Push(replace(self, doing="ask"), yes_no(smaller if self.cautious else "full_dose"))
            case "ask" if result != "yes" and not self.settled:
                return Finish(Outcome.STOPPED, ("dose_none",))
            case "ask":
                profile = CAUTIOUS if self.cautious == (result == "yes") else None
                stage.choose_dose(profile)
                stage.note(actions.DoseChosen(profile))
                dose = speaking(stage, "dose_full" if profile is None else "dose_small", can_be_skipped=False)
                return Push(replace(self, doing="dose"), dose)
            case "dose":
                return Done()
        assert_never(self.doing)


def _reason(stage: Stage) -> str:
    """Return the prompt with the suggestion: the smaller dose wherever something speaks for it."""
    memory, previous = stage.memory, stage.memory.opening.previous
    if previous is None:
        return "suggest_first_day"
    if not _has_settled(stage):
        return "suggest_not_settled"
    if previous.adverse or previous.outcome in _ENDED_BADLY:
        return "suggest_after_trouble"
    first, last, rules = previous.pain_first, previous.pain_last, stage.programme.pain
    if first is not None and last is not None and pain_change(first, last, rules) in _MORE_PAIN:
        return "suggest_more_pain"
    now = memory.pain_start if memory.pain_last is None else memory.pain_last
    if now is not None and traffic_light(now, None, rules) is not Light.GO_ON:
        return "suggest_pain_now"
    if previous.outcome is not Outcome.COMPLETE or previous.left_out:
        return "suggest_unfinished"
    return "suggest_full" if last is not None else "suggest_not_known"


def _has_settled(stage: Stage) -> bool:
    asked = (step.id for step in stage.programme.steps if isinstance(step, steps.Settled))
    return not any(stage.answers().get(question) == "no" for question in asked)


def _last_time(previous: Previous, stage: Stage) -> Iterator[Line]:
    if previous.pain_first is None:
        return
    prompt, values = "last_time_before", dict[str, Value](pain_before=previous.pain_first)
    if previous.pain_last is not None:
        prompt, values = "last_time", {**values, "pain_after": previous.pain_last}
    if previous.side is not None:
        prompt, values = f"{prompt}_side", {**values, "last_side": previous.side}
    yield stage.line(prompt, values)
