"""The loop's own rules, with everything round it made of nothing: what a key does, and what it leaves of speech."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voicecoach.conversation import Conversation
from voicecoach.hearing import ear as ears
from voicecoach.hearing.contract import Phrase, Samples, Verdict
from voicecoach.programme.words import Meaning, Words
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.session import actions, events

BLOCK = np.zeros(BLOCK_SAMPLES, np.float32)
LISTENING = ("yes", "no", "stop", "skip")


class Told:
    """A session that listens for four meanings and notes what it is told."""

    def __init__(self) -> None:
        self.events: list[events.AnyEvent] = []
        self.memory = SimpleNamespace(ended=None)

    def handle(self, event: events.AnyEvent) -> list[actions.Action]:
        self.events.append(event)
        return [actions.ListenFor(LISTENING)] if isinstance(event, events.Begun) else []

    @property
    def heard(self) -> list[str]:
        return [event.meaning for event in self.events if isinstance(event, events.Heard)]


class Talk:
    """A conversation block by block; the recogniser answers when the test says so."""

    def __init__(self) -> None:
        self.session = Told()
        self.hears: list[ears.EarEvent] = []
        self.verdicts: list[str] = []
        meanings = {meaning: Meaning((meaning,), -3.0, -1.0) for meaning in LISTENING}
        self.at = 0
        parts: Any = self
        session: Any = self.session
        self.conversation = Conversation(session, Words("en", "112", {}, {}, meanings), parts, parts, parts, parts)
        self.conversation._tell(events.Begun(0))

    echo_delay_samples = 0
    lost = False

    def exchange(self, block: Samples) -> Samples:
        del block
        return BLOCK

    def listen(self, *_: object) -> list[ears.EarEvent]:
        hears, self.hears = self.hears, []
        return hears

    def vouches_for(self, utterance: ears.Utterance) -> bool:
        del utterance
        return True

    def submit(self, ticket: int, samples: Samples, phrases: Sequence[Phrase]) -> None:
        pass

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        del wait
        return (1, Verdict(self.verdicts[0], self.verdicts.pop(0), -1.0, 9.0, True)) if self.verdicts else None

    def step(self) -> None:
        self.conversation._step()
        self.at += BLOCK_SAMPLES

    def say(self) -> None:
        """Speak in the block to come; what it was taken for is for the test to say later."""
        self.hears.append(ears.Utterance(self.at, self.at, BLOCK, self.at))
        self.step()


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_a_key_that_means_something_now_is_heard_for_certain_in_the_next_block(talk: Talk) -> None:
    talk.conversation.press("yes", "yes")
    talk.step()
    assert talk.session.events[-1] == events.Heard(BLOCK_SAMPLES, "yes", "yes", sure=True)


def test_a_key_that_means_nothing_now_does_not_wait_for_its_time(talk: Talk) -> None:
    talk.conversation.press("left", "left")
    talk.step()
    talk.conversation._tell(events.Begun(talk.at))
    talk.step()
    assert talk.session.heard == []


@pytest.mark.parametrize(
    ("key", "said", "heard"),
    [("no", "no", ["no"]), ("no", "yes", ["no"]), ("stop", "stop", ["stop"]), ("no", "stop", ["no", "stop"])],
)
def test_an_answer_spoken_before_the_key_does_not_answer_the_next_question(
    talk: Talk, key: str, said: str, heard: list[str]
) -> None:
    talk.say()
    talk.conversation.press(key, key)
    talk.step()
    talk.verdicts.append(said)
    talk.step()
    assert talk.session.heard == heard
    assert isinstance(talk.session.events[-1], events.FalseAlarm if heard == [key] else events.Heard)


def test_what_is_spoken_after_a_key_counts(talk: Talk) -> None:
    talk.conversation.press("no", "no")
    talk.step()
    talk.say()
    talk.verdicts.append("yes")
    talk.step()
    assert talk.session.heard == ["no", "yes"]
