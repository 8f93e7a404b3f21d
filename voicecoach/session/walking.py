"""Walking through a programme's steps: each step to its activity, each result to the next step."""

from collections.abc import Iterator
from typing import assert_never

from msgspec.structs import replace

from voicecoach.programme import steps
from voicecoach.programme.branching import matches, mentioned
from voicecoach.programme.steps import Outcome, Then
from voicecoach.programme.words import Line, Value
from voicecoach.session import locating
from voicecoach.session.checking_in import HurtingInTest, PainCheck
from voicecoach.session.dialogue import Question, yes_no
from voicecoach.session.exercise import Exercising
from voicecoach.session.keeping import Holding, InRounds
from voicecoach.session.locating import Locating
from voicecoach.session.policies import SCORES, SIDES, YES_NO
from voicecoach.session.screening import Screening
from voicecoach.session.speaking import Speaking, speaking
from voicecoach.session.stage import Activity, Again, Done, Finish, Move, Push, Stage
from voicecoach.session.suggesting import Suggesting, foreseen, is_due


class Walking(Activity, frozen=True, tag=True):
    """Stands at one step of the programme; `goal` is where to go once what follows an answer has been said."""

    at: int = 0
    goal: int | None = None

    def enter(self, stage: Stage) -> Move:
        """Carry out the step."""
        step = stage.programme.steps[self.at]
        stage.memory.at = self.at
        if isinstance(step, steps.Branch):
            return self._follow(_decide(step, stage), stage)
        if isinstance(step, steps.Settled) and stage.memory.opening.previous is None:
            return Walking(self.at + 1).enter(stage)
        return Push(self, _activity(step, stage))

    def again(self, stage: Stage) -> Move:
        """Carry out the step again."""
        return replace(self, goal=None).enter(stage)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Follow the answer."""
        if self.goal is not None:
            return Walking(self.goal).enter(stage)
        step = stage.programme.steps[self.at]
        if isinstance(step, steps.Summary):
            return Finish(Outcome.COMPLETE, ("summary_settle",))
        if isinstance(step, steps.Side) and result != "both":
            stage.memory.side = str(result)
        if locating.is_due(step, stage):
            return Push(replace(self, goal=self.at + 1), Locating())
        if is_due(step, stage):
            return Push(replace(self, goal=self.at + 1), Suggesting())
        return self._follow(_answer(step, result), stage)

    def _follow(self, then: Then, stage: Stage) -> Move:
        if then.finish is not None:
            return Finish(Outcome(then.finish), then.say)
        goal = self.at + 1 if then.go is None else stage.programme.index(then.go)
        if then.say:
            return Push(replace(self, goal=goal), speaking(stage, *then.say))
        return Walking(goal).enter(stage)

    def command(self, command: str, stage: Stage) -> Move | None:
        """In a test, "it hurts" lowers the leg and asks whether to go on; an offer can be skipped."""
        step = stage.programme.steps[self.at]
        if command == "it_hurts" and step.part == "test":
            stage.silence()
            return Push(self, HurtingInTest())
        if command == "skip" and isinstance(step, steps.Ask) and step.no.go is not None:
            stage.silence()
            return Walking(stage.programme.index(step.no.go)).enter(stage)
        return None


def begun(stage: Stage) -> Move:
    """Begin with the first step, after what has to be said before it."""
    lines = tuple(foreseen(stage))
    if lines:
        stage.foresee(lines)
    if stage.memory.opening.keeps_audio:
        return Push(Walking(goal=0), speaking(stage, "audio_kept", can_be_skipped=False))
    return Walking().enter(stage)


def _activity(step: steps.LinearStep, stage: Stage) -> Activity:
    match step:
        case steps.Say():
            lines = tuple(map(stage.line, step.prompts))
            return Speaking(lines, step.pause_seconds, can_be_skipped=step.part == "talk")
        case steps.Ask() | steps.Settled() | steps.Choose() | steps.Number() | steps.Side():
            return _question(step)
        case steps.Ready():
            return GettingReady(step)
        case steps.Screen():
            return Screening(step.questions)
        case steps.Pain():
            later = stage.programme.steps[stage.programme.index(step.id) :]
            is_end = stage.memory.pain_start is not None and not any(map(steps.moves, later))
            if is_end:
                stage.foresee(line for score in SCORES for line in summary(stage, int(score)))
            return PainCheck(step.id, is_end=is_end)
        case steps.Exercise() | steps.Hold() | steps.Intervals():
            return _moving(step, stage)
        case steps.Summary():
            lines = (*summary(stage, stage.memory.pain_last), *map(stage.line, mentioned(step, stage.answers())))
            return Speaking(lines, can_be_skipped=False)
    assert_never(step)


def _question(step: steps.Ask | steps.Settled | steps.Choose | steps.Number | steps.Side) -> Question:
    match step:
        case steps.Ask() | steps.Settled():
            return yes_no(step.id)
        case steps.Side():
            return Question(step.id, SIDES, "please_side", confirm=("both",))
        case steps.Choose():
            return Question(step.id, tuple(step.answers), "please_choose")
    numbers = tuple(str(number) for number in range(step.lowest, step.highest + 1))
    return Question(step.id, numbers, "please_number" if numbers == SCORES else "please_a_number")


def _moving(step: steps.Moving, stage: Stage) -> Activity:
    match step:
        case steps.Exercise():
            wanted = stage.memory.opening.from_set if step is steps.first_exercise(stage.programme) else 1
            return Exercising(step, set=wanted, announced=wanted > 1)
        case steps.Hold():
            return Holding(step)
    return InRounds(step)


def _answer(step: steps.Step, result: Value | None) -> Then:
    match step:
        case steps.Say():
            return step.then
        case steps.Ask() | steps.Settled():
            return step.yes if result == "yes" else step.no
        case steps.Choose():
            return step.answers[str(result)]
        case steps.Number():
            reached = [rule for rule in step.rules if int(result or 0) >= rule.at_least]
            return max(reached, key=lambda rule: rule.at_least, default=Then())
        case steps.Side() if result == "both":
            return step.both
    return Then()


def _decide(step: steps.Branch, stage: Stage) -> Then:
    answers = stage.answers()
    if not matches(step, answers):
        return step.otherwise
    return replace(step.match, say=(*step.match.say, *mentioned(step, answers)))


class GettingReady(Activity, frozen=True, tag=True):
    """Waits for a yes; a no gives the person time, and the third no ends the session."""

    step: steps.Ready
    noes: int = 0
    pausing: bool = False

    def enter(self, stage: Stage) -> Move:
        """Ask."""
        del stage
        return Push(replace(self, pausing=False), Question(self.step.id, YES_NO, "please_yes"))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on at a yes."""
        if result == "yes":
            return Done()
        if self.pausing:
            return self.enter(stage)
        if self.noes == 2:
            return Finish(Outcome.STOPPED, ("finish_stopped",))
        time = Speaking((stage.line("not_ready"),), self.step.wait_seconds)
        return Push(replace(self, noes=self.noes + 1, pausing=True), time)


class ComingBack(Activity, frozen=True, tag=True):
    """Asks whether the person is ready, before an exercise goes on that was held up for long."""

    cannot_be_skipped = True

    def enter(self, stage: Stage) -> Move:
        """Ask."""
        del stage
        return Push(self, GettingReady(steps.Ready(id="ready_again")))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go back to where it was."""
        del result, stage
        return Again()


def summary(stage: Stage, after: int | None) -> tuple[Line, ...]:
    """Return what was done and how the pain changed to the score `after`; two points are a clear change."""
    memory = stage.memory
    lines = [*_done(stage)]
    if memory.pain_start is not None and after is not None:
        change = after - memory.pain_start
        clear = stage.programme.pain.stop_rise
        verdict = "better" if change <= -clear else "worse" if change >= clear else "same"
        values: dict[str, Value] = {"before": memory.pain_start, "after": after}
        lines += [stage.line("summary_pain", values), stage.line(f"summary_pain_{verdict}")]
    return tuple(lines)


def _done(stage: Stage) -> Iterator[Line]:
    memory, kinds = stage.memory, {type(step) for step in stage.programme.steps}
    sets = [done for done in memory.repetitions if done]
    if steps.Exercise in kinds:
        yield stage.line(
            "summary_repetitions" if sets else "summary_none", {"repetitions": sum(sets), "sets": len(sets)}
        )
    if memory.rounds:
        yield stage.line("summary_rounds", {"rounds": memory.rounds})
