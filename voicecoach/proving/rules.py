"""The rules that hold whatever happens to a session: each looks at one transition, and says what broke it."""

from collections.abc import Callable, Sequence, Set

from voicecoach.meanings import ADVERSE, COMMANDS, FINE, HURTS, OW, UNSURE
from voicecoach.meanings import DISTRESS as DISTRESS_WORDS
from voicecoach.programme import steps
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.proving import happenings
from voicecoach.proving.happenings import BEHIND, Happening
from voicecoach.proving.situations import State
from voicecoach.session import actions
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.check_in import CheckingIn, Hurting, HurtingInTest, MoreThanBefore, PainCheck
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.kinds.screen import Naming, Screening
from voicecoach.session.location import Locating
from voicecoach.session.policies import ASKING_AFTER, MAY_GO_ON, Light, traffic_light
from voicecoach.session.programme_walk import ComingBack
from voicecoach.session.question_ids import Role, read_id
from voicecoach.session.resumption import Resuming
from voicecoach.session.waiting import Waiting

_MOVEMENT = {actions.Tick, actions.RepetitionBegun, actions.HoldDone, actions.RepetitionDone, actions.TimeKept}
_ANSWER = {actions.Answered, actions.PainScored}
_SPEECH = {actions.Say}
_SMALL = {actions.Duck, actions.Unduck, actions.WakeAt}
_PROTECTED = (
    Screening, PainCheck, Hurting, HurtingInTest, MoreThanBefore, CheckingIn, ComingBack, Resuming, Distress
)  # fmt: skip
"""Activities that ask for safety's sake."""


class Transition:
    """What happened to a session in a state, what the session did about it, and the state that it came to."""

    def __init__(
        self, programme: Programme, before: State, happening: Happening, done: Sequence[actions.Action], after: State
    ) -> None:
        self.programme = programme
        self.before = before
        self.happening = happening
        self.done = done
        self.after = after
        self.kinds = {type(action) for action in done}
        self.is_over = before.ending is not None
        self.distress = before.distress
        self.in_distress = self.distress is not None
        self.asked = before.question
        self.is_answer = happening.meaning != "" and happening.meaning not in COMMANDS

    def did(self, kinds: Set[type]) -> bool:
        """Whether any action in the transition is of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def prompts(self) -> list[str]:
        """Return the keys of the prompts that are said in the transition."""
        return [line.prompt for action in self.done if isinstance(action, actions.Say) for line in action.lines]

    def stands_still(self) -> bool:
        """Whether all movement ends in the transition: what was to come is dropped, and nothing new begins."""
        silences = [place for place, action in enumerate(self.done) if isinstance(action, actions.Silence)]
        return bool(silences) and not any(type(action) in _MOVEMENT for action in self.done[silences[0] :])

    def ends_as(self, outcome: Outcome) -> bool:
        """Whether the session is saying its last words, with this outcome, after the transition."""
        return self.after.ending is outcome


Rule = Callable[[Transition], str | None]


def nobody_moves_unscreened(t: Transition) -> str | None:
    """No movement, no hold and no word of a test before the screening is passed and the pain is known."""
    if t.did(_MOVEMENT) or (t.after.moving and t.did(_SPEECH)):
        if not t.after.memory.screened:
            return "somebody moves without screening"
        if t.after.memory.pain_start is None:
            return "somebody moves without a pain score"
    return None


def stop_ends_movement(t: Transition) -> str | None:
    """After "stop" and "pause" nothing moves, and the session waits for the person or ends."""
    if t.happening.meaning in ("stop", "pause") and not t.is_over:
        waits = t.after.rests == t.happening.meaning or isinstance(t.after.top, Distress)
        if not (waits or t.after.ending) or not t.stands_still():
            return "the movement does not end"
    return None


def adverse_ends_for_good(t: Transition) -> str | None:
    """Numbness, pins and needles, and "worse" end the exercise.

    What may have been there before it is asked about instead, while nobody moves.
    """
    said = t.happening.meaning
    if said not in ADVERSE or t.is_over or _says_yes(t):
        return None
    asks = _was_there_before(t) and t.after.is_in(MoreThanBefore)
    ends = t.ends_as(Outcome.ADVERSE) or t.in_distress or asks
    return None if ends and t.stands_still() else "the exercise does not end"


def _says_yes(t: Transition) -> bool:
    """Whether a command says yes to the question that asks whether what it tells of is there."""
    return t.asked is not None and t.happening.meaning == t.asked.said_by != ""


def _was_there_before(t: Transition) -> bool:
    answers = {record.id: record.answer for record in t.before.memory.questions}
    asking = (step for step in t.programme.steps if isinstance(step, steps.Ask))
    return any(step.already == t.happening.meaning and answers.get(step.id) != "no" for step in asking)


def an_end_is_an_end(t: Transition) -> str | None:
    """Nothing that is said resumes a session that is ending, nor changes its outcome, but for a last answer's rest."""
    changed = t.after.top != t.before.top or t.after.memory.ended not in (None, t.before.ending)
    taken_back = t.before.ending is Outcome.NO_MATCH and any(isinstance(action, actions.TakenBack) for action in t.done)
    if t.is_over and t.happening.name != happenings.INTERRUPTED and changed and not taken_back:
        return "a session that was ending goes on"
    return None


def hurting_lowers_the_foot(t: Transition) -> str | None:
    """After "it hurts" nothing moves, and it is kept for the clinician."""
    noted = actions.Adverse(AdverseKind.IT_HURTS) in t.done
    if t.happening.meaning == "it_hurts" and not t.is_over and not (noted and t.stands_still()):
        return "the movement goes on"
    return None


def only_answers_answer(t: Transition) -> str | None:
    """Silence, noise, and what was not understood are no answer, and an unsure one is checked."""
    if t.did(_ANSWER) and not (t.is_answer or _says_yes(t)):
        return "something is taken for an answer"
    checked = t.asked and (read_id(t.asked.id).role is Role.CHECK or t.happening.meaning in t.asked.trusted)
    believed = t.distress and (t.happening.meaning == "no" or t.distress.heard_yes)
    doubts = believed or t.happening.meaning == UNSURE
    if t.did(_ANSWER) and t.is_answer and not (t.happening.sure or checked or doubts):
        return "an answer is taken that was not sure"
    return None


def answers_are_handled(t: Transition) -> str | None:
    """An answer that is listened for leads to something."""
    taken = t.before.memory.taken
    said_twice = taken is not None and t.happening.meaning == str(taken.answer)
    half_heard = t.in_distress and t.happening.name.endswith(happenings.HALF_HEARD)
    no_to_a_name = isinstance(t.before.top, Naming) and t.happening.meaning == "no"
    if t.is_answer and not t.is_over and not said_twice and not half_heard and not no_to_a_name and t.kinds <= _SMALL:
        return "nothing is done about an answer that is listened for"
    return None


def skip_skips_no_safety(t: Transition) -> str | None:
    """Skip never skips the screening, a safety question or a pain score."""
    if t.happening.meaning != "skip" or t.is_over:
        return None
    asking = [(depth, one.id) for depth, one in enumerate(t.before.stack) if isinstance(one, Question)]
    if asking:
        depth, asked = asking[-1]
        protected = any(isinstance(one, _PROTECTED) for one in t.before.stack[:depth])
        still = any(isinstance(one, Question) and one.id == asked for one in t.after.stack[depth : depth + 1])
        if protected and asked != "command_check" and not still:
            return "a safety question is skipped"
    for step in t.programme.steps[t.before.at : t.after.at]:
        if isinstance(step, steps.Screen | steps.Pain | steps.Side):
            return f'the step "{step.id}" is skipped'
    return None


def pain_is_obeyed(t: Transition) -> str | None:
    """A pain score at which the exercise has to end ends it."""
    is_last = any(isinstance(one, PainCheck) and one.is_end for one in t.before.stack)
    if is_last and not any(step.moves for step in t.programme.steps[t.before.at :]):
        return None
    for action in t.done:
        if isinstance(action, actions.PainScored):
            light = traffic_light(action.score, t.before.memory.pain_start, t.programme.pain)
            if light is Light.END and not t.ends_as(Outcome.PAIN_LIMIT):
                return f"the exercise goes on at a pain of {action.score}"
    return None


def resuming_checks_in(t: Transition) -> str | None:
    """After a pause or a stop an exercise goes on once the person has been asked how things are."""
    waited = t.before.rests in ("stop", "pause")
    goes_on = t.did(_MOVEMENT) or not t.after.is_in(CheckingIn)
    if t.happening.meaning == "resume" and waited and t.before.moving and goes_on:
        return "the exercise goes on without asking how things are"
    return None


def beginning_again_asks_first(t: Transition) -> str | None:
    """A session that broke off goes on once the person has been asked whether to, and how things are."""
    asking = t.asked and t.before.is_in(Resuming)
    if t.happening.name == happenings.BEGUN_AGAIN and not (t.after.is_in(Resuming) and t.stands_still()):
        return "the exercise goes on without asking how things are"
    if asking and t.did(_MOVEMENT) and not t.before.is_in(CheckingIn):
        return "the exercise goes on without asking how things are"
    return None


def distress_lowers_the_foot(t: Transition) -> str | None:
    """After a word of distress nothing moves, and the coach asks after the person; it is kept for the clinician."""
    kind = t.happening.meaning
    if kind not in DISTRESS_WORDS or t.is_over:
        return None
    if not isinstance(t.after.top, Distress):
        return "somebody in distress is not asked after"
    if not t.in_distress and not (actions.Adverse(AdverseKind(kind)) in t.done and t.stands_still()):
        return "a word of distress is lost"
    return None


def only_an_answer_ends_distress(t: Transition) -> str | None:
    """Somebody in distress is asked after, and help called for, until there is a sure yes, a no or a "stop"."""
    said = t.happening
    if t.distress is None or t.after.distress is not None or t.is_over:
        return None
    if said.meaning in ("no", "stop", OW, *HURTS) or said.name == happenings.INTERRUPTED or t.before.rests == "device":
        return None
    if said.meaning in ("yes", FINE) and (said.sure or t.distress.heard_yes):
        goes_on = _ends_for_good(t.distress) and not t.ends_as(Outcome.ADVERSE)
        return "the exercise goes on after distress" if goes_on else None
    if t.distress.calls == ASKING_AFTER.most_calls and t.ends_as(Outcome.ADVERSE):
        return None
    return "somebody in distress is left alone"


def _ends_for_good(distress: Distress) -> bool:
    return distress.is_worse or distress.was_surely_worse or (distress.sure and distress.kind not in MAY_GO_ON)


def a_lost_device_rests(t: Transition) -> str | None:
    """Where nothing can be heard nothing moves."""
    if t.happening.name.startswith(happenings.DEVICE_LOST) and not t.is_over:
        waited = t.in_distress or any(isinstance(one, Waiting) and one.policy == "device" for one in t.before.stack)
        if not waited and (t.after.rests != "device" or not t.stands_still()):
            return "the movement goes on"
    return None


def a_long_standstill_asks_first(t: Transition) -> str | None:
    """After a long time that nobody has seen nothing moves before the person is ready."""
    rested = isinstance(t.before.top, Waiting) or t.in_distress
    if t.happening.name == happenings.STOOD_STILL_LONG and t.before.moving and not (t.is_over or rested):
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

    That for the country leaves it open instead.
    """
    if t.happening.name == happenings.TIME_PASSES and t.before.is_in(Locating):
        return "silence is taken for a country" if t.after.memory.country is not None else None
    then = t.after.question
    if t.happening.name == happenings.TIME_PASSES and t.asked and not t.asked.once:
        asks = then and then.id == t.asked.id
        if not (asks or t.after.rests in ("silence", "noise") or t.ends_as(Outcome.UNANSWERED)):
            return "silence does not lead to a rest"
    return None


def a_half_heard_question_is_not_answered_reassuringly(t: Transition) -> str | None:
    """A reassuring answer counts only when all that it answers has been said."""
    is_half = t.happening.name.endswith(happenings.HALF_HEARD) and t.asked and t.happening.meaning == t.asked.reassuring
    if is_half and t.did(_ANSWER):
        return "a question that was half heard is answered"
    return None


def a_doubt_is_no_no(t: Transition) -> str | None:
    """A doubt about a warning sign is explained and asked about once more, and then worries."""
    asking = t.asked and t.asked.reassuring
    if t.happening.meaning == UNSURE and asking and not t.happening.name.startswith(BEHIND):
        asked = any(isinstance(action, actions.Asking) for action in t.done)
        asked = asked or isinstance(t.after.top, Naming)
        step = t.programme.steps[t.before.at]
        goes_as_at_a_yes = isinstance(step, steps.Ask) and step.worrying and {*step.yes.say} <= {*t.prompts()}
        if not (asked or goes_as_at_a_yes) and not any(map(t.ends_as, (Outcome.WARNING_SIGN, Outcome.ADVERSE))):
            return "a doubt is passed over"
    return None


def a_worry_is_not_forgotten(t: Transition) -> str | None:
    """A worry that silence follows does not end as if nothing had been said."""
    if t.before.memory.worry is not None and t.ends_as(Outcome.UNANSWERED):
        return "a worry is forgotten"
    return None


def more_behind_an_answer_takes_it_back(t: Transition) -> str | None:
    """What is said behind an answer, before the next question can be grasped, has that answer asked about again."""
    taken = t.before.memory.taken
    if t.is_over or taken is None or not t.happening.name.startswith(BEHIND):
        return None
    if t.happening.meaning == str(taken.answer) or (taken.confirmed and not t.happening.meaning):
        return None
    if not any(isinstance(action, actions.TakenBack) for action in t.done):
        return "an answer that went on stands"
    return None


RULES: tuple[Rule, ...] = (
    nobody_moves_unscreened, stop_ends_movement, adverse_ends_for_good, an_end_is_an_end, hurting_lowers_the_foot,
    only_answers_answer, answers_are_handled, skip_skips_no_safety, pain_is_obeyed, resuming_checks_in,
    beginning_again_asks_first, a_half_heard_question_is_not_answered_reassuringly, a_doubt_is_no_no,
    a_worry_is_not_forgotten, more_behind_an_answer_takes_it_back, distress_lowers_the_foot,
    only_an_answer_ends_distress, a_lost_device_rests, a_long_standstill_asks_first, something_is_waited_for,
    silence_rests,
)  # fmt: skip
