"""The command `scripts/mutation`: breaks lines of the program one at a time, and looks whether the tests notice.

A line is drawn by the seed, then one of cosmic-ray's mutations that begin on it. It is made in a copy of the project,
and judged by those tests of the line's own folder, and of the short end-to-end ones, that touch the line: it survives
where all of them pass, or there are none. What they touch is found out first, by coverage.py.

Left out is what can't be noticed or is by anything: `|`, which here is mostly in annotations; `==` for `is` and the
reverse; the lines that only a type checker reads.
"""

import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue

import click
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from cosmic_ray.testing import run_tests
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome
from tqdm import tqdm

from checks.mutation_results import PROJECT, TESTS, Judged, Mutation, Touching, figures
from checks.mutation_touching import pytest_command, watch
from voicecoach.cli import options
from voicecoach.errors import VoicecoachError
from voicecoach.printing import warn

_LIMIT_SECONDS, _LIMIT_TIMES = 30, 3
"""After so long, and so often the time of its tests, a broken line counts as noticed: it can wait for ever."""
_UNNOTICEABLE = ("_BitOr_", "_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot")
_FOR_TYPE_CHECKERS = ("TYPE_CHECKING", "frozen=True")
_PARAMETERS = ("parameters", "param")
"""Where parso has a star that is no product."""
_NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__")


@click.command()
@click.argument("folders", nargs=-1, type=click.Choice(tuple(TESTS)))
@click.option("--sample", type=click.IntRange(1), default=300, show_default=True, help="How many lines are broken.")
@click.option("--seed", default=0, show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="How many at a time.")
@options.as_json
def main(folders: tuple[str, ...], sample: int, seed: int, jobs: int, as_json: bool) -> None:
    """Break lines of FOLDERS (all four), and tell which of them no test noticed.

    The tests that touch a line judge it, the quickest first, as many as take 60 seconds together while watched.
    Tests take a few minutes to tell which lines they touch, then a line takes a few seconds.
    """
    chosen = drawn(sorted(possible(folders or tuple(TESTS))), sample, seed)
    try:
        with tempfile.TemporaryDirectory(prefix="mutation-") as place:
            judged = list(_judge(chosen, Path(place), jobs))
    except VoicecoachError as error:
        warn(str(error))
        sys.exit(1)
    click.echo(json.dumps(figures(judged), indent=None if as_json else 2))


def possible(folders: Sequence[str]) -> Iterator[Mutation]:
    """Yield every mutation that can be made in the folders."""
    for folder in folders:
        place = PROJECT / "voicecoach" / folder
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
            file, nodes = str(path.relative_to(PROJECT)), [*ast_nodes(get_ast_from_path(path))]
            lines = enumerate(path.read_text("utf-8").splitlines(), 1)
            unread = {number for number, text in lines if any(word in text for word in _FOR_TYPE_CHECKERS)}
            for name in operator_names():
                if any(part in name for part in _UNNOTICEABLE) or get_operator(name).arguments():
                    continue
                operator = get_operator(name)()
                places = ((node, start[0]) for node in nodes for start, _ in operator.mutation_positions(node))
                yield from (
                    Mutation(folder, file, line, name, at)
                    for at, (node, line) in enumerate(places)
                    if line not in unread and not (node.parent and node.parent.type in _PARAMETERS)
                )


def drawn(mutations: Sequence[Mutation], sample: int, seed: int) -> list[Mutation]:
    """Return one mutation of each of so many lines; the same ones for the same seed."""
    chance = random.Random(seed)
    by_line: dict[tuple[str, int], list[Mutation]] = {}
    for mutation in mutations:
        by_line.setdefault((mutation.file, mutation.line), []).append(mutation)
    chosen: list[Mutation] = []
    for line in chance.sample([*by_line], len(by_line)):
        on_it = chance.sample(by_line[line], len(by_line[line]))
        if (one := next(filter(_is_python, on_it), None)) is not None:
            chosen.append(one)
        if len(chosen) == sample:
            break
    return chosen


def _is_python(mutation: Mutation) -> bool:
    """Whether a mutation leaves Python that can be read: cosmic-ray takes the star of an argument for a product.

    It can't replace an exception with a dotted name among others either.
    """
    source = (PROJECT / mutation.file).read_text(encoding="utf-8")
    try:
        compile(mutate_code(source, get_operator(mutation.operator)(), mutation.occurrence), mutation.file, "exec")
    except (SyntaxError, AttributeError):
        return False
    return True


def _judge(mutations: Sequence[Mutation], place: Path, jobs: int) -> Iterator[Judged]:
    """Yield the mutations judged; survivors are told on standard error as they come.

    Raises VoicecoachError where the tests fail without a mutation, or one can't be made.
    """
    trees: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        trees.put(_copy(place / str(number)))
    first = trees.get()
    touching = watch(first, sorted({one.folder for one in mutations}))
    trees.put(first)

    def judge(mutation: Mutation) -> Judged:
        tree = trees.get()
        try:
            return _judged(mutation, touching, tree)
        finally:
            trees.put(tree)

    with ThreadPoolExecutor(jobs) as pool, tqdm(total=len(mutations), unit=" lines", disable=None, leave=False) as bar:
        for done in as_completed([pool.submit(judge, mutation) for mutation in mutations]):
            judged = done.result()
            bar.update()
            if not judged.is_killed:
                bar.write(judged.diff, file=sys.stderr)
            yield judged


def _copy(place: Path) -> Path:
    """Copy the project, with what lies beside it, and compile it so that a changed file is known by what is in it."""
    tree = place / PROJECT.name
    shutil.copytree(PROJECT, tree, ignore=_NOT_COPIED)
    if (shared := PROJECT.parent / "shared").is_dir():
        (place / "shared").symlink_to(shared)
    compiling = "-q --invalidation-mode checked-hash voicecoach tests"
    run_tests(f"env -C {tree} {sys.executable} -m compileall {compiling}", 600)
    return tree


def _judged(mutation: Mutation, touching: Touching, tree: Path) -> Judged:
    spec = MutationSpec(
        module_path=tree / mutation.file, operator_name=mutation.operator, occurrence=mutation.occurrence,
        start_pos=(mutation.line, 0), end_pos=(mutation.line, 1),
    )  # fmt: skip
    tests = touching.judges(mutation)
    (only := tree.parent / "only").write_text(json.dumps(tests), encoding="utf-8")
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    command = pytest_command(tree, f"--only={only}", *files) if tests else "true"
    limit_seconds = _LIMIT_SECONDS + _LIMIT_TIMES * sum(touching.seconds[test] for test in tests)
    result = mutate_and_test([spec], command, limit_seconds)
    if result.worker_outcome is not WorkerOutcome.NORMAL or result.test_outcome is TestOutcome.INCOMPETENT:
        last = (result.output or "").splitlines()[-1:]
        raise VoicecoachError(f"{mutation.file}:{mutation.line} could not be broken. {' '.join(last)}")
    diff = result.diff.replace(f"{tree}/", "")
    return Judged(mutation, diff, is_killed=result.test_outcome is TestOutcome.KILLED)


if __name__ == "__main__":
    main()
