"""One look at an utterance follows another until it means something, and only what is not sure is written out."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.hearing.endpointer import Pause, Utterance
from voicecoach.hearing.hesitation import Piece
from voicecoach.hearing.looks import Look, Looks, Submitted
from voicecoach.hearing.recogniser import Verdict, Written
from voicecoach.phrases import reader
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import events

from .conftest import calf_words
from .test_trust import NO, STOP, YES, Scene, verdict

UNSURE = replace(verdict("yes", sure=False), can_be_written=True)
UNCLEAR = replace(verdict(None), can_be_written=True)
AN_UM = Verdict(None, "", -1.0, 5.0, 0.1, False, written=(Written("um", "um", 0.9),))
A_SENTENCE = Verdict(None, "", -1.0, 5.0, 0.1, False, written=(Written("no it isn't", "no it isn't", 0.9),))


def sound(level: float) -> Samples:
    return np.full(samples(0.4), level, np.float32)


def an_utterance(level: float = 0.1) -> Utterance:
    return Utterance(0, 1600, 4800, sound(level), 6400)


def looks_at(behind: Verdict | None = None) -> Looks:
    phrases = (YES, NO, STOP)
    piece = None if behind is None else Piece(an_utterance(), phrases, behind)
    return Looks(Submitted(1, an_utterance(0.1), phrases, sound(0.2), piece), reader(calf_words()))


def nothing_left() -> Samples | None:
    return None


def taken(
    looks: Looks, *verdicts: Verdict, left: Callable[[], Samples | None] = nothing_left
) -> list[tuple[Look, bool]]:
    """Give the verdicts, one a look; return the looks that were had, and whether each wrote."""
    had = []
    for each in verdicts:
        had.append((looks.under_way, looks.writes))
        looks.take(each)
        if looks.goes_on(left, may_write=True) is None:
            break
    return had


def test_what_is_sure_is_looked_at_once() -> None:
    looks = looks_at()
    assert taken(looks, verdict("yes")) == [(Look.WHOLE, False)]
    assert looks.outcome.meaning == "yes"


def test_what_is_not_sure_is_written_out_once() -> None:
    looks = looks_at()
    assert taken(looks, UNSURE, verdict("yes", sure=False)) == [(Look.WHOLE, False), (Look.WHOLE, True)]
    looks = looks_at()
    assert len(taken(looks, UNCLEAR, A_SENTENCE)) == 2
    assert (looks.outcome.meaning, looks.outcome.words) == ("no", "no it isn't")


def test_a_recogniser_that_can_write_nothing_more_is_not_asked_to() -> None:
    assert taken(looks_at(), verdict("yes", sure=False)) == [(Look.WHOLE, False)]


def test_what_goes_on_with_a_piece_is_looked_at_alone_for_a_call_and_then_whole() -> None:
    looks = looks_at(behind=A_SENTENCE)
    assert taken(looks, verdict("stop")) == [(Look.ALONE, False)]
    assert looks.outcome.meaning == "stop"
    looks = looks_at(behind=A_SENTENCE)
    assert taken(looks, verdict("yes"), verdict(None)) == [(Look.ALONE, False), (Look.WHOLE, False)]
    assert looks.outcome.meaning is None


def test_behind_an_um_it_counts_alone_and_is_then_written_out_alone() -> None:
    looks = looks_at(behind=AN_UM)
    had = taken(looks, UNCLEAR, UNCLEAR, replace(UNCLEAR, can_be_written=False), A_SENTENCE)
    assert had == [(Look.ALONE, False), (Look.WHOLE, False), (Look.WHOLE, True), (Look.ALONE, True)]
    assert looks.outcome.meaning == "no"
    looks = looks_at(behind=AN_UM)
    taken(looks, verdict("yes"), verdict(None))
    assert looks.outcome.meaning == "yes"


def test_only_a_likely_call_counts_in_what_the_canceller_left_and_never_surely() -> None:
    looks = looks_at()
    had = taken(looks, verdict(None), verdict("stop"), left=lambda: sound(0.05))
    assert had == [(Look.WHOLE, False), (Look.LEFT, False)]
    assert (looks.outcome.meaning, looks.outcome.sure) == ("stop", False)
    for other in (verdict("yes"), replace(verdict("stop"), confidence=0.4)):
        looks = looks_at()
        taken(looks, verdict(None), other, left=lambda: sound(0.05))
        assert looks.outcome.meaning is None


def a_scene_with_a_reader() -> Scene:
    scene = Scene(YES, NO, STOP, reader=reader(calf_words()))
    scene.listener.coach_is_audible = False
    return scene


def test_a_pause_in_the_middle_of_what_is_said_is_not_written_out() -> None:
    scene = a_scene_with_a_reader()
    utterance = scene.said()
    scene.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
    scene.decide(UNSURE)
    assert scene.hear(speech_ended_at=scene.now + BLOCK_SAMPLES) == []
    assert scene.deciding.written == [False]


def test_a_pause_that_lasts_is_written_out_before_anything_unsure_is_taken() -> None:
    scene = a_scene_with_a_reader()
    utterance = scene.said()
    scene.hear(Pause(utterance), speech_ended_at=utterance.ended_at)
    scene.decide(UNSURE)
    while scene.now < utterance.ended_at + samples(0.4):
        assert scene.hear(speech_ended_at=utterance.ended_at) == []
    assert scene.deciding.written == [False, True]
    scene.decide(A_SENTENCE)
    (event,) = scene.hear(speech_ended_at=utterance.ended_at)
    assert isinstance(event, events.Heard)
    assert event.meaning == "no"


def test_a_verdict_on_what_was_never_handed_over_is_passed_over() -> None:
    scene = a_scene_with_a_reader()
    scene.deciding.decided.append((7, verdict("yes")))
    assert scene.hear() == []
