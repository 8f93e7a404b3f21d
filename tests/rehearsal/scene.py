"""A simulated person and a stand-in for the coach, block by block."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.programme.line import Line
from voicecoach.programme.words import Words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import PersonVoice
from voicecoach.rehearsal.script import Reply, Script
from voicecoach.session import actions, events

BLOCK = 320
SECOND = 16_000


class Scene:
    """Puts questions to a simulated person and finds out, from sound alone, what it says and when."""

    def __init__(self, voice: PersonVoice, words: Words, script: Script, seed: int = 0) -> None:
        self._voice = voice
        self.person = Person(script, voice, words, seed)
        self.at = self._token = 0
        self.sound: Samples = np.zeros(0, np.float32)
        """All that came from the person."""

    def ask(self, question: str, candidate: str | None = None) -> None:
        """Put a question to the person, which takes the coach a second."""
        self.person.acted(self.at, actions.Asking(question, 0, candidate))
        self.read_out(question)

    def read_out(self, question: str) -> None:
        """Let the coach read a question that has been put."""
        self._token += 1
        self.person.acted(self.at, actions.Say(self._token, (Line(f"{question}?"),)))
        self.pass_time(1, coach_speaks=True)
        self.person.happened(events.SpokenOut(self.at, self._token))

    def begin_repetition(self, number: int, repetition: int) -> None:
        self.person.acted(self.at, actions.RepetitionBegun(number, repetition))

    def obey(self, command: str) -> None:
        self.person.acted(self.at, actions.Obeyed(command))

    def pass_time(self, seconds: float, *, coach_speaks: bool = False) -> Samples:
        """Let time pass and return what came from the person in it, shape (n,)."""
        heard = np.full(BLOCK, 0.1 if coach_speaks else 0.0, np.float32)
        blocks = []
        for _ in range(round(seconds * SECOND / BLOCK)):
            blocks.append(self.person.live(self.at, heard))
            self.at += BLOCK
        sound = np.concatenate(blocks)
        self.sound = np.concatenate([self.sound, sound])
        return sound

    def said(self, texts: Iterable[str]) -> list[tuple[float, str]]:
        """Return when, in seconds, the person began to say each of these texts."""
        found = []
        for text in texts:
            sound = self._voice.say(text)
            peak = int(np.argmax(sound))
            starts = np.flatnonzero(self.sound == sound[peak]) - peak
            found += [(at / SECOND, text) for at in starts if at >= 0 and self._is_at(sound, int(at))]
        return sorted(found)

    def reply(self, question: str, candidate: str | None = None, *, texts: Iterable[str] = ("yes", "no")) -> str:
        """Ask, wait, and return which of `texts` the person said; nothing else may have been."""
        self.sound = np.zeros(0, np.float32)
        self.ask(question, candidate)
        self.pass_time(3)
        said = [text for _, text in self.said(texts)]
        assert bool(said) == self.sound.any()
        assert len(said) <= 1
        return said[0] if said else ""

    def _is_at(self, sound: Samples, at: int) -> bool:
        return np.array_equal(self.sound[at : at + sound.size], sound)


def script(answers: dict[str, str | Reply | tuple[str | Reply, ...]] | None = None, *remarks: Any) -> Script:
    return Script("a test", answers=answers or {}, remarks=remarks)
