"""How long the doctor listens, and from which figures on it warns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DoctorSettings:
    """Levels are RMS relative to full scale, so that 0 dBFS is as loud as it gets."""

    least_free_megabytes: float = 50
    """A disk with less is a problem: the prompts of a session take about 20."""
    low_free_megabytes: float = 500
    slow_verdict_seconds: float = 1.0
    """A recogniser that needs longer for a word keeps the person waiting."""
    first_sound_within_seconds: float = 5.0
    """From opening the devices; a microphone that sends nothing but zeros for so long is dead."""
    room_fades_seconds: float = 0.5
    quiet_seconds: float = 2.0
    """How long the noise is listened to."""
    loud_noise_dbfs: float = -45.0
    timing_seconds: float = 10.0
    long_gap_seconds: float = 0.1
    """Between two blocks; the stream's own buffer bridges about 0.06 s."""
    most_drift_seconds: float = 0.1
    """Between sound and wall clock, over the time of the check."""
    wrong_drift_seconds: float = 1.0
    """From here on the device runs at another speed, and no exercise can be counted by it."""
    least_echo_above_noise_db: float = 6.0
    clipped_share: float = 0.0005
    """The part of the samples at full scale from which sound is distorted."""
    judged_echo_above_noise_db: float = 15.0
    """A weaker echo is too near the noise for a canceller to be judged by it."""
    least_echo_reduction_db: float = 10.0
    answer_within_seconds: float = 8.0
    faint_answer_dbfs: float = -45.0
    """Of the loudest 20 ms of the answer."""
    least_answer_above_noise_db: float = 15.0
    takes_of_a_word: int = 3
    asked_for_a_take: int = 3
    """After so many unusable ones the doctor gives up teaching."""
