"""The puppet: a person without a voice, who drives a session by events alone, as quickly as it asks for them."""

from collections.abc import Callable
from typing import TypeVar

from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.steps import Programme, Screen
from voicecoach.rehearsal.script import meanings_of
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening
from voicecoach.session.question_ids import Role, read_id
from voicecoach.signals import Signal

PROGRAMMES = {name: read_programme(programme_file(name)) for name in built_in_programmes()}
CALF = PROGRAMMES["calf"]
SCREENING = tuple(question.id for step in CALF.steps if isinstance(step, Screen) for question in step.questions)

Note = TypeVar("Note")


class Puppet:
    """A person without a voice, who says nothing but what the session asks for, unless a test interferes."""

    def __init__(
        self,
        answers: dict[str, str] | None = None,
        programme: Programme = CALF,
        opening: Opening | None = None,
        session: Session | None = None,
    ) -> None:
        self.session = session or Session(programme, opening)
        self.answers = meanings_of(programme) | {"anything_new": "no", "only_ticks": "no"} | (answers or {})
        self.now = 0
        self.actions: list[actions.Action] = []
        self.asking: actions.Asking | None = None
        self.speech: list[actions.Say] = []
        self.listening: tuple[str, ...] = ()
        self.tell(events.Begun(0))

    def tell(self, event: events.AnyEvent) -> list[actions.Action]:
        """Tell the session an event; return the actions that follow, and keep them."""
        new = self.session.handle(event)
        self.actions += new
        for action in new:
            match action:
                case actions.Asking():
                    self.asking = action
                case actions.Answered():
                    self.asking = None
                case actions.Say():
                    self.speech.append(action)
                case actions.ListenFor(meanings):
                    self.listening = meanings
        return new

    def signals(self, signal: Signal) -> list[int]:
        """Return the samples at which a signal was to sound."""
        return [action.at for action in self.actions if isinstance(action, actions.Tick) and action.signal == signal]

    def hear(
        self,
        meaning: str,
        *,
        sure: bool = True,
        behind: events.Behind | None = None,
        level_db: float | None = None,
        goes_back: bool = False,
    ) -> list[actions.Action]:
        """Say a meaning, heard as begun so far into what the coach says."""
        began_at, self.now = self.now, self.now + samples(0.5)
        heard = events.Heard(
            self.now, meaning, meaning, sure, began_at, level_db=level_db, behind=behind, goes_back=goes_back
        )
        return self.tell(heard)

    def mumble_behind(
        self, behind: events.Behind, level_db: float | None = -25.0, *, goes_back: bool = False, words: str = ""
    ) -> list[actions.Action]:
        """Say something that means nothing, heard as begun so far into what the coach says."""
        began_at, self.now = self.now, self.now + samples(0.5)
        return self.tell(events.NotUnderstood(self.now, began_at, level_db, behind, goes_back=goes_back, words=words))

    def behind(self, said_seconds: float, unsaid_seconds: float = 0.0, back: int = 0) -> events.Behind:
        """Return a place in the coach's last speech but `back`: so much of it had sounded and was to come."""
        token = self.speech[-1 - back].token
        return events.Behind(token, samples(said_seconds), samples(unsaid_seconds))

    def mumble(self, words: str = "", level_db: float | None = None) -> list[actions.Action]:
        """Say something that means nothing, once the coach is silent."""
        if self.session.memory.awaited is not None:
            self.wait()
        self.now += samples(0.5)
        return self.tell(events.NotUnderstood(self.now, level_db=level_db, words=words))

    def wait(self) -> list[actions.Action]:
        """Let happen what the session waits for: the end of its speech, or a moment."""
        memory = self.session.memory
        if memory.awaited is not None:
            self.now += samples(1)
            return self.tell(events.SpokenOut(self.now, memory.awaited))
        assert memory.wake_at is not None, "the session waits for nothing"
        self.now = max(self.now, memory.wake_at)
        return self.tell(events.Reached(self.now))

    def answer(self) -> list[actions.Action]:
        """Answer the question that the session asked last."""
        assert self.asking is not None
        question = self.asking.question
        numbers = "0" in self.listening and read_id(question).role is Role.ITSELF
        return self.hear(self.answers.get(question, "3" if numbers else "yes"))

    def step(self) -> list[actions.Action]:
        """Answer the session where it asks, else let happen what it waits for."""
        if self.asking is not None and self.session.memory.awaited is None:
            return self.answer()
        return self.wait()

    def go_until(self, reached: Callable[["Puppet"], bool], limit: int = 5000) -> "Puppet":
        """Step until a condition holds."""
        for _ in range(limit):
            if reached(self):
                return self
            assert self.session.memory.ended is None, f"ended as {self.session.memory.ended} before that"
            self.step()
        raise AssertionError("it never came to that")

    def go_until_asked(self, question: str) -> "Puppet":
        """Step until a question has been put."""
        return self.go_until(lambda p: p.asking is not None and p.asking.question == question)

    def go_until_repetition(self, number: int, repetition: int) -> "Puppet":
        """Step until a repetition of a set has begun."""
        return self.go_until(lambda p: actions.RepetitionBegun(number, repetition) in p.actions)

    def go_to_the_end(self) -> "Puppet":
        """Step until the session has ended."""
        return self.go_until(lambda p: p.session.memory.ended is not None)

    def prompts(self) -> list[str]:
        """Return the keys of all prompts so far."""
        return [line.prompt for speech in self.speech for line in speech.lines]

    def said(self, last: int = 1) -> list[str]:
        """Return the keys of the prompts of the latest speeches."""
        return [line.prompt for speech in self.speech[-last:] for line in speech.lines]

    def notes(self, kind: type[Note]) -> list[Note]:
        """Return all notes of one kind so far."""
        return [action for action in self.actions if isinstance(action, kind)]
