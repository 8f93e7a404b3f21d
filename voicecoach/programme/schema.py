"""The JSON Schema of programme files and of files of words, with the project's own descriptions, for editors."""

import ast
import inspect
from itertools import pairwise
from types import ModuleType
from typing import Any

import msgspec

from voicecoach.programme import steps, words

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(wanted: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the schema of a file that says a value of this type."""
    (schema,), parts = msgspec.json.schema_components([wanted], ref_template="#/$defs/{name}")
    documented = _documented(steps) | _documented(words)
    for name, part in parts.items():
        for key, description in documented.get(name, {}).items():
            if key in part.get("properties", {}):
                part["properties"][key]["description"] = description
    return {"$schema": _DIALECT, **schema, "$defs": parts}


def _documented(module: ModuleType) -> dict[str, dict[str, str]]:
    """Return, by class and field, the docstrings that stand under the fields; a class has those of its base too."""
    classes: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            inherited = [classes.get(base.id, {}) for base in node.bases if isinstance(base, ast.Name)]
            classes[node.name] = {key: text for part in inherited for key, text in part.items()} | {
                field.target.id: inspect.cleandoc(said.value.value)
                for field, said in pairwise(node.body)
                if isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(said, ast.Expr)
                and isinstance(said.value, ast.Constant)
                and isinstance(said.value.value, str)
            }
    return classes
