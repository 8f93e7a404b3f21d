"""A programme file to typed steps, or one sentence that says where it is wrong and what to write."""

import difflib
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step

_BUILTIN = resources.files("voicecoach.programme") / "builtin"


def built_in_programmes() -> list[str]:
    """Return the names of the programmes that come with the package."""
    return sorted(f.name.removesuffix(".toml") for f in _BUILTIN.iterdir() if f.name.count(".") == 1)


def programme_file(name: str) -> Path:
    """Return the file of a built-in programme's name, or of a path to a programme of one's own.

    Raises VoicecoachError where there is neither.
    """
    if name in built_in_programmes():
        return Path(str(_BUILTIN / f"{name}.toml"))
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path
    near = difflib.get_close_matches(name, built_in_programmes(), 1)
    hint = f"did you mean {near[0]}? " if near else ""
    known = ", ".join(built_in_programmes())
    raise VoicecoachError(f"There is no programme {name}: {hint}name one of {known}, or the path of a .toml file.")


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says. Raises VoicecoachError for a file that cannot be read or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise VoicecoachError(
            f"{path} cannot be read ({error.strerror}); check the file and its permissions."
        ) from None
    except UnicodeDecodeError:
        raise VoicecoachError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise VoicecoachError(f"{path} is not valid TOML: {error or 'nested too deeply'}; mend that place.") from None


def read_programme(path: Path) -> Programme:
    """Read and check a programme file.

    Raises VoicecoachError naming the file, the key path and what to write.
    """
    data = read_toml(path)
    try:
        programme = msgspec.convert(data, Programme)
    except msgspec.ValidationError as error:
        raise VoicecoachError(_explain(path, data, str(error))) from None
    for problem in (_flow_problem(programme), _exercise_problem(programme)):
        if problem:
            raise VoicecoachError(f"{path}: {problem}")
    return programme


def _explain(path: Path, data: dict[str, Any], message: str) -> str:
    what, _, where = message.partition(" - at `$")
    key_path = where.rstrip("`").lstrip(".") or "the top level"
    step = re.match(r"steps\[(\d+)\]", key_path)
    if step:
        entry = data["steps"][int(step[1])]
        name = entry.get("id") if isinstance(entry, dict) else None
        key_path += f" (step {name})" if name else ""
    unknown = re.search(r"unknown field `(.*)`", what)
    remedy = "write what is expected there."
    if unknown:
        near = difflib.get_close_matches(unknown[1], _all_field_names(), 1)
        remedy = f"write `{near[0]}` or leave it out." if near else "leave it out."
    return f"{path}: {key_path}: {what}; {remedy}"


def _all_field_names() -> list[str]:
    parts = [p for p in vars(steps).values() if isinstance(p, type) and issubclass(p, msgspec.Struct)]
    return sorted({name for part in parts for name in part.__struct_fields__} | {"kind"})


def _targets(step: Step) -> list[str]:
    follow = [getattr(step, name, None) for name in ("yes", "no", "both", "match", "otherwise")]
    return [then.go for then in follow if then is not None and then.go is not None]


def _flow_problem(programme: Programme) -> str | None:
    ids = [step.id for step in programme.steps]
    for at, step in enumerate(programme.steps):
        where = f"steps[{at}] (step {step.id})"
        if step.id in ids[:at]:
            return f"{where}: another step has this id; give each its own."
        for target in _targets(step):
            if target not in ids[at + 1 :]:
                near = difflib.get_close_matches(target, ids[at + 1 :], 1)
                hint = f"did you mean {near[0]}?" if near else "name a later step."
                return f"{where}: go = {target!r} is no later step; {hint}"
        if isinstance(step, steps.Branch):
            asked = [s.id for s in programme.steps[:at] if isinstance(s, steps.Ask)]
            for question in (*step.all_yes, *step.markers):
                if question not in asked:
                    return f"{where}: {question!r} is no yes/no question asked before; name an earlier `ask` step."
    if not isinstance(programme.steps[-1], steps.Summary):
        return f"steps[{len(ids) - 1}] (step {ids[-1]}): the last step must have kind = 'summary'; add one."
    return None


def _exercise_problem(programme: Programme) -> str | None:
    for at, step in enumerate(programme.steps):
        where = f"steps[{at}] (step {step.id})"
        if isinstance(step, steps.Exercise) or step.part == "test":
            for needed, why in ((steps.Screen, "screening"), (steps.Pain, "a pain score"), (steps.Side, "the side")):
                if not _always_before(programme, needed, at):
                    return f"{where}: something moves here before {why}; put a `{needed.__name__.lower()}` step first."
        if isinstance(step, steps.Exercise):
            for number, phase in enumerate(step.phases):
                if phase.toes != phase.head:
                    return (
                        f"{where}: phases[{number}] moves toes {phase.toes} with head {phase.head}, which pulls "
                        f"the nerve at both ends; write head = '{phase.toes}' (a slider)."
                    )
    return None


def _always_before(programme: Programme, kind: type, at: int) -> bool:
    """Whether every way to step `at` passes a step of this kind; jumps only go forwards."""
    places = [i for i, step in enumerate(programme.steps[:at]) if isinstance(step, kind)]
    return any(
        not any(programme.index(target) > place for step in programme.steps[:place] for target in _targets(step))
        for place in places
    )
