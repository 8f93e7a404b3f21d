"""What has no sound yet is said when it has; nothing else waits for it."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from voicecoach.blocks import Block, Samples
from voicecoach.conversation import Conversation
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.hearing import Hearing
from voicecoach.programme.line import Line
from voicecoach.programme.words import Words
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.signals import Signal
from voicecoach.sound.player import Player
from voicecoach.sound.ticks import tick
from voicecoach.speaking.voices import CoachPrompts

SECOND = 16_000
ONE, TWO = np.full(SECOND, 0.25, np.float32), np.full(SECOND, 0.5, np.float32)


class Prompts:
    """Has the sound of a text from a moment on; raises where that is `broken`."""

    def __init__(self) -> None:
        self.now = 0
        self.sound: dict[str, tuple[int, Samples]] = {"one": (0, ONE), "two": (0, TWO)}
        self.broken = False

    def sounds(self, texts: Sequence[str]) -> list[Samples] | None:
        found = [self.sound[text] for text in texts]
        if any(self.now < there_at for there_at, _ in found):
            return None
        if self.broken:
            raise VoicecoachError("It can't be said.")
        return [sound for _, sound in found]


class Scripted:
    """A session that does what it is to do at the given moments, and ends at the last."""

    def __init__(self, plan: dict[int, list[actions.Action]], ends_at: int) -> None:
        self.memory = SimpleNamespace(ended=None)
        self.spoken_out: list[tuple[int, int]] = []
        self._plan, self._ends_at = plan, ends_at

    def handle(self, event: events.AnyEvent) -> list[actions.Action]:
        match event:
            case events.SpokenOut(at, token):
                self.spoken_out.append((token, at))
                return []
            case events.Begun() | events.Reached():
                now = [action for at in sorted(self._plan) if at <= event.at for action in self._plan.pop(at)]
                if event.at >= self._ends_at:
                    self.memory.ended = "complete"
                return [*now, actions.WakeAt(min(self._plan, default=self._ends_at))]
        return []


class Recorder:
    """A world that records what is played and tells the prompts the time."""

    lost, ahead_samples, echo_delay_samples = False, 0, 0

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts
        self.blocks: list[Samples] = []

    def next_block(self, player: Player) -> Block:
        at, sound, finished = player.take(BLOCK_SAMPLES)
        self.blocks.append(sound)
        assert len(self.blocks) < 1000
        self._prompts.now = at + BLOCK_SAMPLES
        return Block(at, sound, np.full(BLOCK_SAMPLES, 1e-4, np.float32), finished)

    def close(self) -> None:
        """Leave nothing."""


def hold(prompts: Prompts, plan: dict[int, list[actions.Action]], ends_at: int) -> tuple[Samples, Scripted]:
    session, world = Scripted(plan, ends_at), Recorder(prompts)
    deaf = SimpleNamespace(phrases=(), coach_says=lambda *_: None, hear=lambda *_: [])
    words = SimpleNamespace(text=lambda line: line.prompt)
    Conversation(
        cast(Session, session), cast(Words, words), cast(CoachPrompts, prompts), cast(Hearing, deaf), world
    ).run()
    return np.concatenate(world.blocks), session


def say(token: int, text: str, at: int | None = None) -> actions.Action:
    return actions.Say(token, (Line(text),), at)


def begins(played: Samples, level: float) -> int:
    return int(np.flatnonzero(np.isclose(played, level))[0])


def test_time_and_ticks_go_on_until_a_prompt_is_there_which_is_said_then() -> None:
    prompts = Prompts()
    prompts.sound["one"] = (samples(2), ONE)
    plan = {0: [say(1, "one"), actions.Tick(SECOND, Signal.HOLD_ENDS)]}
    played, session = hold(prompts, plan, samples(1.5))
    ticked = played[SECOND:][: tick(Signal.HOLD_ENDS).size]
    assert np.array_equal(ticked, tick(Signal.HOLD_ENDS))
    assert 0 <= begins(played, 0.25) - samples(2) <= BLOCK_SAMPLES
    assert [token for token, _ in session.spoken_out] == [1]


def test_what_comes_after_an_unsaid_prompt_keeps_its_order_and_does_not_sound_over_it() -> None:
    prompts = Prompts()
    prompts.sound["one"] = (samples(3), ONE)
    plan = {0: [say(1, "one", SECOND)], SECOND: [say(2, "two", samples(1.5))]}
    played, session = hold(prompts, plan, samples(2))
    assert begins(played, 0.5) >= begins(played, 0.25) + ONE.size
    assert not np.isclose(played, 0.75).any()
    assert [token for token, _ in session.spoken_out] == [1, 2]


def test_a_prompt_that_is_there_before_its_moment_is_said_at_its_moment() -> None:
    prompts = Prompts()
    prompts.sound["one"] = (samples(1), ONE)
    played, _ = hold(prompts, {0: [say(1, "one", samples(1.5) + 7)]}, samples(2))
    assert begins(played, 0.25) == samples(1.5) + 7


def test_silence_drops_what_has_not_been_said_and_what_is_said_then_waits_for_nothing() -> None:
    prompts = Prompts()
    prompts.sound["one"] = (samples(3), ONE)
    plan = {0: [say(1, "one")], SECOND: [actions.Silence(), say(2, "two")]}
    played, session = hold(prompts, plan, samples(4))
    assert not np.isclose(played, 0.25).any()
    assert begins(played, 0.5) == SECOND
    assert [token for token, _ in session.spoken_out] == [2]


def test_the_session_is_over_when_its_last_words_have_been_said_however_late_they_are() -> None:
    prompts = Prompts()
    prompts.sound["one"] = (samples(3), ONE)
    played, _ = hold(prompts, {0: [say(1, "one")]}, SECOND)
    assert np.isclose(played, 0.25).sum() == ONE.size


def test_a_prompt_that_turns_out_impossible_ends_the_session_with_its_sentence() -> None:
    prompts = Prompts()
    prompts.sound["one"], prompts.broken = (SECOND, ONE), True
    with pytest.raises(VoicecoachError, match="It can't be said"):
        hold(prompts, {0: [say(1, "one")]}, samples(2))
