"""What goes wrong is one sentence, a non-zero exit, and nothing half-written."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
import soundfile

from tests.end_to_end.conftest import Run, Voicecoach, command


def assert_refused(run: Run, *parts: str) -> None:
    """One sentence that has these parts in it, and no traceback."""
    assert run.code not in (0, None)
    assert len(run.err.strip().splitlines()) == 1
    for part in parts:
        assert part in run.err


def test_an_unknown_programme_names_the_known_ones(voicecoach: Voicecoach) -> None:
    assert_refused(voicecoach("rehearse", "cafl"), "no programme cafl", "did you mean calf?")


def test_an_unknown_person_names_the_known_ones(voicecoach: Voicecoach) -> None:
    assert_refused(voicecoach("rehearse", "--person", "nobody"), "no person nobody", "pain_seven")


@pytest.mark.parametrize("command", ["run", "rehearse"])
def test_an_unknown_voice_names_the_known_ones(voicecoach: Voicecoach, command: str) -> None:
    assert_refused(voicecoach(command, "--voice", "joe"), "no voice 'joe'", "default, female, british, natural")


def test_a_programme_of_ones_own_that_is_wrong_is_refused_with_its_place(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    pain = "pain = { ease_from = 4, stop_from = 6, stop_rise = 2 }"
    file.write_text(f'id = "mine"\ntitle = "x"\nsource = "x"\n{pain}\nsteps = []\n', encoding="utf-8")
    assert_refused(voicecoach("rehearse", file), f"{file}:5:9: steps has 0 entries; write 1 to 200.")


def test_without_a_cache_a_session_is_held_and_that_nothing_is_kept_is_said_once(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    person = ("--person", "yes_to_everything")
    run = voicecoach("rehearse", *person, "--output", tmp_path / "out", XDG_CACHE_HOME=str(tmp_path / "file"))
    assert run.code == 0
    assert "[warning sign]" in run.out
    assert run.err.count("can't be kept in") == 1


def test_nobody_else_can_write_what_was_written(surroundings: dict[str, str], tmp_path: Path) -> None:
    rehearsal = command(
        "rehearse", "--person", "yes_to_everything", "--output", tmp_path / "out", "--state", tmp_path / "state"
    )
    done = subprocess.run(["sh", "-c", 'umask 000; "$@"', "sh", *map(str, rehearsal)], env=surroundings)
    assert done.returncode == 0
    written = [tmp_path / "out", *tmp_path.glob("out/*"), *tmp_path.glob("state/*")]
    assert len(written) > 3
    assert not any(path.stat().st_mode & 0o022 for path in written)


HANGS = """
def init(*_):
    import select
    select.select([], [], [])
"""
WRITES_NOTHING = """
class Engine:
    def __getattr__(self, name):
        return lambda *_: None
init = Engine
"""
FAILS = "raise RuntimeError('no engine at all')"


@pytest.mark.parametrize(
    ("engine", "what"),
    [(HANGS, "did not finish"), (WRITES_NOTHING, "wrote nothing"), (FAILS, "no engine at all")],
    ids=["hangs", "writes nothing", "fails"],
)
def test_a_synthesiser_that_fails_is_named(voicecoach: Voicecoach, tmp_path: Path, engine: str, what: str) -> None:
    package = tmp_path / "fake" / "pyttsx3"
    (package / "drivers").mkdir(parents=True)
    (package / "__init__.py").write_text(engine, encoding="utf-8")
    (package / "drivers" / "__init__.py").touch()
    (package / "drivers" / "_espeak.py").write_text("Synth = AUDIO_OUTPUT_SYNCHRONOUS = None\n", encoding="utf-8")
    run = voicecoach(
        "rehearse", "--output", tmp_path / "out",
        PYTHONPATH=str(package.parent), XDG_CACHE_HOME=str(tmp_path / "cache"),
    )  # fmt: skip
    assert_refused(run, "synthesiser", what)
    assert not list(tmp_path.glob("out/*"))


def test_a_clip_folder_without_a_needed_word_is_named(voicecoach: Voicecoach, tmp_path: Path) -> None:
    (tmp_path / "clips" / "yes").mkdir(parents=True)
    run = voicecoach("rehearse", "--json", "--person-voice", tmp_path / "clips", "--output", tmp_path / "out")
    assert_refused(run, 'no recording of "', str(tmp_path / "clips"))
    assert (run.result["ended"], run.result["wav"], run.result["questions"]) == ("error", None, [])
    assert not list(tmp_path.glob("out/*"))


def test_an_output_folder_that_cannot_be_written_is_named(voicecoach: Voicecoach, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert_refused(voicecoach("rehearse", "--output", tmp_path / "file" / "deeper"), "--output")


def test_a_region_that_is_no_country_code_is_refused(voicecoach: Voicecoach) -> None:
    run = voicecoach("rehearse", "--region", "England")
    assert run.code == 2
    assert "'England' is no country code" in run.err


class Started:
    """A rehearsal that is under way: its first line of transcript has been read."""

    def __init__(self, surroundings: dict[str, str], output: Path) -> None:
        self.process = subprocess.Popen(
            command("rehearse", "--output", output), env=surroundings, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline()

    def finish(self) -> Run:
        out, err = self.process.communicate(timeout=60)
        return Run(self.process.returncode, self.first + out, err)


def test_a_recogniser_that_dies_ends_the_rehearsal_with_a_sentence_and_no_files(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    started = Started(surroundings, tmp_path / "out")
    children = Path(f"/proc/{started.process.pid}/task/{started.process.pid}/children").read_text().split()
    recogniser = [c for c in children if b"recogniser" in Path(f"/proc/{c}/cmdline").read_bytes()]
    os.kill(int(recogniser[0]), signal.SIGKILL)
    run = started.finish()
    assert run.code == 1
    assert len(run.err.splitlines()) == 1
    assert "recogniser" in run.err
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_say_so_and_close_the_files(
    surroundings: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    started = Started(surroundings, tmp_path / "out")
    started.process.send_signal(number)
    run = started.finish()
    assert run.code == 130
    assert "coach  Stopped.\n" in run.out
    assert "Ended: interrupted" in run.out
    assert run.err == ""
    assert soundfile.info(tmp_path / "out" / "calf-default-0.wav").frames > 8_000
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["calf-default-0.txt", "calf-default-0.wav"]


def test_a_live_session_without_sound_says_so_and_offers_a_rehearsal(voicecoach: Voicecoach, tmp_path: Path) -> None:
    run = voicecoach("run", ALSA_CONFIG_PATH=no_devices(tmp_path))
    assert run.code == 1
    assert "voicecoach rehearse calf" in run.err.splitlines()[-1]


def test_start_without_sound_says_so_in_one_line_and_rehearses(voicecoach: Voicecoach, tmp_path: Path) -> None:
    arguments = ("--person", "yes_to_everything", "--region", "GB", "--output", tmp_path / "out")
    run = voicecoach("start", *arguments, ALSA_CONFIG_PATH=no_devices(tmp_path))
    assert run.code == 0
    assert run.err.strip().endswith("Here is a rehearsal instead.")
    assert "Call nine nine nine," in run.out
    assert run.out.splitlines()[-1].startswith("To listen, open it in a browser or a player on a computer with a")
    assert f"{tmp_path}/out/calf-yes_to_everything-0.wav ." in run.out.splitlines()[-1]


def no_devices(folder: Path) -> str:
    """Return the path of an ALSA configuration whose only device is not there."""
    missing = "{ type hw card 99 }"
    lines = [f"pcm.!default {missing}", f"ctl.!default {missing}", "defaults.ctl.card 0", "defaults.pcm.card 0"]
    (folder / "alsa.conf").write_text("\n".join(lines), encoding="utf-8")
    return str(folder / "alsa.conf")
