"""Pain scores and what they lead to, "it hurts", and the questions asked before an interrupted exercise goes on."""

from collections.abc import Sequence
from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.meanings import SCORES
from voicecoach.programme.steps import Ask, Outcome
from voicecoach.programme.values import Value
from voicecoach.session import actions
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.closing import foreseen
from voicecoach.session.dialogue import Question
from voicecoach.session.memory import Worry
from voicecoach.session.policies import Light, traffic_light
from voicecoach.session.question_ids import PAIN_NOW, pain_after_set_id
from voicecoach.session.questions import confirmation, safety_question, whether_to_go_on
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import speaking
from voicecoach.session.stage import Activity, Again, Done, Finish, Move, Push, Stage


class PainCheck(Activity, frozen=True, tag=True):
    """Asks for a pain score and acts on it. A score that would end the session is confirmed first.

    The first score of a session is its start. The score at the end is kept and changes nothing.
    """

    cannot_be_skipped = True

    question: Telling[str]
    wording: Detail[str] = ""
    is_end: Telling[bool] = False
    reassure: Telling[bool] = False
    scored: Telling[bool] = False

    def enter(self, stage: Stage) -> Move:
        """Ask how strong the pain is, from 0 to 10."""
        if not self.is_end and stage.memory.pain_start is not None:
            stage.foresee(foreseen(stage))
        ending = () if self.is_end else tuple(s for s in SCORES if self._light(int(s), stage) is Light.END)
        return Push(self, Question(self.question, SCORES, "please_number", wording=self.wording, confirm=ending))

    def _light(self, score: int, stage: Stage) -> Light:
        return traffic_light(score, stage.memory.pain_start, stage.programme.pain)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on, ease off or end, as the traffic light has it for the pain score."""
        if self.scored:
            return Done()
        score = int(result or 0)
        stage.note(actions.PainScored(self.question, score))
        is_start = stage.memory.pain_start is None
        light = self._light(score, stage)
        if is_start:
            stage.memory.pain_start = score
        else:
            stage.memory.pain_last = score
        if self.is_end:
            return Done()
        if light is Light.END:
            stage.note(actions.Adverse(AdverseKind.PAIN, str(score)))
            return Finish(Outcome.PAIN_LIMIT, ("pain_too_high" if is_start else "pain_limit",))
        if light is Light.EASE_OFF:
            stage.memory.eased = True
            prompt = "ease_off_start" if is_start else "ease_off"
            return Push(replace(self, scored=True), speaking(stage, prompt, can_be_skipped=False))
        return Push(replace(self, scored=True), speaking(stage, "go_on_pain")) if self.reassure else Done()


def pain_after_set(stage: Stage) -> PainCheck:
    """Return the question for the pain score after a set; these are numbered throughout the session."""
    stage.memory.pain_checks += 1
    return PainCheck(pain_after_set_id(stage.memory.pain_checks), wording="pain_set")


class Hurting(Activity, frozen=True, tag=True):
    """What "it hurts" leads to: lower the foot, then the pain score decides."""

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True

    checked: Telling[bool] = False

    def enter(self, stage: Stage) -> Move:
        """Tell the person to lower the foot."""
        stage.note(actions.Adverse(AdverseKind.IT_HURTS))
        return Push(self, speaking(stage, stage.down("command_hurts"), can_be_skipped=False))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Ask for the pain score, then begin what was interrupted again."""
        del result, stage
        if self.checked:
            return Again()
        return Push(replace(self, checked=True), PainCheck(PAIN_NOW, reassure=True))


def is_there_already(command: str, stage: Stage) -> bool:
    """Whether what a command tells of may have been there before the exercise.

    So it is where the person has said so, and as long as that has not been asked: nobody has moved yet.
    """
    asked = (step.id for step in stage.programme.steps if isinstance(step, Ask) and step.already == command)
    return any(stage.answers().get(question) != "no" for question in asked)


class MoreThanBefore(Activity, frozen=True, tag=True):
    """Asks, of what was there before the exercise, whether it is more than then: a yes and a doubt end the session."""

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True

    complaint: Detail[str]
    """The command that told of it."""
    doing: Literal["lower", "ask", "pain"] = "lower"
    """What the child does."""

    def enter(self, stage: Stage) -> Move:
        """Have the movement ended, where there is one."""
        if not stage.is_up:
            return self._ask()
        return Push(replace(self, doing="lower"), speaking(stage, "command_hurts", can_be_skipped=False))

    def command(self, command: str, stage: Stage) -> Move | None:
        """Put the question again where the person only says what led to it."""
        if command != self.complaint or self.doing == "pain":
            return None
        stage.silence()
        return self.enter(stage)

    def _ask(self) -> Move:
        worry = Worry(Outcome.ADVERSE, "adverse_still", AdverseKind(self.complaint))
        return Push(replace(self, doing="ask"), safety_question("more_than_before", worry))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on, in movement after a pain score, where it is no more than before."""
        match self.doing, result:
            case "lower", _:
                return self._ask()
            case "ask", "no" if stage.moving:
                return Push(replace(self, doing="pain"), PainCheck(PAIN_NOW, reassure=True))
            case "ask", "no":
                return Again()
            case "ask", _:
                stage.note(actions.Adverse(AdverseKind(self.complaint)))
                return Finish(Outcome.ADVERSE, ("adverse_still",))
            case "pain", _:
                return Again()
        assert_never(self.doing)


class HurtingInTest(Activity, frozen=True, tag=True):
    """What "it hurts" leads to in a test, where a familiar pain is looked for: lower the leg, ask how much it hurts.

    If that is not too much, it asks whether to go on. The second time in a session ends it.
    """

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True

    doing: Literal["lower", "pain", "go_on"] = "lower"
    """What the child does."""

    def enter(self, stage: Stage) -> Move:
        """Tell the person to lower the leg; end the test where it has hurt before."""
        stage.note(actions.Adverse(AdverseKind.IT_HURTS))
        if stage.memory.hurt_in_test:
            return _TOO_PAINFUL
        stage.memory.hurt_in_test = True
        return self.again(stage)

    def again(self, stage: Stage) -> Move:
        """Begin again with the words that lower the leg, after an interruption."""
        lower = stage.down("command_hurts_test")
        return Push(replace(self, doing="lower"), speaking(stage, lower, can_be_skipped=False))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Ask for the pain score, then whether to go on with the test, and do so or not."""
        del stage
        match self.doing:
            case "lower":
                return Push(replace(self, doing="pain"), PainCheck(PAIN_NOW))
            case "pain":
                return Push(replace(self, doing="go_on"), whether_to_go_on("go_on"))
            case "go_on":
                return Again() if result == "yes" else _TOO_PAINFUL
        assert_never(self.doing)


_TOO_PAINFUL = Finish(Outcome.PAIN_LIMIT, ("finish_hurt_in_test",))
"""How a test ends that hurts too much to go on."""


_NEW_OR_WORSE = Worry(Outcome.ADVERSE, "finish_worse", AdverseKind.WORSE_AFTER_PAUSE)


class CheckingIn(Activity, frozen=True, tag=True):
    """Asks, before a test or an exercise goes on, whether anything is new or worse, and how strong the pain is.

    Where a question for the pain has been interrupted that alone asks for it.
    """

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True

    pain_follows: Telling[bool]
    asked: Literal["anything_new", "confirm", "pain", "done"] = "anything_new"
    """What the child asks; "done" once it says that the session goes on."""

    def enter(self, stage: Stage) -> Move:
        """Ask whether anything is new or worse."""
        del stage
        return Push(replace(self, asked="anything_new"), safety_question("anything_new", _NEW_OR_WORSE))

    def again(self, stage: Stage) -> Move:
        """Ask all the questions again, from the first one, after an interruption."""
        return self.enter(stage)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """End the session at a confirmed yes, or a doubt that stays; ask for the pain score after a no."""
        match self.asked, result:
            case "anything_new", "yes":
                return Push(replace(self, asked="confirm"), confirmation("anything_new"))
            case "anything_new", "no" if self.pain_follows:
                return self._goes_on(stage)
            case "anything_new", "no":
                return Push(replace(self, asked="pain"), PainCheck(PAIN_NOW))
            case "confirm", "no":
                return self.enter(stage)
            case "anything_new" | "confirm", _:
                stage.note(actions.Adverse(_NEW_OR_WORSE.kind))
                return Finish(_NEW_OR_WORSE.outcome, (_NEW_OR_WORSE.prompt,))
            case "pain", _:
                return self._goes_on(stage)
            case "done", _:
                return Again()
        assert_never(self.asked)

    def _goes_on(self, stage: Stage) -> Move:
        return Push(replace(self, asked="done"), speaking(stage, "resumed"))


def asks_for_pain(stack: Sequence[Activity]) -> bool:
    """Whether a question for the pain is being asked in this stack."""
    return any(isinstance(one, PainCheck) and not one.scored for one in stack)
