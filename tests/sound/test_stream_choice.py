"""A sound system that does not answer is one sentence, not a hang."""

import os
import threading

import pytest

from voicecoach.sound import stream_choice
from voicecoach.sound.device_names import NoSound


def test_work_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_choice, "_LIMIT_SECONDS", 0.05)
    monkeypatch.setattr(stream_choice, "leave_portaudio", lambda: None)
    over = threading.Event()
    with pytest.raises(NoSound, match="does not answer"):
        stream_choice.answered(over.wait)
    over.set()


def test_errors_are_told_again_after_a_library_hung_that_had_sent_them_nowhere(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stream_choice, "_LIMIT_SECONDS", 0.05)
    monkeypatch.setattr(stream_choice, "leave_portaudio", lambda: None)
    over = threading.Event()

    def start() -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        over.wait()

    with pytest.raises(NoSound, match="does not answer"):
        stream_choice.answered(start)
    os.write(2, b"what went wrong")
    assert capfd.readouterr().err == "what went wrong"
    over.set()


def test_answers_and_errors_are_passed_on() -> None:
    assert stream_choice.answered(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        stream_choice.answered(lambda: 1 / 0)


def test_a_missing_portaudio_names_its_package() -> None:
    def fail() -> None:
        raise OSError("PortAudio library not found")

    with pytest.raises(NoSound, match="libportaudio2"):
        stream_choice.answered(fail)
