"""The country that the person has confirmed to be in: asked about once, and kept from one live session to the next."""

from voicecoach.programme.words import Words
from voicecoach.regions import country_to_ask_about
from voicecoach.session import events
from voicecoach.session.core import Session
from voicecoach.settings import Remembered, Settings
from voicecoach.watcher import Watcher


def country_question(words: Words, last: Settings) -> str | None:
    """Return the country to ask the person about; None where there is none, or it was declined before."""
    guess = country_to_ask_about(words)
    return None if guess in last.countries_declined else guess


class CountryKeeper(Watcher):
    """Keeps the answer to the question for the country in the settings; forgets one that is taken back."""

    def __init__(self, session: Session, remembered: Remembered) -> None:
        self._session = session
        self._remembered = remembered
        self._declined = remembered.settings.countries_declined
        self._known = self._answered()

    def _answered(self) -> tuple[bool, str | None]:
        return self._session.memory.country_asked, self._session.memory.country

    def handled(self, event: events.AnyEvent) -> None:
        """Keep the answer to the question for the country, if the session has just got one."""
        del event
        guess = self._session.memory.opening.country_guess
        if guess is None or self._answered() == self._known:
            return
        self._known = asked, country = self._answered()
        declined = (guess,) if asked and country is None else ()
        self._remembered.remember_meanwhile(country=country, countries_declined=(*self._declined, *declined))
