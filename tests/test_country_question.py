"""What was said of the country is remembered: a yes for good, anything else so that nobody is asked again."""

from pathlib import Path

import pytest

from tests.session.puppet import CALF, Puppet
from voicecoach.country_question import CountryKeeper, country_question
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.words import Words
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening
from voicecoach.settings import Remembered


@pytest.fixture(autouse=True)
def in_london(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/London")


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    return Remembered(tmp_path / "settings.json", pytest.fail)


def words() -> Words:
    return read_chosen("calf", None, language="en")[1]


class Held(Puppet):
    """A session that is held with what is remembered, as the live one is."""

    def __init__(self, remembered: Remembered, answers: dict[str, str] | None = None) -> None:
        session = Session(CALF, Opening(country_guess=country_question(words(), remembered.settings)))
        self._keeper = CountryKeeper(session, remembered)
        super().__init__(answers, session=session)

    def tell(self, event: events.AnyEvent) -> list[actions.Action]:
        done = super().tell(event)
        self._keeper.handled(event)
        return done


def kept(remembered: Remembered) -> tuple[str | None, tuple[str, ...]]:
    """Return what the next session will read."""
    remembered.settle()
    settings = Remembered(remembered._file, pytest.fail).settings
    return settings.country, settings.countries_declined


def asks(remembered: Remembered) -> bool:
    return country_question(words().in_country(remembered.settings.country), remembered.settings) is not None


def test_a_yes_is_remembered_at_once_and_its_number_named_without_a_question(remembered: Remembered) -> None:
    Held(remembered).go_until_asked("country").go_until(lambda p: p.session.memory.country_asked)
    assert kept(remembered) == ("GB", ())
    assert not asks(remembered)
    assert words().in_country("GB").emergency_number == "nine nine nine"


@pytest.mark.parametrize("answer", ["no", "skip", "silence"])
def test_what_was_not_confirmed_is_never_asked_about_again(remembered: Remembered, answer: str) -> None:
    puppet = Held(remembered, {"country": answer}).go_until_asked("country")
    if answer == "silence":
        while not puppet.session.memory.country_asked:
            puppet.wait()
    puppet.go_until(lambda p: p.session.memory.country_asked)
    assert kept(remembered) == (None, ("GB",))
    assert not asks(remembered)


def test_another_country_is_asked_about_once_too(remembered: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    Held(remembered, {"country": "no"}).go_until(lambda p: p.session.memory.country_asked)
    monkeypatch.setenv("TZ", "America/New_York")
    Held(remembered, {"country": "no"}).go_until(lambda p: p.session.memory.country_asked)
    assert kept(remembered) == (None, ("GB", "US"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    Held(remembered).go_until(lambda p: p.session.memory.country_asked)
    assert kept(remembered) == ("DE", ("GB", "US"))


def test_a_yes_that_is_taken_back_is_forgotten(remembered: Remembered) -> None:
    puppet = Held(remembered).go_until(lambda p: p.session.memory.country_asked)
    behind = events.Behind(puppet.session.memory.token, 0, samples(1))
    puppet.tell(events.NotUnderstood(puppet.now + samples(1), puppet.now, -20.0, behind))
    assert kept(remembered) == (None, ())
    assert asks(remembered)


def test_a_session_that_ends_before_the_answer_leaves_it_to_be_asked(remembered: Remembered) -> None:
    puppet = Held(remembered).go_until_asked("country")
    puppet.tell(events.Interrupted(puppet.now))
    assert kept(remembered) == (None, ())
    assert asks(remembered)
