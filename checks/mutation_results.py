"""Which tests judge a mutated line of the program, and what came of the lines that were mutated."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]
_SHORT = (
    "tests/end_to_end/test_live.py::test_a_warning_sign_said_aloud_ends_a_live_session",
    "tests/end_to_end/test_live.py::test_a_hold_with_an_underrun_in_it_still_lasts_three_seconds",
    "tests/end_to_end/test_keyboard.py::test_the_space_bar_stops_in_the_middle_of_a_hold_and_enter_goes_on",
    "tests/end_to_end/test_distress.py",
    "tests/end_to_end/test_corrections.py::test_what_is_said_behind_an_answer_corrects_it",
)
TESTS: dict[str, tuple[str, ...]] = {
    "session": ("tests/session", *_SHORT),
    "hearing": ("tests/hearing", *_SHORT),
    "journal": ("tests/journal", *_SHORT),
    "live": ("tests/test_live.py", *_SHORT),
}
"""By the folder or module of the package: what can judge its lines."""
TESTS_SECONDS = 60
"""So long do the tests of one line take while they are watched, unless the first of them alone takes longer.

Unwatched it is about 20 seconds.
"""
_AT_IMPORT = ""
"""What touches a line that runs as its module is imported, instead of a test."""


@dataclass(frozen=True, order=True)
class Mutation:
    """A mutation that can be made: the `occurrence`th thing in the file that the operator would change."""

    folder: str
    file: str
    line: int
    operator: str
    occurrence: int


@dataclass(frozen=True)
class Touching:
    """How long each test takes while it is watched, in seconds, and which tests touch each line of a file."""

    seconds: Mapping[str, float]
    tests: Mapping[str, Mapping[int, frozenset[str]]]

    def judges(self, mutation: Mutation) -> list[str]:
        """Return the tests of a line's own folder that touch it, the quickest first, as many as there is time for.

        A line that runs as its module is imported can matter to all of them.
        """
        touching = self.tests.get(mutation.file, {}).get(mutation.line, frozenset[str]())
        own = [test for test in self.seconds if test.startswith(TESTS[mutation.folder])]
        chosen = sorted(
            (test for test in own if test in touching or _AT_IMPORT in touching),
            key=lambda test: self.seconds[test],
        )
        until = accumulate(self.seconds[test] for test in chosen)
        return [
            test for at, (test, ends) in enumerate(zip(chosen, until, strict=True)) if not at or ends <= TESTS_SECONDS
        ]


@dataclass(frozen=True)
class Judged:
    """A mutation, what it changes, and whether the tests noticed."""

    mutation: Mutation
    diff: str
    is_killed: bool


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return how many mutations died, in each folder too, and the survivors, ready for JSON."""
    counts = {
        folder: {
            "sampled": sum(one.mutation.folder == folder for one in judged),
            "killed": sum(one.mutation.folder == folder and one.is_killed for one in judged),
        }
        for folder in TESTS
    }
    survivors = sorted(
        (one for one in judged if not one.is_killed), key=lambda one: (one.mutation.file, one.mutation.line)
    )
    return {
        "sampled": len(judged),
        "killed": len(judged) - len(survivors),
        "seconds_of_tests_a_line": TESTS_SECONDS,
        "survived": [asdict(one.mutation) | {"diff": one.diff} for one in survivors],
        "by_folder": counts,
    }
