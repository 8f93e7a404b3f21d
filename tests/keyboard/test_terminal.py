"""The terminal while a session has it, and when it is given back; the terminal itself is prompt_toolkit's stand-in."""

import os
from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from voicecoach.keyboard.terminal import Screen
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words


@pytest.fixture
def screen(calf: Programme, words: Words) -> Iterator[Screen]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield Screen(calf, words)


def shown_while(screen: Screen, capfd: pytest.CaptureFixture[str], trouble: type[BaseException] | None) -> None:
    with screen.shown(lambda *_: None, lambda: None):
        os.write(2, b"a library complains\n")
        assert capfd.readouterr().err == ""
        if trouble is not None:
            raise trouble


@pytest.mark.parametrize("trouble", [None, KeyboardInterrupt, ZeroDivisionError])
def test_what_libraries_complain_of_is_told_once_the_screen_is_given_back_and_what_comes_later_at_once(
    screen: Screen, capfd: pytest.CaptureFixture[str], trouble: type[BaseException] | None
) -> None:
    if trouble is None:
        shown_while(screen, capfd, None)
    else:
        with pytest.raises(trouble):
            shown_while(screen, capfd, trouble)
    assert capfd.readouterr().err == "a library complains\n"
    os.write(2, b"and again\n")
    assert capfd.readouterr().err == "and again\n"
