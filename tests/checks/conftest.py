"""Fixture of the tests of the checks: what is rendered in their own process goes to the cache of all tests."""

from tests.bench.conftest import shared_cache

__all__ = ["shared_cache"]
