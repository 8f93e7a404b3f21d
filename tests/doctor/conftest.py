"""The command and the surroundings of the end-to-end tests."""

from tests.end_to_end.conftest import surroundings, voicecoach

__all__ = ["surroundings", "voicecoach"]
