"""Whole sessions in a simulated room whose clock goes on by the wall time that the program takes, recorded."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from voicecoach.bench.interruptions import Case, Command, Interrupter, cut, reply_begins, silence_begins, word_end
from voicecoach.blocks import Block, Samples
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser import Phrase
from voicecoach.hearing.verdicts import RecogniserAtWork, VirtualDeciding
from voicecoach.journal.sessions import Begun
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.script import read_script
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.session import events
from voicecoach.session.core import Session
from voicecoach.session_plan import SessionPlan, hold
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.voices import CoachPrompts
from voicecoach.watcher import Watcher

_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLES_PER_SECOND


class PacedRoom:
    """A simulated room with live timing: blocks pass while the program computes; an idle program takes no time.

    `not_counted` returns the wall time so far that other parts have put on the clock themselves. `record` is given what
    came from the loudspeaker and from the person, block by block.
    """

    def __init__(
        self, room: Room, not_counted: Callable[[], float], record: Callable[[Samples, Samples], object]
    ) -> None:
        self._room = room
        self._not_counted = not_counted
        self._record = record
        self._waiting: deque[Block] = deque()
        self._clock_seconds = 0.0
        self._passed_seconds = 0.0
        self._returned_at: float | None = None
        self.busy_seconds = 0.0
        """Wall time that the program has computed."""
        self.lost = False
        self.ahead_samples = room.ahead_samples
        self.echo_delay_samples = room.echo_delay_samples

    def next_block(self, player: Player) -> Block:
        """Let as much time pass as was computed since the last block, and return the next block."""
        if self._returned_at is not None:
            busy = time.perf_counter() - self._not_counted() - self._returned_at
            self.busy_seconds += busy
            self._clock_seconds += busy
        while not self._waiting or self._passed_seconds + _BLOCK_SECONDS <= self._clock_seconds:
            self._waiting.append(self._room.next_block(player))
            self._record(self._room.sounding, self._room.spoken)
            self._passed_seconds += _BLOCK_SECONDS
        block = self._waiting.popleft()
        self._clock_seconds = max(self._clock_seconds, (block.at + BLOCK_SAMPLES) / SAMPLES_PER_SECOND)
        self._returned_at = time.perf_counter() - self._not_counted()
        return block

    def close(self) -> None:
        """Leave the room: nothing is to be closed."""


_APART = samples(0.2)
_ANSWERED_WITHIN = samples(8.0)
_SILENT_WITHIN = samples(RoomSettings.loudspeaker_delay_seconds + 0.01)
"""Of obeying: the loudspeaker's delay, and the end of a voice that is faded out."""
_UNDERSTOOD_WITHIN = samples(4.0)
GAIN_DB = {0.0: 0.0, 6.0: -8.0}
"""The microphone's gain for each loudness of the echo: turned down where the coach would clip in it."""


@dataclass(frozen=True)
class Setting:
    """What sessions are held with: the plan, the coach's prompts and the recogniser."""

    plan: SessionPlan
    coach: CoachPrompts
    recogniser: RecogniserAtWork


class Recorded:
    """Both channels of a session, whole: the loudspeaker's and the person's."""

    def __init__(self, show_progress: Callable[[float], object]) -> None:
        self._coach: list[Samples] = []
        self._person: list[Samples] = []
        self._show_progress = show_progress

    def record(self, coach: Samples, person: Samples) -> None:
        """Add a block of both channels, shape (n,) each."""
        self._coach.append(coach)
        self._person.append(person)
        self._show_progress(coach.size / samples(1))

    def channels(self) -> tuple[Samples, Samples]:
        """Return what came from the loudspeaker and from the person, each of shape (n,)."""
        return np.concatenate(self._coach), np.concatenate(self._person)


@dataclass(frozen=True)
class Held:
    """A session that was held: both channels, shape (n,) each, what was said in it and what it cost."""

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
    """Hold a session with a person who says commands over the coach's voice. Raises VoicecoachError."""
    plan = setting.plan
    speaks = SynthesisedVoice(voice)
    person = Person(read_script("default"), speaks, plan.words, seed)
    interrupter = Interrupter(person, speaks, commands, seed)
    recorded = Recorded(show_progress)
    deciding = VirtualDeciding(setting.recogniser, seconds=None)
    room = Room(interrupter, RoomSettings(echo_db=echo_db, microphone_gain_db=GAIN_DB[echo_db]), seed)
    sound = PacedRoom(room, lambda: deciding.waited_seconds, recorded.record)
    heard = _Heard()
    session, watchers = Begun(Session(plan.programme)), [interrupter, heard]
    canceller = hold(plan, session, sound, deciding, watchers, lambda _: None, prompts=setting.coach)
    coach, spoken = recorded.channels()
    return Held(coach, spoken, interrupter.commands, heard.words, sound.busy_seconds, canceller)


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
    """Yield a case for each answer and each command of a session; sample positions count as in `Case`."""
    commands = {command.began: command for command in held.commands}
    for began, clip in clips(held.person):
        ended = began + word_end(clip)
        command = commands.pop(next((at for at in commands if abs(at - began) < _APART), -1), None)
        if command is None:
            yield _reply(held, voice, echo_db, began, ended)
        else:
            yield _obeyed(held, command, voice, echo_db, began, ended)


def clips(person: Samples) -> Iterator[tuple[int, Samples]]:
    """Yield each utterance in the person's channel, shape (n,), as its first sample and its sound, shape (k,)."""
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


class _Nobody:
    def live(self, at: int, heard: Samples) -> Samples:
        del at
        return np.zeros(heard.size, np.float32)


def false_interruptions(
    prompts: Sequence[Samples],
    phrases: tuple[Phrase, ...],
    recogniser: RecogniserAtWork,
    canceller: str,
    echo_db: float,
    minutes: float,
    show_progress: Callable[[float], object],
) -> int:
    """Return how often the coach ducks for nobody in so many minutes of its own sounds, shape (n,) each."""
    room = Room(_Nobody(), RoomSettings(echo_db=echo_db, microphone_gain_db=GAIN_DB[echo_db]), seed=0)
    player, spoken, count = Player(), 0, 0
    with closing(Hearing(VirtualDeciding(recogniser), canceller)) as hearing:
        hearing.phrases = phrases
        to_say = cycle(prompts)
        while spoken < samples(60 * minutes):
            if not player.busy:
                sound = next(to_say)
                player.say(0, [sound], player.position + samples(0.2))
                spoken += sound.size
                show_progress(sound.size / samples(1))
            heard = hearing.hear(room.next_block(player), room.echo_delay_samples)
            count += sum(isinstance(event, events.SpeechStarted) for event in heard)
    return count


def listening_costs(
    prompts: Sequence[Samples], recogniser: RecogniserAtWork, canceller: str, seconds: float
) -> tuple[float, float]:
    """Return the share of one core for listening to an empty room, and the callback's share of a block."""
    room = Room(_Nobody(), RoomSettings(), seed=0)
    player, mixing_seconds = Player(), []
    blocks = samples(seconds) // BLOCK_SAMPLES
    with closing(Hearing(VirtualDeciding(recogniser), canceller)) as hearing:
        listening_seconds = 0.0
        for _ in range(blocks):
            block = room.next_block(player)
            began = time.process_time()
            hearing.hear(block, room.echo_delay_samples)
            listening_seconds += time.process_time() - began
    for number in range(blocks):
        if not player.busy:
            player.say(0, [prompts[number % len(prompts)]], None)
        began = time.perf_counter()
        player.take(BLOCK_SAMPLES)
        mixing_seconds.append(time.perf_counter() - began)
    block_seconds = BLOCK_SAMPLES / samples(1)
    return listening_seconds / (blocks * block_seconds), float(np.percentile(mixing_seconds, 95)) / block_seconds
