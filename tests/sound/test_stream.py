"""A stream whose listener falls behind, and one whose loudspeaker does."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.rehearsal.recording import measure_holds
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.signals import Signal
from voicecoach.sound.player import Player
from voicecoach.sound.stream import Stream

HEARD = np.full(BLOCK_SAMPLES, 0.01, np.float32)


def test_who_listens_too_slowly_loses_sound_but_not_that_a_sentence_has_ended() -> None:
    stream, player = Stream(), Player()
    stream.play(player)
    for token in (1, 2):
        player.say(token, [np.full(samples(40 * token), 0.1, np.float32)], None)
    for _ in range(samples(300) // BLOCK_SAMPLES):
        stream.turn(HEARD, 0.0, flagged=False)
    kept = list(iter(lambda: stream.take(0), None))
    assert 10 < len(kept) * BLOCK_SAMPLES / samples(1) < 60
    assert not any(block.finished for block in kept)
    stream.turn(HEARD, 0.0, flagged=False)
    stream.turn(HEARD, 0.0, flagged=False)
    late = [stream.take(0), stream.take(0)]
    assert [block.finished for block in late if block] == [(1, 2), ()]
    assert [block.at for block in late if block] == [samples(300), samples(300) + BLOCK_SAMPLES]


@pytest.mark.parametrize("gap_seconds", [0.056, 0.174])
def test_a_hold_with_a_gap_that_nobody_flags_lasts_three_seconds(tmp_path: Path, gap_seconds: float) -> None:
    sounded, gap_after = 0, samples(3.0)

    def seconds() -> float:
        return (sounded + (samples(gap_seconds) if sounded >= gap_after else 0)) / SAMPLES_PER_SECOND

    stream, player = Stream(seconds), Player()
    stream.play(player)
    player.tick(samples(2.0), Signal.HOLD_STARTS)
    player.tick(samples(5.0), Signal.HOLD_ENDS)
    room = np.zeros(samples(7.0), np.float32)
    for _ in range(samples(6.0) // BLOCK_SAMPLES):
        at = samples(seconds())
        room[at : at + BLOCK_SAMPLES] = stream.turn(HEARD, seconds(), flagged=False)
        sounded += BLOCK_SAMPLES
    soundfile.write(tmp_path / "room.wav", room, SAMPLES_PER_SECOND)
    assert measure_holds(tmp_path / "room.wav") == [pytest.approx(3.0, abs=0.001)]
