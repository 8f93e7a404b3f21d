"""The plain loop, and the session in which it is asked, answered and interrupted."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from checks.plain_loop.room import PlainRoom
from checks.plain_loop.words import PlainLanguage
from voicecoach.bench.interruptions import Case, Kind, cut, reply_begins, silence_begins, word_end
from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples

_REACTION_SECONDS = (0.3, 1.3)
_REPLY_WITHIN = samples(3.0)
_PAUSE = samples(2.5)
"""After a sentence, for a command to be recognised in, before the loop goes on: longer than any default endpoint."""
_BETWEEN_CASES = samples(1.5)
_NEARBY_SECONDS = 0.3


@dataclass(frozen=True)
class Setting:
    """What a session of the plain loop needs: `lines`, the coach's sounds by text; `clips`, the person's by voice."""

    model: Any
    """A `vosk.Model`."""
    language: PlainLanguage
    lines: dict[str, Samples]
    synthesis_seconds: dict[str, float]
    """How long pyttsx3 computes on each line."""
    clips: dict[tuple[str, str], Samples]
    cases: int
    """Of each kind."""
    seed: int


class Outcome(NamedTuple):
    """What came of the cases at one loudness of the echo."""

    cases: list[Case]
    stop_to_sentence_end_seconds: list[float]
    """For every stop, understood or not: the least that the loop can reach."""
    acted_on_itself: int
    """How often what it took for a command or an answer was the coach's own voice."""


class _Word(NamedTuple):
    text: str
    start_seconds: float
    end_seconds: float


class _Loop:
    """What the packages' examples come to: say and wait; take a block, recognise it, act on a final result."""

    def __init__(self, recogniser: Any, room: PlainRoom, setting: Setting) -> None:
        self._recogniser = recogniser
        self._room = room
        self._setting = setting

    def speak(self, text: str, on_start: Callable[[int, int], object]) -> int:
        """Say a line and wait for its end, as `runAndWait` does; return its last sample in the room."""
        self._room.wait(self._setting.synthesis_seconds[text])
        start, end = self._room.start_playing(self._setting.lines[text])
        on_start(start, end)
        self._room.wait_until(end)
        return end

    def listen(self, wanted: tuple[str, ...], until: int) -> list[_Word]:
        """Return the wanted words of the first result that has any, or nothing when the time has come."""
        while self._room.now < until:
            block = self._room.next_block()
            words = self._room.compute(partial(self._recognise, block))
            if found := [word for word in words if word.text in wanted]:
                return found
        return []

    def _recognise(self, block: bytes) -> list[_Word]:
        if not self._recogniser.AcceptWaveform(block):
            self._recogniser.PartialResult()
            return []
        words = json.loads(self._recogniser.Result()).get("result", [])
        late = self._room.not_recorded / SAMPLES_PER_SECOND
        return [_Word(word["word"], word["start"] + late, word["end"] + late) for word in words]


class PlainSession:
    """All cases at one loudness of the echo, in one room with one recogniser."""

    def __init__(self, setting: Setting, echo_db: float) -> None:
        import vosk

        language, model = setting.language, setting.model
        listed = [*language.words, *(word for word in language.others.split() if model.vosk_model_find_word(word) >= 0)]
        recogniser = vosk.KaldiRecognizer(model, SAMPLES_PER_SECOND, json.dumps(listed, ensure_ascii=False))
        recogniser.SetWords(True)
        self._setting = setting
        self._language = language
        self._echo_db = echo_db
        self._random = np.random.default_rng(setting.seed)
        self._room = PlainRoom(echo_db, setting.seed)
        self._loop = _Loop(recogniser, self._room, setting)
        self._cases: list[tuple[Case, int]] = []
        """With the sample at which each was over; `answered` is found when all has been recorded."""
        self._acted_on_itself = 0

    def run(self, on_case: Callable[[], object]) -> Outcome:
        """Go through all cases, an answer and a stop in turn."""
        voices, replies = self._language.person_voices, self._language.replies
        for number in range(self._setting.cases):
            voice, turn = voices[number % len(voices)], number // len(voices)
            self._answer(voice, [*replies][turn % len(replies)])
            on_case()
            self._stop(voice, self._language.stops[turn % len(self._language.stops)])
            on_case()
        coach, person = self._room.recording
        cases = [self._finished(case, over, coach, person) for case, over in self._cases]
        silences = [
            (case, silence_begins(coach, case.ended, over)) for case, over in self._cases if case.kind == "stop"
        ]
        sentence_ends = [
            (silence - case.ended) / SAMPLES_PER_SECOND for case, silence in silences if silence is not None
        ]
        return Outcome(cases, sentence_ends, self._acted_on_itself)

    def _answer(self, voice: str, word: str) -> None:
        asked_until = self._loop.speak(self._language.question, lambda *_: None)
        self._room.restart_microphone()
        case = self._say("reply", voice, word, asked_until + samples(self._random.uniform(*_REACTION_SECONDS)))
        heard = self._loop.listen((*self._language.replies,), case.ended + _REPLY_WITHIN)
        if heard:
            self._loop.speak(self._language.replies[heard[0].text], lambda *_: None)
        self._done(case, heard[:1])

    def _stop(self, voice: str, word: str) -> None:
        said: list[Case] = []

        def interrupt(start: int, end: int) -> None:
            latest = end - self._setting.clips[voice, word].size
            said.append(self._say("stop", voice, word, int(self._random.integers(start, latest))))

        spoken_until = self._loop.speak(self._language.sentence, interrupt)
        heard = self._loop.listen(self._language.stops, spoken_until + _PAUSE)
        self._done(said[0], heard)

    def _say(self, kind: Kind, voice: str, word: str, at: int) -> Case:
        clip = self._setting.clips[voice, word]
        self._room.person.say(clip, at)
        return Case(kind, word, "", voice, self._echo_db, at, at + word_end(clip), obeyed=False)

    def _done(self, case: Case, acted_on: list[_Word]) -> None:
        meant = [word for word in acted_on if self._is_where_the_person_spoke(word, case)]
        self._acted_on_itself += bool(acted_on) and not meant
        self._loop.listen((), max(self._room.now, case.ended) + _BETWEEN_CASES)
        obeyed = any(word.text == case.words for word in meant)
        heard = " ".join(word.text for word in acted_on)
        self._cases.append((replace(case, heard=heard, obeyed=obeyed), self._room.now))

    def _is_where_the_person_spoke(self, word: _Word, case: Case) -> bool:
        delay = self._room.microphone_delay_samples
        begins, ends = ((at + delay) / SAMPLES_PER_SECOND for at in (case.began, case.ended))
        return word.start_seconds < ends + _NEARBY_SECONDS and word.end_seconds > begins - _NEARBY_SECONDS

    def _finished(self, case: Case, over: int, coach: Samples, person: Samples) -> Case:
        if not case.obeyed:
            return cut(coach, person, case)
        began = reply_begins(coach, case.ended) if case.kind == "reply" else silence_begins(coach, case.ended, over)
        return cut(coach, person, replace(case, answered=began))
