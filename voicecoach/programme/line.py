"""What a session wants said: a prompt's key and the values for its text."""

from msgspec import Struct

from voicecoach.programme.values import Value


class Line(Struct, frozen=True):
    """A prompt by its key, with the values that its text needs."""

    prompt: str
    values: dict[str, Value] = {}
