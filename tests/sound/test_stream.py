"""A stream whose listener falls behind."""

import numpy as np

from voicecoach.samples import BLOCK_SAMPLES, samples
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
