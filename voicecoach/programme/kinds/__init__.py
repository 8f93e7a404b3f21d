"""The kinds of steps, each in a file named as the kind is in a programme; the session carries it out in another.

A new kind is a file here, one of the same name in `session.kinds`, and its place in the union below.
"""

from typing import get_args

from voicecoach.programme.kinds.ask import Ask
from voicecoach.programme.kinds.branch import Branch
from voicecoach.programme.kinds.breathe import Breathe
from voicecoach.programme.kinds.choose import Choose
from voicecoach.programme.kinds.exercise import Exercise
from voicecoach.programme.kinds.hold import Hold
from voicecoach.programme.kinds.intervals import Intervals
from voicecoach.programme.kinds.number import Number
from voicecoach.programme.kinds.pain import Pain
from voicecoach.programme.kinds.provocation import Provocation
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.kinds.say import Say
from voicecoach.programme.kinds.screen import Screen
from voicecoach.programme.kinds.settled import Settled
from voicecoach.programme.kinds.side import Side
from voicecoach.programme.kinds.step import AnyStep
from voicecoach.programme.kinds.summary import Summary

Step = (
    Say | Ask | Settled | Choose | Number | Ready | Screen | Side | Pain | Provocation | Exercise | Hold | Breathe
    | Intervals | Summary | Branch
)  # fmt: skip
KINDS: dict[str, type[AnyStep]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Step)}
"""By name."""
