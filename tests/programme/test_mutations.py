"""Whatever happens to a file of ours, it is either accepted or refused with a sentence that has its place."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.programme.copies import CALF, CALF_WORDS, SMALL, Copy
from voicecoach.errors import VoicecoachError
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words

MUTATIONS_OF_A_SMALL_PROGRAMME = 9000
MUTATIONS_OF_CALF = 1000
MUTATIONS_OF_WORDS = 250
CHUNKS = 4
"""So that more than one process can share the work."""
VALUES = [
    b"0", b"-1", b"1e400", b"nan", b"true", b'""', b'"x"', b'"{side"', b"[]", b"{}", b"[[]]", b"2024-02-29", b"9" * 30,
    b'["welcome"]', b"{ go = 1 }", b'"\\u0000"', b"'''\n'''", b"[1, 2]", b'"up"', b"07:32:00",
]  # fmt: skip
Way = Callable[[bytes, Random], bytes]


def _flip_a_byte(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut_a_piece_out(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.randrange(200) :]


def _put_a_value_in_the_place_of_another(data: bytes, random: Random) -> bytes:
    values = list(re.finditer(rb'(?<== )("[^"\n]*"|[\d.]+|\[[^\]\n]*\]|\{[^}\n]*\})', data))
    value = random.choice(values)
    return data[: value.start()] + random.choice(VALUES) + data[value.end() :]


def _put_a_word_in_the_place_of_another(data: bytes, random: Random) -> bytes:
    words = list(re.finditer(rb"[a-z_]+", data))
    word, other = random.choice(words), random.choice(words)
    return data[: word.start()] + other[0] + data[word.end() :]


def _misspell_a_word(data: bytes, random: Random) -> bytes:
    at = random.choice([found.start() for found in re.finditer(rb"[a-z]", data)])
    return data[:at] + random.choice([b"", data[at : at + 1] * 2, b"x"]) + data[at + 1 :]


def _drop_a_line(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def _copy_a_line(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return b"\n".join(lines)


def _swap_two_tables(data: bytes, random: Random) -> bytes:
    parts = data.split(b"\n[")
    one, other = random.randrange(len(parts)), random.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return b"\n[".join(parts)


WAYS: list[Way] = [
    _flip_a_byte, _cut_a_piece_out, _put_a_value_in_the_place_of_another, _put_a_word_in_the_place_of_another,
    _misspell_a_word, _drop_a_line, _copy_a_line, _swap_two_tables,
]  # fmt: skip


def _outcomes(data: bytes, changed: Path, read: Callable[[], object], seeds: range) -> list[object]:
    """Return what came of each mutation: what was read, or the refusal."""
    outcomes: list[object] = []
    for seed in seeds:
        random = Random(seed)
        mutated = data
        for _ in range(random.choice([1, 1, 2, 3])):
            mutated = random.choice(WAYS)(mutated, random)
        changed.write_bytes(mutated)
        try:
            outcomes.append(read())
        except VoicecoachError as error:
            outcomes.append(str(error))
        except Exception as error:
            pytest.fail(f"mutation {seed} raised {error!r}")
    return outcomes


def _chunks(count: int) -> list[range]:
    return [range(count)[number::CHUNKS] for number in range(CHUNKS)]


@pytest.mark.parametrize(
    ("original", "seeds"),
    [(SMALL.encode(), seeds) for seeds in _chunks(MUTATIONS_OF_A_SMALL_PROGRAMME)]
    + [(CALF.read_bytes(), seeds) for seeds in _chunks(MUTATIONS_OF_CALF)],
    ids=[f"{name}-{number}" for name in ("small", "calf") for number in range(CHUNKS)],
)
def test_a_mutated_programme_is_read_or_refused_with_its_place(copy: Copy, original: bytes, seeds: range) -> None:
    outcomes = _outcomes(original, copy.file, lambda: read_programme(copy.file), seeds)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, str)]
    placed = re.compile(re.escape(str(copy.file)) + r":[1-9]\d*:[1-9]\d*: .+; .+\.")
    assert [refusal for refusal in refusals if not placed.fullmatch(refusal)] == []
    assert any(isinstance(outcome, Programme) for outcome in outcomes)
    assert len(refusals) > len(seeds) / 2


@pytest.mark.parametrize("seeds", _chunks(MUTATIONS_OF_WORDS), ids=range(CHUNKS))
def test_mutated_words_are_read_or_refused_with_their_place(copy: Copy, seeds: range) -> None:
    outcomes = _outcomes(CALF_WORDS.read_bytes(), copy.words_file, copy.read_words, seeds)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert [refusal for refusal in refusals if not re.search(r"\.toml:[1-9]\d*:[1-9]\d*: ", refusal)] == []
    assert any(isinstance(outcome, Words) for outcome in outcomes)
    assert len(refusals) > len(seeds) / 4
