"""Fixtures of the rehearsal tests: real speech, rendered once."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynthesisedVoice]:
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3"), tmp_path_factory.mktemp("prompts"))) as prompts:
        yield SynthesisedVoice(prompts)


@pytest.fixture(scope="session")
def words() -> Words:
    file = programme_file("calf")
    return read_words(read_programme(file), file, "en", None)
