"""The examination by `doctor`: the checks in order, each finding shown at once, and whether a session can run."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicecoach.doctor.booth import Booth, DoctorDevice, MicrophoneLost, heard
from voicecoach.doctor.doctor_words import DoctorWords, read_doctor_words
from voicecoach.doctor.findings import DoctorSettings, Finding, as_json, as_lines, session_can_run, summary
from voicecoach.doctor.loudspeaker import judge_canceller, judge_playback, measure_echo, measure_reduction_db
from voicecoach.doctor.machine import (
    DeviceNames,
    check_cache,
    check_disk,
    check_voice,
    device_names,
    devices_failed,
    devices_lost,
    devices_opened,
)
from voicecoach.doctor.microphone import judge_noise, judge_timing, lost_samples, measure_pace, noise_floor_dbfs
from voicecoach.doctor.spoken_yes import Asking, check_recogniser, judge_answer, recogniser_failed
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.echo.canceller_choice import canceller_for, open_echo_canceller
from voicecoach.hearing.recogniser_choice import MOONSHINE, RecogniserChoice
from voicecoach.hearing.recogniser_process import RecogniserDied, RecogniserProcess
from voicecoach.hearing.verdicts import Deciding, LiveDeciding, RecogniserAtWork
from voicecoach.phrases import phrases_of_a_question
from voicecoach.programme.words import Words
from voicecoach.sound.device import Device
from voicecoach.speaking.prompt_cache import Voice, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice


@dataclass(frozen=True)
class Parts:
    """The parts that are examined: device, voice, recogniser, words.

    `clock_seconds` tells when a block arrived; None where the sound does not follow the wall clock.
    """

    mic: str | None = None
    speaker: str | None = None
    headphones: bool = False
    open_device: Callable[[str | None, str | None], DoctorDevice] = Device
    clock_seconds: Callable[[], float] | None = time.perf_counter
    deciding: Callable[[RecogniserAtWork], Deciding] = LiveDeciding
    recogniser: RecogniserChoice = MOONSHINE
    voice: Voice = field(default_factory=Pyttsx3Voice)
    prompts_folder: Path = field(default_factory=cache_folder)
    settings: DoctorSettings = field(default_factory=DoctorSettings)

    @property
    def canceller(self) -> str:
        """The name of the echo canceller that a session would ask for."""
        return canceller_for(headphones=self.headphones)

    @property
    def canceller_name(self) -> str:
        """The name of the echo canceller that a session would get. Raises VoicecoachError where it is missing."""
        with closing(open_echo_canceller(self.canceller)) as canceller:
            return canceller.name


class Examination:
    """Goes through the checks; `findings` has what was found so far."""

    def __init__(self, parts: Parts, words: Words, doctor_words: DoctorWords) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._phrases = phrases_of_a_question(words)
        self._words = doctor_words
        self.findings: list[Finding] = []

    def run(self) -> Generator[Finding, None, None]:
        """Yield each finding in turn; all that was opened is closed at the end or when the iterator is."""
        with closing(self._examine()) as findings:
            for finding in findings:
                self.findings.append(finding)
                yield finding

    def _examine(self) -> Generator[Finding, None, None]:
        parts, settings = self._parts, self._settings
        with closing(RecogniserProcess(parts.recogniser)) as recogniser:
            yield check_disk(parts.prompts_folder, settings)
            cache = check_cache(parts.prompts_folder)
            yield cache
            folder = parts.prompts_folder if cache.state == "ok" else None
            voice, sounds = check_voice(parts.voice, self._words.test_word, self._words.all(), folder)
            yield voice
            hearing = check_recogniser(recogniser, sounds.get(self._words.test_word), self._phrases, settings)
            yield hearing
            names = device_names()
            try:
                device = parts.open_device(parts.mic, parts.speaker)
            except VoicecoachError as error:
                yield devices_failed(error, names)
                return
            with closing(device):
                yield devices_opened(parts.mic, parts.speaker, names)
                if sounds:
                    works = hearing.state != "problem"
                    yield from self._listen(Booth(device, sounds), names, recogniser if works else None)

    def _listen(self, booth: Booth, names: DeviceNames, recogniser: RecogniserProcess | None) -> Iterator[Finding]:
        """Yield the findings that need a microphone which hears; then say aloud how all of it was."""
        try:
            booth.open(self._settings.first_sound_within_seconds)
            yield from self._measure(booth, names, recogniser)
        except MicrophoneLost:
            yield devices_lost(booth.heard_anything, booth.seconds, names)
            booth.take_leave(self._words.hears_nothing)
            return
        if not session_can_run(self.findings):
            booth.take_leave(self._words.can_not_run)
        elif any(finding.state == "warning" for finding in self.findings):
            booth.take_leave(self._words.could_be_better)
        else:
            booth.take_leave(self._words.all_well)

    def _measure(self, booth: Booth, names: DeviceNames, recogniser: RecogniserProcess | None) -> Iterator[Finding]:
        parts, settings = self._parts, self._settings
        booth.say(self._words.begins)
        booth.wait(settings.room_fades_seconds)
        noise_dbfs = noise_floor_dbfs(heard(booth.wait(settings.quiet_seconds)))
        yield judge_noise(noise_dbfs, settings)

        arrivals: list[float] = []
        clock, underruns = parts.clock_seconds, booth.device.underruns
        booth.begin(self._words.listens)
        blocks = booth.wait(settings.timing_seconds, lambda: arrivals.append(clock() if clock else 0.0))
        positions = [block.at for block in blocks]
        pace = measure_pace(arrivals, positions) if clock else None
        underruns = booth.device.underruns - underruns
        timing = judge_timing(pace, underruns, lost_samples(positions), settings.timing_seconds, settings)
        yield timing
        if timing.state == "problem":
            return

        echo = measure_echo(blocks, noise_dbfs)
        canceller = open_echo_canceller(parts.canceller)
        reduction = measure_reduction_db(canceller, blocks, echo, noise_dbfs, settings) if echo else None
        canceller.close()
        yield judge_canceller(canceller.name, echo, reduction, settings)

        answered = False
        if recogniser is not None:
            finding = self._ask(booth, noise_dbfs, names, recogniser)
            answered = bool(finding.values.get("recognised"))
            yield finding
        yield judge_playback(echo, headphones=parts.headphones, answered=answered, names=names, settings=settings)

    def _ask(self, booth: Booth, noise_dbfs: float, names: DeviceNames, recogniser: RecogniserProcess) -> Finding:
        deciding, canceller = self._parts.deciding(recogniser), self._parts.canceller
        with closing(Asking(booth, deciding, canceller, self._phrases, self._settings)) as asking:
            try:
                asked, answer = 1, asking.ask(self._words.asks)
                if answer is None or not answer.is_yes:
                    asked, answer = 2, asking.ask(self._words.asks_again) or answer
            except RecogniserDied as error:
                return recogniser_failed(recogniser.name, error)
        if answer and answer.is_yes:
            booth.say(self._words.understood)
        return judge_answer(answer, asked, noise_dbfs, names, self._settings)


def examine(parts: Parts, words: Words, show_line: Callable[[str], object]) -> dict[str, Any]:
    """Return the doctor's report, ready for JSON; `show_line` is given each line of it as it comes."""
    examination = Examination(parts, words, read_doctor_words(words.language))
    with closing(examination.run()) as findings:
        for finding in findings:
            show_line(as_lines(finding))
    show_line(summary(examination.findings))
    return as_json(examination.findings, parts.canceller_name, parts.recogniser.name)
