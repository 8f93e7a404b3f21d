"""The rules that hold whatever happens to a session: each looks at one transition, and says what broke it."""

from voicecoach.meanings import CANT_DO, DONT_KNOW, UNSURE
from voicecoach.programme import steps
from voicecoach.programme.steps import Outcome
from voicecoach.proving import happenings
from voicecoach.proving.care_rules import CARE_RULES
from voicecoach.proving.correction_rules import CORRECTION_RULES
from voicecoach.proving.happenings import BEHIND
from voicecoach.proving.position_rules import POSITION_RULES
from voicecoach.proving.transition import MOVEMENT, Rule, Transition
from voicecoach.session import actions
from voicecoach.session.check_in import CheckingIn, Hurting, HurtingInTest, MoreThanBefore, PainCheck
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.kinds.screen import Naming, Screening
from voicecoach.session.location import Locating
from voicecoach.session.policies import CALLS, LEAVES_OUT
from voicecoach.session.programme_walk import ComingBack
from voicecoach.session.question_ids import makes_sure_of
from voicecoach.session.repetitions import Repeating
from voicecoach.session.resumption import Resuming
from voicecoach.session.timed_hold import Keeping
from voicecoach.session.waiting import Waiting

_ANSWER = {actions.Answered, actions.PainScored}
_SPEECH = {actions.Say}
_SMALL = {actions.Duck, actions.Unduck, actions.WakeAt}
_LISTENING = (Question, Naming, Distress, Waiting)
_PROTECTED = (
    Screening, PainCheck, Hurting, HurtingInTest, MoreThanBefore, CheckingIn, ComingBack, Resuming, Distress
)  # fmt: skip
"""Activities that ask for safety's sake."""


def nobody_moves_unscreened(t: Transition) -> str | None:
    """No movement, no hold and no word of a test before the screening is passed and the pain is known."""
    memory = t.after.memory
    if memory.screened and memory.pain_start is not None:
        return None
    if t.did(MOVEMENT) or (t.after.moving and t.did(_SPEECH)):
        return f"somebody moves without {'a pain score' if memory.screened else 'screening'}"
    return None


def stop_ends_movement(t: Transition) -> str | None:
    """After "stop" and "pause" nothing moves, and the session waits for the person or ends."""
    if t.happening.meaning in ("stop", "pause") and not t.is_over:
        waits = t.after.rests == t.happening.meaning or isinstance(t.after.top, Distress)
        if not (waits or t.after.ending) or not t.stands_still():
            return "the movement does not end"
    return None


def what_cannot_be_done_is_left_out(t: Transition) -> str | None:
    """After "I can't do that" nothing moves: it is left out, or the session waits as after a "stop" or ends."""
    if t.happening.meaning != CANT_DO or t.is_over or t.in_distress:
        return None
    left_out = "left_out" in t.prompts and not t.after.is_in(Repeating, Keeping)
    if not (left_out or t.after.rests == "stop" or t.after.ending) or not t.stands_still():
        return "what can't be done goes on"
    return None


def an_end_is_an_end(t: Transition) -> str | None:
    """Nothing that is said resumes a session that is ending, nor changes its outcome, but for a last answer's rest."""
    if not t.is_over or t.happening.name == happenings.INTERRUPTED:
        return None
    changed = t.after.top != t.before.top or t.after.memory.ended not in (None, t.before.ending)
    taken_back = t.before.ending is Outcome.NO_MATCH and any(isinstance(action, actions.TakenBack) for action in t.done)
    if changed and not taken_back:
        return "a session that was ending goes on"
    return None


def only_answers_answer(t: Transition) -> str | None:
    """Silence, noise, and what was not understood are no answer, and an unsure one is checked.

    A "no" behind a number or a side denies it, though its check could not be grasped yet.
    """
    goes_on_with_no = t.asked and t.asked.is_check and t.happening.name == "no" + happenings.TOO_EARLY
    if not t.did(_ANSWER) or goes_on_with_no:
        return None
    if not (t.is_answer or t.says_yes() or t.corrects):
        return "something is taken for an answer"
    checked = t.asked and (t.asked.is_check or t.happening.meaning in t.asked.trusted)
    believed = t.distress and (t.happening.meaning == "no" or t.distress.heard_yes)
    doubts = believed or t.happening.meaning == UNSURE
    if t.is_answer and not (t.happening.sure or checked or doubts):
        return "an answer is taken that was not sure"
    return None


def only_what_asks_listens(t: Transition) -> str | None:
    """An answer is listened for only while something asks for it or waits for the person."""
    if t.after.memory.listening and not isinstance(t.after.top, _LISTENING):
        return "an answer is listened for that nobody asks for"
    return None


def answers_are_handled(t: Transition) -> str | None:
    """An answer that is listened for leads to something."""
    if t.is_over or not t.is_answer or not t.kinds <= _SMALL:
        return None
    taken = t.before.memory.taken
    said_twice = taken is not None and t.happening.meaning == str(taken.answer)
    half_heard = t.in_distress and t.happening.name.endswith(happenings.HALF_HEARD)
    no_to_a_name = isinstance(t.before.top, Naming) and t.happening.meaning == "no"
    if not (said_twice or half_heard or no_to_a_name):
        return "nothing is done about an answer that is listened for"
    return None


def skip_skips_no_safety(t: Transition) -> str | None:
    """Neither skip nor "I can't do that" skips the screening, a safety question or a pain score."""
    if t.happening.meaning not in LEAVES_OUT or t.is_over:
        return None
    asking = [(depth, one.id) for depth, one in enumerate(t.before.stack) if isinstance(one, Question)]
    if asking:
        depth, asked = asking[-1]
        protected = any(isinstance(one, _PROTECTED) for one in t.before.stack[:depth])
        still = any(isinstance(one, Question) and one.id == asked for one in t.after.stack[depth : depth + 1])
        stops = t.happening.meaning == CANT_DO and t.after.ending is not None
        if protected and asked != "command_check" and not (still or stops):
            return "a safety question is skipped"
    for step in t.programme.steps[t.before.at : t.after.at]:
        if isinstance(step, steps.Screen | steps.Pain | steps.Side):
            return f'the step "{step.id}" is skipped'
    return None


def a_lost_device_rests(t: Transition) -> str | None:
    """Where nothing can be heard nothing moves."""
    if t.happening.name.startswith(happenings.DEVICE_LOST) and not t.is_over:
        waited = t.in_distress or any(isinstance(one, Waiting) and one.policy == "device" for one in t.before.stack)
        if not waited and (t.after.rests != "device" or not t.stands_still()):
            return "the movement goes on"
    return None


def a_long_standstill_asks_first(t: Transition) -> str | None:
    """After a long time that nobody has seen nothing moves before the person is ready."""
    if t.happening.name != happenings.STOOD_STILL_LONG or t.is_over or t.in_distress:
        return None
    if t.before.moving and not isinstance(t.before.top, Waiting):
        return None if t.after.is_in(ComingBack) else "the movement goes on though time has passed"
    return None


def something_is_waited_for(t: Transition) -> str | None:
    """The session never waits for nothing."""
    waits = (t.after.memory.awaited, t.after.memory.wake_at) != (None, None) or t.after.rests == "device"
    if not (waits or t.after.ended):
        return "the session waits for nothing"
    return None


def silence_rests(t: Transition) -> str | None:
    """A question that is met with silence is asked again, then leads to a rest or to the end; to nothing else.

    That for the country leaves it open instead, and so does one that decides nothing in the place of the end.
    """
    if t.happening.name != happenings.TIME_PASSES:
        return None
    if t.before.is_in(Locating):
        return "silence is taken for a country" if t.after.memory.country is not None else None
    then = t.after.question
    if t.asked and not t.asked.once:
        asks = then and then.id == t.asked.id
        ends = t.ends_as(Outcome.UNANSWERED)
        if t.asked.decides_nothing:
            ends = "stays_open" in t.prompts or (then is not None and makes_sure_of(then.id, t.asked.id))
        if not (asks or ends or t.after.rests in ("silence", "unclear", "noise")):
            return "silence does not lead to a rest"
    return None


def what_decides_nothing_ends_nothing(t: Transition) -> str | None:
    """A question that decides nothing never ends the session, and that the answer is not known is noted."""
    if t.asked is None or not t.asked.decides_nothing or t.is_over:
        return None
    if t.ends_as(Outcome.UNANSWERED):
        return "a question that decides nothing ends the session"
    says_so = t.happening.meaning == t.happening.name == DONT_KNOW
    if says_so and not any(isinstance(one, actions.Answered) and one.answer == UNSURE for one in t.done):
        return "that somebody does not know is not noted"
    return None


def a_half_heard_question_is_not_answered_reassuringly(t: Transition) -> str | None:
    """A reassuring answer counts only when all that it answers has been said, now or when it was put before."""
    reassures = t.asked is not None and t.happening.meaning == t.asked.reassuring and not t.asked.put_by
    if reassures and t.happening.name.endswith(happenings.HALF_HEARD) and t.did(_ANSWER):
        return "a question that was half heard is answered"
    return None


def a_doubt_is_no_no(t: Transition) -> str | None:
    """A doubt about a warning sign is explained and asked about once more, and then worries."""
    asking = t.asked and t.asked.reassuring
    if t.happening.meaning == UNSURE and asking and not t.happening.name.startswith(BEHIND):
        asked = any(isinstance(action, actions.Asking) for action in t.done)
        asked = asked or isinstance(t.after.top, Naming)
        step = t.programme.steps[t.before.at]
        goes_as_at_a_yes = isinstance(step, steps.Ask) and step.worrying and {*step.yes.say} <= t.prompts
        if not (asked or goes_as_at_a_yes) and not any(map(t.ends_as, (Outcome.WARNING_SIGN, Outcome.ADVERSE))):
            return "a doubt is passed over"
    return None


def _is_a_cry_asked_about(t: Transition) -> bool:
    """Whether the person is asked, or has been in this set, if all is right."""
    asks = any(isinstance(action, actions.Asking) and action.question == "all_right" for action in t.done)
    memory = t.before.memory
    return asks or memory.cried_in == (memory.exercise or "", memory.set, memory.at, memory.turn or "")


def more_behind_an_answer_takes_it_back(t: Transition) -> str | None:
    """What is said behind an answer, before the next question can be grasped, has that answer asked about again.

    A call of somebody who moves by then is obeyed instead, and what means nothing may be a cry, asked about once a set.
    """
    taken = t.before.memory.taken
    if t.is_over or taken is None or not t.happening.name.startswith(BEHIND):
        return None
    moves = isinstance(t.before.top, Repeating | Keeping)
    if moves and (t.happening.meaning in CALLS or (not t.happening.meaning and _is_a_cry_asked_about(t))):
        return None
    if t.happening.meaning == str(taken.answer) or (taken.confirmed and not t.happening.meaning):
        return None
    if not any(isinstance(action, actions.TakenBack) for action in t.done):
        return "an answer that went on stands"
    return None


RULES: tuple[Rule, ...] = (
    nobody_moves_unscreened, stop_ends_movement, what_cannot_be_done_is_left_out, an_end_is_an_end,
    only_answers_answer, only_what_asks_listens, answers_are_handled, skip_skips_no_safety,
    a_half_heard_question_is_not_answered_reassuringly, a_doubt_is_no_no, more_behind_an_answer_takes_it_back,
    a_lost_device_rests, a_long_standstill_asks_first, something_is_waited_for, silence_rests,
    what_decides_nothing_ends_nothing, *CARE_RULES,
    *POSITION_RULES, *CORRECTION_RULES,
)  # fmt: skip
