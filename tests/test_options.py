"""What is asked for on the command line is how the session is held, by `run` and by the service; nothing else is."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from voicecoach import cli, live
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words
from voicecoach.service import assembly
from voicecoach.service.assembly import ServiceSettings
from voicecoach.session_plan import SessionPlan


@dataclass(frozen=True)
class Wanted:
    """How a session is to be held."""

    voice: str = "default"
    canceller: str = "auto"
    counting: str = "full"
    profile: str | None = None
    suggests: bool = True
    from_set: int = 1
    keeps_audio: bool = False


PLAIN = Wanted()


class Held:
    """Stands in for a session; knows how it was to be held."""

    def __init__(self) -> None:
        self.wanted: list[Wanted] = []

    def hold(self, plan: SessionPlan, *_: object, **__: object) -> Outcome:
        opening = plan.opening
        self.wanted.append(
            Wanted(
                plan.voice, plan.canceller, opening.counting, opening.profile, opening.suggests, opening.from_set,
                opening.keeps_audio,
            )
        )  # fmt: skip
        return Outcome.COMPLETE

    def serve(self, programme: Programme, words: Words, settings: ServiceSettings, *_: object) -> None:
        """Hold one session of a service."""
        assembly.hold(programme, words, None, settings, pytest.fail, lambda _: None, ())  # type: ignore[arg-type]


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(live, "open_device", lambda *_, **__: SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(live, "hold_live", held.hold)
    monkeypatch.setattr(assembly, "run_service", held.serve)
    monkeypatch.setattr(assembly, "hold_live", held.hold)
    return held


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ((), PLAIN),
        (("--headphones",), replace(PLAIN, canceller="none")),
        (("--cautious",), replace(PLAIN, profile="cautious", suggests=False)),
        (("--counting", "ticks"), replace(PLAIN, counting="ticks")),
        (("--voice", "female"), replace(PLAIN, voice="female")),
    ],
)
@pytest.mark.parametrize("command", [("run",), ("service", "run")])
def test_a_session_is_held_as_it_was_asked_for(
    held: Held, command: tuple[str, ...], arguments: tuple[str, ...], wanted: Wanted
) -> None:
    CliRunner().invoke(cli.voicecoach, [*command, *arguments], catch_exceptions=False)
    assert held.wanted == [wanted]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--keep-audio",), replace(PLAIN, keeps_audio=True)),
        (("--from-set", "2"), replace(PLAIN, from_set=2, suggests=False)),
    ],
)
def test_what_only_run_offers_is_asked_for_there(held: Held, arguments: tuple[str, ...], wanted: Wanted) -> None:
    CliRunner().invoke(cli.voicecoach, ["run", *arguments], catch_exceptions=False)
    assert held.wanted == [wanted]
