"""Distress: the coach asks whether the person is all right until it knows, and calls for help where nobody answers."""

from collections.abc import Hashable
from statistics import median
from typing import Literal

from msgspec.structs import replace

from voicecoach.meanings import DISTRESS, FINE, HURTS, YES_NO
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.memory import Memory, QuestionRecord
from voicecoach.session.not_understood import note_words
from voicecoach.session.policies import (
    ASKING_AFTER,
    CALM_EVIDENCE,
    CRIES,
    EMERGENCIES,
    MAY_GO_ON,
    PASSES_BY_ITSELF,
    REPROMPTING,
    SERIOUSNESS,
    UNCLEAR,
    VOLUME_LIMIT_DB,
)
from voicecoach.session.repetitions import Repeating
from voicecoach.session.situation_fields import Detail, Serial, Telling
from voicecoach.session.stage import Activity, Again, Finish, Move, Push, Stage
from voicecoach.session.timed_hold import Keeping


def in_motion(top: Activity) -> bool:
    """Whether the person is moving, or holds a position, while this activity is at the top of the stack."""
    return isinstance(top, Repeating | Keeping) and top.doing not in ("over", "start")


def is_weak(heard: events.Heard) -> bool:
    """Whether a hardly heard word of distress or pain is too little to act on where nobody moves.

    In movement little is enough for distress and pain; in a question their words are often a part of the answer.
    """
    hardly = heard.confidence is not None and heard.confidence < CALM_EVIDENCE
    return (heard.meaning in DISTRESS and hardly) or (heard.meaning in HURTS and (hardly or heard.among_others))


def remember_level(heard: events.Heard, memory: Memory) -> None:
    """Remember how loud the person's surely understood utterances are, to tell other people's from them."""
    if heard.sure and heard.level_db is not None:
        memory.levels_db = (*memory.levels_db[1 - CRIES.levels_remembered :], heard.level_db)


def may_be_a_cry(said: events.NotUnderstood, top: Activity, memory: Memory) -> bool:
    """Whether this unclear utterance is the second in movement, soon after the first, and as loud; once a set."""
    if not in_motion(top) or said.level_db is None or not memory.levels_db or has_cried(memory):
        return False
    if said.level_db < median(memory.levels_db) + CRIES.softest_db:
        return False
    before, memory.unclear_at = memory.unclear_at, said.at
    return before is not None and said.at <= before + samples(CRIES.within_seconds)


def has_cried(memory: Memory) -> bool:
    """Whether somebody has been asked after for unclear utterances in this set already."""
    return memory.cried_in == _set_under_way(memory)


def _set_under_way(memory: Memory) -> tuple[str, int, int, str]:
    return memory.exercise or "", memory.set, memory.at, memory.turn or ""


_QUESTION = "all_right"
_ANSWERS = (*YES_NO, FINE)


class Distress(Activity, frozen=True, tag=True):
    """Lowers the foot and asks "are you all right?"; what it takes for an answer is sure, or worrying.

    `kind` is what was said, or `UNCLEAR`. Silence, and what means nothing, makes it ask once more, louder, and then
    call for help until somebody says yes or stop.
    """

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True
    stands_alone = True

    kind: Detail[str]
    sure: Telling[bool]
    foot_is_up: Detail[bool]
    doing: Literal["ask", "insist", "call"] = "ask"
    """"insist": asked once more, louder; "call": for help."""
    is_worse: Telling[bool] = False
    """Whether the person has said that it is not all right."""
    heard_yes: Telling[bool] = False
    """Whether a yes was heard that was not sure; the next one, to the question put again, counts."""
    was_surely_worse: Detail[bool] = False
    """Whether something was surely heard before after which nothing goes on."""
    record: Serial = -1
    token: Serial = 0
    """Of the speech that asks first."""
    silent_since: Detail[int | None] = None
    calls: Detail[int] = 0

    @property
    def yields(self) -> bool:
        """Whether the coach ducks while somebody speaks: not in a call for help, which goes on through other voices."""
        return self.doing != "call"

    @property
    def _is_emergency(self) -> bool:
        return self.is_worse or (self.sure and self.kind in EMERGENCIES)

    @property
    def ends_for_good(self) -> bool:
        """Whether the exercise ends whatever the person answers."""
        return self.is_worse or self.was_surely_worse or (self.sure and self.kind not in MAY_GO_ON)

    def also_tells(self, programme: Programme) -> Hashable:
        """Return what tells its situations apart besides its fields: what the word of distress leads to."""
        del programme
        return SERIOUSNESS[self.kind], self.kind in PASSES_BY_ITSELF, self.ends_for_good

    @property
    def left_alone(self) -> Hashable:
        """How often help has been called, which alone decides what follows in silence; None before the first call."""
        return self.calls if self.doing == "call" else None

    def enter(self, stage: Stage) -> Move:
        """Tell the person to lower the foot, and ask whether they are all right."""
        stage.memory.taken = None
        stage.memory.questions.append(QuestionRecord(_QUESTION))
        return replace(self, record=len(stage.memory.questions) - 1)._begin(stage)

    def _begin(self, stage: Stage) -> Move:
        if self.kind != UNCLEAR:
            stage.note(actions.Adverse(AdverseKind(self.kind)))
        lower = ("distress_lower",) if self.foot_is_up else ()
        emergency = ("distress_emergency",) if self._is_emergency else ()
        return self._ask(stage, *lower, *emergency, f"{_QUESTION}?")

    def _ask(self, stage: Stage, *prompts: str) -> "Distress":
        stage.note(actions.Asking(_QUESTION, stage.memory.questions[self.record].asked))
        stage.memory.note_asked(self.record)
        stage.listen_for(_ANSWERS)
        stage.say(*prompts)
        return replace(self, token=self.token or stage.memory.token)

    def again(self, stage: Stage) -> Move:
        """Ask again whether the person is all right; the silence so far still counts."""
        return self._ask(stage, "help_needed" if self.doing == "call" else f"{_QUESTION}?again")

    def spoken(self, stage: Stage) -> Move:
        """Wait for the answer for a while; nothing but an answer makes that longer."""
        since = stage.now if self.silent_since is None else self.silent_since
        match self.doing:
            case "ask":
                due = since + samples(ASKING_AFTER.insists_after_seconds)
            case "insist":
                due = since + samples(ASKING_AFTER.calls_after_seconds)
            case "call":
                due = stage.now + samples(ASKING_AFTER.calls_every_seconds)
        stage.wait_until(max(due, stage.now))
        return replace(self, silent_since=since)

    def reached(self, stage: Stage) -> Move:
        """Ask once more, louder, after silence; then call for help, for a limited time."""
        if self.doing == "ask":
            stage.speak_louder_by(VOLUME_LIMIT_DB / 2)
            return replace(self, doing="insist", heard_yes=False)._ask(stage, f"{_QUESTION}?again")
        if self.calls == ASKING_AFTER.most_calls:
            return self._end(stage, "distress_stopped")
        stage.speak_louder_by(VOLUME_LIMIT_DB)
        more = () if self.doing == "call" else ("distress_emergency",)
        return replace(self, doing="call", heard_yes=False, calls=self.calls + 1)._ask(stage, "help_needed", *more)

    def heard(self, event: events.Heard, stage: Stage) -> Move:
        """Believe a no at once, and a yes where it is sure and was said after the question had been asked."""
        if event.behind is not None and event.behind.token < self.token:
            return self
        if event.meaning == "no":
            self._take("no", event.words, stage)
            return self._not_all_right(stage)
        if event.behind is not None and event.behind.unsaid_samples > samples(REPROMPTING.last_words_seconds):
            return self
        if not event.sure and not self.heard_yes:
            stage.silence()
            return replace(self, heard_yes=True)._ask(stage, f"{_QUESTION}?again")
        self._take("yes", event.words, stage)
        if self.ends_for_good:
            return self._end(stage, "distress_over_emergency" if self._is_emergency else "distress_over")
        stage.silence()
        stage.speak_louder_by(0)
        return Again(check_in=True)

    def not_understood(self, event: events.NotUnderstood | events.Heard, stage: Stage) -> Move:
        """Note the words of what means nothing, and wait on."""
        if event.behind is None or event.behind.token >= self.token:
            note_words(_QUESTION, event, stage)
        return self

    def _take(self, answer: str, words: str, stage: Stage) -> None:
        stage.memory.note_answer(self.record, answer, words)
        stage.note(actions.Answered(_QUESTION, answer, words))

    def _not_all_right(self, stage: Stage) -> Move:
        """Say what to do where the distress passes by itself; else say the emergency words, and stay."""
        if self.kind in PASSES_BY_ITSELF and not self.is_worse:
            return self._end(stage, f"distress_{self.kind}")
        stage.silence()
        stage.speak_louder_by(0)
        if not self.is_worse:
            stage.note(actions.Adverse(AdverseKind.NOT_ALL_RIGHT))
        worse = replace(self, is_worse=True, doing="ask", heard_yes=False, silent_since=None)
        return worse._ask(stage, "distress_emergency", f"{_QUESTION}?again")

    def command(self, command: str, stage: Stage) -> Move | None:
        """Take pain as a no, heed stop and other words of distress, and put the question again otherwise."""
        if command in SERIOUSNESS:
            return self._distressed(command, stage)
        if command == "stop":
            if self.kind == UNCLEAR and not self.is_worse:
                return replace(self._end(stage, "finish_stopped"), outcome=Outcome.STOPPED)
            return self._end(stage, "distress_stopped")
        if command in HURTS:
            stage.note(actions.Adverse(AdverseKind(command)))
            return self._not_all_right(stage)
        if command in ("louder", "quieter"):
            stage.change_volume(1 if command == "louder" else -1)
        stage.silence()
        return self._ask(stage, f"{_QUESTION}?again")

    def _distressed(self, kind: str, stage: Stage) -> Move:
        """Go by the more serious of two words of distress."""
        if (SERIOUSNESS[kind], stage.sure) <= (SERIOUSNESS[self.kind], self.sure):
            return self
        if kind == self.kind and kind not in EMERGENCIES:
            return replace(self, sure=True)
        stage.silence()
        stage.speak_louder_by(0)
        worse = replace(self, kind=kind, sure=stage.sure, was_surely_worse=self.ends_for_good)
        return replace(worse, doing="ask", heard_yes=False, silent_since=None)._begin(stage)

    def _end(self, stage: Stage, prompt: str) -> Finish:
        stage.silence()
        stage.speak_louder_by(0)
        return Finish(Outcome.ADVERSE, (prompt,), closes=False)


def cried(top: Activity, memory: Memory, stage: Stage) -> Move:
    """Return the move that follows where somebody may have cried out in movement."""
    memory.unclear_at, memory.cried_in = None, _set_under_way(memory)
    stage.silence()
    return Push(top, Distress(UNCLEAR, sure=False, foot_is_up=True))
