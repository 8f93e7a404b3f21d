"""What is to be played is played at its samples, whatever the blocks."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.blocks import Samples
from voicecoach.signals import Signal
from voicecoach.sound import ticks
from voicecoach.sound.player import Player
from voicecoach.sound.ticks import tick


@dataclass(frozen=True)
class Clip:
    """Something to play: told once so many samples have been played, and to begin so much later."""

    told_at: int
    later: int
    sound: Samples
    tick: Signal | None
    """None for a voice."""


def _sound(values: list[int]) -> Samples:
    return np.array(values, np.float32) / np.float32(1024)


VOICES = st.lists(st.integers(-64, 64), max_size=900).map(_sound)
CLIPS = st.builds(Clip, st.integers(0, 3000), st.integers(0, 1500), VOICES, st.sampled_from([None, None, *Signal]))


def take(player: Player, size: int, block: int = 320) -> Samples:
    """Return the next `size` samples, taken in blocks."""
    return np.concatenate([player.take(min(block, size - at)).sound for at in range(0, size, block)])


@settings(deadline=None)
@given(st.lists(CLIPS, max_size=6), st.lists(st.integers(1, 700), min_size=1, max_size=30))
def test_any_schedule_is_the_plain_sum_of_its_clips_in_any_blocks(clips: list[Clip], blocks: list[int]) -> None:
    player, played, untold = Player(), 0, sorted(clips, key=lambda clip: clip.told_at)
    expected = np.zeros(sum(blocks) + 12_000)
    ends: dict[int, int] = {}
    finished: list[tuple[int, int]] = []
    sounds = []
    for size in blocks:
        while untold and untold[0].told_at <= played:
            clip, at = untold[0], played + untold.pop(0).later
            sound = clip.sound if clip.tick is None else tick(clip.tick)
            if clip.tick is None:
                player.say(len(ends), [sound], at)
                ends[len(ends)] = at + sound.size
            else:
                player.tick(at, clip.tick)
            expected[at : at + sound.size] += sound
        _, sound, tokens = player.take(size)
        sounds.append(sound)
        played += size
        finished += [(token, played) for token in tokens]
    np.testing.assert_allclose(np.concatenate(sounds), np.clip(expected[:played], -1, 1), atol=1e-6)
    assert len(finished) == len({token for token, _ in finished})
    assert {token for token, _ in finished} == {token for token, end in ends.items() if end <= played}
    assert all(at - max(blocks) <= ends[token] <= at for token, at in finished)


def test_a_speech_is_over_in_the_block_of_its_last_sample() -> None:
    player = Player()
    player.say(7, [np.full(640, 0.5, np.float32)], 0)
    assert [player.take(320).finished for _ in range(3)] == [(), (7,), ()]


def test_sentences_follow_each_other_with_a_short_pause_and_end_as_one() -> None:
    player = Player()
    player.say(1, [np.full(1000, 0.25, np.float32), np.full(1000, 0.5, np.float32)], 0)
    _, sound, tokens = player.take(10_000)
    first, second = np.flatnonzero(sound == 0.25), np.flatnonzero(sound == 0.5)
    assert (first.size, second.size) == (1000, 1000)
    assert 1600 <= second[0] - first[-1] <= 8000
    assert tokens == (1,)


def test_what_has_no_moment_waits_until_all_has_been_said() -> None:
    player = Player()
    player.say(1, [np.full(1000, 0.25, np.float32)], 2000)
    player.say(2, [np.full(1000, 0.5, np.float32)], None)
    _, sound, tokens = player.take(10_000)
    assert np.flatnonzero(sound == 0.25)[0] == 2000
    assert np.flatnonzero(sound == 0.5)[0] > 3000
    assert tokens == (
        1,
        2,
    )


def test_what_has_no_moment_does_not_wait_for_ticks() -> None:
    player = Player()
    player.tick(50_000, Signal.HOLD_ENDS)
    player.say(1, [np.full(1000, 0.5, np.float32)], None)
    assert player.take(320).sound[0] == 0.5


def test_what_is_told_too_late_begins_now_and_is_said_whole() -> None:
    player = Player()
    player.take(960)
    player.say(1, [np.full(1000, 0.5, np.float32)], 100)
    assert np.count_nonzero(take(player, 5000) == 0.5) == 1000


@settings(deadline=None)
@given(st.integers(1, 1999), st.integers(0, 400))
def test_silence_fades_within_5_ms_without_a_step_and_drops_all_that_was_to_come(at: int, size: int) -> None:
    player, undisturbed = Player(), Player()
    for each in (player, undisturbed):
        each.say(1, [np.full(2000, 0.5, np.float32)], 0)
        each.say(2, [np.full(2000, 0.5, np.float32)], 2500)
        each.tick(1900 + size, Signal.HOLD_STARTS)
        each.take(at)
    player.silence()
    _, sound, tokens = player.take(8000)
    assert sound[0] == undisturbed.take(8000).sound[0]
    assert np.abs(sound[:80]).max() <= 0.75
    assert not sound[80:].any()
    assert tokens == ()
    assert not player.busy


def test_a_voice_fades_steadily_when_it_is_silenced() -> None:
    player = Player()
    player.say(1, [np.full(2000, 0.5, np.float32)], 0)
    player.take(320)
    player.silence()
    fade = player.take(320).sound
    assert (np.diff(fade[:81]) <= 0).all()
    assert np.abs(np.diff(fade[:81])).max() < 0.01


def test_what_was_to_begin_at_the_moment_of_silence_is_never_heard() -> None:
    player = Player()
    player.take(320)
    player.say(1, [np.full(2000, 0.5, np.float32)], 320)
    player.silence()
    assert not player.take(4000).sound.any()


def test_after_a_speech_was_broken_off_there_is_a_short_silence() -> None:
    player = Player()
    player.say(1, [np.full(2000, 0.5, np.float32)], 0)
    player.take(320)
    player.silence()
    player.say(2, [np.full(1000, 0.25, np.float32)], 400)
    _, sound, tokens = player.take(8000)
    assert not sound[80:4800].any()
    assert (sound[4800:5800] == 0.25).all()
    assert tokens == (2,)


def test_a_speech_that_is_broken_off_between_two_sentences_leaves_the_same_silence() -> None:
    player = Player()
    player.say(1, [np.full(320, 0.5, np.float32), np.full(320, 0.5, np.float32)], 0)
    player.take(640)
    player.silence()
    player.say(2, [np.full(1000, 0.25, np.float32)], None)
    sound = player.take(8000).sound
    assert not sound[:4800].any()
    assert (sound[4800:5800] == 0.25).all()


def test_a_speech_that_has_just_ended_is_followed_by_that_silence_too() -> None:
    player = Player()
    player.say(1, [np.full(320, 0.5, np.float32)], 0)
    player.take(1600)
    player.silence()
    player.say(2, [np.full(1000, 0.25, np.float32)], None)
    sound = player.take(8000).sound
    assert not sound[: 320 + 4800 - 1600].any()
    assert (sound[320 + 4800 - 1600 :][:1000] == 0.25).all()


def test_where_nothing_sounded_silence_is_no_reason_to_wait() -> None:
    player = Player()
    player.take(320)
    player.silence()
    player.say(2, [np.full(1000, 0.25, np.float32)], None)
    assert (player.take(1000).sound == 0.25).all()


def _voice_and_tick(*, ducked: bool, gain_db: float = 0.0) -> tuple[Samples, Samples]:
    """Return what is heard of a voice and, in its pause, of a tick, after a change of loudness."""
    player = Player()
    player.duck(ducked=ducked)
    player.set_gain_db(gain_db)
    player.say(1, [np.full(2000, 0.1, np.float32)], 320)
    player.tick(4000, Signal.HOLD_ENDS)
    sound = take(player, 6400)
    return sound[320:2320], sound[4000:4800]


def test_ducking_makes_the_voice_almost_inaudible_and_leaves_ticks_alone() -> None:
    voice, sound = _voice_and_tick(ducked=True)
    assert 0 < voice.max() < 0.1 / 30
    assert np.array_equal(sound, tick(Signal.HOLD_ENDS))


def test_ticks_under_a_ducked_voice_keep_their_level() -> None:
    player = Player()
    player.say(1, [np.full(4000, 0.1, np.float32)], 0)
    player.duck(ducked=True)
    player.tick(400, Signal.HOLD_ENDS)
    sound = take(player, 1600)
    np.testing.assert_allclose(sound[400:1200] - sound[1400], tick(Signal.HOLD_ENDS), atol=1e-6)


def test_a_voice_ducked_in_a_pause_is_quiet_from_its_first_sample() -> None:
    player = Player()
    player.duck(ducked=True)
    player.take(320)
    player.say(1, [np.full(4000, 0.1, np.float32)], 320)
    assert player.take(320).sound.max() < 0.1 / 30


def test_the_voice_returns_to_its_level_without_a_step() -> None:
    player = Player()
    player.say(1, [np.full(3200, 0.5, np.float32)], 0)
    before = take(player, 640)
    player.duck(ducked=True)
    during = take(player, 640)
    player.duck(ducked=False)
    after = take(player, 640)
    assert (before == 0.5).all()
    assert (after[320:] == 0.5).all()
    assert np.abs(np.diff(np.concatenate([before, during, after]))).max() < 0.005


@pytest.mark.parametrize(("gain_db", "level"), [(6.0, 0.2), (-6.0, 0.05), (12.0, 0.4), (0.0, 0.1)])
def test_louder_and_quieter_change_the_voice_and_leave_ticks_alone(gain_db: float, level: float) -> None:
    voice, sound = _voice_and_tick(ducked=False, gain_db=gain_db)
    assert voice.max() == pytest.approx(level, rel=0.01)
    assert np.array_equal(sound, tick(Signal.HOLD_ENDS))


def test_nothing_leaves_the_scale() -> None:
    player = Player()
    player.set_gain_db(12)
    player.say(1, [np.tile(np.array([0.9, -0.9], np.float32), 1000)], 0)
    sound = take(player, 2000)
    assert (sound.max(), sound.min()) == (1.0, -1.0)


def test_the_player_says_where_it_puts_each_sound() -> None:
    player = Player()
    player.take(320)
    places = player.say(1, [np.full(400, 0.5, np.float32), np.full(100, 0.5, np.float32)], 1000)
    sound = take(player, 8000)
    audible = np.flatnonzero(sound) + 320
    assert places[0] == (1000, 1400)
    assert places[1] == (audible[400], audible[-1] + 1)


def test_the_player_is_busy_until_all_has_been_played() -> None:
    player = Player()
    assert not player.busy
    player.tick(1000, Signal.HOLD_STARTS)
    player.take(1100)
    assert player.busy
    player.take(400)
    assert not player.busy


def test_with_nothing_to_play_there_is_silence() -> None:
    _, sound, tokens = Player().take(320)
    assert sound.dtype == np.float32
    assert not sound.any()
    assert tokens == ()


def test_with_nothing_to_say_the_speech_is_over_in_the_next_block() -> None:
    player = Player()
    assert player.say(7, [], None) == []
    _, sound, tokens = player.take(320)
    assert not sound.any()
    assert tokens == (7,)
    assert not player.busy


def test_no_tick_is_synthesised_while_the_device_may_call_for_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[tuple[float, ...]] = []

    def sweep(*given: float) -> Samples:
        computed.append(given)
        return np.ones(100, np.float32)

    ticks.tick.cache_clear()
    monkeypatch.setattr(ticks, "_sweep", sweep)
    player = Player()
    made = len(computed)
    for signal in Signal:
        player.tick(1000, signal)
    ticks.tick.cache_clear()
    assert made
    assert len(computed) == made
