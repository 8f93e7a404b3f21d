"""The sample of a recording: two minutes, compressed, and there before the rest is made."""

from pathlib import Path

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.rehearsal.sample import Sample
from voicecoach.samples import SAMPLES_PER_SECOND

SECOND: Samples = (np.sin(np.arange(SAMPLES_PER_SECOND) / 10) / 4).astype(np.float32)
SILENCE: Samples = np.zeros(SAMPLES_PER_SECOND, np.float32)


def test_the_first_two_minutes_are_there_as_soon_as_they_are_over_and_small(tmp_path: Path) -> None:
    made: list[Path] = []
    sample = Sample(tmp_path / "new" / "x.ogg", made.append)
    for second in range(119):
        sample.write(SECOND if second % 2 else SILENCE, SILENCE)
    assert made == []
    for _ in range(5):
        sample.write(SILENCE, SECOND)
    assert made == [tmp_path / "new" / "x.ogg"]
    sound, rate = soundfile.read(made[0])
    assert (sound.shape, rate) == ((120 * SAMPLES_PER_SECOND, 2), SAMPLES_PER_SECOND)
    assert np.abs(sound[SAMPLES_PER_SECOND : 2 * SAMPLES_PER_SECOND, 0]).max() > 0.2
    assert np.abs(sound[: 118 * SAMPLES_PER_SECOND, 1]).max() < 0.02
    assert np.abs(sound[-SAMPLES_PER_SECOND // 2 :, 1]).max() > 0.2
    assert made[0].stat().st_size < 1_500_000


def test_a_sample_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    sample = Sample(in_the_way / "x.ogg", lambda _: None)
    for _ in range(121):
        sample.write(SECOND, SILENCE)
    assert list(tmp_path.iterdir()) == [in_the_way]
