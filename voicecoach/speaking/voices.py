"""The coach's voices: which there are, which is chosen, and its prompts, opened here alone."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing, suppress
from functools import partial

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
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


def voices(words: Words, keeping_time: frozenset[str] = frozenset()) -> dict[str, Callable[[], Voice]]:
    """Return the voices of a language by their names, each as a function that opens it.

    They speak unhurriedly, but for the texts that keep time.
    """
    named: dict[str, Callable[[], PacedVoice]] = {name: partial(Pyttsx3Voice, of) for name, of in words.voices.items()}
    named |= {NATURAL: NaturalVoice} if words.language == LANGUAGE else {}
    return {name: partial(_opened, voice, keeping_time) for name, voice in named.items()}


def _opened(voice: Callable[[], PacedVoice], keeping_time: frozenset[str]) -> Voice:
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
) -> "CoachPrompts":
    """Return the coach's prompts in a voice, being rendered in the background, in case also for another `country`.

    In a live session `changed` is told the voice's name whenever it changes. Without it, time is virtual and waits for
    what is not rendered yet, so that every run is the same; then only what is said is rendered.

    Raises VoicecoachError where there is no such voice.
    """
    check_voice(voice, words)
    texts = known_ahead(programme, words, country)
    return CoachPrompts(
        voices(words, keeping_time(programme, words)), voices_here(words), voice, texts, words.text(_REMARK), changed
    )


class CoachPrompts:
    """What the coach says, in a voice that can be changed while the session goes on. Close it when done.

    Live, nobody waits for a new voice: what it has not rendered yet, or can't render, is said in a voice from before,
    and only a voice whose first words are ready is changed to.
    """

    def __init__(
        self,
        voices: dict[str, Callable[[], Voice]],
        usable: Sequence[str],
        voice: str,
        texts: Sequence[str],
        remark: str,
        changed: Callable[[str], object] | None = None,
    ) -> None:
        """Speak in the voice `voice`; `remark` is what is said first after a change of voice."""
        self._voices = voices
        self._usable = usable
        self._texts = texts
        self._places = {text: place for place, text in enumerate(texts)}
        self._remark = remark
        self._changed = changed
        self._opened: dict[str, PromptCache] = {}
        self._used: dict[str, PromptCache] = {}
        """The latest voice is the last."""
        self._said: dict[str, None] = {}
        self._stack = ExitStack()
        try:
            self._used[voice] = self._open(voice)
            if changed:
                self._used[voice].prepare(texts)
                for other in usable:
                    self._open(other).prepare([remark])
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
        before = next(reversed(self._used))
        at = self._usable.index(before)
        others = [*self._usable[at + 1 :], *self._usable[:at]]
        voice = next((name for name in others if not self._changed or self._open(name).is_ready(self._remark)), None)
        if voice is None:
            return
        prompts = self._open(voice)
        self._used.pop(voice, None)
        self._used[voice] = prompts
        if self._changed:
            self._opened[before].prepare_no_more()
            prompts.prepare_no_more()
            prompts.prepare([self._remark, *self._next_first()])
            self._changed(voice)

    def close(self) -> None:
        """Give up what has not been rendered yet, and close the voices."""
        self._stack.close()

    def _open(self, name: str) -> PromptCache:
        if name not in self._opened:
            self._opened[name] = self._stack.enter_context(closing(PromptCache(self._voices[name](), cache_folder())))
        return self._opened[name]

    def _next_first(self) -> list[str]:
        """Return the texts to render first: what was said lately (counts, cues), what follows it, all else."""
        lately = list(reversed(self._said))[:_SAID_LATELY]
        places = [self._texts.index(text) for text in lately if text in self._texts]
        following = [text for at in places for text in self._texts[at + 1 :][:_SAID_NEXT]]
        return [*lately, *following, *self._texts, *self._said]
