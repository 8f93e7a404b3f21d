"""The session core: one event in, actions out. All that it knows can be saved and restored between any two events.

What is under way is a stack of activities (`Activity` in `stage.py`): at the bottom the walk through the programme, on
it for example an exercise, on that a set, and at the top a question, or a rest after "pause". The top one is innermost.
It waits for one thing at a time, the end of its speech or a moment, and is told what happens:

- `SpokenOut` and `Reached` call its `spoken` and `reached`.
- An answer calls its `heard`, anything else that was said its `not_understood` (`utterances.py`).
- A command calls `command` of each from the top down until one obeys; if none does, `commands.py` says what follows.
  What interrupts, such as distress, is pushed on top; `Again` ends it.
- A lost device, and time that passed unseen, are the same for all (`standstill.py`). Ctrl-C is a `Finish`.
- `SpeechStarted` and `FalseAlarm` change nothing of the stack: the coach ducks, and a patient wait stands still.

Whatever is called returns a move. Moves are made until one is an activity, which then waits:

| move                   | what becomes of the stack                               | what is called next              |
| ---------------------- | ------------------------------------------------------- | -------------------------------- |
| an activity            | it takes the place of the top one, as its next state    | nothing: it waits                |
| `Push`                 | `below` takes the place of the top one, `child` goes on | `enter` of the child             |
| `Become`               | another takes the place of the top one                  | `enter` of the other             |
| `Done`                 | the top one is taken off                                | `returned` of the one below      |
| `Again`                | the top one is taken off                                | `again` of the one below         |
| `Again(check_in=True)` | in movement `CheckingIn` takes the place of the top one | its `enter` (`again` if it's on) |
| `Obey`                 | the top one is taken off                                | `command`, from the new top down |
| `TakeBack`             | all is as it was before the answer                      | see `_take_back`                 |
| `Anew`                 | only a new walk through the programme is left           | its `enter`                      |
| `Finish`               | only `Ending`, the last words, is left                  | its `enter`                      |
"""

from copy import copy
from typing import assert_never

from voicecoach.meanings import YES_NO
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.check_in import CheckingIn, asks_for_pain
from voicecoach.session.corrections import asked_anew
from voicecoach.session.memory import Memory, Opening, Worry
from voicecoach.session.policies import AFTERTHOUGHTS
from voicecoach.session.programme_walk import Walking, begun
from voicecoach.session.resumption import broken_off, rested
from voicecoach.session.speech import Ending
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
from voicecoach.session.standstill import held_up
from voicecoach.session.state import SessionState
from voicecoach.session.utterances import obey, understood

_AFTER_FALSE_ALARM = samples(1.0)
_FORGOTTEN_AFTER = samples(AFTERTHOUGHTS.forgotten_seconds)


class Session:
    """One session: a programme being gone through with one person, without sound, clock or thread."""

    def __init__(self, programme: Programme, opening: Opening | None = None) -> None:
        self._state = SessionState(programme, opening or Opening())

    @classmethod
    def restore(cls, programme: Programme, saved: bytes, opening: Opening | None = None) -> "Session":
        """Return a saved session, as if it had been begun with `opening`; None: as it was begun.

        Raises msgspec.DecodeError where it was not one.
        """
        session = cls(programme)
        session._state.load(saved)
        if opening is not None:
            session._state.memory.opening = opening
            session._state.memory.take_manner(opening)
        return session

    def save(self) -> bytes:
        """Return all that the session knows, as JSON in UTF-8, for `restore`."""
        return self._state.save()

    def copy(self) -> "Session":
        """Return the same session once more; what either is told is not known to the other."""
        other = copy(self)
        other._state = self._state.copy()
        return other

    @property
    def memory(self) -> Memory:
        """What the session remembers, to be read by others; the session alone changes it."""
        return self._state.memory

    @property
    def under_way(self) -> tuple[Activity, ...]:
        """The stack of activities, the innermost one last."""
        return tuple(self._state.stack)

    @property
    def listening_for(self) -> tuple[str, ...]:
        """The meanings, answers and commands, that the person can say now."""
        return self._state.meanings

    @property
    def programme(self) -> Programme:
        """The programme in the dose that was chosen."""
        return self._state.in_dose(self.memory.profile)

    @property
    def moving(self) -> bool:
        """Whether the person is in a test or an exercise."""
        return self._state.moving

    @property
    def resumable(self) -> bool:
        """Whether a session that broke off here could go on from here: an exercise has been begun, and it goes well.

        What is being asked and waited for on top of it is not gone on with, but what was under way before it is.
        """
        return self._state.can_go_on

    @property
    def ending(self) -> Outcome | None:
        """The outcome of the session, from the moment on at which its last words begin; None before."""
        top = self._state.top if self._state.stack else None
        return top.finish.outcome if isinstance(top, Ending) else None

    @property
    def stopped_calmly(self) -> bool:
        """Whether the session ends because the person wants to stop, and not for pain or distress."""
        top = self._state.top if self._state.stack else None
        return isinstance(top, Ending) and top.finish.outcome is Outcome.STOPPED and top.finish.closes

    def handle(self, event: events.AnyEvent) -> list[actions.Action]:
        """Tell the session an event, and return the actions that follow, in order; none once it has ended."""
        state = self._state
        if state.memory.ended is not None:
            return []
        if isinstance(event, events.SpeechStarted):
            return self._suspended() if state.stack else []
        listened_for = state.meanings, state.memory.worse
        if state.memory.taken and event.at > state.memory.taken.at + _FORGOTTEN_AFTER:
            state.memory.taken = None
        stage = Stage(state.in_dose, state.memory, event.at, state.moving, state.save, state.is_up)
        move = self._answer(event, stage)
        if move is not None:
            self._apply(move, stage)
        listens_for = state.meanings, state.memory.worse
        if listens_for != listened_for or isinstance(event, events.Begun):
            stage.actions.append(actions.ListenFor(*listens_for))
        return stage.actions

    def _suspended(self) -> list[actions.Action]:
        """Return what follows where somebody begins to speak: the coach ducks, and a patient wait stands still."""
        memory = self._state.memory
        done: list[actions.Action] = [actions.Duck()] if self._state.top.yields else []
        if memory.patient and memory.wake_at is not None:
            memory.suspended, memory.wake_at = memory.wake_at, None
            done.append(actions.WakeAt(None))
        return done

    def _answer(self, event: events.Complete, stage: Stage) -> Move | None:
        if isinstance(event, events.Begun):
            return self._begun(stage)
        if not self._state.stack:
            return None
        match event:
            case events.Interrupted():
                return Finish(Outcome.INTERRUPTED, (stage.down("finish_interrupted"),), closes=False)
            case events.SpokenOut():
                return self._spoken(event, stage)
            case events.Reached():
                return self._reached(event, stage)
            case events.DeviceLost() | events.DeviceBack() | events.TimePassed():
                return held_up(event, self._state, stage)
            case events.FalseAlarm():
                self._resume(stage)
                return None
            case events.NotUnderstood() | events.Heard():
                self._resume(stage)
                return understood(event, self._state, stage)
        assert_never(event)

    def _begun(self, stage: Stage) -> Move:
        """Begin with the first step or, where the session was saved in an exercise, ask whether to go on there."""
        state = self._state
        if state.can_go_on:
            state.memory.taken = None
            resuming = broken_off(state.stack, stage)
            state.stack = [*rested(state.stack), resuming]
            return resuming.enter(stage)
        state.stack = [Walking()]
        return begun(stage)

    def _spoken(self, event: events.SpokenOut, stage: Stage) -> Move | None:
        memory, top = self._state.memory, self._state.top
        if event.token != memory.awaited:
            return None
        memory.awaited = None
        if isinstance(top, Ending):
            memory.ended = top.finish.outcome
            stage.actions.append(actions.Ended(top.finish.outcome))
            return None
        return top.spoken(stage)

    def _resume(self, stage: Stage) -> None:
        memory = self._state.memory
        stage.actions.append(actions.Unduck())
        if memory.suspended is not None:
            memory.wake_at = max(memory.suspended, stage.now + _AFTER_FALSE_ALARM)
            memory.suspended = None
            stage.actions.append(actions.WakeAt(memory.wake_at))

    def _reached(self, event: events.Reached, stage: Stage) -> Move | None:
        memory = self._state.memory
        if memory.wake_at is None or event.at < memory.wake_at:
            return None
        memory.wake_at = None
        return self._state.top.reached(stage)

    def _apply(self, move: Move, stage: Stage) -> None:
        """Make moves on the stack until its innermost activity waits for something."""
        while not isinstance(move, Activity):
            move = self._follow(move, stage)
        self._state.stack[-1] = move

    def _follow(self, move: Push | Become | Done | Again | Obey | Leap, stage: Stage) -> Move:
        stack = self._state.stack
        match move:
            case Push():
                stack[-1:] = [move.below, move.child]
                return move.child.enter(stage)
            case Become():
                stack[-1] = move.activity
                return move.activity.enter(stage)
            case Done():
                stack.pop()
                return stack[-1].returned(move.result, stage)
            case Again() if move.check_in and self.moving:
                return self._check_in(stage)
            case Again():
                return self._state.begin_again(stack.pop().leaves_position, stage)
            case Obey():
                stack.pop()
                return self._obeyed(move.command, stage)
        return self._leap(move, stage)

    def _check_in(self, stage: Stage) -> Move:
        """Ask how things are before the exercise goes on; where that was being asked already, begin it again."""
        stack = self._state.stack
        depth = next((depth for depth, one in enumerate(stack) if isinstance(one, CheckingIn)), None)
        if depth is None:
            return Become(CheckingIn(pain_follows=asks_for_pain(stack)))
        del stack[depth + 1 :]
        return stack[depth].again(stage)

    def _obeyed(self, command: str, stage: Stage) -> Move:
        """Obey a command that has been checked; begin the activity below it again where nothing is waited for."""
        state = self._state
        move = obey(command, state.top, state, stage)
        waits = state.memory.awaited is not None or state.memory.wake_at is not None
        return move.again(stage) if isinstance(move, Activity) and not waits else move

    def _leap(self, move: Leap, stage: Stage) -> Move:
        """Make a move that leaves the whole stack."""
        match move:
            case Anew():
                self._state.begin_anew(stage)
                return begun(stage)
            case TakeBack():
                return self._take_back(move, stage)
            case Finish(Outcome.UNANSWERED) if self._state.memory.worry is not None:
                return self._worried(self._state.memory.worry, stage)
            case Finish():
                self._state.stack = [Ending(move)]
                return self._state.top.enter(stage)
        assert_never(move)

    def _take_back(self, move: TakeBack, stage: Stage) -> Move:
        """Go back to a question, and ask about its answer, ask it again, or put another answer in the place of that."""
        question = self._state.go_back(move.taken, stage, is_wrong=move.is_wrong)
        if not move.meaning:
            return asked_anew(question, move.taken).again(stage) if move.is_wrong else question.recall(move.taken)
        then = question.heard(events.Heard(stage.now, move.meaning, move.words), stage)
        if move.is_wrong and isinstance(then, Done) and move.meaning in YES_NO:
            stage.speak(stage.line("heard_that", {"answer": move.meaning}))
        return then

    def _worried(self, worry: Worry, stage: Stage) -> Move:
        """End the session for a worry that was said and never cleared up."""
        self._state.memory.worry = None
        stage.note(actions.Adverse(worry.kind, worry.value))
        return Finish(worry.outcome, (worry.prompt,), closes=False)
