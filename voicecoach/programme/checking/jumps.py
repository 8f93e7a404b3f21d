"""A jump goes forwards to a step that exists, so that no session goes round for ever."""

import difflib
from collections.abc import Iterator

from voicecoach.programme.checking.flow import answer_place
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def jumps(programme: Programme) -> Iterator[Problem]:
    """Yield the jumps that lead nowhere or back, and the answers that both go on and end."""
    known = [step.id for step in programme.steps]
    for at, step in enumerate(programme.steps):
        for name, then in step.ways().items():
            place = answer_place(at, name)
            if then.go is None:
                continue
            if then.finish is not None:
                yield Problem(place, "`go` goes on and `finish` ends the session", "leave one of them out")
            if then.go in known[at + 1 :]:
                continue
            near = difflib.get_close_matches(then.go, known[at + 1 :], 1)
            if then.go in known:
                what = f'go = "{then.go}" goes back, and could do so for ever'
                yield Problem((*place, "go"), what, "name a later step")
            else:
                remedy = f'write go = "{near[0]}"' if near else "name a later step"
                yield Problem((*place, "go"), f'there is no step "{then.go}"', remedy)
