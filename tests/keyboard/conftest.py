"""Fixtures of the keyboard tests: the calf programme and its English words."""

from tests.programme.conftest import calf, words

__all__ = ["calf", "words"]
