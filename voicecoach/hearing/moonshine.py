"""The embedded English recogniser: Moonshine tiny says how likely each phrase is that means something now."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from voicecoach.hearing import looks
from voicecoach.hearing.byte_pairs import BytePairs, read_vocabulary
from voicecoach.hearing.contract import Phrase, Samples, Verdict
from voicecoach.hearing.judgement import NOTHING, is_doubtful, judge, likely_spellings
from voicecoach.hearing.model_files import check_files, installed_folder, read_model
from voicecoach.hearing.network import Network
from voicecoach.hearing.phrase_tree import Node, build_tree, score_spellings
from voicecoach.hearing.writing import RIVALS, correction, written_forms
from voicecoach.samples import SAMPLES_PER_SECOND

NAME = "moonshine-tiny-en"
LONGEST_SAMPLES = 8 * SAMPLES_PER_SECOND
QUIETEST_LEVEL = 0.0005


class Moonshine:
    """A Recogniser that scores the active phrases instead of writing freely.

    Loads the model from `folder`, or from the installed wheel; raises VoicecoachError where a file of it is missing or
    damaged. One thread; a doubtful utterance is looked at three times.
    """

    name = NAME

    def __init__(self, folder: Path | None = None) -> None:
        model = read_model(NAME)
        place = folder if folder is not None else installed_folder(model)
        check_files(model, place)
        self._network = Network(place)
        self._tokenise = BytePairs(read_vocabulary(place / "tokenizer.bin")).tokenise
        self._tokens: dict[str, list[tuple[int, ...]]] = {}
        self._trees: dict[tuple[str, ...], Node] = {}

    def decide(self, samples: Samples, phrases: Sequence[Phrase]) -> Verdict:
        """Return which of `phrases` the whole of `samples`, shape (n,), is; meaning None for silence or other words.

        Only the first eight seconds are listened to. The score is corrected for length as `writing.correction` says.
        """
        sound = np.ascontiguousarray(samples[:LONGEST_SAMPLES], np.float32)
        if not phrases or looks.level(sound) < QUIETEST_LEVEL:
            return NOTHING
        renderings = looks.renderings(sound)
        first = score_spellings(self._network, next(renderings), self._tree(phrases), correction)
        verdict = judge([first], phrases)
        if is_doubtful(verdict):
            likely = build_tree(likely_spellings(first), self._written, correction)
            others = [score_spellings(self._network, rendering, likely, correction) for rendering in renderings]
            verdict = judge([first, *others], phrases)
        return verdict

    def _tree(self, phrases: Sequence[Phrase]) -> Node:
        active = tuple(dict.fromkeys(spelling for phrase in phrases for spelling in phrase.spellings))
        if active not in self._trees:
            self._trees[active] = build_tree(dict.fromkeys((*active, *RIVALS)), self._written, correction)
        return self._trees[active]

    def _written(self, spelling: str) -> list[tuple[int, ...]]:
        if spelling not in self._tokens:
            self._tokens[spelling] = [self._tokenise(form) for form in written_forms(spelling)]
        return self._tokens[spelling]
