from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.hearing.model_files import installed_folder, read_model
from voicecoach.hearing.moonshine_network import SPACE, BytePairs, read_vocabulary

VOCABULARY = read_vocabulary(installed_folder(read_model("moonshine-tiny-en")) / "tokenizer.bin")
PIECES = {number: piece for piece, number in VOCABULARY.items()}
TOKENISER = BytePairs(VOCABULARY)


def pieces(text: str) -> list[str]:
    return [PIECES[number].decode() for number in TOKENISER.tokenise(text)]


def test_a_word_is_cut_as_the_model_was_trained_and_not_by_longest_match() -> None:
    assert pieces("It hurts.")[-3:] == ["hur", "ts", "."] or pieces("It hurts.")[-3:] == [f"{SPACE}hur", "ts", "."]


def test_the_likeliest_answers_are_single_tokens() -> None:
    assert pieces("Yes.") == [f"{SPACE}Yes", "."]


@given(st.text("abcdefghijklmnopqrstuvwxyzABCIN ',.!?0123456789", min_size=1, max_size=30))
def test_the_pieces_of_a_text_are_that_text(text: str) -> None:
    assert "".join(pieces(text)).replace(SPACE, " ") == f" {text}"


def test_a_character_that_the_vocabulary_lacks_is_refused() -> None:
    with pytest.raises(KeyError):
        BytePairs({b"a": 0, SPACE.encode(): 1}).tokenise("b")


def test_a_vocabulary_is_read_in_its_order_long_pieces_too(tmp_path: Path) -> None:
    pieces = [b"a", b"b" * 127, b"c" * 128, b"d" * 300, b"e" * 256, b"f"]
    long_lengths = {128: (128, 1), 300: (128 + 300 % 128, 300 // 128), 256: (128, 2)}
    lengths = [bytes(long_lengths.get(len(piece), (len(piece),))) for piece in pieces]
    (file := tmp_path / "tokenizer.bin").write_bytes(b"".join(map(bytes.__add__, lengths, pieces)))
    assert read_vocabulary(file) == {piece: number for number, piece in enumerate(pieces)}
