"""What a session can be told before it begins, and where it counts: nothing else in a session goes by it."""

from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step, first_exercise
from voicecoach.session.memory import Opening, Previous

_SESSIONS_BEFORE = (
    Previous(side="left", pain_first=3, pain_last=2),
    Previous(pain_first=2, pain_last=4),
    Previous(adverse=True),
    Previous(outcome=None),
    Previous(pain_first=3),
    Previous(outcome=None, side="left", pain_first=3),
)


def openings(programme: Programme, step: Step) -> tuple[Opening, ...]:
    """Return the openings, besides the usual one, with which a session would do something else from this step on."""
    found: list[Opening] = []
    if step is _after_the_first(steps.Ready, programme):
        found += [Opening(country_guess="GB")]
    if isinstance(step, steps.Settled):
        found += [Opening(previous=Previous())]
    if programme.profiles and step is _after_the_first(steps.Pain, programme):
        found += [Opening(previous=before, suggests=True) for before in (None, *_SESSIONS_BEFORE)]
    first = first_exercise(programme)
    if step is first and first.sets > 1:
        found += [Opening(from_set=first.sets)]
    return tuple(found)


def _after_the_first(kind: type[Step], programme: Programme) -> Step | None:
    asked = next((at for at, step in enumerate(programme.steps) if isinstance(step, kind)), None)
    return None if asked is None or asked + 1 == len(programme.steps) else programme.steps[asked + 1]
