"""Outcomes of a check's stages: told as they come, a line for each, or all as JSON in the end."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import NoReturn

import click

from checks.arm64.stages import Outcome
from voicecoach.errors import VoicecoachError
from voicecoach.printing import warn


def tell(outcomes: Iterable[Outcome], as_json: bool) -> NoReturn:
    """Tell the outcomes as they come, and end the program: as a failure where one of them is."""
    told = []
    try:
        for outcome in outcomes:
            told.append(outcome)
            if not as_json:
                click.echo(_line(outcome))
    except VoicecoachError as error:
        warn(str(error))
        sys.exit(1)
    ok = all(outcome.ok for outcome in told)
    if as_json:
        click.echo(json.dumps({"ok": ok, "stages": [asdict(outcome) for outcome in told]}, indent=2))
    sys.exit(0 if ok else 1)


def _line(outcome: Outcome) -> str:
    """Return an outcome as a line; where the stage failed or found more, that follows."""
    verdict = f"{outcome.stage:<18} {outcome.seconds:>6.0f} s  {'ok' if outcome.ok else 'FAILED'}  "
    return verdict + "\n    ".join(outcome.found if len(outcome.found) == 1 else ["", *outcome.found])
