"""VoicecoachError, which a person is meant to read; how it is shown; and the remedy for a damaged installation."""

REINSTALL = "remove the folder .venv and run ./scripts/start, which then installs everything anew"


class VoicecoachError(Exception):
    """Something that cannot go on, as one sentence: what is wrong, where, and what to do."""
