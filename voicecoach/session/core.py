"""The session: one event in, actions out. All that it knows can be saved and restored between any two events."""

from functools import cache
from typing import assert_never

import msgspec
from msgspec.structs import replace

from voicecoach.programme.profiles import with_profile
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.checking_commands import CheckingCommand
from voicecoach.session.checking_in import CheckingIn, Hurting, HurtingInTest, PainCheck
from voicecoach.session.commands import common_command
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.exercise import Exercising, Resting
from voicecoach.session.keeping import Holding, InRounds, Keeping
from voicecoach.session.listening_for_distress import in_motion, is_weak, may_be_a_cry, remember_level
from voicecoach.session.locating import Locating
from voicecoach.session.memory import Memory, Opening, Taken
from voicecoach.session.policies import (
    AFTERTHOUGHTS,
    CHECKED,
    COMMANDS,
    DEVICE_AWAY_SECONDS,
    IN_PASSING,
    ONE_MOMENT,
    OW,
    UNCLEAR,
)
from voicecoach.session.repeating import Repeating
from voicecoach.session.resuming import Resuming, broken_off, can_go_on, rested
from voicecoach.session.screening import Naming, Screening
from voicecoach.session.speaking import Ending, Speaking
from voicecoach.session.stage import (
    Activity,
    Again,
    Anew,
    Become,
    Done,
    Finish,
    Leap,
    Move,
    Obey,
    Push,
    Stage,
    TakeBack,
)
from voicecoach.session.suggesting import Suggesting
from voicecoach.session.taking_back import AskingWhich, Belongs, Said, answered_either, belongs, is_hardly_in_passing
from voicecoach.session.waiting import Waiting
from voicecoach.session.walking import ComingBack, GettingReady, Walking, begun

AnyActivity = (
    Walking | GettingReady | Speaking | Question | Screening | Exercising | Repeating | Resting | PainCheck
    | Holding | Keeping | InRounds | ComingBack | Hurting | HurtingInTest | CheckingIn | Waiting | Ending
    | Resuming | Suggesting | Naming | AskingWhich | CheckingCommand | Locating | Distress
)  # fmt: skip

_AFTER_FALSE_ALARM = samples(1.0)
_FORGOTTEN_AFTER = samples(AFTERTHOUGHTS.forgotten_seconds)


class _Saved(msgspec.Struct):
    programme: str
    memory: Memory
    stack: list[AnyActivity]


class Session:
    """A programme being gone through with one person."""

    def __init__(self, programme: Programme, opening: Opening | None = None) -> None:
        self._full = self._dosed = programme
        self._dose: str | None = None
        opening = opening or Opening()
        self.memory = Memory(opening, counting=opening.counting, profile=opening.profile)
        self._stack: list[Activity] = []

    @property
    def programme(self) -> Programme:
        """The programme in the dose that is done."""
        return self._in_dose(self.memory.profile)

    def _in_dose(self, profile: str | None) -> Programme:
        if profile != self._dose:
            self._dosed = self._full if profile is None else with_profile(self._full, profile)
            self._dose = profile
        return self._dosed

    def save(self) -> bytes:
        """Return all that the session knows, as JSON."""
        return msgspec.json.encode({"programme": self._full.id, "memory": self.memory, "stack": self._stack})

    @classmethod
    def restore(cls, programme: Programme, saved: bytes) -> "Session":
        """Return the session that was saved. Raises msgspec.DecodeError where it was not one."""
        session = cls(programme)
        state = msgspec.json.decode(saved, type=_Saved)
        session.memory, session._stack = state.memory, list(state.stack)
        return session

    @property
    def moving(self) -> bool:
        """Whether the person is in a test or an exercise."""
        return self._in_test or any(activity.moves for activity in self._stack)

    @property
    def _in_test(self) -> bool:
        walking = next((a for a in self._stack if isinstance(a, Walking)), None)
        return walking is not None and self._full.steps[walking.at].part == "test"

    @property
    def _distress(self) -> int | None:
        """Where in the stack somebody in distress is asked after."""
        return next((depth for depth, activity in enumerate(self._stack) if isinstance(activity, Distress)), None)

    @property
    def resumable(self) -> bool:
        """Whether a session that broke off here could go on from here: an exercise has been begun, and it goes well.

        What is being asked and waited for on top of it is not gone on with, but what was under way before it is.
        """
        return can_go_on(self._stack, self.memory)

    @property
    def ending(self) -> Outcome | None:
        """The outcome, as soon as the last words are being said."""
        top = self._stack[-1] if self._stack else None
        return top.finish.outcome if isinstance(top, Ending) else None

    def handle(self, event: events.AnyEvent) -> list[actions.Action]:
        """Return what is to be done about an event."""
        if self.memory.ended is not None:
            return []
        listened_for = self._meanings()
        if self.memory.taken and event.at > self.memory.taken.at + _FORGOTTEN_AFTER:
            self.memory.taken = None
        stage = Stage(self._in_dose, self.memory, event.at, self.moving, self.save)
        move = self._answer(event, stage)
        if move is not None:
            self._apply(move, stage)
        if self._meanings() != listened_for or isinstance(event, events.Begun):
            stage.actions.append(actions.ListenFor(self._meanings()))
        return stage.actions

    def _meanings(self) -> tuple[str, ...]:
        if not self._stack or self._stack[-1].ignores_commands:
            return ()
        in_movement = self.moving and not isinstance(self._stack[-1], Question)
        return _with_commands(self.memory.listening, in_movement)

    def _answer(self, event: events.AnyEvent, stage: Stage) -> Move | None:
        if isinstance(event, events.Begun):
            return self._begun(stage)
        if not self._stack:
            return None
        top = self._stack[-1]
        match event:
            case events.Interrupted():
                return Finish(Outcome.INTERRUPTED, ("finish_interrupted",))
            case events.SpokenOut():
                return self._spoken(event, top, stage)
            case events.Reached():
                return self._reached(event, top, stage)
            case events.SpeechStarted():
                self._suspend(stage)
                return None
            case events.DeviceLost() | events.DeviceBack():
                return self._device(event, top, stage)
            case events.FalseAlarm() | events.NotUnderstood() | events.Heard():
                self._resume(stage)
                return self._understood(event, top, stage)
        assert_never(event)

    def _begun(self, stage: Stage) -> Move:
        """Begin with the first step or, where the session was saved in an exercise, ask whether to go on there."""
        if self.resumable:
            resuming = broken_off(self._stack, stage)
            self._stack = [*rested(self._stack), resuming]
            return resuming.enter(stage)
        self._stack = [Walking()]
        return begun(stage)

    def _spoken(self, event: events.SpokenOut, top: Activity, stage: Stage) -> Move | None:
        if event.token != self.memory.awaited:
            return None
        self.memory.awaited = None
        if isinstance(top, Ending):
            self.memory.ended = top.finish.outcome
            stage.actions.append(actions.Ended(top.finish.outcome))
            return None
        return top.spoken(stage)

    def _suspend(self, stage: Stage) -> None:
        """Somebody speaks: the coach ducks, and a patient wait does not run out meanwhile."""
        if self._stack[-1].yields:
            stage.actions.append(actions.Duck())
        if self.memory.patient and self.memory.wake_at is not None:
            self.memory.suspended, self.memory.wake_at = self.memory.wake_at, None
            stage.actions.append(actions.WakeAt(None))

    def _resume(self, stage: Stage) -> None:
        stage.actions.append(actions.Unduck())
        if self.memory.suspended is not None:
            self.memory.wake_at = max(self.memory.suspended, stage.now + _AFTER_FALSE_ALARM)
            self.memory.suspended = None
            stage.actions.append(actions.WakeAt(self.memory.wake_at))

    def _reached(self, event: events.Reached, top: Activity, stage: Stage) -> Move | None:
        if self.memory.wake_at is None or event.at < self.memory.wake_at:
            return None
        self.memory.wake_at = None
        return top.reached(stage)

    def _device(self, event: events.DeviceLost | events.DeviceBack, top: Activity, stage: Stage) -> Move | None:
        """Hold the session where it is while nothing can be heard; then go on, after a while away with a question."""
        waiting = next((n for n, a in enumerate(self._stack) if isinstance(a, Waiting) and a.policy == "device"), None)
        if isinstance(event, events.DeviceLost):
            if top.ignores_commands or waiting is not None:
                return None
            stage.actions.append(actions.Unduck())
            stage.silence()
            return Push(top, Waiting("device", since=stage.now))
        if waiting is None:
            return None
        away = self._stack[waiting]
        del self._stack[waiting + 1 :]
        stage.silence()
        long = isinstance(away, Waiting) and stage.now - (away.since or 0) > samples(DEVICE_AWAY_SECONDS)
        return Become(ComingBack()) if long and self.moving and self._distress is None else Again()

    def _understood(self, event: events.FalseAlarm | Said, top: Activity, stage: Stage) -> Move | None:
        said = None if isinstance(event, events.FalseAlarm) else self._weighed(event, top, stage)
        if said is None:
            return None
        if self.memory.taken and (not top.ignores_commands or _can_be_held_up(top)):
            move = self._more_was_said(said, self.memory.taken, top, stage)
            if move is not None:
                return move
        if top.ignores_commands:
            return None
        if isinstance(said, events.NotUnderstood):
            return self._unclear(said, top, stage)
        return self._heard(said, top, stage)

    def _weighed(self, said: Said, top: Activity, stage: Stage) -> Said | None:
        """Return what was said as far as it counts here; None where that is not listened for."""
        if isinstance(said, events.NotUnderstood):
            return said
        if said.meaning not in self._meanings():
            return None
        if said.meaning == OW:
            said = replace(said, meaning="it_hurts")
        if said.meaning == ONE_MOMENT and not isinstance(top, Question):
            said = replace(said, meaning="pause")
        stage.sure = said.sure
        remember_level(said, self.memory)
        return said

    def _heard(self, said: events.Heard, top: Activity, stage: Stage) -> Move:
        if said.meaning not in COMMANDS:
            return top.heard(said, stage)
        hardly_heard = not said.sure and (said.meaning in CHECKED or self._is_too_little(said, top))
        if hardly_heard and self._distress is None:
            return self._checked(said.meaning, top)
        return self._command(said.meaning, top, stage)

    def _is_too_little(self, said: Said, top: Activity) -> bool:
        """Whether what was hardly heard of distress or pain is too little to act on, as all is still."""
        still = not self.moving or isinstance(top, Question)
        return isinstance(said, events.Heard) and still and is_weak(said)

    def _unclear(self, event: events.NotUnderstood, top: Activity, stage: Stage) -> Move:
        if not may_be_a_cry(event, top, self.memory):
            return top.not_understood(event, stage)
        stage.silence()
        return Push(top, Distress(UNCLEAR, sure=False, foot_is_up=True))

    def _checked(self, command: str, top: Activity) -> Move:
        """Check a command; one that was being checked is obeyed where it is heard again, and forgotten otherwise."""
        for depth, activity in enumerate(self._stack):
            if isinstance(activity, CheckingCommand):
                del self._stack[depth + 1 :]
                return Obey(command) if activity.command_heard == command else Become(CheckingCommand(command))
        return Push(top, CheckingCommand(command))

    def _more_was_said(self, said: Said, taken: Taken, top: Activity, stage: Stage) -> Move | None:
        """Do what is due where the answer taken last goes on behind its beginning; None: it does not."""
        match belongs(taken, said, top), said:
            case Belongs.BEFORE, events.Heard(sure=False) if is_hardly_in_passing(said) or self._is_too_little(
                said, top
            ):
                return TakeBack(taken)
            case Belongs.BEFORE, events.Heard(meaning=meaning) if meaning in COMMANDS:
                question = self._take_back(taken, stage)
                return self._command(meaning, question, stage)
            case Belongs.BEFORE, events.Heard(meaning=meaning) if meaning == str(taken.answer):
                return self._said_twice(said, top, stage)
            case Belongs.BEFORE, events.Heard(meaning=meaning, words=words) if taken.worries(meaning):
                return TakeBack(taken, meaning, words)
            case Belongs.BEFORE, _:
                return TakeBack(taken)
            case Belongs.EITHER, events.Heard() if isinstance(top, Question) and said.meaning not in COMMANDS:
                return answered_either(taken, said, top, stage)
        return None

    def _said_twice(self, said: events.Heard, top: Activity, stage: Stage) -> Move:
        """The answer stands; a question that it was said over is put from its beginning."""
        if not isinstance(top, Question) or said.behind is None or said.behind.token < top.token:
            return top
        stage.silence()
        return top.again(stage)

    def _take_back(self, taken: Taken, stage: Stage) -> Question:
        """Go back to where the question was being asked; how the coach speaks stays as it is now."""
        now, saved = self.memory, msgspec.json.decode(taken.before, type=_Saved)
        self.memory = stage.memory = replace(
            saved.memory,
            token=now.token,
            gain_db=now.gain_db,
            counting=now.counting,
            extra_move_seconds=now.extra_move_seconds,
        )
        self._stack = list(saved.stack)
        stage.choose_dose(self.memory.profile)
        stage.silence()
        stage.note(actions.TakenBack(taken.question, taken.answer))
        question = self._stack[-1]
        if not isinstance(question, Question):
            raise TypeError(f"{taken.question} was taken where nothing was asked")
        return question

    def _command(self, command: str, top: Activity, stage: Stage) -> Move:
        if command == "help" and (in_motion(top) or (self._in_test and isinstance(top, Speaking))):
            command = "help_now"
        stage.note(actions.Obeyed(command))
        for depth in self._obeying(command):
            if command == "skip" and self._stack[depth].cannot_be_skipped:
                break
            move = self._stack[depth].command(command, stage)
            if move is not None:
                del self._stack[depth + 1 :]
                return move
        return common_command(command, top, stage)

    def _obeying(self, command: str) -> range:
        """Return which activities may obey, from the top down; where somebody is in distress only what asks then."""
        if self._distress is not None:
            return range(self._distress, self._distress - 1, -1)
        return range(len(self._stack) - 1, len(self._stack) - 2 if command in IN_PASSING else -1, -1)

    def _apply(self, move: Move, stage: Stage) -> None:
        """Follow moves until an activity waits for something."""
        while not isinstance(move, Activity):
            move = self._follow(move, stage)
        self._stack[-1] = move

    def _follow(self, move: Push | Become | Done | Again | Obey | Leap, stage: Stage) -> Move:
        match move:
            case Push():
                self._stack[-1:] = [move.below, move.child]
                return move.child.enter(stage)
            case Become():
                self._stack[-1] = move.activity
                return move.activity.enter(stage)
            case Done():
                self._stack.pop()
                return self._stack[-1].returned(move.result, stage)
            case Again() if move.check_in and self.moving:
                return Become(CheckingIn())
            case Again():
                self._stack.pop()
                return self._stack[-1].again(stage)
            case Obey():
                self._stack.pop()
                return self._obeyed(move.command, stage)
        return self._leap(move, stage)

    def _obeyed(self, command: str, stage: Stage) -> Move:
        """Obey a command that has been checked; what would have gone on meanwhile begins again."""
        move = self._command(command, self._stack[-1], stage)
        waits = self.memory.awaited is not None or self.memory.wake_at is not None
        return move.again(stage) if isinstance(move, Activity) and not waits else move

    def _leap(self, move: Leap, stage: Stage) -> Move:
        """Leave all that is under way."""
        match move:
            case Anew():
                return self._anew(stage)
            case TakeBack(taken, meaning, words):
                question = self._take_back(taken, stage)
                if not meaning:
                    return question.recall(taken)
                return question.heard(events.Heard(stage.now, meaning, words), stage)
            case Finish():
                self._stack = [Ending(move)]
                return self._stack[-1].enter(stage)
        assert_never(move)

    def _anew(self, stage: Stage) -> Move:
        before = self.memory
        self.memory = stage.memory = Memory(
            before.opening,
            token=before.token,
            gain_db=before.gain_db,
            counting=before.counting,
            profile=before.opening.profile,
            country_asked=before.country_asked,
            country=before.country,
            levels_db=before.levels_db,
        )
        stage.choose_dose(self.memory.profile)
        self._stack = [Walking()]
        return begun(stage)


def _can_be_held_up(top: Activity) -> bool:
    """Whether these last words follow from an answer alone, and are no warning."""
    return isinstance(top, Ending) and top.finish.outcome is Outcome.NO_MATCH


@cache
def _with_commands(answers: tuple[str, ...], moving: bool) -> tuple[str, ...]:
    """Return what is listened for; a cry sounds much like a no, and counts in movement alone."""
    return tuple(said for said in dict.fromkeys(answers + COMMANDS) if moving or said != OW)
