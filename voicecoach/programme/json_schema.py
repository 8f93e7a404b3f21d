"""The JSON Schema of programme files and of files of words, with the project's own descriptions, for editors."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import msgspec

from voicecoach.programme import kinds, sentence_templates, steps, words

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(wanted: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds a value of this type."""
    (schema,), parts = msgspec.json.schema_components([wanted], ref_template="#/$defs/{name}")
    documented = _documented()
    for name, part in parts.items():
        for key, description in documented.get(name, {}).items():
            if key in part.get("properties", {}):
                part["properties"][key]["description"] = description
    return {"$schema": _DIALECT, **schema, "$defs": parts}


def _documented() -> dict[str, dict[str, str]]:
    """Return, by class and field, the docstrings of fields, those inherited from base classes included."""
    own: dict[str, dict[str, str]] = {}
    bases: dict[str, list[str]] = {}
    for module in (*_modules_of(kinds), sentence_templates, steps, words):
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                own[node.name] = _under_fields(node)
                bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]

    def all_of(name: str) -> dict[str, str]:
        inherited = [all_of(base) for base in bases.get(name, ())]
        return {key: text for part in (*inherited, own.get(name, {})) for key, text in part.items()}

    return {name: all_of(name) for name in own}


def _modules_of(package: ModuleType) -> Iterator[ModuleType]:
    return (import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__))


def _under_fields(node: ast.ClassDef) -> dict[str, str]:
    return {
        field.target.id: inspect.cleandoc(said.value.value)
        for field, said in pairwise(node.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    }
