"""The stages of the check in the arm64 Debian, in order."""

import subprocess
import time
from dataclasses import dataclass

_LINES_OF_A_FAILURE = 40


@dataclass(frozen=True)
class Stage:
    """A shell's command in the checkout; `needed` if nothing after it makes sense without it."""

    name: str
    command: str
    needed: bool = False
    lines: int = 1
    """How many of the last lines printed tell what was found."""


@dataclass(frozen=True)
class Outcome:
    """What came of a stage: its last lines, and the seconds it took, emulated."""

    stage: str
    ok: bool
    seconds: float
    found: list[str]


def _tests(*names: str) -> str:
    return f".venv/bin/python -m pytest -q -p no:cacheprovider {' '.join(f'tests/{name}' for name in names)}"


_REHEARSAL = """
coach=$PWD/.venv/bin/voicecoach
cd "$(mktemp -d)"
$coach programmes new own
for attempt in 1 2 3; do
  echo "Attempt $attempt"
  if $coach rehearse own.toml --cautious --output rehearsal; then exit; fi
done
exit 1
"""
"""Several attempts: emulated, on a busy machine, a prompt may take longer than its ten seconds; others are cached."""

_NATURAL = """
from contextlib import closing
from voicecoach.speaking.natural_voice import NaturalVoice
with closing(NaturalVoice(limit_seconds=600)) as voice:
    sound = voice.render("Point your toes and drop your head.")
print(f"{sound.size / 16000:.2f} s of speech")
"""
"""Not by its tests, as it is given longer than there: emulated, loading Piper alone takes longer than its limit."""

STAGES = (
    Stage("installation", "dpkg --configure -a; ./scripts/install", needed=True),
    Stage("versions", ".venv/bin/voicecoach --version", lines=6),
    Stage("rehearsal", _REHEARSAL, lines=4),
    Stage("test installation", "./scripts/install test", needed=True),
    Stage(
        "voices",
        _tests(
            "speaking/test_pyttsx3_voice.py::test_a_cue_is_spoken_audibly_in_about_the_time_that_a_person_needs",
            "speaking/test_pyttsx3_voice.py::test_another_voice_and_another_rate_sound_different_and_are_told_apart_by_name",
        ),
    ),
    Stage("natural voice", f".venv/bin/python -c '{_NATURAL}'"),
    Stage(
        "Moonshine",
        _tests(
            "hearing/test_voice_activity.py",
            "hearing/test_moonshine.py::test_a_clear_synthetic_phrase_is_understood",
            "hearing/test_moonshine.py::test_a_clear_answer_is_sure_and_tells_its_words",
            "hearing/test_moonshine.py::test_what_is_empty_or_not_loud_enough_means_nothing",
        ),
    ),
    Stage(
        "Vosk",
        _tests(
            "hearing/test_vosk.py::test_a_word_of_the_grammar_is_heard",
            "hearing/test_vosk.py::test_other_words_are_none_of_the_grammar",
            "hearing/test_vosk.py::test_it_works_in_a_process_of_its_own",
        ),
    ),
    Stage(
        "echo cancelling",
        _tests("hearing/test_echo_cancelling.py::test_the_coach_is_20_db_quieter_once_the_canceller_has_settled"),
    ),
    Stage(
        "session core", _tests("session/test_dialogue.py", "session/test_commands.py", "journal/test_session_rows.py")
    ),
)


def carry_out(name: str, command: list[str], lines: int = 1) -> Outcome:
    """Run a stage's command to its end, and return the outcome."""
    began = time.monotonic()
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    printed = [line for line in done.stdout.decode(errors="replace").splitlines() if line.strip()]
    ok = done.returncode == 0
    return Outcome(name, ok, round(time.monotonic() - began, 1), printed[-(lines if ok else _LINES_OF_A_FAILURE) :])
