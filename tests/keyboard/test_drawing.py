"""What is drawn, as somebody two metres away looks for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.keyboard.keys import read_keys
from voicecoach.keyboard.picture import SIZES, Area, Blocks, draw, large
from voicecoach.keyboard.view import Count, View
from voicecoach.meanings import COMMANDS, SCORES, YES_NO

KEYS = read_keys("en")
ANY = Blocks(unicode=True, quarters=True)
CONSOLE = Blocks(unicode=True, quarters=False)
ASCII = Blocks(unicode=False, quarters=False)
QUESTION = View("Was it clearly different?", YES_NO + COMMANDS)
SCORE = View("How strong is the pain now, from zero to ten?", SCORES + COMMANDS)
HOLD = View("Point your toes and drop your head.", COMMANDS, Count(1, 3, 14, 25, hold_seconds=2))
REST = View("Rest for 60 seconds.", COMMANDS, Count(1, 3, 25, 25, rest_seconds=47))
PAUSED = View("Relax. Say resume when you want to go on.", ("resume", *(c for c in COMMANDS if c != "resume")))
LONG = View("Sit well back on a sturdy table. " * 20, COMMANDS)
ALL = [View(), QUESTION, SCORE, HOLD, REST, PAUSED, LONG]


def drawn(view: View, columns: int, rows: int, blocks: Blocks = ANY, remark: str = "") -> list[str]:
    return ["".join(text for _, text in row).rstrip() for row in draw(view, remark, KEYS, Area(columns, rows, blocks))]


def height_of(text: str, rows: list[str], columns: int, blocks: Blocks = ANY) -> int:
    """How many rows high `text` is written; 1 for ordinary letters, 0 where it cannot be found."""
    for size in SIZES:
        letters = "\n".join(large(text, columns, size, blocks) or []).rstrip()
        if letters and letters in "\n".join(rows):
            return letters.count("\n") + 1
    return int(text in " ".join(" ".join(rows).split()))


@settings(deadline=None)
@given(st.sampled_from(ALL), st.integers(10, 300), st.integers(3, 90), st.sampled_from([ANY, CONSOLE, ASCII]))
def test_every_view_fits_every_terminal(view: View, columns: int, rows: int, blocks: Blocks) -> None:
    picture = drawn(view, columns, rows, blocks, remark="You pressed: Y yes")
    assert len(picture) == rows
    assert max(map(len, picture)) <= columns


@pytest.mark.parametrize(("columns", "rows", "height"), [(40, 12, 1), (80, 24, 8), (160, 50, 16)])
def test_the_question_is_as_large_as_the_terminal_allows(columns: int, rows: int, height: int) -> None:
    assert height_of(QUESTION.sentence, drawn(QUESTION, columns, rows), columns) >= height


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 24), (200, 60)])
def test_the_keys_that_answer_are_there_with_their_words(columns: int, rows: int) -> None:
    shown = "\n".join(drawn(QUESTION, columns, rows))
    assert height_of("Y\u00a0yes\u00a0 N\u00a0no\u00a0", shown.split("\n"), columns) >= 4
    scores = " ".join(" ".join(drawn(SCORE, 40, 12)).replace("\u00a0", " ").split())
    assert "0 1 2 3 4 5 6 7 8 9 T ten" in scores


def test_a_pause_shows_large_how_to_go_on() -> None:
    assert height_of("Enter\u00a0resume\u00a0", drawn(PAUSED, 80, 24), 80) >= 4


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 24)])
def test_stop_stands_out_whatever_is_shown(columns: int, rows: int) -> None:
    for view in (QUESTION, SCORE, HOLD, REST, PAUSED, LONG):
        styles = {text: style for row in draw(view, "", KEYS, Area(columns, rows, ANY)) for style, text in row}
        assert "reverse" in styles[" Space stop "]


def test_a_terminal_of_80_by_24_names_every_command_that_leads_to_something() -> None:
    shown, something = "\n".join(drawn(HOLD, 80, 24)), {*COMMANDS} - {"resume"}
    named = [key.text for meaning, key in KEYS.by_meaning.items() if meaning in something]
    assert [text for text in named if text not in shown] == []


@pytest.mark.parametrize("view", [QUESTION, SCORE, PAUSED])
def test_where_something_is_asked_or_waited_for_no_key_of_an_exercise_is_shown(view: View) -> None:
    shown = "\n".join(drawn(view, 80, 24))
    assert "it hurts" in shown
    for nothing in ("skip", "how many left", "slower", "faster", "it's gone", "count less", "just ticks"):
        assert nothing not in shown
    assert "resume" not in "\n".join(drawn(HOLD, 80, 24))


@pytest.mark.parametrize(("columns", "rows", "height"), [(40, 12, 4), (80, 24, 7), (240, 67, 20)])
def test_the_counts_are_in_large_digits_side_by_side(columns: int, rows: int, height: int) -> None:
    picture = drawn(HOLD, columns, rows)
    edge = round(columns * 0.6)
    assert height_of("14", [row[:edge].rstrip() for row in picture], edge - 1) >= height
    assert height_of("2", [row[edge:] for row in picture], columns - edge) >= height
    assert "Set 1 of 3" in picture[0]
    assert "14 of 25" in picture[0]
    assert "Hold" in picture[0]


def test_a_rest_is_counted_down_in_large_digits() -> None:
    picture = drawn(REST, 80, 24)
    assert height_of("47", [row[48:] for row in picture], 32) == 7
    assert "Rest" in picture[0]


def test_between_holds_nothing_looks_like_a_hold() -> None:
    moving = View(HOLD.sentence, COMMANDS, Count(1, 3, 14, 25))
    assert "Hold" not in "\n".join(drawn(moving, 80, 24))


def test_the_digits_do_not_change_their_size_within_a_set() -> None:
    first = [len([row for row in drawn(View("", COMMANDS, Count(1, 3, n, 25)), 64, 24) if "█" in row]) for n in (1, 25)]
    assert first[0] == first[1]


@pytest.mark.parametrize("blocks", [CONSOLE, ASCII])
def test_a_terminal_is_given_no_characters_that_it_lacks(blocks: Blocks) -> None:
    shown = {letter for view in ALL for row in drawn(view, 100, 40, blocks) for letter in row}
    lacking = "▘▝▖▌▞▛▗▚▐▜▙▟" + ("" if blocks.unicode else "█▀▄")
    assert not shown & {*lacking}
    assert "█" in shown or "#" in shown


def test_words_that_the_large_letters_lack_are_written_in_ordinary_ones() -> None:
    picture = drawn(View("무릎을 펴고 발끝을 내리세요.", YES_NO + COMMANDS), 20, 12)
    assert "무릎을" in "".join(picture)


def test_what_was_pressed_is_said_in_the_last_row() -> None:
    assert drawn(QUESTION, 80, 24, remark="You pressed: Y yes")[-1] == "You pressed: Y yes"
