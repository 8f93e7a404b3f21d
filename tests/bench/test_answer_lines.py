"""The list of answers: what a line says, and one sentence with file and line for whatever is wrong in it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.bench.answer_lines import KINDS, AnswerLine, read_answer_lines
from voicecoach.errors import VoicecoachError
from voicecoach.rehearsal.script import Piece


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists") / "list.tsv"


def read(file: Path, text: str) -> list[AnswerLine]:
    file.write_text(text, encoding="utf-8")
    return read_answer_lines(file)


def test_a_line_is_a_question_the_words_with_their_pauses_and_the_meanings(file: Path) -> None:
    (line,) = read(file, "number\tfour [0.6] no  [1] five\t5|-\n")
    assert (line.number, line.kind, line.meanings) == (1, "number", frozenset({"5", "-"}))
    assert line.pieces == (Piece(0.0, "four"), Piece(0.6, "no"), Piece(1.0, "five"))


def test_comments_and_empty_lines_are_left_out_and_lines_keep_their_numbers(file: Path) -> None:
    lines = read(file, "\ufeff# question\twords\tmeaning\r\n\r\nyes-no\tyes\tyes\r\n  \n# no\nside\tleft\tleft")
    assert [(line.number, line.kind) for line in lines] == [(3, "yes-no"), (6, "side")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("yes-no\tyes", r":1: this line has 2 columns; write the question"),
        ("yes-no\tyes\tyes\tyes", r":1: this line has 4 columns"),
        (
            "#\nmaybe\tyes\tyes",
            r':2: this line has no question "maybe"; write one of yes-no, screening, number, side, ',
        ),
        ("yes-no\tno [a] yes\tyes", r':1: this line has no pause "\[a\]"; write seconds'),
        ("yes-no\tno [-1] yes\tyes", r':1: this line has no pause "\[-1\]"'),
        ("yes-no\tno [nan] yes\tyes", r':1: this line has no pause "\[nan\]"'),
        ("yes-no\tno [99] yes\tyes", r':1: this line has no pause "\[99\]"; write seconds up to 30'),
        ("yes-no\tno [] yes\tyes", r':1: this line has no pause "\[\]"'),
        ("yes-no\tno [0.5 yes\tyes", r":1: this line has a bracket without another"),
        ("yes-no\t[0.5]\tyes", r":1: this line has no words"),
        ("yes-no\tno [0.5] ...\tyes", r":1: this line has no words in '...'"),
        ("yes-no\tno\x00\tyes", r":1: this line has no words in "),
        ("yes-no\tyes\t", r':1: this line has no meaning ""'),
        ("yes-no\tyes\tyes|Not That", r':1: this line has no meaning "Not That"'),
        ("number\ttwelve\t12", r':1: this line has no meaning "12"'),
        ("command\tstop\tstp", r':1: this line has no meaning "stp"; write stop'),
        ("# nothing\n\n", r" has no answers; write lines"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_file_and_line(file: Path, text: str, what: str) -> None:
    with pytest.raises(VoicecoachError, match=r"list\.tsv" + what):
        read(file, text)


def test_a_file_that_is_missing_or_no_text_is_named(file: Path) -> None:
    with pytest.raises(VoicecoachError, match=r"missing\.tsv can't be read"):
        read_answer_lines(file.with_name("missing.tsv"))
    file.write_bytes(b"yes-no\t\xff\tyes\n")
    with pytest.raises(VoicecoachError, match=r"list\.tsv can't be read .*UTF-8"):
        read_answer_lines(file)


words = st.lists(st.sampled_from(["no", "yes", "I'm", "네", "5", "well,"]), min_size=1, max_size=3).map(" ".join)
pauses = st.integers(0, 300).map(lambda tenths: tenths / 10)


@given(st.sampled_from(KINDS), st.lists(st.tuples(pauses, words), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_every_pause_and_every_word_is_kept(file: Path, kind: str, pieces: list[tuple[float, str]]) -> None:
    said = " ".join(f"[{pause:g}] {words}" for pause, words in pieces)
    (line,) = read(file, f"{kind}\t{said}\tyes|-\n")
    assert [(piece.pause_seconds, piece.words) for piece in line.pieces] == pieces


@given(st.text(st.sampled_from("yes-no\t\n[]|-#0.5 \r\x00é"), max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_any_text_is_a_list_or_one_sentence(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")
    problem, lines = "", []
    try:
        lines = read_answer_lines(file)
    except VoicecoachError as error:
        problem = str(error)
    assert bool(lines) != bool(problem)
    assert all(line.pieces and line.meanings for line in lines)
    assert not problem or (problem.startswith(str(file)) and "\n" not in problem)
