"""How each kind of step is carried out, in a file with the same name as the kind's own in `programme.kinds`."""

from functools import reduce
from importlib import import_module
from operator import or_
from typing import TYPE_CHECKING

from voicecoach.programme.kinds import KINDS
from voicecoach.session.kinds.kind_activity import begin, left, over
from voicecoach.session.stage import Activity

__all__ = ["KindActivity", "begin", "left", "over"]

_MODULES = [import_module(f"{__name__}.{kind}") for kind in KINDS]

if TYPE_CHECKING:
    KindActivity = Activity
else:
    KindActivity = reduce(
        or_,
        (
            one
            for module in _MODULES
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, Activity) and one.__module__ == module.__name__
        ),
    )
    """All that the kinds have under way in ways of their own, as a saved session tells them apart."""
