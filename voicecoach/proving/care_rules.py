"""The rules of care: what follows pain, worries and distress, and what a session leaves for the next one."""

from voicecoach.meanings import ADVERSE, FINE, HURTS, OW
from voicecoach.meanings import DISTRESS as DISTRESS_WORDS
from voicecoach.programme import steps
from voicecoach.programme.steps import Outcome, Programme, TrafficLight
from voicecoach.programme.values import WORDINGS
from voicecoach.proving import happenings
from voicecoach.proving.transition import MOVEMENT, Rule, Transition
from voicecoach.session import actions
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.check_in import CheckingIn, MoreThanBefore, PainCheck
from voicecoach.session.distress import Distress
from voicecoach.session.kinds.screen import Screening
from voicecoach.session.policies import ASKING_AFTER, MAY_GO_ON
from voicecoach.session.resumption import Resuming

_SENDS_TO_A_CLINICIAN = {
    "summary_pain_worse", "summary_pain_high", "distress_over", "distress_over_emergency", "distress_dizzy",
    "distress_stopped",
}  # fmt: skip
"""Prompts that say to see a clinician before this is done again."""
_TELLS_PAIN = {"summary_pain", "summary_pain_last"}


def adverse_ends_for_good(t: Transition) -> str | None:
    """Numbness, pins and needles, and "worse" end the exercise.

    What may have been there before it is asked about instead, while nobody moves.
    """
    said = t.happening.meaning
    if said not in ADVERSE or t.is_over or t.says_yes():
        return None
    asks = _was_there_before(t) and t.after.is_in(MoreThanBefore)
    ends = t.ends_as(Outcome.ADVERSE) or t.in_distress or asks
    return None if ends and t.stands_still() else "the exercise does not end"


def _was_there_before(t: Transition) -> bool:
    answers = t.before.answers
    asking = (step for step in t.programme.steps if isinstance(step, steps.Ask))
    return any(step.already == t.happening.meaning and answers.get(step.id) != "no" for step in asking)


def hurting_lowers_the_foot(t: Transition) -> str | None:
    """After "it hurts" nothing moves, and it is kept for the clinician."""
    noted = actions.Adverse(AdverseKind.IT_HURTS) in t.done
    if t.happening.meaning == "it_hurts" and not t.is_over and not (noted and t.stands_still()):
        return "the movement goes on"
    return None


def pain_is_obeyed(t: Transition) -> str | None:
    """A pain score at which the exercise has to end ends it, and no other does; one that is not mild eases it off."""
    if actions.PainScored not in t.kinds:
        return None
    is_last = any(isinstance(one, PainCheck) and one.is_end for one in t.before.stack)
    if is_last and not any(step.moves for step in t.programme.steps[t.before.at :]):
        return None
    for score in (action.score for action in t.done if isinstance(action, actions.PainScored)):
        has_to_end = _has_to_end(score, t.before.memory.pain_start, t.programme.pain)
        if has_to_end and not t.ends_as(Outcome.PAIN_LIMIT):
            return f"the exercise goes on at a pain of {score}"
        if t.ends_as(Outcome.PAIN_LIMIT) and not has_to_end:
            return f"the exercise ends at a pain of {score}"
        eases_off = t.after.memory.eased and not {"ease_off", "ease_off_start"}.isdisjoint(t.prompts)
        if score >= t.programme.pain.ease_from and not (has_to_end or eases_off):
            return f"nothing is eased off at a pain of {score}"
    return None


def _has_to_end(score: int, start: int | None, limits: TrafficLight) -> bool:
    """Whether a score is severe, or clearly above the start and no longer mild."""
    return score >= limits.stop_from or (start is not None and score >= max(limits.ease_from, start + limits.stop_rise))


def easing_off_lasts(t: Transition) -> str | None:
    """Once the coach has eased off nobody is told to look for discomfort again."""
    if not t.before.memory.eased:
        return None
    if not t.after.memory.eased:
        begins_anew = t.after.memory.pain_start is None or any(isinstance(one, actions.TakenBack) for one in t.done)
        return None if begins_anew else "the easing off is forgotten"
    if t.prompts and not t.prompts.isdisjoint(_before_easing_off(t.programme)):
        return "something is said as if nothing had been eased off"
    return None


def _before_easing_off(programme: Programme) -> frozenset[str]:
    """Return the prompts in whose place others are said once the coach has eased off."""
    said = ((step.prompts, step.eased) for step in programme.steps if isinstance(step, steps.Say))
    begun = ((step.start, step.eased) for step in programme.steps if isinstance(step, steps.Exercise))
    keys = {key for usual, eased in (*said, *begun) if eased for key in usual if key not in eased}
    for step in programme.steps:
        if isinstance(step, steps.Exercise) and step.position_eased is not None:
            keys |= {f"{step.position}?{wording}" for wording in WORDINGS}
    return frozenset(keys)


def a_change_of_pain_is_called_what_it_is(t: Transition) -> str | None:
    """Pain that ended the exercise, or would have, is not called about the same, nor a clear rise."""
    if t.prompts.isdisjoint(_TELLS_PAIN):
        return None
    for values in (line.values for line in t.lines if line.prompt in _TELLS_PAIN):
        before, after, limits = int(values["before"]), int(values["after"]), t.programme.pain
        rises = after >= before + limits.stop_rise or (after > before and after >= limits.stop_from)
        if "summary_pain_same" in t.prompts and rises:
            return f"a pain of {after} after {before} is called the same"
        sends = not t.prompts.isdisjoint(_SENDS_TO_A_CLINICIAN)
        if sends != (after > before and _has_to_end(after, before, limits)):
            return f"a pain of {after} after {before} is judged otherwise than in the exercise"
    return None


_LEADS_TO_THE_FULL_DOSE = {"small_dose?", "full_dose?", "dose_full"}


def unsettled_is_no_full_dose(t: Transition) -> str | None:
    """Where the last session did not settle, whoever declines the smaller dose is not given the full one."""
    if t.prompts.isdisjoint(_LEADS_TO_THE_FULL_DOSE):
        return None
    answers = t.after.answers
    if any(isinstance(step, steps.Settled) and answers.get(step.id) == "no" for step in t.programme.steps):
        return "the full dose is done though the last session did not settle"
    return None


def only_a_match_leads_to_the_exercise(t: Transition) -> str | None:
    """Nobody exercises after a test that did not match, but by choice after an earlier match on the same side."""
    if actions.RepetitionBegun not in t.kinds:
        return None
    answers, memory = t.after.answers, t.after.memory
    for step in t.programme.steps:
        if isinstance(step, steps.Branch) and step.otherwise.finish == "no_match":
            given = {answers.get(question) for question in step.all_yes}
            before = () if memory.opening.previous is None else memory.opening.previous.matched_sides
            if given != {"yes"} and ("yes" in given or memory.side not in before or step.after_match is None):
                return "the exercise is done though the test did not match"
    return None


def advice_to_see_a_clinician_is_kept(t: Transition) -> str | None:
    """Whoever is told to see a clinician before this is done again is asked about it the next time."""
    if not t.prompts.isdisjoint(_SENDS_TO_A_CLINICIAN) and actions.ClinicianAdvised() not in t.done:
        return "the advice to see a clinician is forgotten"
    return None


def advice_to_see_a_clinician_is_asked_about(t: Transition) -> str | None:
    """After that advice nothing is screened, suggested or done before somebody says that it was followed."""
    previous = t.after.memory.opening.previous
    if previous is None or not previous.clinician_first or t.after.answers.get("seen_clinician") == "yes":
        return None
    if t.after.is_in(Screening) or t.did({*MOVEMENT, actions.DoseChosen}):
        return "nobody asks about the clinician who was to be seen"
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


def resuming_checks_in(t: Transition) -> str | None:
    """After a pause or a stop an exercise goes on once the person has been asked how things are."""
    resumes = t.happening.meaning == "resume" and t.before.rests in ("stop", "pause")
    if resumes and t.before.moving and (t.did(MOVEMENT) or not t.after.is_in(CheckingIn)):
        return "the exercise goes on without asking how things are"
    return None


def beginning_again_asks_first(t: Transition) -> str | None:
    """A session that broke off goes on once the person has been asked whether to, and how things are."""
    asking = t.asked and t.before.is_in(Resuming)
    if t.happening.name == happenings.BEGUN_AGAIN and not (t.after.is_in(Resuming) and t.stands_still()):
        return "the exercise goes on without asking how things are"
    if asking and t.did(MOVEMENT) and not t.before.is_in(CheckingIn):
        return "the exercise goes on without asking how things are"
    return None


def a_worry_is_not_forgotten(t: Transition) -> str | None:
    """A worry that silence follows does not end as if nothing had been said."""
    if t.before.memory.worry is not None and t.ends_as(Outcome.UNANSWERED):
        return "a worry is forgotten"
    return None


def an_end_tells_what_was_done(t: Transition) -> str | None:
    """Whatever the end, what was done, the pain and what to do next are told, and a goodbye.

    Where help is needed first, that alone is said.
    """
    if t.is_over or t.after.ending is None:
        return None
    if t.after.ending is Outcome.WARNING_SIGN or t.happening.name == happenings.INTERRUPTED or t.in_distress:
        return None
    memory = t.after.memory
    if t.before.memory.worry is not None and memory.worry is None:
        return None
    if "goodbye" not in t.prompts:
        return "the session ends without a goodbye"
    if isinstance(t.programme.steps[memory.at], steps.Summary):
        return None
    if any(memory.repetitions) and "summary_repetitions" not in t.prompts:
        return "nothing tells what was done"
    if None not in (memory.pain_start, memory.pain_last) and t.prompts.isdisjoint(_TELLS_PAIN):
        return "nothing tells how the pain was"
    moved = any(step.moves for step in t.programme.steps[: memory.at + 1])
    broke_off = t.after.ending in (Outcome.STOPPED, Outcome.UNANSWERED)
    return "nothing tells what to do next" if moved and broke_off and "settle" not in t.prompts else None


CARE_RULES: tuple[Rule, ...] = (
    adverse_ends_for_good, hurting_lowers_the_foot, pain_is_obeyed, easing_off_lasts,
    a_change_of_pain_is_called_what_it_is, unsettled_is_no_full_dose, only_a_match_leads_to_the_exercise,
    advice_to_see_a_clinician_is_kept, advice_to_see_a_clinician_is_asked_about, distress_lowers_the_foot,
    only_an_answer_ends_distress, resuming_checks_in, beginning_again_asks_first, a_worry_is_not_forgotten,
    an_end_tells_what_was_done,
)  # fmt: skip
