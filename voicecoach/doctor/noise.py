"""What the microphone hears while nobody speaks."""

from voicecoach.doctor.findings import Finding
from voicecoach.doctor.settings import DoctorSettings


def judge_noise(floor_dbfs: float, settings: DoctorSettings) -> Finding:
    """Return what a noise floor means."""
    what = f"Noise floor {floor_dbfs:.1f} dBFS."
    values = {"noise_floor_dbfs": round(floor_dbfs, 1)}
    if floor_dbfs > settings.loud_noise_dbfs:
        return Finding(
            "noise", "warning", f"It is loud here or the microphone is set too high: {what[0].lower()}{what[1:]}",
            "Switch off fans, radio and television, move the microphone nearer, or lower its level in alsamixer (F4).",
            values,
        )  # fmt: skip
    return Finding("noise", "ok", what, values=values)
