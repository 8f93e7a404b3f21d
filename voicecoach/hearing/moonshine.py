"""The embedded English recogniser: Moonshine tiny, which says how likely each of the active phrases is."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.hearing import augmentation
from voicecoach.hearing.free_writing import FreeWriter
from voicecoach.hearing.judgement import NOTHING, is_doubtful, judge, judge_keyword, likely_spellings
from voicecoach.hearing.keyword_spotting import KeywordSpotter
from voicecoach.hearing.model_files import check_files, installed_folder, read_model
from voicecoach.hearing.moonshine_network import Beginnings, BytePairs, Floats, Network, read_vocabulary
from voicecoach.hearing.phrase_tree import START_TOKEN, Node, build_tree, score_spellings
from voicecoach.hearing.recogniser import Phrase, Verdict, Written, awaits_answer
from voicecoach.hearing.transcription import RIVALS, correction, forms_within, mended, plain, written_forms
from voicecoach.samples import SAMPLES_PER_SECOND

NAME = "moonshine-tiny-en"
LONGEST_SAMPLES = 8 * SAMPLES_PER_SECOND
LONGEST_WITH_KEYWORDS_SAMPLES = 7 * SAMPLES_PER_SECOND // 2
"""Who needs help does not make long sentences; who talks about something else does."""
LONGEST_WRITTEN_SAMPLES = 4 * SAMPLES_PER_SECOND
QUIETEST_LEVEL = 0.0005


class _Decided(NamedTuple):
    """What was decided on last: the sound, shape (n,), the phrases, what the network made of it, and the verdict."""

    sound: Samples
    phrases: tuple[Phrase, ...]
    begun: tuple[Floats, Beginnings]
    verdict: Verdict


class Moonshine:
    """A Recogniser that scores the active phrases, and spots keywords where none of them is surely said.

    While it listens for answers, what it is not sure of can be written out too. Loads the model from `folder`,
    or from the installed wheel; raises VoicecoachError where a file of it is missing or damaged. One thread; a doubtful
    utterance is looked at three times.
    """

    name = NAME

    def __init__(self, folder: Path | None = None) -> None:
        model = read_model(NAME)
        place = folder if folder is not None else installed_folder(model)
        check_files(model, place)
        self._network = Network(place)
        vocabulary = read_vocabulary(place / "tokenizer.bin")
        self._tokenise = BytePairs(vocabulary).tokenise
        self._spotter = KeywordSpotter(self._network, vocabulary)
        self._writer = FreeWriter(self._network, vocabulary, plain)
        self._last: _Decided | None = None
        self._tokens: dict[str, list[tuple[int, ...]]] = {}
        self._trees: dict[tuple[str, ...], Node] = {}
        self._keyword_trees: dict[tuple[str, ...], Node] = {}

    def decide(self, samples: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> Verdict:
        """Return which of `phrases` the whole of `samples`, shape (n,), is; meaning None for silence or other words.

        Only the first eight seconds are listened to. The score is corrected for length, see `transcription.correction`.
        To write out what it has just decided costs the writing alone.
        """
        sound = np.ascontiguousarray(samples[:LONGEST_SAMPLES], np.float32)
        if not phrases or augmentation.level(sound) < QUIETEST_LEVEL:
            return NOTHING
        last = self._last
        if last is None or not np.array_equal(last.sound, sound) or last.phrases != tuple(phrases):
            last = self._last = self._decided(sound, tuple(phrases))
        if not (writes and last.verdict.can_be_written):
            return last.verdict
        written = self._write(last.begun, phrases)
        return replace(last.verdict, written=written, can_be_written=False)

    def _decided(self, sound: Samples, phrases: tuple[Phrase, ...]) -> _Decided:
        renderings = augmentation.renderings(sound)
        begun = self._network.begin(next(renderings), START_TOKEN)
        first = score_spellings(self._network, begun, self._tree(phrases), correction)
        verdict = judge([first], phrases)
        if is_doubtful(verdict):
            likely = build_tree(likely_spellings(first), self._written, correction)
            others = [
                score_spellings(self._network, self._network.begin(rendering, START_TOKEN), likely, correction)
                for rendering in renderings
            ]
            verdict = judge([first, *others], phrases)
        if not verdict.sure and len(sound) <= LONGEST_WITH_KEYWORDS_SAMPLES:
            keywords = self._keyword_tree(phrases)
            spotted = self._spotter.spot(begun, keywords, correction) if keywords.children else None
            verdict = verdict if spotted is None else judge_keyword(spotted, phrases, verdict)
        can_be_written = not verdict.sure and awaits_answer(phrases) and len(sound) <= LONGEST_WRITTEN_SAMPLES
        return _Decided(sound, phrases, begun, replace(verdict, can_be_written=can_be_written))

    def _write(self, begun: tuple[Floats, Beginnings], phrases: Sequence[Phrase]) -> tuple[Written, ...]:
        answers = {spelling for phrase in phrases for spelling in phrase.spellings}
        return tuple(
            Written(words, mended(words, answers), math.exp(score))
            for words, score in self._writer.write(begun).items()
        )

    def _tree(self, phrases: Sequence[Phrase]) -> Node:
        active = tuple(dict.fromkeys(spelling for phrase in phrases for spelling in phrase.spellings))
        if active not in self._trees:
            self._trees[active] = build_tree(dict.fromkeys((*active, *RIVALS)), self._written, correction)
        return self._trees[active]

    def _keyword_tree(self, phrases: Sequence[Phrase]) -> Node:
        keywords = tuple(dict.fromkeys(keyword for phrase in phrases for keyword in phrase.keywords))
        if keywords not in self._keyword_trees:
            self._keyword_trees[keywords] = build_tree(keywords, self._inner, correction)
        return self._keyword_trees[keywords]

    def _inner(self, keyword: str) -> list[tuple[int, ...]]:
        return [self._tokenise(form) for form in forms_within(keyword)]

    def _written(self, spelling: str) -> list[tuple[int, ...]]:
        if spelling not in self._tokens:
            self._tokens[spelling] = [self._tokenise(form) for form in written_forms(spelling)]
        return self._tokens[spelling]
