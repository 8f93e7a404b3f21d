"""What a session remembers is changed by the session alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "voicecoach"


def assignments_to_a_memory(source: str) -> Iterator[int]:
    """Yield the line of each assignment to an attribute of something called `memory`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Attribute | ast.Name):
                owner = target.value.attr if isinstance(target.value, ast.Attribute) else target.value.id
                if owner == "memory":
                    yield node.lineno


def test_nothing_outside_the_session_assigns_to_what_it_remembers() -> None:
    assert [*assignments_to_a_memory("session.memory.opening = 1\nmemory.at += 1\nx = session.memory.at")] == [1, 2]
    found = {
        str(file.relative_to(PACKAGE)): [*assignments_to_a_memory(file.read_text(encoding="utf-8"))]
        for file in PACKAGE.rglob("*.py")
        if PACKAGE / "session" not in file.parents
    }
    assert {file: lines for file, lines in found.items() if lines} == {}
