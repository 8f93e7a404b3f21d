"""The one error that a person is meant to read."""


class VoicecoachError(Exception):
    """Something that cannot go on, as one sentence: what is wrong, where, and what to do."""
