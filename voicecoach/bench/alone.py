"""The coach speaking on and on with nobody there: whatever interrupts it is its own echo."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import cycle

import numpy as np

from voicecoach.bench.sessions import GAIN_DB
from voicecoach.blocks import Samples
from voicecoach.hearing.contract import Phrase
from voicecoach.hearing.deciding import RecogniserAtWork, VirtualDeciding
from voicecoach.hearing.hearing import Hearing
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import events
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings


class _Nobody:
    def live(self, at: int, heard: Samples) -> Samples:
        del at
        return np.zeros(heard.size, np.float32)


def false_interruptions(
    prompts: Sequence[Samples],
    phrases: tuple[Phrase, ...],
    recogniser: RecogniserAtWork,
    canceller: str,
    echo_db: float,
    minutes: float,
    show_progress: Callable[[float], object],
) -> int:
    """Return how often the coach would have ducked in so many minutes of its own speech."""
    room = Room(_Nobody(), RoomSettings(echo_db=echo_db, microphone_gain_db=GAIN_DB[echo_db]), seed=0)
    player, spoken, count = Player(), 0, 0
    with closing(Hearing(VirtualDeciding(recogniser), canceller)) as hearing:
        hearing.phrases = phrases
        to_say = cycle(prompts)
        while spoken < samples(60 * minutes):
            if not player.busy:
                sound = next(to_say)
                player.say(0, [sound], player.position + samples(0.2))
                spoken += sound.size
                show_progress(sound.size / samples(1))
            heard = hearing.hear(room.next_block(player), room.echo_delay_samples)
            count += sum(isinstance(event, events.SpeechStarted) for event in heard)
    return count


def listening_costs(
    prompts: Sequence[Samples], recogniser: RecogniserAtWork, canceller: str, seconds: float
) -> tuple[float, float]:
    """Return the share of one core that listening to an empty room takes, and the audio callback's share of a block."""
    room = Room(_Nobody(), RoomSettings(), seed=0)
    player, mixing_seconds = Player(), []
    blocks = samples(seconds) // BLOCK_SAMPLES
    with closing(Hearing(VirtualDeciding(recogniser), canceller)) as hearing:
        listening_seconds = 0.0
        for _ in range(blocks):
            block = room.next_block(player)
            began = time.process_time()
            hearing.hear(block, room.echo_delay_samples)
            listening_seconds += time.process_time() - began
    for number in range(blocks):
        if not player.busy:
            player.say(0, [prompts[number % len(prompts)]], None)
        began = time.perf_counter()
        player.take(BLOCK_SAMPLES)
        mixing_seconds.append(time.perf_counter() - began)
    block_seconds = BLOCK_SAMPLES / samples(1)
    return listening_seconds / (blocks * block_seconds), float(np.percentile(mixing_seconds, 95)) / block_seconds
