"""The check of the recogniser: loads, and takes a spoken yes for one."""

import math
import time
from collections.abc import Sequence

from voicecoach.blocks import Samples
from voicecoach.doctor.findings import Finding, Values
from voicecoach.doctor.settings import DoctorSettings
from voicecoach.doctor.speaking import REMEDY
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Phrase, Verdict
from voicecoach.hearing.process import RecogniserProcess


def check_recogniser(
    recogniser: RecogniserProcess, test_word: Samples | None, phrases: Sequence[Phrase], settings: DoctorSettings
) -> Finding:
    """Wait until it has loaded, then let it hear the test word, shape (n,)."""
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
    """Say that it does not load, or not answer any more."""
    remedy = f"{REMEDY}; it also needs about 210 MB of free memory."
    return Finding("recogniser", "problem", str(error), remedy, {"recogniser": name})


def judge_recogniser(name: str, verdict: Verdict | None, seconds: float, settings: DoctorSettings) -> Finding:
    """Return what it means that the test word got this verdict after so long."""
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
    """Return the score and the margin; None for what is not finite, which JSON does not know."""
    score, margin = (verdict.score, verdict.margin) if verdict else (math.nan, math.nan)
    return {
        "score": round(score, 2) if math.isfinite(score) else None,
        "margin": round(margin, 2) if math.isfinite(margin) else None,
        "sure": verdict.sure if verdict else None,
    }
