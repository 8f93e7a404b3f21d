"""The doctor's spoken yes: asked for aloud, heard as a session hears it, and what the recogniser made of it."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.doctor.booth import Booth, heard
from voicecoach.doctor.findings import DoctorSettings, Finding, Values
from voicecoach.doctor.machine import REMEDY, DeviceNames
from voicecoach.doctor.microphone import clipped_share, dbfs
from voicecoach.errors import VoicecoachError
from voicecoach.hearing import augmentation
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import Deciding
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import events

Flaw = Literal["distorted", "faint", "noisy"]

_BEFORE_IT_WAS_NOTICED = samples(0.3)
_NO_SOUND = np.zeros(0, np.float32)


@dataclass(frozen=True)
class Answer:
    """What somebody answered the doctor: the verdict, the loudest 20 ms, and how long after its end it was decided.

    `sound`, shape (n,), is what it was decided on.
    """

    verdict: Verdict
    level_dbfs: float
    clipped_share: float
    decided_after_seconds: float
    sound: Samples = field(default_factory=lambda: _NO_SOUND, compare=False, repr=False)

    @property
    def is_yes(self) -> bool:
        """Whether the answer was understood as a yes."""
        return self.verdict.meaning == "yes"


class Overhearing:
    """A Deciding that remembers its last verdict and on what, even one of which Understanding makes nothing."""

    def __init__(self, deciding: Deciding) -> None:
        self._deciding = deciding
        self._submitted: dict[int, Samples] = {}
        self.verdict: Verdict | None = None
        self.sound = _NO_SOUND

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,), at sample `at`."""
        self._submitted[ticket] = sound
        self._deciding.submit(ticket, sound, phrases, at, writes=writes)

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        """Return the oldest verdict that is there at sample `at`, with its ticket."""
        decided = self._deciding.collect(at)
        if decided is not None:
            self.verdict = decided[1]
            self.sound = self._submitted.pop(decided[0], _NO_SOUND)
        return decided


class Asking:
    """Asks for a yes and listens; what was played and heard before has taught the canceller. Close it when done."""

    def __init__(
        self,
        booth: Booth,
        deciding: Deciding,
        canceller: str,
        phrases: tuple[Phrase, ...],
        settings: DoctorSettings,
    ) -> None:
        self._booth = booth
        self._overhearing = Overhearing(deciding)
        self._hearing = Hearing(self._overhearing, canceller)
        self._phrases = phrases
        self._settings = settings
        self._followed = 0

    def ask(self, text: str) -> Answer | None:
        """Ask for a yes aloud, and return the answer; None where nobody speaks. Raises VoicecoachError.

        Only what begins after the question counts, because the question has the answer in it.
        """
        self._hearing.phrases = ()
        self._hearing.coach_says(0, [self._booth.say(text)], [text])
        self._follow()
        self._hearing.phrases = self._phrases
        until = self._booth.now + self._booth.device.echo_delay_samples + samples(self._settings.answer_within_seconds)
        began_at: int | None = None
        ended_at = 0
        while self._booth.now < until or began_at is not None:
            self._booth.step()
            ended_at = self._hearing.speech_ended_at or ended_at
            for event in self._follow():
                match event:
                    case events.SpeechStarted(at):
                        began_at, self._overhearing.verdict = at, None
                    case events.FalseAlarm():
                        began_at = None
                    case _ if began_at is not None:
                        return self._answer(began_at, ended_at, isinstance(event, events.Heard))
        return None

    def close(self) -> None:
        """Close the hearing."""
        self._hearing.close()

    def _follow(self) -> list[events.FromHearing]:
        """Take the blocks that the booth has heard since the last time."""
        blocks = self._booth.blocks[self._followed :]
        self._followed = len(self._booth.blocks)
        delay = self._booth.device.echo_delay_samples
        return [event for block in blocks for event in self._hearing.hear(block, delay)]

    def _answer(self, began_at: int, ended_at: int, understood: bool) -> Answer:
        verdict = self._overhearing.verdict or Verdict(None, "", float("-inf"), 0.0, 0.0, sure=False)
        spoken = [b for b in self._booth.blocks if began_at - _BEFORE_IT_WAS_NOTICED <= b.at < ended_at]
        sound = heard(spoken or self._booth.blocks[-1:])
        return Answer(
            verdict if understood else replace(verdict, meaning=None),
            dbfs(augmentation.level(sound) ** 2),
            clipped_share(sound),
            (self._booth.now - ended_at) / SAMPLES_PER_SECOND,
            self._overhearing.sound,
        )


def judge_answer(
    answer: Answer | None, asked: int, noise_floor_dbfs: float, names: DeviceNames, settings: DoctorSettings
) -> Finding:
    """Return the finding after asking so often for a yes; silence is no problem, as nobody may be there."""
    if answer is None:
        return Finding(
            "answer", "warning", f"Nobody answered, asked {asked} times.",
            "If somebody was there: speak louder and nearer, raise the microphone's level in alsamixer (F4), or use "
            f"another: {names.choose_microphone}.",
            {"recognised": False, "asked": asked},
        )  # fmt: skip
    verdict, above_noise_db = answer.verdict, answer.level_dbfs - noise_floor_dbfs
    values: Values = {
        "recognised": answer.is_yes, "asked": asked, "heard": verdict.words, **figures(verdict),
        "level_dbfs": round(answer.level_dbfs, 1), "above_noise_db": round(above_noise_db, 1),
        "clipped_share": round(answer.clipped_share, 5),
        "decided_after_seconds": round(answer.decided_after_seconds, 3),
    }  # fmt: skip
    again = "" if asked == 1 else f", asked {asked} times"
    loudness = f"{answer.level_dbfs:.0f} dBFS, {above_noise_db:.0f} dB above the noise"
    if answer.is_yes:
        what = (
            f"Your yes was understood {answer.decided_after_seconds:.2f} s after its end, score {verdict.score:.1f}, "
            f"margin {verdict.margin:.1f}, {loudness}{again}."
        )
    else:
        what = f'What you said was not understood as a yes (nearest: "{verdict.words}"), {loudness}.'
    doubt = _doubt(answer, noise_floor_dbfs, settings)
    return Finding("answer", "warning" if doubt else "ok", what, doubt, values)


def flaw_of(answer: Answer, noise_floor_dbfs: float, settings: DoctorSettings) -> Flaw | None:
    """Return what is wrong with the sound of an answer, whatever was said; None: nothing."""
    if answer.clipped_share > settings.clipped_share:
        return "distorted"
    if answer.level_dbfs < settings.faint_answer_dbfs:
        return "faint"
    return "noisy" if answer.level_dbfs - noise_floor_dbfs < settings.least_answer_above_noise_db else None


REMEDIES: Mapping[Flaw, str] = {
    "distorted": "It is distorted: lower the microphone's level in alsamixer (F4), or speak from further away.",
    "faint": "That is faint: speak nearer to the microphone, or raise its level in alsamixer (F4).",
    "noisy": "That is too near the noise: make it quieter, or move the microphone nearer to you.",
}


def _doubt(answer: Answer, noise_floor_dbfs: float, settings: DoctorSettings) -> str | None:
    """Return what the person can do to be understood better; None where they were understood well."""
    flaw = flaw_of(answer, noise_floor_dbfs, settings)
    if flaw is not None:
        return REMEDIES[flaw]
    if not answer.is_yes:
        return "Run voicecoach doctor again and say just yes, after the question; see that nothing else talks."
    if not answer.verdict.sure:
        return "The recogniser was not sure, so a session would ask again: speak clearly, nearer to the microphone."
    return None


def check_recogniser(
    recogniser: RecogniserProcess, test_word: Samples | None, phrases: Sequence[Phrase], settings: DoctorSettings
) -> Finding:
    """Return the finding on the recogniser, once it has loaded and heard the test word, shape (n,)."""
    name = recogniser.name
    try:
        recogniser.wait_ready()
        if test_word is None:
            return Finding(
                "recogniser", "warning", f"{name} is loaded; without a voice it could not be tested.",
                "Mend the voice first.", {"recogniser": name},
            )  # fmt: skip
        began = time.perf_counter()
        recogniser.submit(0, test_word, phrases)
        answer = recogniser.collect(wait=True)
    except VoicecoachError as error:
        return recogniser_failed(name, error)
    took = time.perf_counter() - began
    return judge_recogniser(name, answer[1] if answer else None, took, settings)


def recogniser_failed(name: str, error: VoicecoachError) -> Finding:
    """Return the finding that the recogniser does not load, or does not answer any more."""
    remedy = f"{REMEDY}; it also needs about 210 MB of free memory."
    return Finding("recogniser", "problem", str(error), remedy, {"recogniser": name})


def judge_recogniser(name: str, verdict: Verdict | None, seconds: float, settings: DoctorSettings) -> Finding:
    """Return the finding on the recogniser that gave the test word this verdict after so many seconds."""
    values: Values = {"recogniser": name, "verdict_seconds": round(seconds, 3), **figures(verdict)}
    if verdict is None or verdict.meaning != "yes":
        return Finding("recogniser", "problem", f"{name} does not recognise its own test word.", f"{REMEDY}.", values)
    what = (
        f"{name} recognised its test word in {seconds:.2f} s, score {verdict.score:.1f}, margin {verdict.margin:.1f}."
    )
    if seconds > settings.slow_verdict_seconds:
        return Finding(
            "recogniser", "warning", what,
            "That is slow: end other programs; on a Raspberry Pi use a cooler and the full power supply.", values,
        )  # fmt: skip
    return Finding("recogniser", "ok", what, values=values)


def figures(verdict: Verdict | None) -> Values:
    """Return the score and the margin of a verdict; None for what is not finite, which JSON does not know."""
    score, margin = (verdict.score, verdict.margin) if verdict else (math.nan, math.nan)
    return {
        "score": round(score, 2) if math.isfinite(score) else None,
        "margin": round(margin, 2) if math.isfinite(margin) else None,
        "sure": verdict.sure if verdict else None,
    }
