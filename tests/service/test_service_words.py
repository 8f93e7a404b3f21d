"""The words of the service, in every language that the coach speaks."""

import pytest

from voicecoach.programme.language_files import languages
from voicecoach.service.service_words import read_service_words


@pytest.mark.parametrize("language", languages())
def test_whenever_it_is_ready_it_says_how_a_session_is_asked_for(language: str) -> None:
    words = read_service_words(language)
    for sentence in (words.ready, words.again, words.failed):
        assert any(spelling in sentence.lower() for spelling in words.start_session.spellings)


@pytest.mark.parametrize("language", languages())
def test_a_request_is_never_taken_without_being_sure(language: str) -> None:
    (phrase,) = read_service_words(language).phrases()
    assert phrase.sure_above >= phrase.accept_above >= 0.5
