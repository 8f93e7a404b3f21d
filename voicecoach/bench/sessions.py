"""Whole sessions in the paced room, recorded, and the cases in them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

import numpy as np

from voicecoach.bench.cases import Case, cut, reply_begins, silence_begins, word_end
from voicecoach.bench.interrupting import Command, Interrupter
from voicecoach.bench.pacing import PacedRoom
from voicecoach.blocks import Samples
from voicecoach.conversation import Conversation
from voicecoach.hearing.deciding import RecogniserAtWork, VirtualDeciding
from voicecoach.hearing.hearing import Hearing
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.script import read_script
from voicecoach.rehearsal.voices import SynthesisedVoice
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.core import Session
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.cache import PromptCache
from voicecoach.speaking.choosing import CoachPrompts
from voicecoach.watching import Watcher

_APART = samples(0.2)
_ANSWERED_WITHIN = samples(8.0)
_SILENT_WITHIN = samples(RoomSettings.loudspeaker_delay_seconds + 0.01)
"""Of obeying: the loudspeaker's delay, and the end of a voice that is faded out."""
_UNDERSTOOD_WITHIN = samples(4.0)
GAIN_DB = {0.0: 0.0, 6.0: -8.0}
"""The microphone's gain for each loudness of the echo: turned down where the coach would clip in it."""


@dataclass(frozen=True)
class Setting:
    """What a session is held with."""

    programme: Programme
    words: Words
    coach: CoachPrompts
    recogniser: RecogniserAtWork
    canceller: str


class Recorded:
    """Both channels of a session, whole."""

    def __init__(self, show_progress: Callable[[float], object]) -> None:
        self._coach: list[Samples] = []
        self._person: list[Samples] = []
        self._show_progress = show_progress

    def record(self, coach: Samples, person: Samples) -> None:
        """Add a block of each."""
        self._coach.append(coach)
        self._person.append(person)
        self._show_progress(coach.size / samples(1))

    def channels(self) -> tuple[Samples, Samples]:
        """Return what came from the loudspeaker and from the person, each of shape (n,)."""
        return np.concatenate(self._coach), np.concatenate(self._person)


@dataclass(frozen=True)
class Held:
    """A session that was held: its channels, what was said in it and what it cost."""

    coach: Samples
    person: Samples
    commands: list[Command]
    understood: list[tuple[int, str]]
    """When something was heard, and the words; none where it was not understood."""
    busy_seconds: float
    canceller: str


def hold_session(
    setting: Setting,
    voice: PromptCache,
    commands: Sequence[tuple[str, str]],
    echo_db: float,
    seed: int,
    show_progress: Callable[[float], object],
) -> Held:
    """Hold a session with a person of this voice who says these commands over the coach's."""
    with ExitStack() as stack:
        speaks = SynthesisedVoice(voice)
        person = Person(read_script("default"), speaks, setting.words, seed)
        interrupter = Interrupter(person, speaks, commands, seed)
        recorded = Recorded(show_progress)
        deciding = VirtualDeciding(setting.recogniser, seconds=None)
        hearing = stack.enter_context(closing(Hearing(deciding, setting.canceller)))
        room = Room(interrupter, RoomSettings(echo_db=echo_db, microphone_gain_db=GAIN_DB[echo_db]), seed)
        sound = PacedRoom(room, lambda: deciding.waited_seconds, recorded.record)
        heard = _Heard()
        watchers = [interrupter, heard]
        Conversation(Session(setting.programme), setting.words, setting.coach, hearing, sound, watchers).run()
        coach, spoken = recorded.channels()
        return Held(coach, spoken, interrupter.commands, heard.words, sound.busy_seconds, hearing.canceller_name)


class _Heard(Watcher):
    def __init__(self) -> None:
        self.words: list[tuple[int, str]] = []

    def happened(self, event: events.AnyEvent) -> None:
        """Note what was heard."""
        match event:
            case events.Heard(at, _, words, sure):
                self.words.append((at, words if sure else f"{words} (not sure)"))
            case events.NotUnderstood(at):
                self.words.append((at, ""))


def cases_of(held: Held, voice: str, echo_db: float) -> Iterator[Case]:
    """Yield a case for each answer and each command; positions as `Case` says."""
    commands = {command.began: command for command in held.commands}
    for began, clip in clips(held.person):
        ended = began + word_end(clip)
        command = commands.pop(next((at for at in commands if abs(at - began) < _APART), -1), None)
        if command is None:
            yield _reply(held, voice, echo_db, began, ended)
        else:
            yield _obeyed(held, command, voice, echo_db, began, ended)


def clips(person: Samples) -> Iterator[tuple[int, Samples]]:
    """Yield where each thing said begins, and its sound; between two there are exact zeros."""
    sounding = np.flatnonzero(person)
    for group in np.split(sounding, np.flatnonzero(np.diff(sounding) > _APART) + 1):
        if group.size:
            yield int(group[0]), person[group[0] : group[-1] + 1]


def _reply(held: Held, voice: str, echo_db: float, began: int, ended: int) -> Case:
    answered = reply_begins(held.coach[: ended + _ANSWERED_WITHIN], ended)
    heard = _understood(held, began)
    case = Case("reply", "answer", heard, voice, echo_db, began, ended, bool(heard), answered)
    return cut(held.coach, held.person, case)


def _obeyed(held: Held, command: Command, voice: str, echo_db: float, began: int, ended: int) -> Case:
    silent = None
    if command.obeyed_at is not None and command.meaning == "stop":
        silent = silence_begins(held.coach, began, command.obeyed_at + _SILENT_WITHIN)
    case = Case(
        "stop" if command.meaning == "stop" else "command",
        command.words, _understood(held, began), voice, echo_db, began, ended, command.obeyed_at is not None, silent,
    )  # fmt: skip
    return cut(held.coach, held.person, case)


def _understood(held: Held, since: int) -> str:
    return next((words for at, words in held.understood if since < at < since + _UNDERSTOOD_WITHIN), "")
