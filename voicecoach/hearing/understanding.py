"""From blocks to understood phrases: has each utterance decided, early where that is safe, and drops echoes."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.blocks import Block
from voicecoach.grammar import Reader
from voicecoach.hearing.augmentation import level_db
from voicecoach.hearing.endpointer import EndpointEvent, FalseAlarm, Pause, SpeechStarted, Utterance
from voicecoach.hearing.hesitation import Piece
from voicecoach.hearing.listener import Listener
from voicecoach.hearing.looks import Looks, Submitted, is_call
from voicecoach.hearing.own_voice import OwnVoice
from voicecoach.hearing.recogniser import Phrase, Verdict, awaits_answer
from voicecoach.hearing.verdicts import Deciding
from voicecoach.meanings import CORRECTING, SCORES
from voicecoach.samples import samples
from voicecoach.session import events

_GONE_BACK_FOR = frozenset({*SCORES, *CORRECTING})
"""What may begin with an answer that is not waited behind, as the session goes back for it: "no … I meant left"."""
_OWN_VOICE_LINGERS = samples(0.1)


@dataclass(frozen=True)
class EarlySettings:
    """How much silence must follow words before they are taken without waiting for the utterance to close.

    `sure_seconds`: after words that the recogniser is sure of. `beginning_seconds`: after sure words that could also
    be the beginning of something that means something else. `unsure_seconds`: after words that it takes without being
    sure. Urgent words wait for nothing.
    """

    sure_seconds: float = 0.08
    beginning_seconds: float = 0.22
    unsure_seconds: float = 0.28


class Understanding:
    """Finds the person's utterances behind the echo canceller, and has the recogniser decide what they mean."""

    def __init__(
        self,
        listener: Listener,
        deciding: Deciding,
        early: EarlySettings | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._listener = listener
        self._reader = reader
        self._deciding = deciding
        self._early = early or EarlySettings()
        self._own_voice = OwnVoice()
        self._answered_at = 0
        """The sample from which an answer to what is made known now can be heard."""
        self._tickets = 0
        self._verdicts: dict[int, Verdict] = {}
        self._looks: dict[int, Looks] = {}
        """The looks at each utterance that has no verdict yet, by its ticket."""
        self._piece: Piece | None = None
        """What meant nothing, and waits for what is said next."""
        self._paused: Submitted | None = None
        """The open utterance as it was at its last pause."""
        self._over: deque[Submitted] = deque()
        self.phrases: tuple[Phrase, ...] = ()
        """What means something now."""

    def coach_says(self, begins_at: int, ends_at: int, text: str) -> None:
        """Note what the coach says between two samples, so that its echo is not taken for an answer."""
        self._own_voice.say(begins_at, ends_at, text)

    def hear(self, block: Block, echo_delay_samples: int, at: int) -> list[events.FromHearing]:
        """Take the next block; return the session's events that follow, each known at sample `at`."""
        self._answered_at = at
        self._listener.echo_delay_samples = echo_delay_samples
        now = block.at + len(block.heard)
        happenings: list[events.FromHearing] = []
        for event in self._listener.listen(block.heard, block.played, block.at):
            happenings += self._follow(event, now)
        while (decided := self._deciding.collect(now)) is not None:
            self._take_note(*decided, now)
        while self._over and self._over[0].ticket in self._verdicts:
            submitted = self._over.popleft()
            happenings += self._wait_or_report(submitted, self._verdicts.pop(submitted.ticket))
        happenings += self._decide_early(now)
        return happenings + self._wait_no_longer(now)

    def _take_note(self, ticket: int, verdict: Verdict, now: int) -> None:
        """Keep a verdict; where nothing was understood for sure, have another look at the utterance."""
        looks = self._looks.pop(ticket, None)
        if looks is None or (looks.submitted is not self._paused and looks.submitted not in self._over):
            return
        submitted = looks.submitted
        looks.take(verdict)
        over = submitted is not self._paused or self._listener.speech_ended_at == submitted.utterance.ended_at
        sound = looks.goes_on(lambda: self._listener.left_of(submitted.utterance), may_write=over)
        if sound is None:
            self._verdicts[ticket] = looks.outcome
            return
        self._looks[ticket] = looks
        self._deciding.submit(ticket, sound, submitted.phrases, now, writes=looks.writes)

    def _follow(self, event: EndpointEvent, now: int) -> list[events.FromHearing]:
        match event:
            case SpeechStarted():
                return [events.SpeechStarted(self._answered_at)] if self._piece is None else []
            case FalseAlarm():
                self._forget_pause()
                return [events.FalseAlarm(self._answered_at)] if self._piece is None else []
            case Pause(utterance):
                self._forget_pause()
                self._paused = self._submit(utterance, now) if self.phrases else None
            case Utterance():
                if not self.phrases:
                    return [events.NotUnderstood(self._answered_at, event.began_at, level_db(event.samples))]
                paused = self._paused
                if paused and self._settles(paused, event):
                    self._paused = None
                    self._over.append(paused)
                else:
                    self._forget_pause()
                    self._over.append(self._submit(event, now))
        return []

    def _settles(self, paused: Submitted, utterance: Utterance) -> bool:
        """Whether the verdict on a pause can stand: nothing was said since, and it is not known to mean nothing."""
        verdict = self._verdicts.get(paused.ticket)
        unclear = verdict is not None and verdict.meaning is None
        return paused.utterance.ended_at == utterance.ended_at and paused.phrases == self.phrases and not unclear

    def _forget_pause(self) -> None:
        if self._paused is not None:
            self._verdicts.pop(self._paused.ticket, None)
            self._paused = None

    def _submit(self, utterance: Utterance, now: int) -> Submitted:
        self._tickets += 1
        self._deciding.submit(self._tickets, utterance.samples, self.phrases, now)
        piece = self._piece
        whole = piece and piece.joined(utterance, self._listener.heard_between(piece.utterance, utterance))
        behind = piece if whole else None
        submitted = Submitted(self._tickets, whole or utterance, self.phrases, utterance.samples, behind)
        self._looks[self._tickets] = Looks(submitted, self._reader)
        return submitted

    def _wait_or_report(self, submitted: Submitted, verdict: Verdict) -> list[events.FromHearing]:
        """Report what was understood; what was not waits for what is said next, if it may be a part of an answer."""
        utterance, self._piece = submitted.utterance, None
        may_go_on = verdict.meaning is None and awaits_answer(submitted.phrases)
        if may_go_on and not self._listener.coach_is_audible and not self._listener.is_leaked(utterance):
            self._piece = Piece(utterance, submitted.phrases, verdict)
            return []
        return [self._report(utterance, verdict)]

    def _wait_no_longer(self, now: int) -> list[events.FromHearing]:
        """Report a piece that nothing was said behind in time."""
        piece = self._piece
        goes_on = self._listener.speech_ended_at is not None or self._paused is not None or self._over
        if piece is None or goes_on or (now < piece.waits_until and piece.phrases == self.phrases):
            return []
        self._piece = None
        return [self._report(piece.utterance, piece.verdict)]

    def _decide_early(self, now: int) -> list[events.FromHearing]:
        paused = self._paused
        if paused is None or paused.ticket not in self._verdicts or self._over:
            return []
        verdict, spoken = self._verdicts[paused.ticket], paused.utterance
        if self._listener.speech_ended_at != spoken.ended_at or paused.phrases != self.phrases:
            return []
        needed_seconds = self._needed_silence_seconds(verdict, paused.phrases)
        if needed_seconds is None or now - spoken.ended_at < samples(needed_seconds):
            return []
        self._listener.accept()
        self._paused = self._piece = None
        return [self._report(spoken, self._verdicts.pop(paused.ticket))]

    def _needed_silence_seconds(self, verdict: Verdict, phrases: Sequence[Phrase]) -> float | None:
        """Return after how much silence the verdict can be taken; None: not before the utterance closes."""
        meant = next((phrase for phrase in phrases if phrase.meaning == verdict.meaning), None)
        if meant is None:
            return None
        if meant.urgent:
            return 0.0
        if not verdict.sure or verdict.words not in meant.spellings:
            return self._early.unsure_seconds
        begins_other = any(
            spelling.startswith(verdict.words + " ")
            for phrase in phrases
            if phrase is not meant and phrase.meaning not in _GONE_BACK_FOR
            for spelling in phrase.spellings
        )
        return self._early.beginning_seconds if begins_other else self._early.sure_seconds

    def _report(self, utterance: Utterance, verdict: Verdict) -> events.Heard | events.NotUnderstood:
        leaked = self._listener.is_leaked(utterance)
        if verdict.meaning is None:
            words = "" if leaked else self._likeliest_words(verdict, utterance)
            return events.NotUnderstood(
                self._answered_at, utterance.began_at, None if leaked else level_db(utterance.samples),
                ended_at=utterance.ended_at, words=words, goes_back=self._goes_back(words),
            )  # fmt: skip
        weak = not is_call(verdict, self.phrases) or verdict.among_others
        if self._was_own_voice(verdict, utterance) or (leaked and weak):
            return events.NotUnderstood(self._answered_at, utterance.began_at, ended_at=utterance.ended_at)
        return events.Heard(
            self._answered_at, verdict.meaning, verdict.words, verdict.sure, utterance.began_at, verdict.confidence,
            verdict.margin, level_db(utterance.samples), among_others=verdict.among_others,
            ended_at=utterance.ended_at, goes_back=self._goes_back(verdict.words),
        )  # fmt: skip

    def _goes_back(self, words: str) -> bool:
        return self._reader is not None and self._reader.goes_back(words)

    def _likeliest_words(self, verdict: Verdict, utterance: Utterance) -> str:
        """Return what an engine would write for an utterance that means nothing; nothing for the coach's own words."""
        words = verdict.written[0].words if verdict.written else ""
        return "" if self._was_own_voice(replace(verdict, words=words, among_others=False), utterance) else words

    def _was_own_voice(self, verdict: Verdict, utterance: Utterance) -> bool:
        """Whether a verdict is on the coach's own words or on words among others, unvouched by the canceller."""
        since = utterance.started_at - self._listener.echo_delay_samples - _OWN_VOICE_LINGERS
        own = verdict.among_others or self._own_voice.said(verdict.words, since, utterance.ended_at)
        return own and not self._listener.vouches_for(utterance)
