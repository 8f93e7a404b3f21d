"""What a conversation does with sound itself: it plays out its last word, and decides on nothing from no microphone."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.conversation import Conversation
from voicecoach.hearing.echo.canceller_choice import NO_CANCELLER
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import read_words
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session.core import Session
from voicecoach.sound.interface import Sound
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.watcher import Watcher

CALF = read_programme(programme_file("calf"))
WORDS = read_words(CALF, programme_file("calf"), "en", None)
LAST_WORD: Samples = np.full(samples(1.01), 0.5, np.float32)


class Prompts:
    """Says the same sound whatever is to be said."""

    def sounds(self, texts: Sequence[str]) -> list[Samples]:
        return [LAST_WORD for _ in texts]

    def prepare(self, texts: Iterable[str]) -> None:
        del texts

    def change_voice(self) -> None:
        raise AssertionError("nobody asked for another voice")


class Decides:
    """Notes after which blocks it is asked for verdicts, and has none."""

    def __init__(self) -> None:
        self.heard: list[int] = []

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        raise AssertionError(f"nobody said anything: {ticket}, {sound.size}, {phrases}, {at}, {writes}")

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        self.heard.append(at // BLOCK_SAMPLES - 1)
        return None


class Listening:
    """Somebody who hears the coach, and says nothing."""

    def __init__(self) -> None:
        self.heard: list[Samples] = []

    def live(self, at: int, heard: Samples) -> Samples:
        del at
        self.heard.append(heard)
        return np.zeros(heard.size, np.float32)


class Tape:
    """A sound that plays into nothing, and hears a level for each block; the last for all that follow."""

    echo_delay_samples = ahead_samples = 0
    lost = False

    def __init__(self, levels: Iterable[float]) -> None:
        self._levels = list(levels)
        self.over: Callable[[], object] = lambda: None
        self.lose_at: int | None = None

    def next_block(self, player: Player) -> Block:
        at, played, finished = player.take(BLOCK_SAMPLES)
        number = at // BLOCK_SAMPLES
        self.lost = number == self.lose_at
        if number == len(self._levels):
            self.over()
        level = self._levels[min(number, len(self._levels) - 1)]
        return Block(at, played, np.full(BLOCK_SAMPLES, level, np.float32), finished)

    def close(self) -> None:
        return


class Tapes(Watcher):
    """Keeps both sides of what goes on."""

    def __init__(self) -> None:
        self.sides: list[tuple[str, int, Samples]] = []

    def played(self, at: int, block: Samples) -> None:
        self.sides.append(("played", at, block))

    def listened(self, at: int, block: Samples) -> None:
        self.sides.append(("heard", at, block))


def conversation(sound: Sound, *watchers: Watcher) -> tuple[Conversation, Decides]:
    decides = Decides()
    hearing = Hearing(decides, NO_CANCELLER)
    talk = Conversation(Session(CALF), WORDS, Prompts(), hearing, sound, watchers)  # type: ignore[arg-type]
    return talk, decides


def test_the_last_word_is_heard_to_its_end_though_the_loudspeaker_is_late() -> None:
    somebody = Listening()
    talk, _ = conversation(Room(somebody, RoomSettings(loudspeaker_delay_seconds=0.3), seed=0))
    talk.interrupt()
    talk.run()
    heard = np.concatenate(somebody.heard)
    assert np.flatnonzero(heard)[-1] - LAST_WORD.size > samples(0.3)
    assert np.all(heard[np.flatnonzero(heard)[-1] - LAST_WORD.size + 1 :][: LAST_WORD.size] == LAST_WORD)


def test_more_than_a_block_of_exact_zeros_comes_from_no_microphone_and_nothing_is_made_of_it() -> None:
    tape = Tape([1e-3, 1e-3, 0.0, 1e-3, 0.0, 0.0, 0.0, 1e-3, 1e-3])
    talk, decides = conversation(tape)
    tape.over = talk.interrupt
    talk.run()
    assert decides.heard[:7] == [0, 1, 2, 3, 4, 7, 8]


def test_while_the_sound_is_lost_nothing_is_made_of_what_seems_to_be_heard() -> None:
    tape = Tape([1e-3] * 6)
    tape.lose_at = 3
    talk, decides = conversation(tape)
    tape.over = talk.interrupt
    talk.run()
    assert decides.heard[:5] == [0, 1, 2, 4, 5]


def test_who_follows_is_given_what_is_played_as_the_coachs_side_and_what_is_heard_as_the_persons() -> None:
    tape, both = Tape([1e-3, 2e-3, 3e-3]), Tapes()
    talk, _ = conversation(tape, both)
    talk.interrupt()
    talk.run()
    told = [(side, at // BLOCK_SAMPLES, float(block[0])) for side, at, block in both.sides]
    played = [block for side, _, block in both.sides if side == "played"]
    assert np.flatnonzero(np.concatenate(played)).size >= LAST_WORD.size
    assert [(side, number) for side, number, _ in told[:4]] == [
        ("played", 0),
        ("heard", 0),
        ("played", 1),
        ("heard", 1),
    ]
    assert [level for side, _, level in told if side == "heard"][:4] == [
        np.float32(each * 1e-3) for each in (1, 2, 3, 3)
    ]
