"""The command where something is missing: the other checks are done, one JSON object, exit code 1, no traceback."""

import signal
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Run, Voicecoach, command
from tests.end_to_end.test_failures import no_devices
from voicecoach.taught import Situation, Taught, TaughtMeaning, keep_taught

NOTHING_PLAYS = """
pcm.!default { type null hint { show on description "default" } }
ctl.!default { type hw card 99 }
"""


def states(run: Run) -> dict[str, str]:
    return {finding["check"]: finding["state"] for finding in run.result["findings"]}


def test_without_sound_devices_the_rest_is_checked_and_the_json_says_so(voicecoach: Voicecoach, tmp_path: Path) -> None:
    run = voicecoach("doctor", "--json", ALSA_CONFIG_PATH=no_devices(tmp_path))
    assert run.code == 1
    assert states(run) == {"disk": "ok", "cache": "ok", "voice": "ok", "recogniser": "ok", "devices": "problem"}
    assert (run.result["ok"], run.result["recogniser"]) == (False, "moonshine-tiny-en")
    assert run.result["canceller"] in ("speex", "kalman")
    assert all(finding["remedy"] for finding in run.result["findings"] if finding["state"] != "ok")
    assert "A session can't run yet: 1 problem." in run.err
    assert "Traceback" not in run.err


def test_for_people_each_finding_is_a_line_and_the_remedy_another(voicecoach: Voicecoach, tmp_path: Path) -> None:
    run = voicecoach("doctor", ALSA_CONFIG_PATH=no_devices(tmp_path))
    assert run.code == 1
    lines = run.out.splitlines()
    assert [line.split()[0] for line in lines] == ["ok"] * 4 + ["problem", "->", "A"]
    assert "no microphone" in lines[4]


def test_without_portaudio_the_rest_is_checked(voicecoach: Voicecoach, tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')", encoding="utf-8")
    run = voicecoach("doctor", "--json", PYTHONPATH=str(tmp_path))
    assert run.code == 1
    assert states(run)["recogniser"] == "ok"
    assert "PortAudio" in run.result["findings"][-1]["what"]
    assert "libportaudio2" in run.result["findings"][-1]["remedy"]


def test_a_microphone_of_another_name_is_a_problem_that_names_those_that_are_there(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    (tmp_path / "null.conf").write_text(NOTHING_PLAYS, encoding="utf-8")
    run = voicecoach("doctor", "--json", "--mic", "Webcam", ALSA_CONFIG_PATH=str(tmp_path / "null.conf"))
    assert run.code == 1
    finding = run.result["findings"][-1]
    assert (finding["check"], finding["state"]) == ("devices", "problem")
    assert "--mic NAME (there are: default)" in finding["remedy"]


def test_a_cache_that_cannot_be_written_is_a_warning_and_the_voice_is_checked_all_the_same(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    run = voicecoach(
        "doctor", "--json", XDG_CACHE_HOME=str(tmp_path / "file"), ALSA_CONFIG_PATH=no_devices(tmp_path)
    )  # fmt: skip
    assert run.code == 1
    assert states(run) | {"disk": ""} == {
        "disk": "", "cache": "warning", "voice": "ok", "recogniser": "ok", "devices": "problem"
    }  # fmt: skip
    assert str(tmp_path / "file") in run.result["findings"][1]["remedy"]


def test_a_voice_that_fails_is_a_problem_and_the_recogniser_is_loaded_all_the_same(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    (tmp_path / "pyttsx3.py").write_text("raise RuntimeError('no engine at all')", encoding="utf-8")
    run = voicecoach("doctor", "--json", PYTHONPATH=str(tmp_path), ALSA_CONFIG_PATH=no_devices(tmp_path))
    assert run.code == 1
    assert (states(run)["voice"], states(run)["recogniser"]) == ("problem", "warning")


def test_ctrl_c_leaves_without_a_traceback_and_without_a_report(surroundings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "pyttsx3.py").write_text("import select\nselect.select([], [], [])", encoding="utf-8")
    process = subprocess.Popen(
        command("doctor", "--json"), env=surroundings | {"PYTHONPATH": str(tmp_path)},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    assert any("cache" in line for line in process.stderr)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


def teach_by_hand(home: Path) -> Path:
    """Write what a session in the PortAudio test would teach."""
    file = home / "home" / ".config" / "voicecoach" / "taught.json"
    situation = Situation("default", "en", "moonshine-tiny-en")
    keep_taught(file, (), Taught(situation, date(2026, 1, 2), {"yes": TaughtMeaning(0.2, 0.85, ("yay",))}))
    return file


def test_what_was_taught_is_shown_beside_what_is_built_in(voicecoach: Voicecoach, tmp_path: Path) -> None:
    teach_by_hand(tmp_path)
    run = voicecoach("doctor", "--taught")
    assert (run.code, run.err) == (0, "")
    first, second = run.out.splitlines()
    assert first == "Taught on 2026-01-02, for the microphone default, the language en and moonshine-tiny-en:"
    assert second.startswith("  yes   taken above 0.20 (built in: ")
    assert second.endswith('; also "yay"')


def test_what_was_taught_is_shown_as_json_alone(voicecoach: Voicecoach, tmp_path: Path) -> None:
    teach_by_hand(tmp_path)
    run = voicecoach("doctor", "--taught", "--json")
    assert (run.code, run.result["ok"]) == (0, True)
    assert run.result["taught"] == [
        {"microphone": "default", "language": "en", "recogniser": "moonshine-tiny-en", "taught_on": "2026-01-02",
         "meanings": {"yes": {"accept_above": 0.2, "sure_above": 0.85, "spellings": ["yay"]}}},
    ]  # fmt: skip


def test_where_nothing_was_taught_that_is_said(voicecoach: Voicecoach) -> None:
    shown, forgotten = voicecoach("doctor", "--taught"), voicecoach("doctor", "--forget")
    assert (shown.code, shown.out) == (0, "Nothing was taught.\n")
    assert (forgotten.code, forgotten.out) == (0, "Nothing was taught, so there is nothing to forget.\n")


def test_what_is_forgotten_is_said_and_gone(voicecoach: Voicecoach, tmp_path: Path) -> None:
    file = teach_by_hand(tmp_path)
    run = voicecoach("doctor", "--forget", "--json")
    assert run.code == 0
    assert [taught["microphone"] for taught in run.result["forgotten"]] == ["default"]
    assert "the microphone default, the language en and moonshine-tiny-en" in run.result["what"]
    assert not file.exists()


def test_a_damaged_file_can_be_forgotten_but_not_shown(voicecoach: Voicecoach, tmp_path: Path) -> None:
    file = teach_by_hand(tmp_path)
    file.write_text("{", encoding="utf-8")
    shown = voicecoach("doctor", "--taught", "--json")
    assert (shown.code, shown.result["ok"], shown.result["taught"]) == (1, False, [])
    assert shown.err.splitlines() == [f"voicecoach: {shown.result['what']}"]
    forgotten = voicecoach("doctor", "--forget")
    assert (forgotten.code, forgotten.out) == (0, f"Removed {file}, which could not be read.\n")
    assert not file.exists()


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_teaching_without_sound_devices_is_one_sentence(
    voicecoach: Voicecoach, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    file = teach_by_hand(tmp_path)
    before = file.read_bytes()
    run = voicecoach("doctor", "--teach", *arguments, ALSA_CONFIG_PATH=no_devices(tmp_path))
    assert run.code == 1
    assert len(run.err.splitlines()) == 1
    assert "There is no microphone and no loudspeaker here." in run.err
    assert (run.result["ok"] if arguments else run.out) in (False, "")
    assert file.read_bytes() == before


def test_teaching_with_a_microphone_of_another_name_is_one_sentence_with_the_names_that_are_there(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    (tmp_path / "null.conf").write_text(NOTHING_PLAYS, encoding="utf-8")
    run = voicecoach("doctor", "--teach", "--json", "--mic", "Webcam", ALSA_CONFIG_PATH=str(tmp_path / "null.conf"))
    assert (run.code, run.result["ok"]) == (1, False)
    assert run.err == "voicecoach: There is no microphone called 'Webcam'; there is default.\n"


def test_teaching_without_portaudio_is_one_sentence(voicecoach: Voicecoach, tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')", encoding="utf-8")
    run = voicecoach("doctor", "--teach", "--json", PYTHONPATH=str(tmp_path))
    assert (run.code, run.result["ok"], len(run.err.splitlines())) == (1, False, 1)
    assert "PortAudio" in run.err


def test_teaching_and_forgetting_at_once_is_refused(voicecoach: Voicecoach, tmp_path: Path) -> None:
    file = teach_by_hand(tmp_path)
    run = voicecoach("doctor", "--teach", "--forget")
    assert run.code == 2
    assert "Choose one of --teach, --taught and --forget." in run.err
    assert file.exists()
