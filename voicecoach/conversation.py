"""The loop that joins session, voice, ear, recogniser and world, the same live, in a rehearsal and in a test."""

from collections import deque
from collections.abc import Sequence
from typing import Protocol

from voicecoach.hearing import ear as ears
from voicecoach.hearing.contract import Phrase, Samples, Verdict
from voicecoach.hearing.listening import Listener
from voicecoach.hearing.own_voice import OwnVoice
from voicecoach.programme.words import Words
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.sound.contract import Sound
from voicecoach.sound.player import Player
from voicecoach.speaking.choosing import CoachPrompts
from voicecoach.watching import Watcher

_OWN_VOICE_LINGERS = samples(0.1)


class RecogniserAtWork(Protocol):
    """A recogniser that is given utterances and answers later."""

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase]) -> None:
        """Hand an utterance over."""
        ...

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest answer, if there is one; `wait` for it if asked to."""
        ...


class Conversation:
    """One session with one person.

    `decision_samples` is how long a recogniser's answer takes: in virtual time the loop waits for the answer at that
    sample, so that a run can be repeated. None, live: the answer comes when it comes.
    """

    def __init__(
        self,
        session: Session,
        words: Words,
        prompts: CoachPrompts,
        recogniser: RecogniserAtWork,
        sound: Sound,
        listener: Listener,
        watchers: Sequence[Watcher] = (),
        decision_samples: int | None = None,
    ) -> None:
        self._session = session
        self._words = words
        self._prompts = prompts
        self._recogniser = recogniser
        self._sound = sound
        self._watchers = watchers
        self._decision_samples = decision_samples
        self._player = Player()
        self._listener = listener
        self._own_voice = OwnVoice()
        self._at = 0
        self._phrases: tuple[Phrase, ...] = ()
        self._wake_at: int | None = None
        self._due: deque[tuple[int, ears.Utterance]] = deque()
        self._tickets = 0
        self._interrupted = False
        self._lost = False

    def interrupt(self) -> None:
        """End the session as soon as that has been said. Safe to call from a signal handler."""
        self._interrupted = True

    def run(self) -> None:
        """Go through the session to its end, the last word on its way to the loudspeaker included.

        Raises VoicecoachError where the voice or the recogniser fails.
        """
        self._tell(events.Begun(self._at))
        while self._session.memory.ended is None or self._player.busy:
            self._step()
        for _ in range(0, self._sound.echo_delay_samples, BLOCK_SAMPLES):
            self._step()

    def _step(self) -> None:
        at = self._at
        played, finished = self._player.take(BLOCK_SAMPLES)
        heard = self._sound.exchange(played)
        for watcher in self._watchers:
            watcher.played(at, played)
        self._at += BLOCK_SAMPLES
        for token in finished:
            self._tell(events.SpokenOut(self._at, token))
        self._listener.echo_delay_samples = self._sound.echo_delay_samples
        for happening in self._listener.listen(heard, played, at):
            self._notice(happening)
        self._collect()
        if self._sound.lost != self._lost:
            self._lost = self._sound.lost
            self._tell(events.DeviceLost(self._at) if self._lost else events.DeviceBack(self._at))
        if self._wake_at is not None and self._at >= self._wake_at:
            self._wake_at = None
            self._tell(events.Reached(self._at))
        if self._interrupted:
            self._interrupted = False
            self._tell(events.Interrupted(self._at))

    def _notice(self, happening: ears.EarEvent) -> None:
        match happening:
            case ears.SpeechStarted():
                self._tell(events.SpeechStarted(self._at))
            case ears.FalseAlarm():
                self._tell(events.FalseAlarm(self._at))
            case ears.Utterance():
                if not self._phrases:
                    self._tell(events.NotUnderstood(self._at))
                    return
                self._tickets += 1
                self._recogniser.submit(self._tickets, happening.samples, self._phrases)
                self._due.append((self._at + (self._decision_samples or 0), happening))

    def _collect(self) -> None:
        while self._due and self._at >= self._due[0][0]:
            answer = self._recogniser.collect(wait=self._decision_samples is not None)
            if answer is None:
                return
            _, utterance = self._due.popleft()
            verdict = answer[1]
            if verdict.meaning is None or self._was_own_voice(verdict.words, utterance):
                self._tell(events.NotUnderstood(self._at))
            else:
                self._tell(events.Heard(self._at, verdict.meaning, verdict.words, verdict.sure))

    def _was_own_voice(self, words: str, utterance: ears.Utterance) -> bool:
        """A word of what the coach is saying counts only where the canceller vouches for the person."""
        since = utterance.started_at - self._sound.echo_delay_samples - _OWN_VOICE_LINGERS
        own = self._own_voice.said(words, since, utterance.ended_at)
        return own and not self._listener.vouches_for(utterance)

    def _tell(self, event: events.AnyEvent) -> None:
        for watcher in self._watchers:
            watcher.happened(event)
        for action in self._session.handle(event):
            self._act(action)
            for watcher in self._watchers:
                watcher.acted(self._at, action)

    def _act(self, action: actions.Action) -> None:
        match action:
            case actions.Say(token, lines, at):
                texts = [self._words.text(line) for line in lines]
                places = self._player.say(token, [self._prompts.samples(text) for text in texts], at)
                for (begins_at, ends_at), text in zip(places, texts, strict=True):
                    self._own_voice.say(begins_at, ends_at, text)
            case actions.Tick(at, ends):
                self._player.tick(at, ends=ends)
            case actions.Silence():
                self._player.silence()
            case actions.Duck() | actions.Unduck():
                self._player.duck(ducked=isinstance(action, actions.Duck))
            case actions.SetVolume(gain_db):
                self._player.set_gain_db(gain_db)
            case actions.ChangeVoice():
                self._prompts.change_voice()
            case actions.ListenFor(meanings):
                known = self._words.meanings
                self._phrases = tuple(
                    Phrase(m, known[m].spellings, known[m].accept_above, known[m].sure_above) for m in meanings
                )
            case actions.WakeAt(at):
                self._wake_at = at
