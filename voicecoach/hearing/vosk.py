"""Vosk as a Recogniser: a grammar of the active phrases, and other words that take what is none of them."""

import json
import math
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.judgement import FITTED, NOTHING
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.models.catalogue import check_model, model_name
from voicecoach.samples import SAMPLES_PER_SECOND, samples

_UNKNOWN = "[unk]"
_ALTERNATIVES = 10
_LEAST_CHANCE = 1e-4
_DITHER_LSB = 0.5
"""Instead of Kaldi's, which is another each time; the model has never heard exact silence."""
_FEATURES = Path("conf", "mfcc.conf")
_PADDING = samples(0.3)
_OF_PIECES = frozenset({"ko"})
"""Languages whose model knows stems and endings, of which a word that it does not know can be put together."""


class Vosk:
    """A Recogniser with a run-time grammar, of whose phrases the whole utterance must be one.

    Loads the model of `language` from `folder`. Raises VoicecoachError where a file of it is missing or damaged.
    """

    def __init__(self, folder: Path, language: str) -> None:
        check_model(folder)
        import vosk

        vosk.SetLogLevel(-1)
        try:
            with _without_dither(folder) as settled:
                self._model = vosk.Model(str(settled))
        except Exception:
            raise VoicecoachError(
                f"The Vosk model in {folder} is damaged; fetch it again with voicecoach models fetch."
            ) from None
        self._engine = vosk
        self.name = f"vosk {model_name(folder)}"
        self._language = language
        self._grammar_of = cache(self._in_known_words)
        self._others = [_UNKNOWN] if self._knows(_UNKNOWN) else list(filter(self._knows, _decoys(language)))

    def decide(self, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> Verdict:
        """Return which of `phrases` the whole of `sound`, shape (n,), is; meaning None for silence or other words.

        The score is the log-probability of the meaning among all that Vosk could have heard within the grammar.
        It writes nothing.
        """
        del writes
        known = {s: self._grammar_of(s) for phrase in phrases for s in phrase.spellings}
        grammar = sorted(filter(None, known.values()))
        if not grammar or not len(sound):
            return NOTHING
        meant = {_unspaced(known[s]): (phrase, s) for phrase in phrases for s in phrase.spellings if known[s]}
        chances = self._chances(sound, grammar)
        by_phrase: dict[Phrase | None, float] = {}
        for text, chance in chances.items():
            phrase, _ = meant.get(_unspaced(text), (None, text))
            by_phrase[phrase] = by_phrase.get(phrase, 0.0) + chance
        best = max(chances, key=lambda text: chances[text], default="")
        phrase, words = meant.get(_unspaced(best), (None, best))
        if phrase is None:
            return Verdict(None, words, -math.inf, 0.0, 0.0, sure=False)
        score = math.log(by_phrase[phrase])
        other = max((chance for each, chance in by_phrase.items() if each != phrase), default=_LEAST_CHANCE)
        return FITTED["vosk"].verdict(phrase, words, score, score - math.log(other))

    def _chances(self, sound: Samples, spellings: Sequence[str]) -> dict[str, float]:
        """Return the probability of each thing heard, together 1, from the likelihoods of Vosk's alternatives.

        The recogniser is a new one each time: an old one adapts to whom it has heard.
        """
        grammar = json.dumps([*spellings, *self._others], ensure_ascii=False)
        recogniser = self._engine.KaldiRecognizer(self._model, SAMPLES_PER_SECOND, grammar)
        recogniser.SetMaxAlternatives(_ALTERNATIVES)
        padded = np.pad(np.clip(sound, -1, 1), _PADDING)
        dither = np.random.default_rng(0).standard_normal(padded.size) * _DITHER_LSB
        recogniser.AcceptWaveform((padded * 32767 + dither).astype(np.int16).tobytes())
        heard = json.loads(recogniser.FinalResult())["alternatives"]
        best = max(alternative["confidence"] for alternative in heard)
        chances: dict[str, float] = {}
        for alternative in heard:
            text = alternative["text"].strip()
            chances[text] = chances.get(text, 0.0) + math.exp(alternative["confidence"] - best)
        return {text: chance / sum(chances.values()) for text, chance in chances.items()}

    def spells(self, spelling: str) -> bool:
        """Whether the model knows all the words of a spelling, or the parts that they can be put together from."""
        return bool(self._grammar_of(spelling))

    def _in_known_words(self, spelling: str) -> str:
        """Return a spelling in words that the model knows, as few as possible; nothing where that can't be done."""
        words = [self._pieces(word) for word in spelling.split()]
        return " ".join(piece for pieces in words for piece in pieces) if all(words) else ""

    def _pieces(self, word: str) -> list[str]:
        if self._knows(word):
            return [word]
        if self._language not in _OF_PIECES:
            return []
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            ways = [
                [*way, word[at:end]] for at, way in enumerate(best) if way is not None and self._knows(word[at:end])
            ]
            best.append(min(ways, key=len, default=None))
        return best[-1] or []

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)


@contextmanager
def _without_dither(folder: Path) -> Iterator[Path]:
    """Yield the model without the noise that Kaldi adds to all it hears, as that is another each time."""
    if not (folder / _FEATURES).is_file():
        yield folder
        return
    with TemporaryDirectory() as place:
        settled = Path(place)
        for entry in folder.iterdir():
            if entry.name != _FEATURES.parent.name:
                (settled / entry.name).symlink_to(entry.absolute())
        shutil.copytree(folder / _FEATURES.parent, settled / _FEATURES.parent, copy_function=shutil.copyfile)
        with (settled / _FEATURES).open("a") as settings:
            settings.write("\n--dither=0\n")
        yield settled


def _unspaced(text: str) -> str:
    """Return words without spaces, as the same sound can be heard as other pieces."""
    return text.replace(" ", "")


def _decoys(language: str) -> list[str]:
    """Return everyday words of a language, for a model that has no word for all others."""
    file = resources.files(__package__).joinpath("decoys", f"{language}.txt")
    return file.read_text(encoding="utf-8").split() if file.is_file() else []
