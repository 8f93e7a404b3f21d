"""What the service says and understands while it waits, from the file of its language."""

import msgspec

from voicecoach.hearing.recogniser import Phrase
from voicecoach.programme.language_files import read_own_words
from voicecoach.programme.sentence_templates import Meaning

START_SESSION = "start_session"


class ServiceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The service's sentences by their use: at first, after a session, after one that broke off, with no recogniser.

    `start_session` is the wake word: how a session is asked for.
    """

    ready: str
    again: str
    failed: str
    deaf: str
    start_session: Meaning

    def all(self) -> list[str]:
        """Return every sentence that the service speaks."""
        return [self.ready, self.again, self.failed, self.deaf]

    def phrases(self) -> tuple[Phrase, ...]:
        """Return the phrases that the recogniser listens for while the service waits."""
        asked = self.start_session
        return (Phrase(START_SESSION, asked.spellings, asked.accept_above, asked.sure_above),)


def read_service_words(language: str) -> ServiceWords:
    """Return the words of the service. Raises VoicecoachError where they are missing or damaged."""
    return read_own_words("service", "the service", language, ServiceWords)
