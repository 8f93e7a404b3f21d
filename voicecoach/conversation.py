"""The loop that joins session, voice, understanding and world, the same live, in a rehearsal and in a test."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple, assert_never

from voicecoach.hearing import ear as ears
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.understanding import Happening, NotUnderstood, Understood
from voicecoach.meanings import COMMANDS
from voicecoach.phrases import phrases
from voicecoach.programme.words import Words
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.sound.contract import Sound
from voicecoach.sound.player import Player
from voicecoach.speaking.choosing import CoachPrompts
from voicecoach.watching import Watcher

_REMEMBERED_SPEECHES = 16


class _Speech(NamedTuple):
    """A speech of the coach, and the samples of the player at which it begins and ends."""

    token: int
    begins_at: int
    ends_at: int


class _Unsaid(NamedTuple):
    """A speech that waits for its sound, or for one before it that does."""

    token: int
    texts: list[str]
    at: int | None


class Conversation:
    """One session with one person."""

    def __init__(
        self,
        session: Session,
        words: Words,
        prompts: CoachPrompts,
        hearing: Hearing,
        sound: Sound,
        watchers: Sequence[Watcher] = (),
    ) -> None:
        self._session = session
        self._words = words
        self._prompts = prompts
        self._hearing = hearing
        self._sound = sound
        self._watchers = watchers
        self._player = Player()
        self._heard_until = 0
        self._wake_at: int | None = None
        self._interrupted = False
        self._pressed: deque[tuple[str, str]] = deque()
        self._key_at, self._key_meaning = 0, ""
        self._lost = False
        self._speeches: deque[_Speech] = deque(maxlen=_REMEMBERED_SPEECHES)
        self._unsaid: deque[_Unsaid] = deque()

    def interrupt(self) -> None:
        """End the session as soon as that has been said. Safe to call from a signal handler."""
        self._interrupted = True

    def press(self, meaning: str, words: str) -> None:
        """Take a key that was pressed for what it means, if that means something now. Safe to call from any thread."""
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
        lost = block.at - self._heard_until
        self._heard_until = block.at + block.played.size
        self._say_what_is_ready(late=True)
        for watcher in self._watchers:
            if lost > 0:
                watcher.underrun(block.at, lost)
            watcher.played(block.at, block.played)
            watcher.listened(block.at, block.heard)
        for token in block.finished:
            self._tell(events.SpokenOut(self._now, token))
        if not self._sound.lost:
            for happening in self._hearing.hear(block, self._sound.echo_delay_samples):
                self._tell(self._event(happening))
        self._take_keys()
        if self._sound.lost != self._lost:
            self._lost = self._sound.lost
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
                self._tell(events.Heard(self._now, meaning, words))

    def _event(self, happening: Happening) -> events.AnyEvent:
        match happening:
            case ears.SpeechStarted():
                return events.SpeechStarted(self._now)
            case ears.FalseAlarm():
                return events.FalseAlarm(self._now)
            case NotUnderstood(began_at, level_db):
                return events.NotUnderstood(self._now, began_at, level_db, self._behind(began_at))
            case Understood(verdict, began_at) if self._was_overtaken(verdict.meaning, began_at):
                return events.FalseAlarm(self._now)
            case Understood(verdict, began_at, level_db):
                return events.Heard(
                    self._now, verdict.meaning or "", verdict.words, verdict.sure, began_at, verdict.confidence,
                    verdict.margin, level_db, self._behind(began_at), verdict.among_others,
                )  # fmt: skip

    def _behind(self, began_at: int) -> events.Behind | None:
        """Return how far the coach's speech had come, as it is heard, when an utterance began."""
        position = began_at - self._sound.echo_delay_samples
        begun = [speech for speech in self._speeches if speech.begins_at <= position]
        if not begun:
            return None
        last = max(begun, key=lambda speech: speech.begins_at)
        return events.Behind(last.token, position - last.begins_at, max(0, last.ends_at - position))

    def _was_overtaken(self, meaning: str | None, began_at: int) -> bool:
        """A key pressed since has answered already; what was said can still be another command."""
        return began_at < self._key_at and (meaning not in COMMANDS or meaning == self._key_meaning)

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
            case actions.ListenFor(meanings):
                self._hearing.phrases = phrases(self._words, meanings)
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
        """Say what has its sound, in the order in which it was to be said; the session's time goes on meanwhile.

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
            places = self._player.say(token, sounds, at)
            if places:
                self._speeches.append(_Speech(token, places[0][0], places[-1][1]))
            for (begins_at, ends_at), text in zip(places, texts, strict=True):
                self._hearing.coach_says(begins_at, ends_at, text)
