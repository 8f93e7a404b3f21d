"""A live session with --keyboard on the real PortAudio, over ALSA's file device; run by sitting.py in a terminal.

`python -m tests.end_to_end.keyboard_session PROGRAMME`

The loudspeaker and the microphone are FIFOs at whose other ends sits the test, which so owns the clock.
"""

import sys
from contextlib import closing
from pathlib import Path

from tests.end_to_end.portaudio_session import PatientStream
from voicecoach.blocks import Block
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.interrupts import on_interrupt
from voicecoach.journal.journal_folder import journal_folder
from voicecoach.journal.open_journal import open_journal
from voicecoach.live import LiveOptions, hold_live, live_plan
from voicecoach.printing import show, warn
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.words import read_words
from voicecoach.settings import Remembered, settings_file
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
    journal = open_journal(journal_folder(), warn)
    remembered = Remembered(settings_file(), warn)
    with closing(Device(open_stream=StandingStream)) as device:
        options = LiveOptions(MOONSHINE, headphones=True)
        plan = live_plan(programme, words, device, options, remembered.settings, journal, warn, warn)
        hold_live(plan, device, remembered, show, on_interrupt, keyboard=True)


if __name__ == "__main__":
    main()
