"""The cases: what is done to a live session in a room, and what has to come of it."""

import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from checks.sound_daemon.coach import Coach, TooLate
from checks.sound_daemon.person import Person
from checks.sound_daemon.room import Room, RoomError
from voicecoach.blocks import Samples
from voicecoach.rehearsal.recording import measure_holds
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.speaking.pace import Unhurried
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

SAID_WITHIN_SECONDS = 3.0
HOLD_SECONDS = 3.0
HOLD_ERROR_SECONDS = 0.02
"""PulseAudio bridges gaps of less than a block by itself and reports nothing, so that nobody can make up for them."""
_CAN_NOT_HEAR = "I can't hear the microphone. Lower your foot and rest. I go on when it is back."
_CAN_NOT_HEAR_STILL = "I can't hear the microphone. I go on when it is back."
_LOST = "lost: waiting"
_BACK = "loudspeaker are back"
_AWAY_SECONDS = 9.0
_BREAKING_OFF_SECONDS = 0.3


@dataclass
class Outcome:
    """How a case went; `problems` is empty where all was as it should be."""

    case: str
    printed_seconds: float | None = None
    """From the event to the printed line."""
    said_seconds: float | None = None
    """From the event to the coach's sentence in the recording; None where the loudspeaker was away too."""
    back_seconds: float | None = None
    """From the device's return to the session's."""
    closed_seconds: float | None = None
    """From the last line to the end of the process."""
    holds_seconds: list[float] = field(default_factory=list)
    lost_seconds: float | None = None
    """What the transcript says of an underrun."""
    problems: list[str] = field(default_factory=list)


class Scene:
    """What a case is played in: a room, a person and a coach."""

    def __init__(self, case: str) -> None:
        self.outcome = Outcome(case)
        self.room = Room()
        self.person = Person(self.room)
        self.coach = Coach(self.room, self.person.read)
        self._began = time.perf_counter()

    def require(self, fine: bool, problem: str) -> None:
        """Note a problem, unless this holds."""
        if not fine:
            self.outcome.problems.append(problem)

    def go_to_second_repetition(self) -> int:
        """Wait until the first hold of the second repetition is being counted; return the line."""
        line = self.coach.wait_for("Last one", 60)
        return self.coach.wait_for("coach  Two.", 20, after=line)

    def lose(self, take_away: Callable[[], object], bring_back: Callable[[], object], *, speaker_stays: bool) -> None:
        """Take something away in the middle of a set and bring it back; the session has to hold its place."""
        before = self.go_to_second_repetition()
        began, recorded = time.monotonic(), self.person.recorded_samples
        take_away()
        lost = self.coach.wait_for(_LOST, 20, after=before)
        self.outcome.printed_seconds = round(self.coach.lines[lost].at_seconds - began, 2)
        threading.Event().wait(max(_AWAY_SECONDS - (time.monotonic() - began), 0))
        if speaker_stays:
            self.outcome.said_seconds = self._said_after(recorded)
        since = self.coach.lines[lost].at_seconds + _BREAKING_OFF_SECONDS
        said = [line.text for line in self.coach.lines[lost:] if "  coach  " in line.text and line.at_seconds > since]
        self.require(all(_CAN_NOT_HEAR in text for text in said), f"the session went on: {said}")
        returned = time.monotonic()
        bring_back()
        back = self.coach.wait_for(_BACK, 30, after=lost)
        self.outcome.back_seconds = round(self.coach.lines[back].at_seconds - returned, 2)
        next_line = self.coach.wait_for("  coach  ", 20, after=back)
        again = self.coach.lines[next_line].text
        self.require(again.endswith("Toes down."), f"went on with {again!r} instead of the same repetition")

    def _said_after(self, recorded: int) -> float | None:
        with_voice = PromptCache(Unhurried(Pyttsx3Voice()), cache_folder())
        at = place_of(with_voice.samples(_CAN_NOT_HEAR), self.person.recording()[recorded:, 0])
        with_voice.close()
        self.require(at is not None, "the coach's sentence is not in the recording")
        return None if at is None else round(at / SAMPLES_PER_SECOND, 2)

    def finish(self, last_line: str = "[complete]", code: int = 0) -> None:
        """Wait for the end of the session and of the process; measure the holds."""
        ended = self.coach.wait_for(last_line, 90)
        got = self.coach.wait_ended(10)
        self.outcome.closed_seconds = round(time.monotonic() - self.coach.lines[ended].at_seconds, 2)
        self.require(got == code, f"exit code {got}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "room.wav"
            self.person.write_recording(file)
            self.outcome.holds_seconds = [round(length, 4) for length in measure_holds(file)]

    def close(self) -> None:
        """End the room, the person and the coach."""
        self.coach.close()
        self.person.close()
        self.room.close()


def place_of(sought: Samples, sound: Samples) -> int | None:
    """Return where in `sound` a clip is, both of shape (n,), or None where it is not."""
    if sound.size < sought.size:
        return None
    width = 1 << (sound.size + sought.size).bit_length()
    alike = np.fft.irfft(np.fft.rfft(sound, width) * np.conj(np.fft.rfft(sought, width)), width)[: sound.size]
    at = int(np.argmax(alike))
    return at if alike[at] > 0.5 * float(np.dot(sought, sought)) else None


def whole(scene: Scene) -> None:
    """Case: a whole session in which nothing happens."""


def removed(scene: Scene) -> None:
    """Case: the microphone is pulled out and put back."""
    scene.lose(scene.room.unplug_microphone, scene.room.plug_microphone, speaker_stays=True)


def suspended(scene: Scene) -> None:
    """Case: the microphone is suspended and goes on."""
    room = scene.room
    scene.lose(
        lambda: room.suspend_microphone(suspended=True),
        lambda: room.suspend_microphone(suspended=False),
        speaker_stays=True,
    )


def frozen(scene: Scene) -> None:
    """Case: the sound daemon freezes and goes on."""
    room = scene.room
    scene.lose(lambda: room.freeze_daemon(frozen=True), lambda: room.freeze_daemon(frozen=False), speaker_stays=False)


def killed(scene: Scene) -> None:
    """Case: the sound daemon is killed and started again."""

    def start_again() -> None:
        scene.room.start_daemon()
        scene.person.enter()

    scene.lose(scene.room.kill_daemon, start_again, speaker_stays=False)


def underrun(scene: Scene) -> None:
    """Case: the program gets no processor for a while in a hold, and the sound device runs dry."""
    before = scene.go_to_second_repetition()
    scene.coach.hold_up(0.35)
    line = scene.coach.wait_for("[underrun", 5, after=before)
    scene.outcome.lost_seconds = float(scene.coach.lines[line].text.partition("underrun: ")[2].split()[0])


def quit_while_frozen(scene: Scene) -> None:
    """Case: Ctrl-C while the sound daemon is frozen."""
    before = scene.coach.wait_for("Are you ill?", 30)
    began = time.monotonic()
    scene.room.freeze_daemon(frozen=True)
    lost = scene.coach.wait_for(_LOST, 20, after=before)
    scene.outcome.printed_seconds = round(scene.coach.lines[lost].at_seconds - began, 2)
    scene.coach.interrupt()


def removed_in_a_question(scene: Scene) -> None:
    """Case: the microphone is pulled out and put back in a question; then Ctrl-C. The shortest case."""
    scene.person.silent_at = "ill?"
    before = scene.coach.wait_for("Are you ill?", 30)
    threading.Event().wait(2)
    began = time.monotonic()
    scene.room.unplug_microphone()
    lost = scene.coach.wait_for(_LOST, 20, after=before)
    scene.outcome.printed_seconds = round(scene.coach.lines[lost].at_seconds - began, 2)
    scene.coach.wait_for(_CAN_NOT_HEAR_STILL, 5, after=lost)
    returned = time.monotonic()
    scene.room.plug_microphone()
    back = scene.coach.wait_for(_BACK, 20, after=lost)
    scene.outcome.back_seconds = round(scene.coach.lines[back].at_seconds - returned, 2)
    scene.coach.wait_for(" ill?", 5, after=back)
    scene.coach.interrupt()


@dataclass(frozen=True)
class Case:
    """Something done to a session, and how that session ends."""

    play: Callable[[Scene], None]
    holds: int
    """Holds that the recording has to have at least."""
    last_line: str = "[complete]"
    code: int = 0


CASES = {
    "whole": Case(whole, holds=4),
    "removed": Case(removed, holds=4),
    "suspended": Case(suspended, holds=4),
    "frozen": Case(frozen, holds=2),
    "killed": Case(killed, holds=2),
    "underrun": Case(underrun, holds=4),
    "quit-while-frozen": Case(quit_while_frozen, holds=0, last_line="[interrupted]", code=130),
    "question": Case(removed_in_a_question, holds=0, last_line="[interrupted]", code=130),
}


def run_case(name: str) -> tuple[Outcome, list[str]]:
    """Run a case; return its outcome and what was printed, each line with its second."""
    case = CASES[name]
    began = time.monotonic()
    scene = Scene(name)
    try:
        case.play(scene)
        scene.finish(case.last_line, case.code)
    except (TooLate, RoomError) as error:
        scene.outcome.problems.append(str(error))
    finally:
        lines = [f"{line.at_seconds - began:6.2f}  {line.text}" for line in scene.coach.lines]
        scene.close()
    outcome = scene.outcome
    for what, seconds in (("printed", outcome.printed_seconds), ("said", outcome.said_seconds)):
        scene.require(seconds is None or seconds <= SAID_WITHIN_SECONDS, f"{what} only after {seconds} s")
    wrong = [length for length in outcome.holds_seconds if abs(length - HOLD_SECONDS) > HOLD_ERROR_SECONDS]
    scene.require(not wrong, f"holds of {wrong} s")
    scene.require(len(outcome.holds_seconds) >= case.holds, f"{len(outcome.holds_seconds)} holds in the recording")
    return outcome, lines
