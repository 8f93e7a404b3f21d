"""What is asked for on the command line is how the session is held, by `run` and by the service; nothing else is."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach import cli, live
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.live import LiveSettings
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words
from voicecoach.service import assembly
from voicecoach.service.assembly import ServiceSettings

PLAIN = LiveSettings(headphones=False, keyboard=False, voice="default", recogniser=MOONSHINE)


class Held:
    """Stands in for a session; knows how it was to be held."""

    def __init__(self) -> None:
        self.settings: list[LiveSettings] = []

    def hold(self, _: Programme, __: Words, ___: object, settings: LiveSettings, *____: object) -> Outcome:
        self.settings.append(replace(settings, journal=None, country_question=None))
        return Outcome.COMPLETE

    def serve(self, programme: Programme, words: Words, settings: ServiceSettings, *_: object) -> None:
        """Hold one session of a service."""
        assembly.hold(programme, words, None, settings, pytest.fail, lambda _: None, ())  # type: ignore[arg-type]


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(live, "open_device", lambda *_, **__: None)
    monkeypatch.setattr(live, "run_live", held.hold)
    monkeypatch.setattr(assembly, "run_service", held.serve)
    monkeypatch.setattr(assembly, "hold_session", held.hold)
    return held


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ((), PLAIN),
        (("--headphones",), replace(PLAIN, headphones=True)),
        (("--cautious",), replace(PLAIN, cautious=True)),
        (("--counting", "ticks"), replace(PLAIN, counting="ticks")),
        (("--voice", "female"), replace(PLAIN, voice="female")),
    ],
)
@pytest.mark.parametrize("command", [("run",), ("service", "run")])
def test_a_session_is_held_as_it_was_asked_for(
    held: Held, command: tuple[str, ...], arguments: tuple[str, ...], wanted: LiveSettings
) -> None:
    CliRunner().invoke(cli.voicecoach, [*command, *arguments], catch_exceptions=False)
    assert held.settings == [wanted]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--keep-audio",), replace(PLAIN, keep_audio=True)),
        (("--from-set", "2"), replace(PLAIN, from_set=2)),
    ],
)
def test_what_only_run_offers_is_asked_for_there(held: Held, arguments: tuple[str, ...], wanted: LiveSettings) -> None:
    CliRunner().invoke(cli.voicecoach, ["run", *arguments], catch_exceptions=False)
    assert held.settings == [wanted]
