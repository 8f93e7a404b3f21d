"""Who hesitates within an answer is waited for, and both halves are heard together."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from voicecoach.blocks import Block, Samples
from voicecoach.hearing.echo.canceller_choice import NO_CANCELLER
from voicecoach.hearing.endpointer import FalseAlarm, Pause, SpeechStarted
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.hesitation import OTHER_HALF_WITHIN_SECONDS, Piece
from voicecoach.hearing.recogniser import Verdict, Written
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.phrases import reader
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import events

from .conftest import Say, calf_words, phrases_for, quiet
from .test_trust import NO, STOP, YES, Scene, understood, verdict


def beside_a_silent_coach() -> Scene:
    scene = Scene(YES, NO, STOP)
    scene.listener.coach_is_audible = False
    return scene


def pass_by(scene: Scene, seconds: float) -> list[events.FromHearing]:
    """Let silence go by; return what became known in it."""
    return [event for _ in range(samples(seconds) // BLOCK_SAMPLES) for event in scene.hear()]


def test_a_piece_that_means_nothing_waits_for_its_other_half_before_it_is_reported() -> None:
    scene = beside_a_silent_coach()
    piece = scene.said()
    assert scene.close(verdict(None), piece) == []
    assert pass_by(scene, OTHER_HALF_WITHIN_SECONDS - 0.1) == []
    (event,) = pass_by(scene, 0.2)
    assert isinstance(event, events.NotUnderstood)
    assert (event.began_at, event.ended_at) == (piece.began_at, piece.ended_at)
    assert pass_by(scene, 3.0) == []


def test_both_halves_are_decided_on_together_and_reported_once() -> None:
    scene = beside_a_silent_coach()
    piece = scene.said()
    scene.close(verdict(None), piece)
    pass_by(scene, 0.8)
    assert scene.hear(SpeechStarted(scene.now)) == []
    rest = scene.said()
    assert scene.close(verdict(None), rest) == []
    scene.decide(verdict("no", "it isn't"))
    (event,) = scene.hear()
    assert isinstance(event, events.Heard)
    assert (event.meaning, event.began_at, event.ended_at) == ("no", piece.began_at, rest.ended_at)
    assert pass_by(scene, 3.0) == []


def test_the_other_half_alone_is_no_answer_where_the_first_may_turn_it_round() -> None:
    scene = beside_a_silent_coach()
    scene.close(verdict(None))
    pass_by(scene, 0.5)
    assert scene.close(verdict("yes")) == []
    scene.decide(verdict(None))
    assert scene.hear() == []
    assert understood(pass_by(scene, 2.0)) == [None]


def test_a_call_in_the_other_half_waits_for_nothing() -> None:
    scene = beside_a_silent_coach()
    scene.close(verdict(None))
    pass_by(scene, 0.5)
    assert understood(scene.pause(verdict("stop"))[1]) == ["stop"]
    assert pass_by(scene, 3.0) == []


def test_a_noise_while_it_waits_changes_nothing() -> None:
    scene = beside_a_silent_coach()
    scene.close(verdict(None))
    assert scene.hear(SpeechStarted(scene.now)) == []
    assert scene.hear(FalseAlarm(scene.now)) == []
    assert understood(pass_by(scene, 2.0)) == [None]


def test_while_somebody_is_still_speaking_the_piece_is_not_reported() -> None:
    scene = beside_a_silent_coach()
    scene.close(verdict(None))
    for _ in range(samples(2.0) // BLOCK_SAMPLES):
        assert scene.hear(speech_ended_at=scene.now) == []
    rest = scene.said()
    scene.hear(Pause(rest), speech_ended_at=rest.ended_at)
    assert pass_by(scene, 0.5) == []


def test_nothing_waits_beside_the_coach_or_in_movement() -> None:
    beside = Scene(YES, NO)
    assert understood(beside.close(verdict(None))) == [None]
    moving = beside_a_silent_coach()
    moving.understanding.phrases = (STOP,)
    assert understood(moving.close(verdict(None))) == [None]


def test_what_is_listened_for_has_changed_meanwhile_so_the_piece_is_reported_at_once() -> None:
    scene = beside_a_silent_coach()
    scene.close(verdict(None))
    scene.understanding.phrases = (STOP,)
    assert understood(scene.hear()) == [None]


@pytest.fixture(scope="module")
def recogniser() -> Iterator[RecogniserProcess]:
    with closing(RecogniserProcess()) as process:
        yield process


def heard_of(recogniser: RecogniserProcess, sound: Samples, question: str) -> list[str | None]:
    silence, found = np.zeros(BLOCK_SAMPLES, np.float32), []
    with closing(Hearing(VirtualDeciding(recogniser), NO_CANCELLER, reader=reader(calf_words()))) as hearing:
        hearing.phrases = tuple(phrases_for(question))
        for at in range(0, sound.size - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
            found += hearing.hear(Block(at, silence, sound[at : at + BLOCK_SAMPLES], ()), 0)
    return understood([event for event in found if isinstance(event, events.Heard | events.NotUnderstood)])


@pytest.mark.parametrize("pause_seconds", [0.5, 0.8, 1.2])
@pytest.mark.parametrize(("question", "first", "rest", "meaning"), [("yes-no", "um", "yes", "yes"),
                                                                   ("side", "well", "the left", "left")])  # fmt: skip
def test_who_hesitates_is_understood_at_the_first_asking(
    recogniser: RecogniserProcess, say: Say, pause_seconds: float, question: str, first: str, rest: str, meaning: str
) -> None:
    parts = [quiet(0.5), say(first), np.zeros(samples(pause_seconds), np.float32), say(rest), quiet(2.0)]
    sound = np.concatenate(parts)
    sound += np.resize(quiet(1.0), sound.size)
    assert heard_of(recogniser, sound, question) == [meaning]


def test_an_unlikely_text_does_not_make_an_um_a_part_of_the_answer() -> None:
    texts = Written("um", "um", 0.8), Written("not", "not", 0.1)
    unclear = Verdict(None, "", -1.0, 5.0, 0.1, sure=False, written=texts)
    piece = Piece(beside_a_silent_coach().said(), (YES, NO), unclear)
    assert piece.says_nothing(reader(calf_words()))
    assert not replace(piece, verdict=replace(unclear, written=texts[::-1])).says_nothing(reader(calf_words()))
    assert not piece.says_nothing(None)
