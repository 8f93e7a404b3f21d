"""Asking one question until there is an answer that can be trusted; nothing here guesses."""

from collections.abc import Hashable
from typing import Literal

from msgspec.structs import replace

from voicecoach.meanings import DONT_KNOW, MORE_TIME, ONE_MOMENT, SCORES, SIDES, THERE, UNSURE, YES_NO, Worse
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.values import Value
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.asides import answer_in_passing
from voicecoach.session.memory import QuestionRecord, Taken, Worry
from voicecoach.session.not_understood import is_somebody_else, note_words
from voicecoach.session.policies import AFTERTHOUGHTS, LONGEST_LIMITED_SECONDS, REPROMPTING, traffic_light
from voicecoach.session.question_ids import Asked, Role, makes_sure_of
from voicecoach.session.situation_fields import Detail, Serial, Tally, Telling
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage
from voicecoach.session.waiting import Waiting

Wording = Literal["whole", "also", "short"]
FELT = (THERE, "yes")


class Question(Activity, frozen=True, tag=True):
    """Asks one question; silence or an unclear answer leads to other words, then to a hint, then to a rest.

    An answer that the ear is not sure of, or that `confirm` names, is checked with "did you say ...?". `trusted`
    answers are not, where something else confirms them. Returns the answer, a number for a score. With `reassuring`,
    a doubt is explained and asked about once more, and then returned as it is. None is returned by `once` without an
    answer, and with `reassuring` where much was said to it and nothing understood, which is a doubt too.
    """

    id: Telling[str]
    answers: Detail[tuple[str, ...]]
    please: Detail[str]
    wording: Detail[str] = ""
    """The key of the question's words, where it is not the id."""
    trusted: Detail[tuple[str, ...]] = ()
    confirm: Detail[tuple[str, ...]] = ()
    reassuring: Detail[str] = ""
    """The answer, "yes" or "no", that counts only when all that it answers has been said; the other one worries."""
    worse: Detail[Worse] = "higher"
    """Of a number, which ones are the worse ones: of two of which either may be meant the worse one counts."""
    candidate: Detail[str] = ""
    """In a check, the answer being checked; while a check is under way, the answer that waits for it."""
    is_check: Telling[bool] = False
    recalls: Detail[str] = ""
    """In a check, and after an answer that was wrong, the key of the words that say first what was heard."""
    once: Telling[bool] = False
    """Whether it is not asked again, nor its check, and nobody rests for want of an answer."""
    heard_words: Detail[str] = ""
    attempt: Tally = 0
    decides_nothing: Detail[bool] = False
    """Whether nothing hinges on the answer: that it is not known is noted, and the session goes on without one."""
    rests: Tally = 0
    doubts: Tally = 0
    puts: Detail[int] = 0
    """How often commands have had it put again."""
    worry: Detail[Worry | None] = None
    """How the session ends where another than the reassuring answer, or a doubt, is followed by silence."""
    time_asked_for: Detail[bool] = False
    """Whether the person has asked for time before it was said to its end."""
    window_seconds: Detail[float] = REPROMPTING.answer_window_seconds
    """Silence after it that counts as no answer, at least."""
    part: Detail[Wording] = "whole"
    """What of it is being asked: all, in short, or the idea that had not been spoken when somebody answered."""
    said_by: Detail[str] = ""
    """The command that says yes to it: what it asks about, or asks for, in other words."""
    record: Serial = -1
    token: Serial = 0
    """Of the speech that asks it."""
    put_by: Serial = 0
    """The token of the first speech that asked it to its end; 0 while it has not been said whole."""
    is_unclear: Detail[bool] = False
    """Whether something was said to it that was not understood."""
    is_unclear_now: Detail[bool] = False
    """Whether that was what was said to it last, and not silence."""
    talk_samples: Detail[int] = 0
    """How long others have talked into it, or somebody has without being understood."""
    is_loud_here: Detail[bool] = False
    """Whether others were heard while it was open, such as a television."""

    @property
    def keeps_count(self) -> bool:
        """Whether tallies still tell situations apart: not in a check of an answer, which counts anew."""
        return not self.is_check

    @property
    def asks_for_a_move(self) -> bool:
        """Whether it waits for the person to say that a feeling is there."""
        return self.answers == FELT

    def also_tells(self, programme: Programme) -> Hashable:
        """Return what tells a check's situation: its candidate answer or, of a score, the traffic light."""
        if not self.is_check or self.candidate not in SCORES:
            return self.candidate if self.is_check else None
        return traffic_light(int(self.candidate), None, programme.pain)

    def enter(self, stage: Stage) -> Move:
        """Put the question for the first time."""
        stage.memory.questions.append(QuestionRecord(self.id))
        return self._ask(replace(self, record=len(stage.memory.questions) - 1), stage, part=self.part)

    def again(self, stage: Stage) -> Move:
        """Put the question again in the same words; after too many times, rest."""
        return self._put_again(stage)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Explain the question and put it again, or give more time to somebody who is thinking."""
        if command in (ONE_MOMENT, MORE_TIME):
            return self._give_time(command, stage)
        if command != "explain":
            return None
        stage.silence()
        return self._put_again(stage, explains=True)

    def say_yes(self, command: str, stage: Stage) -> Move:
        """Take a command that says yes to it for its answer."""
        return replace(self, heard_words=command)._take("yes", stage)

    def _give_time(self, command: str, stage: Stage) -> Move:
        reply = answer_in_passing(command, stage)
        if reply is not None:
            stage.speak(reply)
        question = replace(self, time_asked_for=self.time_asked_for or command == ONE_MOMENT)
        return question if stage.memory.awaited is not None else question._wait(stage)

    def _wait(self, stage: Stage) -> "Question":
        asked_for = REPROMPTING.one_moment_seconds if self.time_asked_for else 0.0
        chosen = stage.memory.answer_window_seconds
        if self.once or self.asks_for_a_move:
            chosen = min(chosen, LONGEST_LIMITED_SECONDS)
        stage.wait_seconds(max(asked_for, self.window_seconds, chosen), patient=True)
        return replace(self, time_asked_for=False)

    def _put_again(self, stage: Stage, *, explains: bool = False) -> Move:
        if self.puts == REPROMPTING.times_put_again:
            return self._rest(stage)
        return self._ask(replace(self, puts=self.puts + 1), stage, explains=explains)

    @property
    def key(self) -> str:
        """The key of the question's words in the language file."""
        return self.wording or self.id

    @staticmethod
    def _ask(question: "Question", stage: Stage, *, part: Wording = "whole", explains: bool = False) -> "Question":
        stage.memory.note_asked(question.record)
        stage.note(actions.Asking(question.id, question.attempt, question.candidate if question.is_check else None))
        doubt = (UNSURE,) if question.reassuring else (DONT_KNOW,) if question.decides_nothing else ()
        stage.listen_for((*question.answers, *doubt), question.worse)
        values = {"answer": question.candidate}
        lines = [stage.line(f"{question.key}?explain", values)] if explains else []
        if question.is_unclear_now and question.attempt:
            lines.append(stage.line("not_understood"))
        lines += [stage.line(question.recalls, values)] if question.recalls and question.attempt == 0 else []
        wording = part if part != "whole" else "" if question.attempt == 0 else "again"
        lines.append(stage.line(f"{question.key}?{wording}", values))
        if question.attempt == REPROMPTING.attempts - 1:
            lines.append(stage.line(question.please))
        token, taken = stage.say(*lines), stage.memory.taken
        if taken is not None and taken.next_token == 0:
            is_next = stage.now <= taken.at + samples(AFTERTHOUGHTS.next_question_seconds)
            stage.memory.taken = replace(taken, next_token=token) if is_next else None
        return replace(question, part=part, token=token)

    def spoken(self, stage: Stage) -> Move:
        """Wait for an answer for as long as the answer window is, once the question has been spoken."""
        put_by = self.put_by or (self.token if self.part == "whole" else 0)
        return replace(self._wait(stage), put_by=put_by)

    def reached(self, stage: Stage) -> Move:
        """Treat the silence after the question as no answer: ask again, or rest."""
        return replace(self, is_unclear_now=False)._unanswered(stage)

    def not_understood(self, event: events.NotUnderstood | events.Heard, stage: Stage) -> Move:
        """Treat what means nothing here as no answer; ignore others' talk, and talk into the reading."""
        if isinstance(event, events.NotUnderstood) and is_somebody_else(event.level_db, stage.memory):
            return replace(self, is_loud_here=True)
        if self._could_be_answered(event.behind):
            note_words(self.id, event, stage)
        question = self._talked_into(event)
        if stage.memory.awaited is not None:
            return question
        return replace(question, is_unclear=True, is_unclear_now=True)._unanswered(stage)

    def _talked_into(self, event: events.NotUnderstood | events.Heard) -> "Question":
        if event.began_at is None or event.level_db is None:
            return self
        talk_samples = self.talk_samples + (event.ended_at or event.at) - event.began_at
        is_loud_here = talk_samples >= samples(REPROMPTING.talk_seconds)
        return replace(self, talk_samples=talk_samples, is_loud_here=self.is_loud_here or is_loud_here)

    def _unanswered(self, stage: Stage) -> Move:
        stage.silence()
        if not self.once and self.attempt + 1 < REPROMPTING.attempts:
            return self._ask(replace(self, attempt=self.attempt + 1), stage)
        return self._rest(stage)

    def _rest(self, stage: Stage) -> Move:
        if self.once:
            return Done()
        if self.is_loud_here:
            return Push(replace(self, attempt=0, puts=0, talk_samples=0, is_loud_here=False), Waiting("noise"))
        if self.decides_nothing and (self.is_unclear_now or self.rests == REPROMPTING.rests):
            return self._stay_open(stage)
        if self.rests == REPROMPTING.rests and self.reassuring and self.is_unclear:
            return Done()
        if self.rests == REPROMPTING.rests:
            return Finish(Outcome.UNANSWERED, ("finish_unanswered",))
        return Push(
            replace(self, attempt=0, puts=0, rests=self.rests + 1),
            Waiting("unclear" if self.is_unclear_now else "silence"),
        )

    def _stay_open(self, stage: Stage) -> Move:
        """Leave the question open, as nothing hinges on it; after a check it is asked again."""
        if not self.is_check:
            stage.listen_for(())
            stage.speak("stays_open")
        return Done()

    def heard(self, event: events.Heard, stage: Stage) -> Move:
        """Take an answer, or check it first; ignore one that began before the question could be grasped."""
        corrects = self.is_check and event.meaning == "no" and self.candidate in (*SCORES, *SIDES)
        if not corrects and not self._could_be_answered(event.behind):
            return self.not_understood(event, stage)
        stage.silence()
        if self.worry is not None and event.meaning != self.reassuring:
            doubts = event.meaning == UNSURE
            stage.memory.worry = replace(self.worry, prompt="unsure_ends") if doubts else self.worry
        if event.meaning == UNSURE:
            return self._doubted(event, stage)
        if event.meaning == DONT_KNOW:
            return replace(self, heard_words=event.words)._take(UNSURE, stage, event.level_db)
        if event.meaning == self.reassuring and self._is_half_heard(event):
            return self.put_the_rest(event, stage)
        question = replace(self, candidate=event.meaning, heard_words=event.words)
        if self.is_check:
            return replace(self, heard_words=event.words)._take(event.meaning, stage, event.level_db)
        doubtful = not event.sure and event.meaning not in self.trusted
        if not doubtful and event.meaning not in self.confirm:
            return question._take(event.meaning, stage, event.level_db)
        return Push(question, question._check("did_you_say", role=Role.CHECK if doubtful else Role.CONFIRMATION))

    def _could_be_answered(self, behind: events.Behind | None) -> bool:
        """Whether the question could be grasped when an utterance began, or had been put whole before."""
        if behind is None or (self.put_by and behind.token > self.put_by):
            return True
        return behind.token >= (self.put_by or self.token) and could_be_grasped(behind)

    def _is_half_heard(self, event: events.Heard) -> bool:
        """Whether the question had not been said whole when the answer began; a check counts to its very end."""
        if self.put_by:
            return False
        last_words_seconds = 0.0 if self.is_check else REPROMPTING.last_words_seconds
        return event.behind is not None and event.behind.unsaid_samples > samples(last_words_seconds)

    def put_the_rest(self, event: events.Heard, stage: Stage) -> Move:
        """Ask the idea of the question that was not spoken when somebody answered or, if early, all of it."""
        stage.silence()
        behind = event.behind
        half = self.part == "also" or (behind is not None and behind.said_samples >= behind.unsaid_samples)
        return self._ask(self, stage, part="also" if half else "whole")

    def _doubted(self, event: events.Heard, stage: Stage) -> Move:
        """Explain the question and ask it once more after a doubt; take a second doubt as the answer."""
        if self.doubts or self.is_check:
            return replace(self, heard_words=event.words)._take(UNSURE, stage, event.level_db)
        return self._ask(replace(self, doubts=self.doubts + 1), stage, explains=True)

    def _check(self, wording: str, recalls: str = "", role: Role = Role.CHECK) -> "Question":
        others = () if self.answers == YES_NO else self.answers
        return Question(Asked(self.id, role).id, YES_NO + others, "please_yes_no", wording=wording,
                        reassuring="" if self.once else "yes", candidate=self.candidate, is_check=True, recalls=recalls,
                        once=self.once, worse=self.worse, decides_nothing=self.decides_nothing)  # fmt: skip

    def recall(self, taken: Taken) -> Move:
        """Return the check of an answer behind which more was said: it names the answer, and asks if it is right."""
        question = replace(self, candidate=str(taken.answer), heard_words=taken.heard)
        if set(SIDES) & set(self.answers):  # to which "right" would be an answer
            return Push(question, question._check("did_you_say"))
        return Push(question, question._check("is_that_right", recalls=f"{self.key}?heard"))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Take an answer that its check confirmed; ask again after anything else.

        A number or a side said once more confirms itself, another one is checked; a "no" to "did you say no?" is none.
        """
        if result == "yes" or (result != "no" and str(result) == self.candidate):
            return self._take(self.candidate, stage, confirmed=True)
        if result is not None and str(result) in self.answers and self.answers != YES_NO:
            checks = (asked for asked in reversed(stage.memory.questions) if makes_sure_of(self.id, asked.id))
            words = next((asked.heard for asked in checks), None)
            other = replace(self, candidate=str(result), heard_words=words or "")
            return Push(other, other._check("did_you_say"))
        return self._unanswered(stage)

    def _take(self, meaning: str, stage: Stage, level_db: float | None = None, *, confirmed: bool = False) -> Move:
        """Take an answer; say a score, a side or a choice back in the reply."""
        memory = stage.memory
        memory.goes_on = False
        given, memory.given = memory.given, ()
        before = stage.save()
        memory.given = given
        answer: str | int = int(meaning) if meaning in SCORES else meaning
        memory.note_answer(self.record, answer, self.heard_words)
        if answer == self.reassuring:
            memory.worry = None
        stage.note(actions.Answered(self.id, answer, self.heard_words))
        stage.listen_for(())
        if not self.is_check and not self.asks_for_a_move:
            taken = Taken(
                self.id, self.key, self.answers, answer, self.heard_words, self.reassuring, before, stage.now,
                memory.token, level_db, confirmed=confirmed, movements=memory.movements, worse=self.worse,
            )  # fmt: skip
            memory.given = (*(one for one in given if one.answers != self.answers), taken)
            memory.goes_on = True
        if answer == UNSURE and self.decides_nothing and not self.is_check:
            stage.speak("stays_open")
        if self.answers != YES_NO and not self.asks_for_a_move and not self.is_check and not confirmed:
            stage.speak(stage.line("said_back", {"answer": meaning}))
        return Done(answer)


def could_be_grasped(behind: events.Behind) -> bool:
    """Whether enough of the coach's question had sounded to know what it asks, when an utterance began."""
    return behind.said_samples >= samples(REPROMPTING.grasped_after_seconds)
