"""The country that the person has confirmed to be in: asked about once, and kept from one live session to the next."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.programme.words import Words
from voicecoach.regions import country_to_ask_about
from voicecoach.session import events
from voicecoach.session.core import Session
from voicecoach.settings import Settings
from voicecoach.watcher import Watcher


@dataclass(frozen=True)
class CountryQuestion:
    """The country to ask about; `declined` are those that were asked about before and not confirmed."""

    country: str
    declined: tuple[str, ...] = ()


def country_question(words: Words, last: Settings) -> CountryQuestion | None:
    """Return what to ask, if there is a country to ask about that nobody has declined."""
    guess = country_to_ask_about(words)
    if guess is None or guess in last.countries_declined:
        return None
    return CountryQuestion(guess, last.countries_declined)


class CountryKeeper(Watcher):
    """Remembers what came of the question, by the names of the settings; an answer that is taken back is forgotten."""

    def __init__(self, session: Session, question: CountryQuestion, remember: Callable[..., object]) -> None:
        self._session = session
        self._question = question
        self._remember = remember
        self._known = self._answered()

    def _answered(self) -> tuple[bool, str | None]:
        return self._session.memory.country_asked, self._session.memory.country

    def handled(self, event: events.AnyEvent) -> None:
        """Remember an answer."""
        del event
        if self._answered() == self._known:
            return
        self._known = asked, country = self._answered()
        declined = (self._question.country,) if asked and country is None else ()
        self._remember(country=country, countries_declined=(*self._question.declined, *declined))
