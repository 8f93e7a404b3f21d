"""Afterthoughts: what the person says after an answer has been taken, and which question that belongs to."""

from enum import Enum, auto

from msgspec.structs import replace

from voicecoach.meanings import UNSURE
from voicecoach.programme.values import Value
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.dialogue import Question, could_be_grasped
from voicecoach.session.memory import Taken
from voicecoach.session.policies import AFTERTHOUGHTS, IN_PASSING, PASSING_EVIDENCE
from voicecoach.session.question_ids import WHICH_QUESTION
from voicecoach.session.questions import yes_no
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.stage import Activity, Done, Move, Push, Stage, TakeBack

Said = events.Heard | events.NotUnderstood


class Belongs(Enum):
    """Which question an utterance belongs to that was said after an answer had been taken."""

    BEFORE = auto()
    """The question that was answered."""
    EITHER = auto()
    """That, or the question being asked."""
    NOW = auto()
    """What is under way."""


def belongs(taken: Taken, said: Said, top: Activity) -> Belongs:
    """Return which question an utterance belongs to that was said after an answer had been taken.

    The coach replies at once, so an answer may go on behind its beginning: in the reply, and in the first words of the
    next question, which nobody can have grasped by then. What opens as an afterthought does, "but" or "sorry, I mean",
    belongs to it for as long as that question is being said.
    """
    behind = said.behind
    if behind is None or said.began_at is None or _is_somebody_else(said, taken):
        return Belongs.NOW
    grasped = could_be_grasped(behind)
    if behind.token <= taken.token or (behind.token == taken.token + 1 and not grasped):
        return Belongs.BEFORE
    if taken.next_token == 0 or behind.token < taken.next_token:
        soon = said.began_at < taken.at + samples(AFTERTHOUGHTS.reply_seconds)
        return Belongs.BEFORE if soon else Belongs.NOW
    in_next_question = behind.token == taken.next_token and isinstance(top, Question) and top.token == behind.token
    if not in_next_question:
        return Belongs.NOW
    if not grasped:
        return Belongs.BEFORE
    if said.goes_back and behind.unsaid_samples > 0:
        return Belongs.BEFORE
    if behind.unsaid_samples == 0 or behind.said_samples >= samples(AFTERTHOUGHTS.question_seconds):
        return Belongs.NOW
    return Belongs.BEFORE if isinstance(said, events.NotUnderstood) else Belongs.EITHER


def _is_somebody_else(said: Said, taken: Taken) -> bool:
    """Whether what means nothing was too soft for the person, may have been an echo, or follows a yes to the answer."""
    if isinstance(said, events.Heard):
        return False
    if said.level_db is None or taken.confirmed:
        return True
    return taken.level_db is not None and said.level_db < taken.level_db + AFTERTHOUGHTS.softest_db


def is_hardly_in_passing(heard: events.Heard) -> bool:
    """Whether a command that interrupts nothing was so hardly heard that it may be the answer going on."""
    return heard.meaning in IN_PASSING and heard.confidence is not None and heard.confidence < PASSING_EVIDENCE


def answered_either(taken: Taken, heard: events.Heard, question: Question, stage: Stage) -> Move | None:
    """Return the move for an answer that may be to the last question or to this one; None: it is to this one.

    A reassuring one is not taken, a worrying one makes the coach ask which was meant, and a doubt is about the answer.
    Where neither worries, what differs from the answer before corrects it.
    """
    if heard.meaning == UNSURE and taken.reassuring:
        return TakeBack(taken, UNSURE, heard.words)
    if heard.meaning not in taken.answers or heard.meaning not in question.answers:
        return None
    if question.reassuring:
        if heard.meaning == question.reassuring:
            return question.put_the_rest(heard, stage)
        if question.reassuring != taken.reassuring:
            return None
        stage.silence()
        stage.memory.worry = question.worry or stage.memory.worry
        waiting = replace(question, candidate=heard.meaning, heard_words=heard.words)
        return Push(waiting, AskingWhich(taken, heard.meaning, heard.words))
    if heard.meaning == str(taken.answer):
        return question.put_the_rest(heard, stage)
    return TakeBack(taken)


class AskingWhich(Activity, frozen=True, tag=True):
    """Asks which of two questions a worrying answer was for: the one before, or the one just asked."""

    cannot_be_skipped = True
    interrupts = True

    taken: Detail[Taken]
    meaning: Telling[str]
    words: Detail[str]

    def enter(self, stage: Stage) -> Move:
        """Ask whether the worrying answer was for the question before."""
        del stage
        return Push(self, replace(yes_no(WHICH_QUESTION), recalls=f"{self.taken.key}?name"))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Give the worrying answer to the question that the person has said it was for."""
        del stage
        return TakeBack(self.taken, self.meaning, self.words) if result == "yes" else Done("yes")
