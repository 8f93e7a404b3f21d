"""The coach says at most 150 words a minute, but for what keeps the exercise's time."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.paces import PACES, USUAL_PACE
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.prompt_forecast import keeping_time
from voicecoach.samples import samples
from voicecoach.speaking.pace import Rendering, Unhurried, words_per_minute
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

QUESTION = "Are both legs weak or numb?"


class Gabbling:
    """A voice that says 240 words a minute, unless it is to be slower."""

    name = "gabbling"

    def __init__(self) -> None:
        self.asked: list[float] = []

    def rendering(self, text: str) -> AbstractContextManager[Rendering]:
        return nullcontext(partial(self._render, text))

    def _render(self, text: str, slowness: float) -> Samples:
        self.asked.append(slowness)
        return np.ones(samples(len(text.split()) / 4 * slowness), np.float32)

    def close(self) -> None: ...


def test_a_question_is_said_at_no_more_than_150_words_a_minute() -> None:
    voice = Gabbling()
    assert 140 < words_per_minute(QUESTION, Unhurried(voice).render(QUESTION)) <= USUAL_PACE
    assert len(voice.asked) == 2


def test_a_cue_keeps_its_rate_and_what_is_slow_enough_is_rendered_once() -> None:
    voice = Gabbling()
    assert round(words_per_minute("Down.", Unhurried(voice, frozenset({"Down."})).render("Down."))) == 240
    slow = Pyttsx3Voice()
    assert np.array_equal(Unhurried(slow).render("Seven."), slow.render("Seven."))
    assert voice.asked == [1.0]


@pytest.mark.parametrize("pace", PACES)
def test_what_is_said_is_slower_or_quicker_in_proportion_and_a_cue_is_not(pace: int) -> None:
    voice = Unhurried(Gabbling(), frozenset({"Down."})).at(pace)
    assert 0.93 * pace < words_per_minute(QUESTION, voice.render(QUESTION)) <= pace
    assert round(words_per_minute("Down.", voice.render("Down."))) == 240


def test_what_the_voice_says_slowly_by_itself_is_quicker_at_a_quick_pace_too() -> None:
    voice = Pyttsx3Voice()
    sizes = [Unhurried(voice, most_words_per_minute=pace).render("Seven.").size for pace in (110, USUAL_PACE, 200)]
    assert sizes[0] > 1.2 * sizes[1] > 1.4 * sizes[2]


def test_the_real_voice_says_a_screening_question_unhurriedly() -> None:
    assert words_per_minute(QUESTION, Unhurried(Pyttsx3Voice()).render(QUESTION)) <= USUAL_PACE * 1.02


def test_counts_and_cues_keep_time_and_questions_and_instructions_do_not() -> None:
    programme, words = read_with_words("calf", "en")
    quick = keeping_time(programme, words)
    assert {"One.", "That's 12.", "Down.", "Point your toes and drop your head.", "Halfway."} <= quick
    slow = (words.prompts[key] for key in ("slump_lift?", "floss_intro", "set_done", "paused", "welcome"))
    assert quick.isdisjoint(slow)
