"""Fixtures of the doctor's tests: the command and its surroundings, and the room in which somebody is taught."""

from tests.doctor.classroom import classroom, recogniser, teaching_prompts
from tests.end_to_end.conftest import surroundings, voicecoach

__all__ = ["classroom", "recogniser", "surroundings", "teaching_prompts", "voicecoach"]
