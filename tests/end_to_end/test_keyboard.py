"""Whole sessions answered by keys, in a real terminal and on the real PortAudio, in the session's own time."""

import ctypes.util
import os
import re
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Voicecoach
from tests.end_to_end.sitting import Sitting
from voicecoach.journal.reader import read_journal
from voicecoach.keyboard.keys import for_keys
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.values import Value
from voicecoach.programme.words import Words, read_words

needs_portaudio = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None, reason="needs PortAudio (Debian: libportaudio2), which is not here"
)
UP_TO_THE_EXERCISE = [
    ("chest", "n"), ("screening_all_no", "y"), ("side", "l"), ("pain_before", "3"),
]  # fmt: skip
AFTER_IT = [("pain_set", "2")]
HOLD = re.compile(r"\d of 2 +Hold$")


@pytest.fixture
def sitting(tmp_path: Path, short: Path, surroundings: dict[str, str]) -> Iterator[Sitting]:
    folder = tmp_path / "sitting"
    folder.mkdir()
    sitting = Sitting(folder, short, surroundings)
    yield sitting
    sitting.close()


@pytest.fixture
def words(short: Path) -> Words:
    return for_keys(read_words(read_programme(short), short, "en", None))


def asked(sitting: Sitting, words: Words, question: str) -> Callable[[], bool]:
    """Return whether the screen shows the question, in either of its wordings."""
    sides: dict[str, Value] = {"side": "left", "other_side": "right"}
    wordings = [words.text(Line(f"{question}?{again}", sides)) for again in ("", "again")]
    return lambda: sitting.shows(*wordings)


def answer(sitting: Sitting, words: Words, answers: list[tuple[str, str]]) -> None:
    for question, key in answers:
        sitting.until(asked(sitting, words, question))
        sitting.press(key)


def wait_for_a_hold(sitting: Sitting) -> None:
    """Stand still where the screen shows the first or second second of a hold."""

    def in_a_hold() -> bool:
        sitting.settle()
        return bool(HOLD.search(sitting.rows[0])) and not sitting.shows_large("3")

    sitting.until(in_a_hold)


@needs_portaudio
def test_a_programme_is_gone_through_by_keys_alone_and_kept(
    sitting: Sitting, words: Words, surroundings: dict[str, str]
) -> None:
    answer(sitting, words, UP_TO_THE_EXERCISE)
    sitting.until(lambda: bool(HOLD.search(sitting.rows[0])))
    answer(sitting, words, AFTER_IT)
    assert sitting.end() == 0
    assert sitting.terminal_is_as_before
    assert "[complete]" in sitting.text
    assert sitting.errors.read_text() == ""
    with read_journal(Path(surroundings["HOME"]) / ".local/share/voicecoach/journal") as reader:
        (session,) = reader.sessions()
        assert (session.kind, session.outcome, session.repetitions, session.side) == ("live", "complete", 2, "left")
        assert (session.pain_first, session.pain_last, session.profile) == (3, 2, None)


@needs_portaudio
def test_the_space_bar_stops_in_the_middle_of_a_hold_and_enter_goes_on(sitting: Sitting, words: Words) -> None:
    answer(sitting, words, UP_TO_THE_EXERCISE)
    wait_for_a_hold(sitting)
    sitting.press(" ")
    sitting.until(lambda: sitting.shows(words.prompts["stopped"]))
    sitting.press("\r")
    answer(sitting, words, [("anything_new", "n"), ("pain_now", "3")])
    wait_for_a_hold(sitting)
    sitting.press(" ")
    sitting.until(lambda: sitting.shows(words.prompts["stopped"]))
    sitting.press(" ")
    assert sitting.end() == 0
    assert "[stopped]" in sitting.text
    assert sitting.terminal_is_as_before


@needs_portaudio
def test_a_key_without_a_meaning_now_says_so_and_does_nothing(sitting: Sitting, words: Words) -> None:
    sitting.until(asked(sitting, words, "chest"))
    sitting.press("t")
    assert sitting.rows[-1] == "Does nothing now: T ten"
    sitting.press("\x1b[A")
    assert sitting.rows[-1] == "You pressed: Up louder"
    answer(sitting, words, [("chest", "w")])
    assert sitting.end() == 0
    assert "[adverse]" in sitting.text


@needs_portaudio
def test_a_terminal_that_is_made_smaller_still_shows_question_and_keys(sitting: Sitting, words: Words) -> None:
    sitting.until(asked(sitting, words, "chest"))
    sitting.resize(40, 12)
    sitting.until(lambda: sitting.rows[-4].startswith(" Space stop"), standing_still=True)
    sitting.until(asked(sitting, words, "chest"), standing_still=True)


@needs_portaudio
@pytest.mark.parametrize("interrupt", ["Ctrl-C", "SIGTERM"])
def test_an_interruption_gives_the_terminal_back(sitting: Sitting, words: Words, interrupt: str) -> None:
    sitting.until(asked(sitting, words, "chest"))
    if interrupt == "Ctrl-C":
        os.write(sitting.terminal, b"\x03")
    else:
        sitting.process.send_signal(signal.SIGTERM)
    sitting.until(lambda: sitting.shows(words.prompts["finish_interrupted_still"]))
    sitting.end()
    assert "[interrupted]" in sitting.text
    assert sitting.terminal_is_as_before


FAILING = """
import sys
from pathlib import Path
from voicecoach.keyboard.terminal import Screen
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import read_words
file = programme_file("calf")
programme = read_programme(file)
with Screen(programme, read_words(programme, file, "en", None)).shown(print, print):
    sys.stderr.write("kept for later\\n")
    raise RuntimeError("in the middle of it")
"""


def test_a_failure_gives_the_terminal_back_before_it_is_told(surroundings: dict[str, str]) -> None:
    terminal, program_side = os.openpty()
    settings = termios.tcgetattr(program_side)
    process = subprocess.Popen(
        [sys.executable, "-c", FAILING], stdin=program_side, stdout=program_side, stderr=program_side,
        env=surroundings | {"TERM": "xterm-256color"},
    )  # fmt: skip
    output = b""
    while process.poll() is None or select.select([terminal], [], [], 0)[0]:
        if select.select([terminal], [], [], 0.1)[0]:
            output += os.read(terminal, 1 << 16)
    after = output[output.rindex(b"\x1b[?1049l") :]
    assert b"kept for later" in after
    assert b"in the middle of it" in after
    assert termios.tcgetattr(program_side) == settings
    os.close(terminal)
    os.close(program_side)


def test_without_a_terminal_it_says_so_in_one_sentence(voicecoach: Voicecoach) -> None:
    run = voicecoach("run", "--keyboard")
    assert (run.code, run.out, len(run.err.splitlines())) == (1, "", 1)
    assert "--keyboard needs a terminal" in run.err
