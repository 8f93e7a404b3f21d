"""What is asked for on the command line is how the session is held, by `run` and by the service; nothing else is."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from voicecoach import cli, live
from voicecoach.errors import VoicecoachError
from voicecoach.keyboard import terminal
from voicecoach.programme.programme_files import begin_programme
from voicecoach.programme.steps import Outcome, Programme, first_exercise
from voicecoach.programme.words import Words
from voicecoach.service import assembly
from voicecoach.service.assembly import ServiceSettings
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered, settings_file


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
    repetitions: int = 25
    keeps_words: bool = True


PLAIN = Wanted()


class Held:
    """Stands in for a session; knows how it was to be held."""

    def __init__(self) -> None:
        self.wanted: list[Wanted] = []
        self.by_keys: list[object] = []
        self.opened: list[tuple[object, ...]] = []
        """Microphone, loudspeaker, programme, and whether a microphone has to be there."""

    def open_device(self, mic: object, speaker: object, _: object, name: str, *__: object, **more: object) -> object:
        self.opened.append((mic, speaker, name, more["needs_microphone"]))
        return SimpleNamespace(close=lambda: None)

    def hold(self, plan: SessionPlan, *_: object, **how: object) -> Outcome:
        self.by_keys.append(how.get("keyboard", False))
        opening, exercise = plan.opening, first_exercise(plan.programme)
        assert exercise is not None
        self.wanted.append(
            Wanted(
                plan.voice, plan.canceller, opening.counting, opening.profile, opening.suggests, opening.from_set,
                opening.keeps_audio, exercise.repetitions, plan.keep_words,
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
    monkeypatch.setattr(live, "open_device", held.open_device)
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
        (("--repetitions", "8"), replace(PLAIN, repetitions=8)),
        (("--voice", "female"), replace(PLAIN, voice="female")),
        (("--no-keep-words",), replace(PLAIN, keeps_words=False)),
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


def test_the_counting_of_last_time_is_that_of_a_service_too(held: Held) -> None:
    Remembered(settings_file(), pytest.fail).remember(counting="sparse")
    for arguments in ([], ["--counting", "ticks"]):
        CliRunner().invoke(cli.voicecoach, ["service", "run", *arguments], catch_exceptions=False)
    assert [wanted.counting for wanted in held.wanted] == ["sparse", "ticks"]


def test_whether_words_are_kept_is_remembered_by_run_and_counts_for_a_service_too(held: Held) -> None:
    for arguments in (["run", "--no-keep-words"], ["run"], ["service", "run"], ["run", "--keep-words"], ["run"]):
        CliRunner().invoke(cli.voicecoach, arguments, catch_exceptions=False)
    assert [wanted.keeps_words for wanted in held.wanted] == [False, False, False, True, True]


def test_with_keys_no_microphone_has_to_be_there_and_a_terminal_has(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = CliRunner().invoke(cli.voicecoach, ["run", "--keyboard"])
    assert isinstance(without.exception, VoicecoachError)
    assert "terminal" in str(without.exception)
    monkeypatch.setattr(terminal, "require_terminal", lambda: None)
    for arguments in (["--keyboard", "--mic", "desk"], ["--speaker", "hdmi"]):
        CliRunner().invoke(cli.voicecoach, ["run", "median", *arguments], catch_exceptions=False)
    assert held.by_keys == [True, False]
    assert held.opened == [("desk", None, "median", False), (None, "hdmi", "median", True)]


@pytest.mark.parametrize("dose", ["--cautious", "--repetitions=9"])
def test_a_service_in_a_dose_that_the_programme_does_not_have_is_not_installed(tmp_path: Path, dose: str) -> None:
    file, _ = begin_programme(str(tmp_path / "mine"))
    text, profiles, steps = re.split(r"(?=\[profiles)|(?=\[\[steps)", file.read_text(encoding="utf-8"), maxsplit=2)
    assert "cautious" in profiles
    file.write_text(text + steps, encoding="utf-8")
    done = CliRunner().invoke(cli.voicecoach, ["service", "install", str(file), dose])
    assert isinstance(done.exception, VoicecoachError)
    assert dose.partition("=")[0] in str(done.exception)
