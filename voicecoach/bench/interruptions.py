"""A simulated person with commands over the coach's voice (barge-in), and how soon the coach obeyed each."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.vad import SETTLING_SECONDS
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import PersonVoice
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions, events
from voicecoach.small_files import reason
from voicecoach.watcher import Watcher

_OBEYED_WITHIN = samples(3.0)
_BETWEEN_COMMANDS = samples(4.0)
_AFTER_BEGINNING = (0.3, 2.5)
"""How many seconds into what the coach says a command is said."""
_COACH_AUDIBLE = samples(0.2)
_ECHO_ARRIVES = samples(0.5)
"""Until the coach has been heard for as long as the canceller needs to settle, a session hears nothing over it."""
_QUIET_BEFORE_RESUMING = samples(0.6)
_RESUMES_AGAIN = samples(4.0)
_WAITING_FOR_RESUME = ("stopped", "stopped_still", "paused", "paused_still", "paused_reminder", "paused_reminder_late")


@dataclass(frozen=True)
class Command:
    """A command that the person said from sample `began` on, and the sample at which it was obeyed."""

    meaning: str
    words: str
    began: int
    ended: int
    obeyed_at: int | None = None


class Interrupter(Watcher):
    """Answers as the person given, and says the commands (meanings and words), in order, while the coach speaks."""

    def __init__(self, person: Person, voice: PersonVoice, commands: Sequence[tuple[str, str]], seed: int) -> None:
        self._person = person
        self._voice = voice
        self._to_come = list(commands)
        self._random = np.random.default_rng(seed)
        self._due: int | None = None
        self._not_before = samples(SETTLING_SECONDS) + _ECHO_ARRIVES
        self._saying: Samples = np.zeros(0, np.float32)
        self._resume = False
        self._quiet_before_resuming = _QUIET_BEFORE_RESUMING
        self._coach_audible = self._silence = 0
        self.commands: list[Command] = []

    def acted(self, at: int, action: actions.Action) -> None:
        """Follow what the coach does, to know when to interrupt and what was obeyed."""
        self._person.acted(at, action)
        match action:
            case actions.Say(_, lines, begins_at) if not lines[0].prompt.startswith("count_"):
                begins = max(at, begins_at or 0)
                self._resume = lines[0].prompt in _WAITING_FOR_RESUME
                self._quiet_before_resuming = _QUIET_BEFORE_RESUMING
                if self._to_come and not self._resume:
                    due = begins + samples(float(self._random.uniform(*_AFTER_BEGINNING)))
                    self._due = due if due >= self._not_before else self._due
            case actions.Obeyed(meaning) if self.commands:
                last = self.commands[-1]
                if last.obeyed_at is None and meaning == last.meaning and at < last.ended + _OBEYED_WITHIN:
                    self.commands[-1] = replace(last, obeyed_at=at)

    def happened(self, event: events.AnyEvent) -> None:
        """Let the person notice the end of a question."""
        self._person.happened(event)

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what the person says, shape (n,), in the block from sample `at` on."""
        self._coach_audible = self._coach_audible + heard.size if heard.any() else 0
        self._silence = 0 if heard.any() else self._silence + heard.size
        answer = np.zeros(heard.size, np.float32) if self._resume else self._person.live(at, heard)
        if answer.any():
            self._due = None
            return answer
        if not self._saying.size:
            self._choose(at)
        said, self._saying = self._saying[: heard.size], self._saying[heard.size :]
        return np.pad(said, (0, heard.size - said.size))

    def _choose(self, at: int) -> None:
        if self._resume:
            if self._silence >= self._quiet_before_resuming:
                self._quiet_before_resuming += _RESUMES_AGAIN
                self._saying = self._voice.say("continue")
        elif self._due is not None and at >= self._due and self._coach_audible >= _COACH_AUDIBLE:
            self._due = None
            meaning, words = self._to_come.pop(0)
            self._saying = self._voice.say(words)
            ended = at + self._saying.size
            self._not_before = ended + _BETWEEN_COMMANDS
            self.commands.append(Command(meaning, words, at, ended))


_WORD = np.float32(10 ** (-40 / 20))
"""A word ends at its last sample within 40 dB of the clip's peak."""
_REPLY = np.float32(10 ** (-40 / 20))
"""A reply begins at its first sample above -40 dBFS."""
_SILENCE = np.float32(10 ** (-60 / 20))
"""The coach is silent below -60 dBFS."""
_STAYS_SILENT = samples(0.2)
_BEFORE, _AFTER = samples(1.0), samples(2.0)

Kind = Literal["reply", "command", "stop"]


@dataclass(frozen=True)
class Case:
    """One utterance of the person in a recording: where it began and ended, and when the coach reacted to it.

    `ended` is the first sample after the word, `answered` the first one of the coach's reply or, for a stop, the first
    one of its silence. `seconds` lie between them; None where there was no answer. `heard` is what was understood.
    """

    kind: Kind
    words: str
    heard: str
    voice: str
    echo_db: float
    began: int
    ended: int
    obeyed: bool
    answered: int | None = None
    sound: Samples = field(default_factory=lambda: np.zeros((0, 2), np.float32), compare=False, repr=False)
    """The coach left, the person right, shape (n, 2)."""

    @property
    def seconds(self) -> float | None:
        """From the end of the word to the answer; a coach that was silent before that took no time."""
        return None if self.answered is None else max(0, self.answered - self.ended) / SAMPLES_PER_SECOND


def word_end(clip: Samples) -> int:
    """Return the first sample after the word in a clip of it alone, shape (n,)."""
    loud = np.flatnonzero(np.abs(clip) >= _WORD * np.abs(clip).max(initial=0.0))
    return int(loud[-1]) + 1 if loud.size else 0


def reply_begins(coach: Samples, since: int) -> int | None:
    """Return the first sample of a reply from `since` on, in the coach's sound of shape (n,)."""
    loud = np.flatnonzero(np.abs(coach[since:]) > _REPLY)
    return since + int(loud[0]) if loud.size else None


def silence_begins(coach: Samples, since: int, latest: int) -> int | None:
    """Return the sample from which the coach's sound, shape (n,), is silent for 0.2 s, from `since` to `latest`.

    Of several such silences it is the last one: the coach went on after the others.
    """
    loud = np.flatnonzero(np.abs(coach[since : latest + _STAYS_SILENT]) >= _SILENCE)
    edges = np.concatenate([[-1], loud, [latest - since + _STAYS_SILENT]])
    begins = edges[:-1][np.diff(edges) > _STAYS_SILENT] + 1
    begins = begins[begins <= latest - since]
    return since + int(begins[-1]) if begins.size else None


def cut(coach: Samples, person: Samples, case: Case) -> Case:
    """Return a case with the sound around it, of both sides of shape (n,); its positions count from there."""
    start = max(0, case.began - _BEFORE)
    end = max(case.ended, case.answered or 0) + _AFTER
    sound = np.stack([coach[start:end], person[start:end]], axis=1)
    answered = None if case.answered is None else case.answered - start
    return replace(case, began=case.began - start, ended=case.ended - start, answered=answered, sound=sound)


def spread(seconds: Sequence[float]) -> dict[str, float | int | None]:
    """Return the median, the 95th percentile and the count of durations in seconds."""
    if not seconds:
        return {"p50": None, "p95": None, "count": 0}
    p50, p95 = np.percentile(seconds, [50, 95])
    return {"p50": round(float(p50), 4), "p95": round(float(p95), 4), "count": len(seconds)}


def write_cases(folder: Path, cases: Sequence[Case]) -> None:
    """Write every case as a WAV file and all labels to `labels.json`. Raises VoicecoachError where that fails."""
    labels: list[dict[str, Any]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, case in enumerate(cases):
            name = f"{number:04d}-{case.kind}-{case.words.replace(' ', '_')}.wav"
            soundfile.write(os.fsencode(folder / name), case.sound, SAMPLES_PER_SECOND, subtype="FLOAT")
            label = {key: value for key, value in asdict(case).items() if key != "sound"}
            labels.append({"file": name} | label | {"seconds": case.seconds})
        (folder / "labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
    except (OSError, soundfile.LibsndfileError) as error:
        raise VoicecoachError(
            f"The cases can't be written to {folder} ({reason(error)}); choose another --wav."
        ) from None
