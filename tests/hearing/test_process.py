import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.hearing.recogniser_process import RecogniserDied, RecogniserProcess

from .conftest import PROJECT, Say, phrases_for

YES_NO = phrases_for("yes-no")


@pytest.fixture(scope="module")
def process() -> Iterator[RecogniserProcess]:
    with closing(RecogniserProcess()) as started:
        started.wait_ready()
        yield started


def collect(process: RecogniserProcess) -> tuple[int, str | None]:
    answer = process.collect(wait=True)
    assert answer is not None
    return answer[0], answer[1].meaning


def ends_within(pid: int, seconds: float) -> bool:
    """Whether the process, which may be nobody's child, ends in that time."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def test_each_utterance_comes_back_with_its_ticket_in_order(process: RecogniserProcess, say: Say) -> None:
    for ticket, word in ((7, "yes"), (9, "stop"), (8, "no thank you")):
        process.submit(ticket, say(word), YES_NO)

    assert [collect(process) for _ in range(3)] == [(7, "yes"), (9, "stop"), (8, "no")]


def test_the_phrases_of_each_utterance_are_its_own(process: RecogniserProcess, say: Say) -> None:
    process.submit(1, say("left leg"), phrases_for("side"))
    process.submit(2, say("left leg"), YES_NO)

    assert [collect(process) for _ in range(2)] == [(1, "left"), (2, None)]


def test_collecting_when_nothing_is_due_returns_at_once(process: RecogniserProcess) -> None:
    assert process.collect(wait=True) is None
    assert process.collect(wait=False) is None


def test_a_long_utterance_is_handed_over_without_waiting_for_the_child(process: RecogniserProcess) -> None:
    os.kill(process.pid, signal.SIGSTOP)
    try:
        for ticket in range(5):
            process.submit(ticket, noise(6), YES_NO)
        assert process.collect(wait=False) is None
    finally:
        os.kill(process.pid, signal.SIGCONT)

    assert [collect(process) for _ in range(5)] == [(ticket, None) for ticket in range(5)]


def test_ctrl_c_is_the_parents_affair(process: RecogniserProcess, say: Say) -> None:
    os.kill(process.pid, signal.SIGINT)
    process.submit(1, say("stop"), YES_NO)

    assert collect(process) == (1, "stop")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_recogniser_needs_less_than_240_megabytes(process: RecogniserProcess, say: Say) -> None:
    process.submit(1, say("it's getting worse"), YES_NO)
    process.submit(2, noise(6), YES_NO)
    collect(process), collect(process)

    status = Path(f"/proc/{process.pid}/status").read_text()
    kilobytes = int(status.partition("VmHWM:")[2].split()[0])
    assert kilobytes < 240_000


def test_a_recogniser_killed_at_work_is_reported_and_stays_dead(say: Say) -> None:
    with closing(RecogniserProcess()) as process:
        process.wait_ready()
        process.submit(1, say("yes"), YES_NO)
        assert collect(process) == (1, "yes")
        os.kill(process.pid, signal.SIGKILL)
        process.submit(2, say("yes"), YES_NO)

        with pytest.raises(RecogniserDied, match="ended unexpectedly"):
            process.collect(wait=True)
        with pytest.raises(RecogniserDied):
            process.collect(wait=False)


def test_a_recogniser_killed_while_loading_is_reported() -> None:
    with closing(RecogniserProcess()) as process:
        os.kill(process.pid, signal.SIGKILL)

        with pytest.raises(RecogniserDied, match="ended unexpectedly"):
            process.wait_ready()


def test_a_recogniser_that_hangs_is_reported_and_ended(say: Say) -> None:
    with closing(RecogniserProcess(answer_within_seconds=0.2)) as process:
        process.wait_ready()
        os.kill(process.pid, signal.SIGSTOP)
        process.submit(1, say("yes"), YES_NO)

        with pytest.raises(RecogniserDied, match="no longer answers"):
            process.collect(wait=True)
        assert ends_within(process.pid, 5)


def test_a_recogniser_that_never_finishes_loading_is_reported() -> None:
    with closing(RecogniserProcess(load_within_seconds=0.2)) as process:
        os.kill(process.pid, signal.SIGSTOP)

        with pytest.raises(RecogniserDied, match="no longer answers"):
            process.wait_ready()


def test_a_missing_model_is_told_in_the_childs_own_sentence(tmp_path: Path) -> None:
    sentence = r"encoder_model\.ort is missing: remove the folder"
    with (
        closing(RecogniserProcess(RecogniserChoice(folder=tmp_path))) as process,
        pytest.raises(VoicecoachError, match=sentence) as caught,
    ):
        process.wait_ready()

    assert not isinstance(caught.value, RecogniserDied)


def test_closing_twice_or_while_the_child_is_stopped_returns() -> None:
    process = RecogniserProcess()
    os.kill(process.pid, signal.SIGSTOP)
    process.close()
    process.close()

    assert ends_within(process.pid, 0)


PARENT = """
import os, sys
from voicecoach.hearing.recogniser_process import RecogniserProcess
process = RecogniserProcess()
process.wait_ready()
print(process.pid, "onnxruntime" in sys.modules, flush=True)
os._exit(0)
"""


def test_the_child_goes_with_its_parent_writes_nothing_and_keeps_the_engine_to_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARENT], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )

    pid, engine_imported = done.stdout.split()
    assert engine_imported == "False"
    assert ends_within(int(pid), 10)


def noise(seconds: float) -> Samples:
    sound: Samples = np.random.default_rng(1).normal(0, 0.05, round(seconds * 16_000)).astype(np.float32)
    return sound


def test_the_child_loads_the_engine_that_it_is_told(tmp_path: Path) -> None:
    with (
        closing(RecogniserProcess(RecogniserChoice("vosk", "de", tmp_path))) as process,
        pytest.raises(VoicecoachError, match="is no whole Vosk model"),
    ):
        process.wait_ready()
