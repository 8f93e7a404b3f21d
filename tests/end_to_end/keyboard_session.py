"""A live session with --keyboard on the real PortAudio, over ALSA's file device; run by sitting.py in a terminal.

`python -m tests.end_to_end.keyboard_session PROGRAMME`

The loudspeaker and the microphone are FIFOs at whose other ends sits the test, which so owns the clock.
"""

import sys
from pathlib import Path

import click

from tests.end_to_end.portaudio_session import PatientStream
from voicecoach.blocks import Block
from voicecoach.errors import warn
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.interrupts import on_interrupt
from voicecoach.journal.journal_folder import journal_folder
from voicecoach.journal.open_journal import open_journal
from voicecoach.live import LiveSettings, run_live
from voicecoach.programme.toml_reader import read_programme
from voicecoach.programme.words import DEFAULT_VOICE, read_words
from voicecoach.sound.device import Device

STANDING_STILL_SECONDS = 120


class StandingStream(PatientStream):
    """A stream whose clock may stand still while the test looks at the screen."""

    def take(self, limit_seconds: float) -> Block | None:
        del limit_seconds
        return super().take(STANDING_STILL_SECONDS)


def main() -> None:
    """Run the session as the command does."""
    file = Path(sys.argv[1])
    programme = read_programme(file)
    words = read_words(programme, file, "en", None)
    device = Device(open_stream=StandingStream)
    journal = open_journal(journal_folder(), warn)
    settings = LiveSettings(headphones=True, keyboard=True, voice=DEFAULT_VOICE, recogniser=MOONSHINE, journal=journal)
    run_live(programme, words, device, settings, lambda _: None, click.echo, on_interrupt)


if __name__ == "__main__":
    main()
