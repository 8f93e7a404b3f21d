"""The longest step of a session's loop is measured from a block to the asking for the next one."""

import time
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.bench import step_child
from voicecoach.bench.step_child import StepRequest
from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.programme.words import DEFAULT_VOICE
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.worker import Worker


class Nobody:
    def live(self, at: int, heard: Samples) -> Samples:
        del at
        return heard * 0


def test_waiting_for_the_block_is_no_part_of_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    room, player = step_child._TimedRoom(Room(Nobody(), RoomSettings(), seed=0), seconds=0.1), Player()
    broken_off: list[int] = []
    for step_seconds in (0.001, 0.3, 0.002, 0.0, 0.0, 0.0, 0.0, 0.0):
        block = room.next_block(player)
        room.break_off = lambda at=block.at: broken_off.append(at)  # type: ignore[misc]
        now[0] += step_seconds
    assert room.longest_step_seconds == pytest.approx(0.3)
    assert len(broken_off) == 1


def test_a_session_without_any_rendered_prompt_is_held_and_measured(tmp_path: Path) -> None:
    request = StepRequest("en", DEFAULT_VOICE, MOONSHINE, 3.0, tmp_path)
    with closing(Worker("voicecoach.bench.step_child")) as worker:
        assert worker.answer(request, within_seconds=120) > 0
    assert list(tmp_path.glob("voicecoach/prompts/*.wav"))
