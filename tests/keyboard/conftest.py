"""The calf programme and its English words."""

from tests.programme.conftest import calf, words

__all__ = ["calf", "words"]
