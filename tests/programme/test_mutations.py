"""Whatever happens to a file of ours, it is either accepted or refused with a sentence."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.programme.copies import CALF, CALF_WORDS, Copy
from voicecoach.errors import VoicecoachError
from voicecoach.programme.reader import read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words

MUTATIONS = 300
VALUES = [b"0", b"-1", b"1e400", b"nan", b"true", b'""', b'"x"', b'"{side"', b"[]", b"{}", b"[[]]", b"2024-02-29",
          b"9" * 30, b'["welcome"]', b"{ go = 1 }", b'"\\u0000"', b"'''\n'''"]  # fmt: skip


def _flip_a_byte(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut_a_piece_out(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.randrange(200) :]


def _put_a_value_in_the_place_of_another(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    at = random.choice([number for number, line in enumerate(lines) if b"=" in line])
    lines[at] = lines[at].split(b"=")[0] + b"= " + random.choice(VALUES)
    return b"\n".join(lines)


def _drop_a_line(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def _copy_a_line(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return b"\n".join(lines)


def _swap_two_paragraphs(data: bytes, random: Random) -> bytes:
    parts = data.split(b"\n\n")
    one, other = random.randrange(len(parts)), random.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return b"\n\n".join(parts)


WAYS: list[Callable[[bytes, Random], bytes]] = [
    _flip_a_byte, _cut_a_piece_out, _put_a_value_in_the_place_of_another, _drop_a_line, _copy_a_line,
    _swap_two_paragraphs,
]  # fmt: skip


def _outcomes(original: Path, changed: Path, read: Callable[[], object]) -> list[object]:
    """Return what came of each mutation: what was read, or the refusal."""
    outcomes: list[object] = []
    data = original.read_bytes()
    for seed in range(MUTATIONS):
        random = Random(seed)
        changed.write_bytes(random.choice(WAYS)(data, random))
        try:
            outcomes.append(read())
        except VoicecoachError as error:
            outcomes.append(str(error))
        except Exception as error:
            pytest.fail(f"mutation {seed} raised {error!r}")
    return outcomes


def test_a_mutated_programme_is_read_or_refused_with_its_name(copy: Copy) -> None:
    outcomes = _outcomes(CALF, copy.file, lambda: read_programme(copy.file))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert [refusal for refusal in refusals if not refusal.startswith(str(copy.file))] == []
    assert any(isinstance(outcome, Programme) for outcome in outcomes)
    assert len(refusals) > MUTATIONS / 2


def test_mutated_words_are_read_or_refused_with_their_name(copy: Copy) -> None:
    outcomes = _outcomes(CALF_WORDS, copy.words_file, copy.read_words)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert [refusal for refusal in refusals if str(copy.words_file) not in refusal] == []
    assert any(isinstance(outcome, Words) for outcome in outcomes)
    assert len(refusals) > MUTATIONS / 4
