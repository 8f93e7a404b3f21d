"""The rules about corrections: one stops what was built on the answer, and leads past nothing that is for safety."""

from voicecoach.meanings import CORRECT, CORRECTIONS, SCORES
from voicecoach.proving.transition import MOVEMENT, Rule, Transition
from voicecoach.session import actions
from voicecoach.session.check_in import CheckingIn, Hurting, HurtingInTest, MoreThanBefore
from voicecoach.session.corrections import Correcting
from voicecoach.session.distress import Distress
from voicecoach.session.kinds.screen import Naming, Screening
from voicecoach.session.memory import Taken
from voicecoach.session.programme_walk import ComingBack
from voicecoach.session.question_ids import SCREENING_ALL_NO
from voicecoach.session.repetitions import Repeating
from voicecoach.session.resumption import Resuming
from voicecoach.session.timed_hold import Keeping
from voicecoach.session.waiting import Waiting

_ASKS_FOR_SAFETY = (Hurting, HurtingInTest, MoreThanBefore, CheckingIn, ComingBack, Resuming, Distress)
_GOES_ON = ("resume", "gone")


def what_asks_for_safety_is_gone_through(t: Transition) -> str | None:
    """What asks after pain, or how things are, is not left by a correction, nor by "go on" but for an answer."""
    goes_on = t.happening.meaning in _GOES_ON and actions.Answered not in t.kinds
    if not (t.corrects or goes_on) or t.is_over or t.after.ending is not None:
        return None
    for kind in _ASKS_FOR_SAFETY:
        if t.before.is_in(kind) and not t.after.is_in(kind):
            return "what was asked for safety's sake is left out"
    return None


def a_correction_screens_again(t: Transition) -> str | None:
    """A correction never passes the screening: it is not over by one, and once left it is gone through again."""
    if not t.corrects or t.is_over:
        return None
    passed = t.after.memory.screened and not t.before.memory.screened
    left = t.before.is_in(Screening) and not t.after.is_in(Screening) and t.after.ending is None
    if passed or (left and t.after.at >= t.before.at):
        return "a correction leads past the screening"
    return None


def a_correction_stops_the_movement(t: Transition) -> str | None:
    """Whoever calls an answer wrong while moving is stopped first, and nothing moves before something was answered."""
    if not t.corrects or t.is_over or (t.asked is not None and t.asked.is_check):
        return None
    if t.did(MOVEMENT):
        return "somebody moves on a correction"
    asked_to_move = t.asked is not None and t.asked.asks_for_a_move
    meant = CORRECTIONS.get(t.happening.meaning)
    confirms = any(str(one.answer) == meant for one in t.before.memory.given)
    in_motion = (isinstance(t.before.top, Repeating | Keeping) and t.before.top.doing != "over") or asked_to_move
    if in_motion and not (t.stands_still() or confirms):
        return "the movement goes on though an answer is called wrong"
    return None


def a_correction_worries_at_once(t: Transition) -> str | None:
    """A worrying answer in the place of a reassuring one counts at once, the other way round the question is asked."""
    meant = CORRECTIONS.get(t.happening.meaning)
    if meant is None or t.is_over or (t.asked is not None and t.asked.is_check):
        return None
    for action in t.done:
        if isinstance(action, actions.Answered) and any(_worried_more(one, action) for one in t.before.memory.given):
            return "a correction makes an answer less of a worry"
    taken = next((one for one in reversed(t.before.memory.given) if meant in one.answers), None)
    about_this = t.asked is not None and meant in t.asked.answers and t.asked.attempt + t.asked.doubts > 0
    if taken is None or not t.happening.sure or not taken.worries(meant) or t.before.is_in(*_ASKS_FOR_SAFETY):
        return None
    if any(isinstance(one, Waiting) and one.policy == "device" for one in t.before.stack):
        return None
    took = any(isinstance(action, actions.Answered) and str(action.answer) == meant for action in t.done)
    names_them = t.asked is not None and t.asked.id == SCREENING_ALL_NO and t.after.is_in(Naming)
    if not (took or about_this or names_them or t.after.is_in(Correcting)):
        return "a worry that was said behind an answer is lost"
    return None


def _worried_more(taken: Taken, now: actions.Answered) -> bool:
    """Whether an answer was more of a worry than what is taken in its place."""
    if taken.question != now.question or taken.answer == now.answer:
        return False
    worse_score = taken.answers == SCORES and not taken.is_stricter(str(now.answer))
    return worse_score or str(now.answer) == taken.reassuring


def a_correction_is_replied_to(t: Transition) -> str | None:
    """A correction leads to a question, or to words that say why not."""
    if t.happening.meaning != CORRECT or t.is_over or t.after.ending is not None:
        return None
    return None if t.did({actions.Say}) else "nothing is done about a correction"


CORRECTION_RULES: tuple[Rule, ...] = (
    what_asks_for_safety_is_gone_through, a_correction_screens_again, a_correction_stops_the_movement,
    a_correction_worries_at_once, a_correction_is_replied_to,
)  # fmt: skip
