"""The cache of rendered prompts, in files with checksums; few stay in memory, unless no file can be kept."""

import hashlib
import io
import wave
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
import platformdirs
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.printing import warn
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.small_files import reason, replace_whole

_RENDERERS = 2
_CHECKSUM_BYTES = 32
_AT_HAND = 24
"""So many prompts are kept in memory; most are of one sentence, which is about 150 kB."""
_PCM_SCALE = np.float32(32768)


class Voice(Protocol):
    """Interface: a synthesiser's voice, which renders text as sound."""

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        ...

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz."""
        ...

    def close(self) -> None:
        """Free what rendering needs; what is being rendered may fail."""
        ...


def cache_folder() -> Path:
    """Return the folder where rendered prompts are kept."""
    return platformdirs.user_cache_path("voicecoach", appauthor=False) / "prompts"


class PromptCache:
    """Renders each text once in a voice, and keeps it. Close it when done, which closes the voice too."""

    def __init__(self, voice: Voice, folder: Path) -> None:
        """Keep prompts in `folder`, made if missing; in memory, after a sentence said once, where it can't be used."""
        self._voice = voice
        self._voice_name = voice.name
        self._folder = folder
        self._prepared: dict[str, Future[None]] = {}
        self._given_up: VoicecoachError | None = None
        self._pool = ThreadPoolExecutor(_RENDERERS, "renderer")
        self._wanted_now = ThreadPoolExecutor(_RENDERERS, "urgent-renderer")
        self._decoder = ThreadPoolExecutor(1, "decoder")
        self._at_hand: dict[str, Future[Samples]] = {}
        """Decoded, or being decoded; what was asked for last is the last."""
        self._not_kept: dict[str, bytes] = {}
        """What could not be written to the folder, by the names of its files."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render these texts in the background, in this order."""
        for text in texts:
            if text not in self._prepared:
                self._prepared[text] = self._pool.submit(self._render_ahead, text)

    def prepare_no_more(self) -> None:
        """Leave texts that wait to be rendered in the background, until they are asked for again."""
        for text, future in list(self._prepared.items()):
            if future.cancel():
                self._prepared.pop(text, None)

    def is_ready(self, text: str) -> bool:
        """Return whether the text can be spoken without rendering it first."""
        future = self._prepared.get(text)
        return future is not None and future.done() and not future.cancelled() and future.exception() is None

    def samples(self, text: str) -> Samples:
        """Return the text spoken, shape (n,), waiting for it. Raises VoicecoachError where it can't be rendered."""
        prepared = self._prepared.get(text)
        if prepared is not None and not prepared.cancel():
            prepared.result()
            return self._load_or_render(text)
        sound = self._load_or_render(text)
        done: Future[None] = Future()
        done.set_result(None)
        self._prepared[text] = done
        return sound

    def at_hand(self, text: str) -> Samples | None:
        """Return the text spoken, shape (n,), without waiting; None where it is still to be rendered or decoded.

        Raises VoicecoachError where it can't be rendered. To be called from one thread.
        """
        sound = self._fetched(text)
        return sound.result() if sound.done() else None

    def decode(self, texts: Iterable[str]) -> None:
        """Have those texts at hand soon that have been rendered. To be called from the thread of `at_hand`."""
        for text in texts:
            if self.is_ready(text):
                self._fetched(text)

    def close(self) -> None:
        """Give up what has not been rendered yet, and close the voice."""
        self._given_up = VoicecoachError("The coach's voice has been closed.")
        self._voice.close()
        for pool in (self._pool, self._wanted_now, self._decoder):
            pool.shutdown(wait=True, cancel_futures=True)

    def _fetched(self, text: str) -> "Future[Samples]":
        sound = self._at_hand.pop(text, None)
        if sound is None:
            sound = (self._decoder if self.is_ready(text) else self._wanted_now).submit(self.samples, text)
        self._at_hand[text] = sound
        while len(self._at_hand) > _AT_HAND:
            del self._at_hand[next(iter(self._at_hand))]
        return sound

    def _render_ahead(self, text: str) -> None:
        if self._given_up:
            raise self._given_up
        try:
            self._load_or_render(text)
        except VoicecoachError as error:
            self._given_up = error
            raise

    def _load_or_render(self, text: str) -> Samples:
        key = hashlib.sha256(f"{self._voice_name}\n{text}".encode()).hexdigest()[:40]
        file = self._folder / f"{key}.wav"
        sound = _decoded(self._not_kept[key]) if key in self._not_kept else _load(file)
        if sound is not None:
            return sound
        content = _encoded(self._voice.render(text))
        try:
            replace_whole(file, content)
        except OSError as error:
            self._not_kept[key] = content
            _say_once(self._folder, reason(error))
        return _decoded(content)


_saying = Lock()
_said: set[Path] = set()


def _say_once(folder: Path, why: str) -> None:
    with _saying:
        if folder in _said:
            return
        _said.add(folder)
    warn(f"The coach's prompts can't be kept in {folder} ({why}), so next time all are rendered anew; make room there.")


def _load(file: Path) -> Samples | None:
    """Return a prompt kept in a file, shape (n,), or None where that is missing or not as it was written."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    whole = hashlib.sha256(content[:-_CHECKSUM_BYTES]).digest() == content[-_CHECKSUM_BYTES:]
    return _decoded(content) if whole else None


def _encoded(sound: Samples) -> bytes:
    """Return a WAV file with the checksum of all its bytes behind it, where no reader looks."""
    file = io.BytesIO()
    soundfile.write(file, sound, SAMPLES_PER_SECOND, subtype="PCM_16", format="WAV")
    content = file.getvalue()
    return content + hashlib.sha256(content).digest()


def _decoded(content: bytes) -> Samples:
    with wave.open(io.BytesIO(content)) as kept:
        return np.frombuffer(kept.readframes(kept.getnframes()), "<i2").astype(np.float32) / _PCM_SCALE
