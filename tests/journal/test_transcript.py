"""The transcript says what was said, by whom, and when."""

import numpy as np
import pytest

from voicecoach.journal.transcript import Transcript
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import Words
from voicecoach.session import actions, events

WORDS = Words("en", "one one two", {"left": "left"}, {"hello": "Hello.", "lift": "Lift your {side} foot."}, {})
BLOCK = np.zeros(320, np.float32)


class Paper:
    """A transcript, and the lines written so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.transcript = Transcript(WORDS, self.lines.append)

    def say(self, at: int, *lines: Line, begins_at: int | None = None) -> None:
        self.transcript.acted(at, actions.Say(1, lines or (Line("hello"),), begins_at))

    def play_to(self, end: int, begin: int = 0) -> None:
        for at in range(begin, end, BLOCK.size):
            self.transcript.played(at, BLOCK)


@pytest.fixture
def paper() -> Paper:
    return Paper()


def test_what_the_coach_says_stands_in_one_line_with_its_time_and_values(paper: Paper) -> None:
    paper.say(3200, Line("hello"), Line("lift", {"side": "left"}))
    paper.play_to(6400)
    assert paper.lines == ["00:00.2  coach  Hello. Lift your left foot."]


def test_a_line_is_written_when_it_begins_and_not_before(paper: Paper) -> None:
    paper.say(0, begins_at=16_000)
    paper.play_to(16_000)
    assert paper.lines == []
    paper.play_to(16_320, begin=16_000)
    assert paper.lines == ["00:01.0  coach  Hello."]


def test_what_is_silenced_before_it_began_was_never_said(paper: Paper) -> None:
    paper.say(0, begins_at=16_000)
    paper.play_to(9600)
    paper.transcript.acted(9600, actions.Silence())
    paper.play_to(32_000, begin=9600)
    assert paper.lines == []


def test_what_is_silenced_after_it_began_was_said(paper: Paper) -> None:
    paper.say(0)
    paper.play_to(9600)
    paper.transcript.acted(9600, actions.Silence())
    assert paper.lines == ["00:00.0  coach  Hello."]


def test_what_was_heard_and_what_it_was_taken_for_stand_below_each_other(paper: Paper) -> None:
    paper.transcript.happened(events.Heard(16_000 * 75, "it_hurts", "ow that hurts"))
    paper.transcript.acted(16_000 * 75, actions.Obeyed("it_hurts"))
    assert paper.lines == ['01:15.0  heard  "ow that hurts"', "01:15.0         [it hurts]"]


def test_a_key_that_was_pressed_was_not_heard(paper: Paper) -> None:
    paper.transcript.happened(events.Heard(0, "yes", "yes", pressed=True))
    assert paper.lines == ["00:00.0  key    yes"]


def test_doubt_is_visible(paper: Paper) -> None:
    paper.transcript.happened(events.Heard(0, "yes", "yes", sure=False))
    paper.transcript.happened(events.NotUnderstood(0))
    assert paper.lines == ['00:00.0  heard  "yes" (not sure)', "00:00.0  heard  something unclear"]


def test_answers_and_the_end_are_noted(paper: Paper) -> None:
    paper.transcript.acted(0, actions.Answered("side", "left", "the left one"))
    paper.transcript.acted(16_000 * 600, actions.Ended(Outcome.WARNING_SIGN))
    assert paper.lines == ["00:00.0         [side: left]", "10:00.0         [warning sign]"]


def test_a_session_of_more_than_an_hour_counts_its_minutes_on(paper: Paper) -> None:
    paper.transcript.happened(events.NotUnderstood(16_000 * (61 * 60 + 5)))
    assert paper.lines == ["61:05.0  heard  something unclear"]


def test_a_moment_just_before_a_full_minute_is_no_sixty_seconds(paper: Paper) -> None:
    paper.transcript.happened(events.NotUnderstood(16_000 * 60 - 480))
    assert paper.lines[0].startswith(("00:59.9", "01:00.0"))


def test_lost_devices_and_lost_sound_are_noted(paper: Paper) -> None:
    paper.transcript.happened(events.DeviceLost(16_000))
    paper.transcript.happened(events.DeviceBack(32_000))
    paper.transcript.underrun(48_000, 6400)
    assert paper.lines == [
        "00:01.0         [the microphone or the loudspeaker is lost: waiting until it is back]",
        "00:02.0         [the microphone and the loudspeaker are back]",
        "00:03.0         [underrun: 0.400 s of sound lost]",
    ]
