"""The voice of one live session is the voice of the next; rehearsals neither know nor change it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from voicecoach import cli, live
from voicecoach.programme.steps import Outcome
from voicecoach.rehearsal import run as rehearsal_run
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered, settings_file
from voicecoach.speaking import natural_voice


class FakeSession:
    """Stands in for sessions, live and rehearsed; knows the voices they began with."""

    def __init__(self) -> None:
        self.voices: list[str] = []
        self.countings: list[str] = []
        self.paces: list[int | None] = []
        self.windows_seconds: list[float | None] = []
        self.countries: list[tuple[str | None, str]] = []
        """The country that was to be asked about, and the emergency number."""
        self.keeps_words: list[bool] = []
        """Of rehearsals."""
        self.says_another_voice: str | None = None

    def live(self, plan: SessionPlan, _: object, remembered: Remembered, *__: object, **___: object) -> Outcome:
        self.voices.append(plan.voice)
        self.countings.append(plan.opening.counting)
        self.paces.append(plan.opening.pace)
        self.windows_seconds.append(plan.opening.answer_window_seconds)
        self.countries.append((plan.opening.country_guess, plan.words.emergency_number))
        if self.says_another_voice:
            remembered.remember(voice=self.says_another_voice)
        return Outcome.COMPLETE

    def rehearsed(self, rehearsal: Any, *_: object) -> dict[str, Any]:
        self.voices.append(rehearsal.plan.voice)
        self.paces.append(rehearsal.plan.opening.pace)
        self.keeps_words.append(rehearsal.plan.keep_words)
        return {"ended": Outcome.COMPLETE}


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSession:
    fake = FakeSession()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(live, "open_device", lambda *_, **__: SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(live, "hold_live", fake.live)
    monkeypatch.setattr(rehearsal_run, "rehearse", fake.rehearsed)
    return fake


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.voicecoach, arguments, catch_exceptions=False)


def test_the_voice_of_the_last_run_is_the_voice_of_the_next(sessions: FakeSession) -> None:
    for arguments in (["run"], ["run", "--voice", "female"], ["run"], ["run", "--voice", "default"], ["run"]):
        run(*arguments)
    assert sessions.voices == ["default", "female", "female", "default", "default"]


def test_the_counting_of_the_last_run_is_that_of_the_next_and_full_at_first(sessions: FakeSession) -> None:
    for arguments in (["run"], ["run", "--counting", "ticks"], ["run"], ["run", "--counting", "full"], ["run"]):
        run(*arguments)
    assert sessions.countings == ["full", "ticks", "ticks", "full", "full"]


def test_the_pace_of_the_last_run_is_that_of_the_next_and_a_rehearsal_has_its_own(sessions: FakeSession) -> None:
    for arguments in ("run", "run --pace 130", "rehearse --json", "run", "rehearse --json --pace 200"):
        run(*arguments.split())
    assert sessions.paces == [None, 130, None, 130, 200]


@pytest.mark.parametrize("command", [["run"], ["rehearse"], ["service", "run"], ["service", "install"]])
@pytest.mark.parametrize("pace", ["109", "201", "fast"])
def test_a_pace_that_nobody_could_follow_is_a_sentence(command: list[str], pace: str) -> None:
    ended = CliRunner().invoke(cli.voicecoach, [*command, "--pace", pace])
    assert ended.exit_code == 2
    assert "Invalid value for '--pace'" in ended.stderr


def test_the_time_for_answers_that_was_asked_for_is_that_of_the_next_run(sessions: FakeSession) -> None:
    run("run")
    Remembered(settings_file(), pytest.fail).remember(answer_window_seconds=20.0)
    run("run")
    assert sessions.windows_seconds == [None, 20.0]


@pytest.mark.parametrize("damaged", ['{"pace": 20}', '{"pace": "fast"}', '{"answer_window_seconds": -1}'])
def test_a_pace_and_a_time_that_cannot_be_are_as_damaged_settings(sessions: FakeSession, damaged: str) -> None:
    settings_file().parent.mkdir()
    settings_file().write_text(damaged, encoding="utf-8")
    assert run("run").stderr.startswith("voicecoach: The settings in ")
    assert sessions.paces == [None]


def test_a_country_is_asked_about_until_it_is_known(sessions: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    run("run")
    run("run", "--region", "US")
    Remembered(settings_file(), pytest.fail).remember(country="GB")
    run("run")
    run("run", "--region", "US")
    assert sessions.countries == [
        ("GB", "your local emergency number"), (None, "nine one one"), (None, "nine nine nine"), (None, "nine one one"),
    ]  # fmt: skip


def test_a_voice_chosen_aloud_is_the_voice_of_the_next_run(sessions: FakeSession) -> None:
    sessions.says_another_voice = "british"
    run("run", "--voice", "female")
    run("run")
    assert sessions.voices == ["female", "british"]


def test_a_rehearsal_neither_reads_nor_writes_what_is_remembered(sessions: FakeSession) -> None:
    run("rehearse", "--json", "--voice", "british")
    assert not settings_file().exists()
    run("run", "--voice", "female")
    before = settings_file().read_bytes()
    run("rehearse", "--json")
    run("rehearse", "--json", "--voice", "british")
    assert sessions.voices == ["british", "female", "default", "british"]
    assert settings_file().read_bytes() == before


@pytest.mark.parametrize("remembered", ["natural", "of a later version"])
def test_a_remembered_voice_that_is_not_there_any_more_is_a_sentence_and_kept_for_later(
    sessions: FakeSession, monkeypatch: pytest.MonkeyPatch, remembered: str
) -> None:
    monkeypatch.setattr(natural_voice, "is_installed", lambda: False)
    settings_file().parent.mkdir()
    settings_file().write_text(f'{{"voice": "{remembered}"}}', encoding="utf-8")
    ended = run("run")
    assert (ended.exit_code, sessions.voices) == (0, ["default"])
    assert ended.stderr.startswith("voicecoach: The voice of last time can't be used")
    assert ended.stderr.count("\n") == 2
    assert remembered in settings_file().read_text(encoding="utf-8")


def test_damaged_settings_are_a_sentence_and_the_session_begins(sessions: FakeSession) -> None:
    settings_file().parent.mkdir()
    settings_file().write_text("{", encoding="utf-8")
    ended = run("run")
    assert (ended.exit_code, sessions.voices) == (0, ["default"])
    assert ended.stderr.startswith("voicecoach: The settings in ")


def test_a_voice_that_cannot_be_used_is_not_remembered(sessions: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(natural_voice, "is_installed", lambda: False)
    with pytest.raises(Exception, match="pip install"):
        run("run", "--voice", "natural")
    assert (sessions.voices, settings_file().exists()) == ([], False)


@pytest.mark.parametrize("command", ["run", "rehearse"])
def test_the_help_names_every_voice(command: str) -> None:
    from voicecoach.programme.programme_files import read_with_words
    from voicecoach.speaking.voices import voices

    help_text = " ".join(run(command, "--help").stdout.split())
    assert all(name in help_text for language in ("en", "ko") for name in voices(read_with_words("calf", language)[1]))


def test_what_is_remembered_of_devices_is_their_whole_names_without_card_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices: list[tuple[object, ...]] = []
    monkeypatch.setattr(live, "sound_problem", lambda **_: None)
    monkeypatch.setattr(live, "choose_device", lambda asked, *_: asked)
    monkeypatch.setattr(live, "Device", lambda *names, **_: devices.append(names))
    monkeypatch.setattr(live, "full_name", lambda name, kind: f"{name} {kind} (usb 1-2)")
    remembered = Remembered(tmp_path / "settings.json", pytest.fail)
    live.open_device("hw:1,0", None, remembered, "calf", pytest.fail)
    assert devices == [("hw:1,0", None)]
    assert remembered.settings.microphone == "hw:1,0 input (usb 1-2)"
    assert remembered.settings.speaker is None
    live.open_device(None, "head", remembered, "calf", pytest.fail)
    assert remembered.settings.microphone == "hw:1,0 input (usb 1-2)"
    assert remembered.settings.speaker == "head output (usb 1-2)"


def test_a_rehearsal_keeps_words_unless_it_is_told_not_to_and_never_remembers_that(sessions: FakeSession) -> None:
    run("run", "--no-keep-words")
    for arguments in ((), ("--no-keep-words",)):
        run("rehearse", "--json", *arguments)
    run("run", "--keep-words")
    run("rehearse", "--json", "--no-keep-words")
    assert sessions.keeps_words == [True, False, False]
    assert Remembered(settings_file(), pytest.fail).settings.keep_words
