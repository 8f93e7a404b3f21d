"""The two Moonshine networks behind onnxruntime, and text as their token ids; no phrase is known here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.blocks import Samples
from voicecoach.errors import REINSTALL, VoicecoachError

SPACE = "\u2581"


def read_vocabulary(path: Path) -> dict[bytes, int]:
    """Return the id of each token of a `tokenizer.bin`: its length, one byte or from 128 two, then its bytes."""
    data, at, vocabulary, count = path.read_bytes(), 0, dict[bytes, int](), 0
    while at < len(data):
        length, at = data[at], at + 1
        if length >= 128:
            length, at = data[at] * 128 + length - 128, at + 1
        vocabulary[data[at : at + length]] = count
        at, count = at + length, count + 1
    return vocabulary


class BytePairs:
    """Byte-pair tokeniser of the model: the neighbours whose merged piece has the lowest id merge first."""

    def __init__(self, vocabulary: dict[bytes, int]) -> None:
        self._vocabulary = vocabulary

    def tokenise(self, text: str) -> tuple[int, ...]:
        """Return the token ids of `text`; KeyError for a character that the vocabulary does not hold."""
        ids = self._vocabulary
        pieces = [character.encode() for character in SPACE + text.replace(" ", SPACE)]
        while True:
            merges = [(ids[a + b], i) for i, (a, b) in enumerate(pairwise(pieces)) if a + b in ids]
            if not merges:
                return tuple(ids[piece] for piece in pieces)
            _, i = min(merges)
            pieces[i : i + 2] = [pieces[i] + pieces[i + 1]]


def detokeniser(vocabulary: Mapping[bytes, int]) -> Callable[[Iterable[int]], str]:
    """Return what makes text of token ids, by the id of each token."""
    pieces = {token: piece for piece, token in vocabulary.items()}

    def text(tokens: Iterable[int]) -> str:
        return b"".join(pieces[token] for token in tokens).decode("utf-8", "replace").replace(SPACE, " ")

    return text


_HEADS, _HEAD_SIZE, _HIDDEN_SIZE = 8, 36, 288
_FRAMES_AT_ONCE = 800
"""Rows times frames of sound that one decoder run may hold, so that a long utterance does not take much memory."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Beginnings:
    """What the decoder remembers of some beginnings of text, one row each: `own` and `heard` are its caches."""

    own: dict[str, Floats]
    heard: dict[str, Floats]

    def rows(self, which: NDArray[np.int64]) -> "Beginnings":
        """Return the beginnings in the rows `which`, shape (n,), in that order; a row may come more than once."""
        return Beginnings({name: cache[which] for name, cache in self.own.items()}, self.heard)


class Network:
    """Encoder and decoder of Moonshine tiny from the files in `folder`; one thread, log-probabilities out.

    Raises VoicecoachError where onnxruntime cannot load them.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        options.log_severity_level = 3
        self._encoder = _session(onnxruntime, folder / "encoder_model.ort", options)
        self._decoder = _session(onnxruntime, folder / "decoder_model_merged.ort", options)
        self._outputs = [item.name for item in self._decoder.get_outputs()]

    def begin(self, samples: Samples, start_token: int) -> tuple[Floats, Beginnings]:
        """Encode `samples`, shape (n,), and return the log-probabilities of the first token, shape (1, vocabulary)."""
        mask = np.ones((1, len(samples)), np.int64)
        hidden = self._encoder.run(None, {"input_values": samples[None], "attention_mask": mask})[0]
        empty = np.zeros((1, _HEADS, 0, _HEAD_SIZE), np.float32)
        caches = {_cache_input(name): empty for name in self._outputs[1:]}
        logits, made = self._run(hidden, np.array([start_token], np.int64), caches, cached=False)
        heard = {name: cache for name, cache in made.items() if ".encoder." in name}
        own = {name: cache for name, cache in made.items() if ".decoder." in name}
        return logits, Beginnings(own, heard)

    def go_on(self, before: Beginnings, tokens: NDArray[np.int64]) -> tuple[Floats, Beginnings]:
        """Add `tokens`, shape (n,), to the n rows of `before`; return what may follow each, shape (n, vocabulary)."""
        frames = next(iter(before.heard.values())).shape[2]
        at_once = max(_FRAMES_AT_ONCE // frames, 1)
        parts = [np.arange(i, min(i + at_once, len(tokens))) for i in range(0, len(tokens), at_once)]
        logits, own = zip(*(self._go_on(before.rows(part), tokens[part], frames) for part in parts), strict=True)
        joined = {name: np.concatenate([caches[name] for caches in own]) for name in before.own}
        return np.concatenate(logits), Beginnings(joined, before.heard)

    def _go_on(self, before: Beginnings, tokens: NDArray[np.int64], frames: int) -> tuple[Floats, dict[str, Floats]]:
        count = len(tokens)
        heard = {name: np.repeat(cache, count, 0) for name, cache in before.heard.items()}
        unused = np.zeros((count, frames, _HIDDEN_SIZE), np.float32)
        logits, made = self._run(unused, tokens, before.own | heard, cached=True)
        return logits, {name: made[name] for name in before.own}

    def _run(
        self, hidden: Floats, tokens: NDArray[np.int64], caches: dict[str, Floats], *, cached: bool
    ) -> tuple[Floats, dict[str, Floats]]:
        feeds: dict[str, Any] = {
            "input_ids": tokens[:, None],
            "encoder_hidden_states": hidden,
            "encoder_attention_mask": np.ones(hidden.shape[:2], np.int64),
            "use_cache_branch": np.array([cached]),
        }
        logits, *made = self._decoder.run(self._outputs, feeds | caches)
        names = [_cache_input(name) for name in self._outputs[1:]]
        return _log_probabilities(logits[:, -1]), dict(zip(names, made, strict=True))


def _session(onnxruntime: Any, path: Path, options: Any) -> Any:
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise VoicecoachError(f"The speech model file {path} cannot be loaded: {REINSTALL}.") from error


def _cache_input(output: str) -> str:
    return output.replace("present", "past_key_values")


def _log_probabilities(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    normalised: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return normalised
