"""How long a programme lasts: a walk through the session itself, with the lengths of its rendered prompts."""

from collections.abc import Callable
from contextlib import closing

from voicecoach.paces import USUAL_PACE
from voicecoach.programme.prompt_forecast import keeping_time
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import meanings_of
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.voices import default_voice

_BETWEEN_LINES = samples(0.2)
_LETTER = samples(0.065)
"""How long a letter sounds: measured over all that the default voice says in the built-in programmes."""
_WORD = samples(60 / USUAL_PACE)
_ANSWERING = samples(1.5)
"""A short silence, a word, and the time until it is understood."""


def length_seconds(programme: Programme, words: Words, samples_of: Callable[[str], int]) -> float:
    """Return how long a whole session of a programme lasts; `samples_of` a text is how long its sound is."""
    return _Walk(programme, words, samples_of).walk() / SAMPLES_PER_SECOND


def about_length_seconds(programme: Programme, words: Words) -> float:
    """Estimate the length of a programme in seconds without rendering; in English within a few percent."""
    quick = keeping_time(programme, words)

    def about_samples(text: str) -> int:
        return max(len(text) * _LETTER, 0 if text in quick else len(text.split()) * _WORD)

    return length_seconds(programme, words, about_samples)


def rendered_length_seconds(programme: Programme, words: Words, show_progress: Callable[[int], object]) -> float:
    """Return how long a programme lasts in the coach's default voice; every prompt it needs is rendered."""
    texts: dict[str, None] = {}
    length_seconds(programme, words, lambda text: len(texts.setdefault(text) or ""))
    with closing(PromptCache(default_voice(words, keeping_time(programme, words)), cache_folder())) as prompts:
        prompts.prepare(texts)
        sizes = {}
        for text in texts:
            sizes[text] = prompts.samples(text).size
            show_progress(1)
    return length_seconds(programme, words, sizes.__getitem__)


class _Walk:
    def __init__(self, programme: Programme, words: Words, samples_of: Callable[[str], int]) -> None:
        self._session = Session(programme)
        self._words = words
        self._samples_of = samples_of
        self._answers = {"only_ticks": "no"} | meanings_of(programme)
        self._question: str | None = None
        self._listening: tuple[str, ...] = ()
        self._now = 0
        self._silent_from = 0
        self._ends: dict[int, int] = {}

    def walk(self) -> int:
        memory = self._session.memory
        self._tell(events.Begun(0))
        while memory.ended is None:
            if memory.awaited is not None:
                self._now = max(self._now, self._ends[memory.awaited])
                self._tell(events.SpokenOut(self._now, memory.awaited))
            elif self._question is not None:
                self._now += _ANSWERING
                self._tell(events.Heard(self._now, self._answer(self._question), ""))
            else:
                self._now = max(self._now, memory.wake_at or 0)
                self._tell(events.Reached(self._now))
        return self._now

    def _answer(self, question: str) -> str:
        if question in self._answers:
            return self._answers[question]
        return "3" if "3" in self._listening else "yes"

    def _tell(self, event: events.AnyEvent) -> None:
        for action in self._session.handle(event):
            match action:
                case actions.Asking(question):
                    self._question = question
                case actions.Answered():
                    self._question = None
                case actions.ListenFor(meanings):
                    self._listening = meanings
                case actions.Silence():
                    self._silent_from = self._now
                case actions.Say(token, lines, at):
                    start = self._silent_from if at is None else at
                    sounds = sum(self._samples_of(self._words.text(line)) for line in lines)
                    end = max(start, self._now) + sounds + _BETWEEN_LINES * (len(lines) - 1)
                    self._ends[token] = end
                    self._silent_from = max(self._silent_from, end + _BETWEEN_LINES)
