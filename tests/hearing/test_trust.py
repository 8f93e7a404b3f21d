"""Which verdicts count, when, and of which utterance: a scripted listener, a scripted recogniser, no sound."""

from collections import deque
from collections.abc import Sequence

import numpy as np
import pytest

from voicecoach.blocks import Block, Samples
from voicecoach.grammar import Reader
from voicecoach.hearing.augmentation import level_db
from voicecoach.hearing.endpointer import EndpointEvent, FalseAlarm, Pause, Utterance
from voicecoach.hearing.recogniser import Phrase, Verdict, Written
from voicecoach.hearing.understanding import Understanding
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import events
from voicecoach.session.events import FromHearing

YES, NO = Phrase("yes", ("yes",), 0.5, 0.9), Phrase("no", ("no",), 0.5, 0.9)
STOP = Phrase("stop", ("stop",), 0.5, 0.9, urgent=True, is_call=True)
HURTS = Phrase("it_hurts", ("it hurts",), 0.5, 0.9, urgent=True, is_call=True, keywords=("hurts",))
SILENCE = np.zeros(BLOCK_SAMPLES, np.float32)
ECHO_DELAY = samples(0.08)


class ScriptedListener:
    """Makes known what a test wants with the next block; leaks and vouches as it wants."""

    def __init__(self) -> None:
        self.echo_delay_samples = 0
        self.speech_ended_at: int | None = None
        self.next_events: list[EndpointEvent] = []
        self.leaks = self.vouches = False
        self.left: Samples | None = None
        self.accepted = 0
        self.coach_is_audible = True

    def listen(self, heard: Samples, played: Samples, at: int) -> list[EndpointEvent]:
        del heard, played, at
        known, self.next_events = self.next_events, []
        return known

    def accept(self) -> None:
        self.accepted += 1

    def vouches_for(self, utterance: Utterance) -> bool:
        del utterance
        return self.vouches

    def left_of(self, utterance: Utterance) -> Samples | None:
        del utterance
        return self.left

    def is_leaked(self, utterance: Utterance) -> bool:
        del utterance
        return self.leaks

    def heard_between(self, before: Utterance, after: Utterance) -> Samples:
        return np.zeros(after.started_at - before.started_at - before.samples.size, np.float32)


class ScriptedDeciding:
    """Knows a verdict when a test gives it one, in the order of the utterances or not."""

    def __init__(self) -> None:
        self.submitted: list[tuple[int, tuple[Phrase, ...]]] = []
        self.written: list[bool] = []
        self.decided: deque[tuple[int, Verdict]] = deque()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        del sound, at
        self.written.append(writes)
        self.submitted.append((ticket, tuple(phrases)))

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        del at
        return self.decided.popleft() if self.decided else None


class Scene:
    """One block after the other, with what is heard and decided in each."""

    def __init__(self, *phrases: Phrase, reader: Reader | None = None) -> None:
        self.listener, self.deciding = ScriptedListener(), ScriptedDeciding()
        self.understanding = Understanding(self.listener, self.deciding, reader=reader)  # type: ignore[arg-type]
        self.understanding.phrases = phrases
        self.now = samples(10.0)

    def hear(self, *known: EndpointEvent, speech_ended_at: int | None = None) -> list[FromHearing]:
        """Let a block go by in which this becomes known; an open utterance has speech up to `speech_ended_at`."""
        self.listener.next_events = list(known)
        self.listener.speech_ended_at = speech_ended_at
        block = Block(self.now, SILENCE, SILENCE, ())
        self.now += BLOCK_SAMPLES
        return self.understanding.hear(block, ECHO_DELAY, self.now)

    def said(self, seconds: float = 0.4, level: float = 0.1, ended_at: int | None = None) -> Utterance:
        """Return an utterance that ended with the next block, unless it did before."""
        ended_at = self.now + BLOCK_SAMPLES if ended_at is None else ended_at
        began_at = ended_at - samples(seconds)
        sound = np.full(samples(seconds), level, np.float32)
        return Utterance(began_at - samples(0.1), began_at, ended_at, sound, self.now + BLOCK_SAMPLES)

    def decide(self, verdict: Verdict, nth: int = -1) -> None:
        """Give the verdict on the last utterance handed over, or on the nth."""
        self.deciding.decided.append((self.deciding.submitted[nth][0], verdict))

    def pause(self, verdict: Verdict | None) -> tuple[Utterance, list[FromHearing]]:
        """Pause in an utterance, whose verdict is there with the next block; return it and what that made known."""
        utterance = self.said()
        self.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
        if verdict is not None:
            self.decide(verdict)
        return utterance, self.hear(speech_ended_at=utterance.ended_at)

    def close(self, verdict: Verdict, utterance: Utterance | None = None) -> list[FromHearing]:
        """End an utterance, whose verdict is there with the next block; return what that made known."""
        self.hear(utterance or self.said())
        self.decide(verdict)
        return self.hear()


def verdict(meaning: str | None, words: str = "", *, sure: bool = True, among_others: bool = False) -> Verdict:
    return Verdict(meaning, words or meaning or "", -1.0, 5.0, 0.95, sure, among_others)


def no_answer(scene: Scene, utterance: Utterance) -> events.NotUnderstood:
    return events.NotUnderstood(scene.now, utterance.began_at, ended_at=utterance.ended_at)


def understood(found: list[FromHearing]) -> list[str | None]:
    """Return the meanings; None for what was not understood."""
    assert all(isinstance(event, events.Heard | events.NotUnderstood) for event in found)
    return [event.meaning if isinstance(event, events.Heard) else None for event in found]


def silence(scene: Scene, utterance: Utterance, seconds: float) -> list[FromHearing]:
    """Stay silent in the open utterance; return all that becomes known."""
    found: list[FromHearing] = []
    while scene.now < utterance.ended_at + samples(seconds):
        found += scene.hear(speech_ended_at=utterance.ended_at)
    return found


def test_an_utterance_is_reported_with_its_level_and_beginning() -> None:
    scene = Scene(YES, NO)
    utterance = scene.said(level=0.1)
    (event,) = scene.close(verdict("yes"), utterance)
    level = level_db(utterance.samples)
    assert event == events.Heard(
        scene.now, "yes", "yes", True, utterance.began_at, 0.95, 5.0, level, ended_at=utterance.ended_at
    )


def test_the_coachs_echo_come_another_way_is_no_answer_and_has_no_level() -> None:
    scene = Scene(YES, NO, STOP)
    scene.listener.leaks = True
    for meaning in ("yes", "no", None):
        utterance = scene.said()
        assert scene.close(verdict(meaning), utterance) == [
            events.NotUnderstood(scene.now, utterance.began_at, ended_at=utterance.ended_at)
        ]


def test_what_is_no_echo_and_means_nothing_has_its_level() -> None:
    scene = Scene(YES)
    utterance = scene.said()
    assert scene.close(verdict(None), utterance) == [
        events.NotUnderstood(scene.now, utterance.began_at, level_db(utterance.samples), ended_at=utterance.ended_at)
    ]


UNCLEAR = Verdict(
    None, "", -1.0, 5.0, 0.1, False, written=(Written("now and then", "", 0.2), Written("never than", "", 0.1))
)


@pytest.mark.parametrize(("leaks", "words"), [(False, "now and then"), (True, "")])
def test_what_means_nothing_is_told_of_in_its_likeliest_words_unless_it_may_be_an_echo(leaks: bool, words: str) -> None:
    scene = Scene(YES, NO)
    scene.listener.leaks = leaks
    (event,) = scene.close(UNCLEAR)
    assert isinstance(event, events.NotUnderstood)
    assert event.words == words


@pytest.mark.parametrize(("vouches", "words"), [(True, "now and then"), (False, "")])
def test_words_that_the_coach_is_saying_are_told_of_only_where_the_canceller_vouches_for_them(
    vouches: bool, words: str
) -> None:
    scene = Scene(YES, NO)
    scene.understanding.coach_says(scene.now - samples(2.0), scene.now + samples(2.0), "Does it hurt now and then?")
    scene.listener.vouches = vouches
    (event,) = scene.close(UNCLEAR)
    assert isinstance(event, events.NotUnderstood)
    assert event.words == words


def test_an_urgent_word_counts_though_it_may_be_an_echo_but_not_one_among_others() -> None:
    scene = Scene(STOP, HURTS)
    scene.listener.leaks = True
    assert understood(scene.close(verdict("stop"))) == ["stop"]
    scene.listener.vouches = True
    assert understood(scene.close(verdict("it_hurts", among_others=True))) == [None]
    scene.listener.leaks = False
    assert understood(scene.close(verdict("it_hurts", among_others=True))) == ["it_hurts"]


def test_a_call_for_help_counts_though_it_may_be_an_echo() -> None:
    scene = Scene(Phrase("help", ("help",), 0.3, 0.8, is_call=True), YES)
    scene.listener.leaks = True
    assert understood(scene.close(verdict("help"))) == ["help"]
    assert understood(scene.close(verdict("yes"))) == [None]


def test_a_word_among_others_counts_only_where_the_canceller_vouches_for_it() -> None:
    scene = Scene(HURTS)
    assert understood(scene.close(verdict("it_hurts", among_others=True))) == [None]
    scene.listener.vouches = True
    assert understood(scene.close(verdict("it_hurts", among_others=True))) == ["it_hurts"]


def test_a_word_that_the_coach_is_saying_counts_only_where_the_canceller_vouches_for_it() -> None:
    scene = Scene(YES, NO)
    scene.understanding.coach_says(scene.now - samples(2.0), scene.now + samples(2.0), "Please answer yes or no.")
    utterance = scene.said()
    assert scene.close(verdict("no"), utterance) == [
        events.NotUnderstood(scene.now, utterance.began_at, ended_at=utterance.ended_at)
    ]
    scene.listener.vouches = True
    assert understood(scene.close(verdict("no"))) == ["no"]


def test_another_word_than_the_coachs_needs_nobody_to_vouch_for_it() -> None:
    scene = Scene(YES, NO)
    scene.understanding.coach_says(scene.now - samples(2.0), scene.now + samples(2.0), "Is it the left one?")
    assert understood(scene.close(verdict("no"))) == ["no"]


@pytest.mark.parametrize(("before_seconds", "own"), [(0.0, True), (0.09, True), (0.11, False)])
def test_the_coachs_word_lingers_for_a_tenth_of_a_second_after_its_echo(before_seconds: float, own: bool) -> None:
    scene = Scene(YES, NO)
    utterance = scene.said()
    ends_at = utterance.started_at - ECHO_DELAY - samples(before_seconds)
    scene.understanding.coach_says(ends_at - samples(1.0), ends_at, "Yes or no?")
    assert understood(scene.close(verdict("no"), utterance)) == [None if own else "no"]


def test_utterances_are_reported_in_their_order_though_the_later_one_is_decided_first() -> None:
    scene = Scene(YES, NO)
    scene.hear(scene.said())
    scene.hear(scene.said())
    scene.decide(verdict("no"), 1)
    assert scene.hear() == []
    scene.decide(verdict("yes"), 0)
    assert understood(scene.hear()) == ["yes", "no"]


def test_what_is_still_open_does_not_overtake_an_utterance_that_is_not_decided_yet() -> None:
    scene = Scene(YES, STOP)
    scene.hear(scene.said())
    utterance = scene.said()
    scene.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
    scene.decide(verdict("stop"))
    assert scene.hear(speech_ended_at=utterance.ended_at) == []
    scene.decide(verdict("yes"), 0)
    assert understood(scene.hear(speech_ended_at=utterance.ended_at)) == ["yes", "stop"]
    assert scene.listener.accepted == 1


def test_an_older_decision_is_not_taken_for_what_is_said_now() -> None:
    """The pause was broken off by more speech; only what was said in all is decided on."""
    scene = Scene(YES, STOP)
    first = scene.said(seconds=0.2)
    scene.hear(Pause(first), speech_ended_at=first.ended_at)
    scene.hear(speech_ended_at=scene.now + BLOCK_SAMPLES)
    whole = scene.said(seconds=0.6)
    scene.hear(Pause(whole), speech_ended_at=whole.ended_at)
    scene.decide(verdict("stop"), 0)
    assert scene.hear(speech_ended_at=whole.ended_at) == []
    scene.decide(verdict("yes"), 1)
    assert understood(silence(scene, whole, 0.4)) == ["yes"]


def test_a_word_at_a_pause_is_not_taken_while_the_person_speaks_on() -> None:
    scene = Scene(YES, STOP)
    utterance = scene.said()
    scene.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
    scene.decide(verdict("stop"))
    assert scene.hear(speech_ended_at=scene.now + BLOCK_SAMPLES) == []


def test_a_false_alarm_forgets_what_was_decided_at_a_pause_in_it() -> None:
    scene = Scene(YES, STOP)
    utterance = scene.said()
    scene.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
    assert scene.hear(FalseAlarm(scene.now)) == [events.FalseAlarm(scene.now)]
    scene.decide(verdict("stop"))
    assert scene.hear(speech_ended_at=utterance.ended_at) == []


def test_a_verdict_on_words_that_no_longer_mean_anything_is_not_taken_early() -> None:
    scene = Scene(YES, NO)
    utterance, _ = scene.pause(None)
    scene.understanding.phrases = (STOP,)
    scene.decide(verdict("yes"))
    assert silence(scene, utterance, 0.4) == []
    assert scene.listener.accepted == 0


def test_an_utterance_is_decided_anew_where_other_words_mean_something_since_its_pause() -> None:
    scene = Scene(YES, NO)
    utterance, _ = scene.pause(None)
    scene.understanding.phrases = (NO, STOP)
    scene.hear(scene.said(ended_at=utterance.ended_at))
    assert [phrases for _, phrases in scene.deciding.submitted] == [(YES, NO), (NO, STOP)]
    scene.decide(verdict("yes"), 0)
    scene.decide(verdict("stop"), 1)
    assert understood(scene.hear()) == ["stop"]


def test_an_utterance_is_decided_once_where_nothing_was_said_since_its_pause() -> None:
    scene = Scene(YES, NO)
    utterance, _ = scene.pause(None)
    scene.hear(scene.said(ended_at=utterance.ended_at))
    assert len(scene.deciding.submitted) == 1
    scene.decide(verdict("yes"))
    assert understood(scene.hear()) == ["yes"]


def test_an_utterance_is_decided_anew_where_more_was_said_or_nothing_was_meant_at_its_pause() -> None:
    more, unclear = Scene(YES, NO), Scene(YES, NO)
    more.pause(None)
    more.hear(more.said())
    assert len(more.deciding.submitted) == 2
    utterance, _ = unclear.pause(verdict(None))
    unclear.hear(unclear.said(ended_at=utterance.ended_at))
    assert len(unclear.deciding.submitted) == 2


def test_while_nothing_means_anything_nothing_is_decided_and_all_is_not_understood_at_once() -> None:
    scene = Scene()
    utterance = scene.said()
    scene.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
    assert scene.hear(utterance) == [events.NotUnderstood(scene.now, utterance.began_at, level_db(utterance.samples))]
    assert scene.deciding.submitted == []


@pytest.mark.parametrize(
    ("phrases", "decided", "seconds"),
    [
        ((YES, NO), verdict("yes"), 0.08),
        ((YES, Phrase("yesterday", ("yesterday",), 0.5, 0.9)), verdict("yes"), 0.08),
        ((YES, Phrase("yes_please", ("yes please",), 0.5, 0.9)), verdict("yes"), 0.22),
        ((YES, NO), verdict("yes", sure=False), 0.28),
    ],
)
def test_words_are_taken_after_as_much_silence_as_they_need(
    phrases: tuple[Phrase, ...], decided: Verdict, seconds: float
) -> None:
    scene = Scene(*phrases)
    utterance, found = scene.pause(decided)
    assert found + silence(scene, utterance, seconds - 0.02) == []
    assert understood(silence(scene, utterance, seconds)) == ["yes"]
    assert scene.listener.accepted == 1
    assert silence(scene, utterance, 1.0) == []
