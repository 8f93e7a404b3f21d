"""Asking one question until there is an answer that can be trusted; nothing here guesses."""

from msgspec.structs import replace

from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import Value
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.policies import REPROMPTING, SCORES, YES_NO
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, QuestionRecord, Stage
from voicecoach.session.waiting import Waiting


class Question(Activity, frozen=True, tag=True):
    """Asks; an unclear answer or silence leads to other words, then to a hint, then to a rest.

    An answer that the ear is not sure of, or that `confirm` names, is checked with "did you say ...?". `trusted`
    answers are not, where something else confirms them. Returns the answer, a number for a score.
    """

    id: str
    answers: tuple[str, ...]
    please: str
    wording: str = ""
    """The key of the question's words, where it is not the id."""
    trusted: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    candidate: str = ""
    """In a check, the answer being checked; while a check is under way, the answer that waits for it."""
    is_check: bool = False
    once: bool = False
    """Whether it is not asked again: without an answer it returns None."""
    heard_words: str = ""
    attempt: int = 0
    rests: int = 0
    record: int = -1
    asked_at: int = 0

    def enter(self, stage: Stage) -> Move:
        """Put the question for the first time."""
        stage.memory.questions.append(QuestionRecord(self.id))
        return self._ask(replace(self, record=len(stage.memory.questions) - 1), stage)

    def again(self, stage: Stage) -> Move:
        """Put it again in the same words."""
        return self._ask(self, stage)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Explain it and put it again."""
        if command != "explain":
            return None
        stage.silence()
        return self._ask(self, stage, explains=True)

    @staticmethod
    def _ask(question: "Question", stage: Stage, *, explains: bool = False) -> "Question":
        stage.memory.questions[question.record].asked += 1
        stage.note(actions.Asking(question.id, question.attempt, question.candidate if question.is_check else None))
        stage.listen_for(question.answers)
        key = question.wording or question.id
        values = {"answer": question.candidate}
        lines = [stage.line(f"{key}?explain", values)] if explains else []
        lines.append(stage.line(f"{key}?" if question.attempt == 0 else f"{key}?again", values))
        if question.attempt == REPROMPTING.attempts - 1:
            lines.append(stage.line(question.please))
        stage.say(*lines)
        return replace(question, asked_at=stage.now)

    def spoken(self, stage: Stage) -> Move:
        """Listen for a while."""
        stage.wait_seconds(REPROMPTING.answer_window_seconds, patient=True)
        return self

    def reached(self, stage: Stage) -> Move:
        """Silence is no answer."""
        return self._unanswered(stage)

    def not_understood(self, stage: Stage) -> Move:
        """Neither is what means nothing here; while the question is still being read, it changes nothing."""
        if stage.memory.awaited is not None:
            return self
        return self._unanswered(stage)

    def _unanswered(self, stage: Stage) -> Move:
        stage.silence()
        if self.once:
            return Done()
        if self.attempt + 1 < REPROMPTING.attempts:
            return self._ask(replace(self, attempt=self.attempt + 1), stage)
        if self.rests == REPROMPTING.rests:
            return Finish(Outcome.UNANSWERED, ("finish_unanswered",))
        return Push(replace(self, attempt=0, rests=self.rests + 1), Waiting("silence"))

    def heard(self, event: events.Heard, stage: Stage) -> Move:
        """Take the answer, or check it first. What was begun before the question could be grasped is none."""
        if event.began_at is not None and event.began_at < self.asked_at + samples(REPROMPTING.grasped_after_seconds):
            return self.not_understood(stage)
        stage.silence()
        question = replace(self, candidate=event.meaning, heard_words=event.words)
        if self.is_check:
            return replace(self, heard_words=event.words)._take(event.meaning, stage)
        doubtful = not event.sure and event.meaning not in self.trusted
        if not doubtful and event.meaning not in self.confirm:
            return question._take(event.meaning, stage)
        others = () if self.answers == YES_NO else self.answers
        return Push(question, Question(f"{self.id}_check", YES_NO + others, "please_yes_no", wording="did_you_say",
                                       candidate=event.meaning, is_check=True, once=self.once))  # fmt: skip

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """A checked answer counts; anything else leads to asking again.

        A number or a side said once more confirms itself; a "no" to "did you say no?" does not.
        """
        if result == "yes" or (result != "no" and str(result) == self.candidate):
            return self._take(self.candidate, stage)
        return self._unanswered(stage)

    def _take(self, meaning: str, stage: Stage) -> Move:
        answer: str | int = int(meaning) if meaning in SCORES else meaning
        record = stage.memory.questions[self.record]
        record.answer, record.heard = answer, self.heard_words
        stage.note(actions.Answered(self.id, answer, self.heard_words))
        stage.listen_for(())
        return Done(answer)


def yes_no(question: str, *, wording: str = "", trusted: tuple[str, ...] = ()) -> Question:
    """Return a yes/no question."""
    return Question(question, YES_NO, "please_yes_no", wording=wording, trusted=trusted)
