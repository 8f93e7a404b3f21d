"""The coach's voices: which there are, which is chosen, and its prompts, opened here alone."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing, suppress
from functools import partial
from typing import NamedTuple, Protocol

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.paces import USUAL_PACE
from voicecoach.programme.line import Line
from voicecoach.programme.prompt_forecast import keeping_time, known_ahead
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.speaking import natural_voice
from voicecoach.speaking.natural_voice import LANGUAGE, NaturalVoice
from voicecoach.speaking.pace import PacedVoice, Unhurried
from voicecoach.speaking.prompt_cache import PromptCache, Voice, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

NATURAL = "natural"
_REMARK = Line("command_other_voice")
_SAID_LATELY = 12
_SAID_NEXT = 3


class Speaker(Voice, Protocol):
    """Interface: a voice that can speak at any pace."""

    def at(self, most_words_per_minute: int) -> "Speaker":
        """Return the same voice at another pace; closing one closes both."""
        ...

    def keeps_time(self, text: str) -> bool:
        """Whether a text is said alike at every pace."""
        ...


class Manner(NamedTuple):
    """How the coach speaks: in which voice, and at most how many words a minute."""

    voice: str
    pace: int = USUAL_PACE


def voices(words: Words, keeping_time: frozenset[str] = frozenset()) -> dict[str, Callable[[], Speaker]]:
    """Return the voices of a language by their names, each as a function that opens it.

    They speak unhurriedly, but for the texts that keep time.
    """
    named: dict[str, Callable[[], PacedVoice]] = {name: partial(Pyttsx3Voice, of) for name, of in words.voices.items()}
    named |= {NATURAL: NaturalVoice} if words.language == LANGUAGE else {}
    return {name: partial(_opened, voice, keeping_time) for name, voice in named.items()}


def _opened(voice: Callable[[], PacedVoice], keeping_time: frozenset[str]) -> Unhurried:
    return Unhurried(voice(), keeping_time)


def voices_here(words: Words) -> list[str]:
    """Return the names of a language's voices that can be used on this machine."""
    return [name for name in voices(words) if name != NATURAL or natural_voice.is_installed()]


def check_voice(name: str, words: Words) -> None:
    """Raise VoicecoachError where the language has no such voice, or it has to be installed first."""
    if name not in voices(words):
        known = ", ".join(voices(words))
        raise VoicecoachError(f"There is no voice {name!r} for the language {words.language}; the voices are {known}.")
    if name == NATURAL:
        natural_voice.check_installed()


def default_voice(words: Words, keeping_time: frozenset[str] = frozenset()) -> Voice:
    """Return the voice that speaks a language unless another is chosen."""
    return voices(words, keeping_time)[DEFAULT_VOICE]()


def open_prompts(
    programme: Programme,
    words: Words,
    voice: str,
    changed: Callable[[str], object] | None = None,
    country: str | None = None,
    pace: int = USUAL_PACE,
) -> "CoachPrompts":
    """Return the coach's prompts in a voice and at a pace, being rendered in the background.

    They are in case also for another `country`.

    In a live session `changed` is told the voice's name whenever it changes. Without it, time is virtual and waits for
    what is not rendered yet, so that every run is the same; then only what is said is rendered.

    Raises VoicecoachError where there is no such voice.
    """
    check_voice(voice, words)
    texts = known_ahead(programme, words, country)
    named = voices(words, keeping_time(programme, words))
    return CoachPrompts(named, voices_here(words), voice, texts, words.text(_REMARK), changed, pace)


class CoachPrompts:
    """What the coach says, in a voice and at a pace that can be changed while the session goes on. Close it when done.

    Live, nobody waits for a new voice or pace: what it has not rendered yet, or can't render, is said as before, and
    only a voice whose first words are ready is changed to.
    """

    def __init__(
        self,
        voices: dict[str, Callable[[], Speaker]],
        usable: Sequence[str],
        voice: str,
        texts: Sequence[str],
        remark: str,
        changed: Callable[[str], object] | None = None,
        pace: int = USUAL_PACE,
    ) -> None:
        """Speak in the voice `voice`; `remark` is what is said first after a change of voice."""
        self._voices = voices
        self._usable = usable
        self._texts = texts
        self._places = {text: place for place, text in enumerate(texts)}
        self._remark = remark
        self._changed = changed
        self._speakers: dict[str, Speaker] = {}
        """The voices opened, at the usual pace."""
        self._opened: dict[Manner, PromptCache] = {}
        self._used: dict[Manner, PromptCache] = {}
        """The latest manner is the last."""
        self._said: dict[str, None] = {}
        self._stack = ExitStack()
        try:
            manner = Manner(voice, pace)
            self._used[manner] = self._open(manner)
            if changed:
                self._used[manner].prepare(texts)
                for other in usable:
                    self._open(Manner(other, pace)).prepare([remark])
        except BaseException:
            self.close()
            raise

    def prepare(self, texts: Iterable[str]) -> None:
        """Render these texts too in the background, in the voice of now."""
        next(reversed(self._used.values())).prepare(texts)

    def samples(self, text: str) -> Samples:
        """Return the text spoken, shape (n,). Raises VoicecoachError where it can't be rendered."""
        self._said.pop(text, None)
        self._said[text] = None
        *better, last = self._best_first(text)
        for prompts in better:
            with suppress(VoicecoachError):
                return prompts.samples(text)
        return last.samples(text)

    def sounds(self, texts: Sequence[str]) -> list[Samples] | None:
        """Return the texts spoken, shape (n,) each; live, None where not all are ready, which are rendered first then.

        What is likely to follow is decoded ahead. Raises VoicecoachError where a text can't be rendered.
        """
        if not self._changed:
            return [self.samples(text) for text in texts]
        sounds = [self._at_hand(text) for text in texts]
        newest = next(reversed(self._used.values()))
        for text in texts:
            if text in self._places:
                newest.decode(self._texts[self._places[text] + 1 :][:_SAID_NEXT])
        ready = [sound for sound in sounds if sound is not None]
        return ready if len(ready) == len(texts) else None

    def _at_hand(self, text: str) -> Samples | None:
        self._said.pop(text, None)
        self._said[text] = None
        *better, last = self._best_first(text)
        for prompts in better:
            with suppress(VoicecoachError):
                return prompts.at_hand(text)
        return last.at_hand(text)

    def _best_first(self, text: str) -> list[PromptCache]:
        """Return the voices to say a text in: first those that can without waiting, and of them the newest."""
        newest_first = list(reversed(self._used.values()))
        usable = newest_first if self._changed else newest_first[:1]
        return sorted(usable, key=lambda prompts: not prompts.is_ready(text))

    def change_voice(self) -> None:
        """Speak in the next voice from now on, if there is one."""
        before = self._manner
        at = self._usable.index(before.voice)
        others = (Manner(name, before.pace) for name in (*self._usable[at + 1 :], *self._usable[:at]))
        manner = next((one for one in others if not self._changed or self._open(one).is_ready(self._remark)), None)
        if manner is None:
            return
        self._use(manner, [self._remark, *self._next_first()])
        if self._changed:
            self._changed(manner.voice)

    def change_pace(self, most_words_per_minute: int) -> None:
        """Speak at most so many words a minute from now on; what keeps time is said as before."""
        before, keeps_time = self._used[self._manner], self._speaker(self._manner.voice).keeps_time
        differing = [text for text in self._next_first() if not (keeps_time(text) and before.is_ready(text))]
        self._use(self._manner._replace(pace=most_words_per_minute), differing)
        if self._changed:
            for voice in self._usable:
                self._open(Manner(voice, most_words_per_minute)).prepare([self._remark])

    @property
    def _manner(self) -> Manner:
        return next(reversed(self._used))

    def _use(self, manner: Manner, first: Sequence[str]) -> None:
        """Speak in a manner from now on; live, these texts are rendered in it, in their order."""
        before, prompts = self._used[self._manner], self._open(manner)
        self._used.pop(manner, None)
        self._used[manner] = prompts
        if self._changed:
            before.prepare_no_more()
            prompts.prepare_no_more()
            prompts.prepare(first)

    def close(self) -> None:
        """Give up what has not been rendered yet, and close the voices."""
        self._stack.close()

    def _open(self, manner: Manner) -> PromptCache:
        if manner not in self._opened:
            voice = self._speaker(manner.voice).at(manner.pace)
            self._opened[manner] = self._stack.enter_context(closing(PromptCache(voice, cache_folder())))
        return self._opened[manner]

    def _speaker(self, voice: str) -> Speaker:
        if voice not in self._speakers:
            self._speakers[voice] = self._voices[voice]()
        return self._speakers[voice]

    def _next_first(self) -> list[str]:
        """Return the texts to render first: what was said lately (counts, cues), what follows it, all else."""
        lately = list(reversed(self._said))[:_SAID_LATELY]
        places = [self._texts.index(text) for text in lately if text in self._texts]
        following = [text for at in places for text in self._texts[at + 1 :][:_SAID_NEXT]]
        return [*lately, *following, *self._texts, *self._said]
