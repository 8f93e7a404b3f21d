"""The loop that joins session core, voice, hearing and sound; the same live, in a rehearsal and in a test."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple, assert_never

from voicecoach.hearing.hearing import Hearing
from voicecoach.meanings import COMMANDS
from voicecoach.phrases import phrases
from voicecoach.programme.words import Words
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.sound.interface import Sound
from voicecoach.sound.player import Player
from voicecoach.speaking.voices import CoachPrompts
from voicecoach.watcher import Watcher


class _Unsaid(NamedTuple):
    """A speech of the coach that waits for its sound, or for a speech before it that does."""

    token: int
    texts: list[str]
    at: int | None


class Conversation:
    """One session with one person, block by block: events to the session core, its actions carried out."""

    def __init__(
        self,
        session: Session,
        words: Words,
        prompts: CoachPrompts,
        hearing: Hearing,
        sound: Sound,
        watchers: Sequence[Watcher] = (),
        hears: Callable[[], bool] = lambda: True,
    ) -> None:
        """Join session, voice, hearing and sound; while `hears` is false, it is as if the microphone were lost."""
        self._session = session
        self._words = words
        self._prompts = prompts
        self._hearing = hearing
        self._sound = sound
        self._watchers = watchers
        self._hears = hears
        self._player = Player()
        self._heard_until = 0
        self._wake_at: int | None = None
        self._interrupted = False
        self._pressed: deque[tuple[str, str]] = deque()
        self._key_at, self._key_meaning = 0, ""
        self._lost = False
        self._unsaid: deque[_Unsaid] = deque()

    def interrupt(self) -> None:
        """End the session as soon as its last words have been said. Safe to call from a signal handler."""
        self._interrupted = True

    def press(self, meaning: str, words: str) -> None:
        """Take a pressed key for its meaning, if that is listened for now. Safe to call from any thread."""
        self._pressed.append((meaning, words))

    def run(self) -> None:
        """Go through the session to its end, the last word on its way to the loudspeaker included.

        Raises VoicecoachError where the voice or the recogniser fails.
        """
        self._tell(events.Begun(self._now))
        while self._session.memory.ended is None or self._player.busy or self._unsaid:
            self._step()
        for _ in range(0, self._sound.echo_delay_samples, BLOCK_SAMPLES):
            self._step()

    @property
    def _now(self) -> int:
        """The first sample at which something done now can sound."""
        return self._player.position + self._sound.ahead_samples

    def _step(self) -> None:
        block = self._sound.next_block(self._player)
        missing = block.at - self._heard_until
        self._heard_until = block.at + block.played.size
        if block.unseen_seconds:
            self._tell(events.TimePassed(self._now, block.unseen_seconds))
        self._say_what_is_ready(late=True)
        for watcher in self._watchers:
            if missing > 0:
                watcher.underrun(block.at, missing)
            watcher.played(block.at, block.played)
            watcher.listened(block.at, block.heard)
        for token in block.finished:
            self._tell(events.SpokenOut(self._now, token))
        lost = self._sound.lost or not self._hears()
        if not lost:
            for event in self._hearing.hear(block, self._sound.echo_delay_samples, self._now):
                self._tell(events.FalseAlarm(event.at) if self._was_overtaken(event) else event)
        self._take_keys()
        if lost != self._lost:
            self._lost = lost
            self._tell(events.DeviceLost(self._now) if self._lost else events.DeviceBack(self._now))
        if self._wake_at is not None and self._now >= self._wake_at:
            self._wake_at = None
            self._tell(events.Reached(self._now))
        if self._interrupted:
            self._interrupted = False
            self._tell(events.Interrupted(self._now))

    def _take_keys(self) -> None:
        while self._pressed:
            meaning, words = self._pressed.popleft()
            if any(phrase.meaning == meaning for phrase in self._hearing.phrases):
                self._key_at, self._key_meaning = self._now, meaning
                self._tell(events.Heard(self._now, meaning, words, pressed=True))

    def _was_overtaken(self, event: events.FromHearing) -> bool:
        """Whether a key pressed since has answered the question already; another command still counts."""
        if not isinstance(event, events.Heard) or event.began_at is None or event.began_at >= self._key_at:
            return False
        return event.meaning not in COMMANDS or event.meaning == self._key_meaning

    def _tell(self, event: events.AnyEvent) -> None:
        for watcher in self._watchers:
            watcher.happened(event)
        for action in self._session.handle(event):
            self._act(action)
            for watcher in self._watchers:
                watcher.acted(event.at, action)
        for watcher in self._watchers:
            watcher.handled(event)

    def _act(self, action: actions.Action) -> None:
        if isinstance(action, actions.Note):
            return
        match action:
            case actions.Foresee(lines):
                self._prompts.prepare(map(self._words.text, lines))
            case actions.ChangeVoice():
                self._prompts.change_voice()
            case actions.ChangePace(words_per_minute):
                self._prompts.change_pace(words_per_minute)
            case actions.ListenFor(meanings, worse):
                self._hearing.phrases = phrases(self._words, meanings, worse)
            case actions.WakeAt(at):
                self._wake_at = at
            case actions.Ended():
                pass
            case _:
                self._sound_like(action)

    def _sound_like(self, action: actions.Sound) -> None:
        match action:
            case actions.Say(token, lines, at):
                late = bool(self._unsaid)
                self._unsaid.append(_Unsaid(token, [self._words.text(line) for line in lines], at))
                self._say_what_is_ready(late=late)
            case actions.Tick(at, signal):
                self._player.tick(at, signal)
            case actions.Silence():
                self._player.silence()
                self._unsaid.clear()
            case actions.Duck() | actions.Unduck():
                self._player.duck(ducked=isinstance(action, actions.Duck))
            case actions.SetVolume(gain_db):
                self._player.set_gain_db(gain_db)
            case _:
                assert_never(action)

    def _say_what_is_ready(self, *, late: bool) -> None:
        """Play the speeches whose sound is ready, in their order; the session's time goes on meanwhile.

        What is so `late` that its moment is over follows what is still being said.
        """
        while self._unsaid:
            token, texts, at = self._unsaid[0]
            sounds = self._prompts.sounds(texts)
            if sounds is None:
                return
            self._unsaid.popleft()
            if late and at is not None and at <= self._player.position:
                at = None
            self._hearing.coach_says(token, self._player.say(token, sounds, at), texts)
