"""One answer said by one voice in the room of a session, from a little before its question to a while after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from voicecoach.bench.answer_lines import Kind
from voicecoach.bench.clips import InThisProcess, opened
from voicecoach.bench.scenes import SCENES, Scene, enter, plain_meaning
from voicecoach.blocks import Samples
from voicecoach.conversation import Conversation
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.journal.sessions import Begun
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.words import DEFAULT_VOICE
from voicecoach.rehearsal.script import meanings_of
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions, events
from voicecoach.session.policies import REPROMPTING
from voicecoach.session_plan import SessionPlan, hold
from voicecoach.signals import Signal
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.voices import CoachPrompts, open_prompts
from voicecoach.watcher import Watcher

PROGRAMME = "calf"
_REACTION_SECONDS = (0.3, 0.9)
_GOES_ON = samples(6.0)
"""How long the session is followed after the end of a line."""
_PUT_WITHIN = samples(180.0)


@dataclass(frozen=True)
class Saying:
    """A line of answers as sound, shape (n,), and the plain answer to the question before it in the same voice."""

    kind: Kind
    line: Samples
    plain: Samples
    seed: int
    language: str
    recogniser: RecogniserChoice
    begins_seconds: float | None = None
    """How long after the second asking is due, or before that, the line begins; None: at the first."""


@dataclass(frozen=True)
class Said:
    """What the session noted from the beginning of an answer on, and how much sound that took.

    `asked` has what was asked since the line began, with the samples since then.
    """

    notes: tuple[actions.Action, ...]
    seconds: float
    asked: tuple[tuple[int, str], ...] = ()


class Respondent(Watcher):
    """The simulated person: answers plainly up to the scene's question, then says the line once, and nothing more.

    Where the voice is not understood before that, or `by_keys`, keys answer. `notes` has what the session did since the
    question was put or the hold begun.
    """

    def __init__(self, scene: Scene, plain_meanings: Mapping[str, str], saying: Saying, *, by_keys: bool) -> None:
        self._scene = scene
        self._plain_meanings = plain_meanings
        self._plain, self._line, self._by_keys = saying.plain, saying.line, by_keys
        self._reaction = samples(float(np.random.default_rng(saying.seed).uniform(*_REACTION_SECONDS)))
        self._conversation: Conversation | None = None
        self._to_say: Samples | None = None
        self._asked_by: int | None = None
        """The token of the speech that asks for what is to be said; None until it begins."""
        self._has_heard_it = False
        self._key_to_press = ""
        """Pressed in the block after its question has been put, as no two speeches begin in one."""
        self._hold_begins: int | None = None
        self._speaking: Samples = np.zeros(0, np.float32)
        self._silence = 0
        self._begins_seconds = saying.begins_seconds
        self._begins_at: int | None = None
        """When the line begins, where its question is let pass once."""
        self._begun_at = 0
        self._over_at = _PUT_WITHIN
        self._is_over = False
        self._has_said_it = False
        self.notes: list[actions.Action] = []
        self.asked: list[tuple[int, str]] = []
        self.is_put = False
        """Whether the question was put, or the hold begun."""
        self.lived_samples = 0

    def join(self, conversation: Conversation) -> None:
        """Take part in a conversation, and end it once the session has reacted to the line."""
        self._conversation = conversation

    def acted(self, at: int, action: actions.Action) -> None:
        """Follow what the coach does, to know when to answer."""
        if self._is_over:
            return
        self.notes.append(action)
        if self._has_said_it:
            self.asked += [(at - self._begun_at, action.question)] if isinstance(action, actions.Asking) else []
            return
        match action:
            case actions.Answered(question) if question == self._scene.question:
                self._has_said_it, self._over_at = True, at
            case actions.Asking(question, attempt, candidate):
                self._asked(question, attempt, candidate)
            case actions.Say(token) if self._to_say is not None and self._asked_by is None:
                self._asked_by = token
            case actions.Tick(begins_at, Signal.HOLD_STARTS) if self._scene.question is None:
                self._hold_begins, self.is_put = begins_at, True
                self.notes.clear()

    def _asked(self, question: str, attempt: int, candidate: str | None) -> None:
        self._to_say, self._asked_by, self._has_heard_it = None, None, False
        if question == self._scene.question:
            self._to_say, self.is_put = self._line, True
            self.notes.clear()
        elif question == self._scene.before and attempt == 0 and not self._by_keys:
            self._to_say = self._plain
        else:
            self._key_to_press = self._key(question, candidate)

    def _key(self, question: str, candidate: str | None) -> str:
        if candidate is None:
            return plain_meaning(self._plain_meanings, question)
        return "yes" if candidate == plain_meaning(self._plain_meanings, self._scene.before) else "no"

    def happened(self, event: events.AnyEvent) -> None:
        """Notice that the coach has come to the end of a question."""
        if isinstance(event, events.SpokenOut) and event.token == self._asked_by:
            self._has_heard_it = True
            if self._to_say is self._line and self._begins_seconds is not None and self._begins_at is None:
                self._begins_at = event.at + samples(REPROMPTING.answer_window_seconds + self._begins_seconds)

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what the person says, shape (n,), in the block from sample `at` on."""
        self.lived_samples += heard.size
        self._silence = 0 if heard.any() else self._silence + heard.size
        if at >= self._over_at and not self._is_over and self._conversation:
            self._is_over = True
            self._conversation.interrupt()
        if self._key_to_press and self._conversation:
            self._conversation.press(self._key_to_press, self._key_to_press)
            self._key_to_press = ""
        if not self._speaking.size and not self._has_said_it:
            self._choose(at)
        said, self._speaking = self._speaking[: heard.size], self._speaking[heard.size :]
        return np.concatenate([said, np.zeros(heard.size - said.size, np.float32)])

    def _choose(self, at: int) -> None:
        if self._hold_begins is not None and at >= self._hold_begins + self._reaction:
            self._say_line(at)
        elif self._begins_at is not None:
            if at >= self._begins_at:
                self._say_line(at)
        elif self._to_say is not None and self._has_heard_it and self._silence >= self._reaction:
            if self._to_say is self._line:
                self._say_line(at)
            else:
                self._speaking, self._to_say = self._to_say, None

    def _say_line(self, at: int) -> None:
        self._speaking, self._has_said_it, self._begun_at = self._line, True, at
        self._over_at = at + self._line.size + _GOES_ON


def say(saying: Saying) -> Said:
    """Have a line said in its scene by a simulated person, and return what the session made of it.

    Where the plain answer before it is taken for something that ends the session, a key gives it. Raises
    VoicecoachError where the coach's voice fails or the question is not put.
    """
    respondent = _held(saying, by_keys=False)
    if not respondent.is_put:
        respondent = _held(saying, by_keys=True)
    if not respondent.is_put:
        raise VoicecoachError(f"The coach never comes to where an answer of the kind {saying.kind} is said.")
    return Said(tuple(respondent.notes), respondent.lived_samples / SAMPLES_PER_SECOND, tuple(respondent.asked))


def _held(saying: Saying, *, by_keys: bool) -> Respondent:
    plan, coach = _setting(saying.language)
    scene = SCENES[saying.kind]
    respondent = Respondent(scene, meanings_of(plan.programme), saying, by_keys=by_keys)
    room = Room(respondent, RoomSettings(), saying.seed)
    deciding = VirtualDeciding(InThisProcess(opened(saying.recogniser)))
    session = Begun(enter(plan.programme, scene))
    hold(plan, session, room, deciding, [respondent], respondent.join, prompts=coach)
    return respondent


@cache
def _setting(language: str) -> tuple[SessionPlan, CoachPrompts]:
    programme, words = read_with_words(PROGRAMME, language)
    return SessionPlan(programme, words), open_prompts(programme, words, DEFAULT_VOICE)
