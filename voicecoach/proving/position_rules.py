"""The rules about positions and tests: nobody moves half-told, and a test goes at the pace of the person."""

from voicecoach.meanings import THERE
from voicecoach.programme.steps import Exercise, Hold, Intervals, Outcome, Provocation
from voicecoach.proving import happenings
from voicecoach.proving.transition import Rule, Transition
from voicecoach.session import actions
from voicecoach.session.check_in import CheckingIn, Hurting, HurtingInTest, MoreThanBefore
from voicecoach.session.corrections import Correcting
from voicecoach.session.distress import Distress
from voicecoach.session.programme_walk import ComingBack
from voicecoach.session.repetitions import Repeating
from voicecoach.session.resumption import Resuming
from voicecoach.session.speech import Speaking
from voicecoach.session.waiting import Waiting

_HELD_UP = (Waiting, Hurting, HurtingInTest, MoreThanBefore, Distress, CheckingIn, ComingBack, Resuming, Correcting)
"""Activities in which, or after which, nobody is in a position any more."""


def a_set_begins_in_position(t: Transition) -> str | None:
    """A set begins, and goes on after whatever held it up, once the person has said to be in position.

    A remark of the coach leaves them in it.
    """
    if actions.RepetitionBegun not in t.kinds:
        return None
    step = t.programme.steps[t.after.at]
    top = t.before.top
    was_moving = t.before.stack[-2] if isinstance(top, Speaking) and top.interlude else top
    went_on = isinstance(was_moving, Repeating) and t.happening.name != happenings.STOOD_STILL
    if (
        went_on
        or not isinstance(step, Exercise)
        or step.position is None
        or {step.position, step.position_eased} & _answered_yes(t)
    ):
        return None
    return "the set goes on though nobody has said to be in position"


def what_is_held_up_goes_on_once_somebody_is_ready(t: Transition) -> str | None:
    """A stretch, or a round, that was held up goes on once the person has said to be ready, where that is asked."""
    step = t.programme.steps[t.after.at]
    if not isinstance(step, Hold | Intervals) or step.ready is None:
        return None
    begins = step.starts if isinstance(step, Hold) else "round_intro"
    held_up = t.before.is_in(*_HELD_UP) or t.happening.name == happenings.STOOD_STILL
    return "the time begins though nobody has said to be ready" if held_up and begins in t.prompts else None


def a_test_begins_in_position(t: Transition) -> str | None:
    """A move of a test is asked for at its beginning, and after whatever held it up, of somebody in position."""
    step = t.programme.steps[t.after.at]
    if not isinstance(step, Provocation) or actions.Asking not in t.kinds:
        return None
    if not any(isinstance(action, actions.Asking) and action.question in step.until_felt for action in t.done):
        return None
    anew = t.before.at != t.after.at or t.before.is_in(*_HELD_UP) or t.happening.name == happenings.STOOD_STILL
    if anew and step.position not in _answered_yes(t):
        return "the test goes on though nobody has said to be in position"
    return None


def only_the_person_ends_a_move_of_a_test(t: Transition) -> str | None:
    """A move of a test lasts until the person says that the feeling is there, however long that takes."""
    step = t.programme.steps[t.before.at]
    if not isinstance(step, Provocation) or t.asked is None or t.asked.id not in step.until_felt:
        return None
    if step.lower in t.prompts and t.happening.meaning not in (THERE, "yes"):
        return "a move of the test ends though nobody has said that it is there"
    return None


def a_test_is_followed_by_a_pain_score(t: Transition) -> str | None:
    """No exercise begins after a test before the person has said how strong the pain is."""
    if actions.RepetitionBegun not in t.kinds:
        return None
    moves = {move for step in t.programme.steps if isinstance(step, Provocation) for move in step.until_felt}
    pains_since = None
    for record in t.after.memory.questions if moves else ():
        if record.id in moves and record.answer is not None:
            pains_since = 0
        elif isinstance(record.answer, int) and pains_since is not None:
            pains_since += 1
    return "the exercise begins without a pain score after the test" if pains_since == 0 else None


def it_hurts_twice_ends_a_test(t: Transition) -> str | None:
    """The second time that it hurts in a test ends it, and whoever does not go on after the first is told more."""
    if t.is_over or t.happening.meaning not in ("it_hurts", "no"):
        return None
    if not t.before.is_in(HurtingInTest) and t.programme.steps[t.before.at].part != "test":
        return None
    twice = t.happening.meaning == "it_hurts" and t.before.memory.hurt_in_test and not t.in_distress
    if twice and not t.ends_as(Outcome.PAIN_LIMIT):
        return "the test goes on though it has hurt twice"
    declined = t.happening.meaning == "no" and t.before.is_in(HurtingInTest) and t.after.ending is not None
    if declined and "finish_stopped" in t.prompts:
        return "whom the test hurts is left with a goodbye"
    return None


def _answered_yes(t: Transition) -> set[str]:
    return {action.question for action in t.done if isinstance(action, actions.Answered) and action.answer == "yes"}


POSITION_RULES: tuple[Rule, ...] = (
    a_set_begins_in_position, what_is_held_up_goes_on_once_somebody_is_ready, a_test_begins_in_position,
    only_the_person_ends_a_move_of_a_test, a_test_is_followed_by_a_pain_score, it_hurts_twice_ends_a_test,
)  # fmt: skip
