"""Urgent words that begin or end beside the coach's voice: not understood at first, they are looked for once more."""

from dataclasses import replace

import numpy as np

from voicecoach.hearing.endpointer import Pause
from voicecoach.hearing.recogniser import Phrase
from voicecoach.meanings import DISTRESS
from voicecoach.samples import samples
from voicecoach.session.events import Heard, NotUnderstood

from .conftest import ANSWERS, all_phrases
from .test_trust import YES, Scene, understood, verdict

CRAMP = Phrase("cramp", ("cramp",), 0.5, 0.9, urgent=True, is_call=True)
HELP = Phrase("help", ("help",), 0.5, 0.9, is_call=True)
LEFT = np.full(samples(0.4), 0.2, np.float32)


def beside_the_coach(*phrases: Phrase) -> Scene:
    """Return a scene in which there is another sound of what is said."""
    scene = Scene(*phrases)
    scene.listener.left = LEFT
    return scene


def test_a_call_that_is_understood_in_the_other_sound_alone_is_taken_and_never_sure() -> None:
    for call in (CRAMP, HELP):
        scene = beside_the_coach(YES, CRAMP, HELP)
        assert scene.close(verdict(None)) == []
        scene.decide(verdict(call.meaning))
        (event,) = scene.hear()
        assert isinstance(event, Heard)
        assert (event.meaning, event.sure) == (call.meaning, False)


def test_it_is_taken_at_a_pause_as_soon_as_it_is_known() -> None:
    scene = beside_the_coach(CRAMP)
    utterance, found = scene.pause(verdict(None))
    assert found == []
    scene.decide(verdict("cramp"))
    assert understood(scene.hear(speech_ended_at=utterance.ended_at)) == ["cramp"]


def test_a_call_that_is_hardly_understood_in_the_other_sound_either_is_none() -> None:
    for confidence, taken in ((0.49, None), (0.51, "cramp")):
        scene = beside_the_coach(CRAMP)
        scene.close(verdict(None))
        scene.decide(replace(verdict("cramp"), confidence=confidence))
        assert understood(scene.hear()) == [taken]


def test_an_answer_is_not_taken_from_the_other_sound() -> None:
    scene = beside_the_coach(YES, CRAMP)
    utterance = scene.said()
    scene.close(verdict(None), utterance)
    scene.decide(verdict("yes"))
    (event,) = scene.hear()
    assert isinstance(event, NotUnderstood)
    assert event.began_at == utterance.began_at


def test_a_word_that_the_coach_is_saying_is_no_call_where_the_canceller_does_not_vouch_for_it() -> None:
    scene = beside_the_coach(YES, CRAMP)
    scene.understanding.coach_says(scene.now - samples(2.0), scene.now + samples(2.0), "Say cramp if it cramps.")
    scene.close(verdict(None))
    scene.decide(verdict("cramp"))
    assert understood(scene.hear()) == [None]
    scene.listener.vouches = True
    scene.close(verdict(None))
    scene.decide(verdict("cramp"))
    assert understood(scene.hear()) == ["cramp"]


def test_what_was_understood_and_what_has_no_other_sound_is_decided_on_once() -> None:
    scene = beside_the_coach(YES, CRAMP)
    assert understood(scene.close(verdict("yes", sure=False))) == ["yes"]
    scene.listener.left = None
    assert understood(scene.close(verdict(None))) == [None]
    assert len(scene.deciding.submitted) == 2


def test_who_goes_on_speaking_is_not_held_to_what_was_said_before_the_pause() -> None:
    scene = beside_the_coach(YES, CRAMP)
    scene.pause(verdict(None))
    scene.decide(verdict("cramp"))
    later = scene.said()
    assert scene.hear(Pause(later), speech_ended_at=later.ended_at) == []
    scene.listener.left = None
    scene.decide(verdict(None))
    assert understood([*scene.hear(), *scene.close(verdict(None), later)]) == [None]


def test_stopping_pain_distress_and_help_are_calls_and_no_answer_is() -> None:
    calls = {phrase.meaning for phrase in all_phrases() if phrase.is_call}
    assert {"stop", "pause", "it_hurts", "help", *DISTRESS} <= calls
    assert not calls & {answer for answers in ANSWERS.values() for answer in answers}


def test_of_two_utterances_each_is_looked_at_again_with_the_phrases_that_it_was_said_to() -> None:
    scene = beside_the_coach(YES, CRAMP)
    scene.hear(scene.said())
    scene.understanding.phrases = (YES, HELP)
    scene.hear(scene.said())
    (first, _), (second, _) = scene.deciding.submitted
    scene.decide(verdict(None), 1)
    scene.decide(verdict(None), 0)
    scene.hear()
    assert scene.deciding.submitted[2:] == [(second, (YES, HELP)), (first, (YES, CRAMP))]
