"""Which texts a session may come to say, so that they can be rendered before they are needed."""

from collections.abc import Iterator, Mapping

from voicecoach.programme import steps
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import ALWAYS, IN_A_SET, values_in
from voicecoach.programme.words import Line, Value, Words, said_in

_REST_MARKS = (30, 10)
_ANSWERS = ("yes", "no", "left", "right", "both", *map(str, range(11)))
_NOT_FORESEEN = frozenset({"summary_repetitions", "summary_repetitions_one", "summary_pain"})
"""What a session foresees itself, once it knows the values."""


def known_ahead(programme: Programme, words: Words) -> list[str]:
    """Return the texts that a session may need, with every value that they can have, roughly in the order of use."""
    order: list[str] = []
    for step in programme.steps:
        order += [*(("set_intro", *IN_A_SET) if isinstance(step, steps.Exercise) else ()), *said_in(step)]
    texts: dict[str, None] = {}
    waiting: dict[str, None] = {}
    for key in sorted(words.prompts, key=lambda key: order.index(key) if key in order else len(order)):
        names = values_in(words.prompts[key]) - ALWAYS
        for values in _values(key, names, programme):
            (waiting if names & {"repetitions", "answer"} else texts).setdefault(words.text(Line(key, values)))
    return list(texts | waiting)


def _values(key: str, names: set[str], programme: Programme) -> Iterator[dict[str, Value]]:
    """Yield all the values that a prompt may be given; none for one that is left to the session."""
    if key in _NOT_FORESEEN:
        return
    exercises = [step for step in programme.steps if isinstance(step, steps.Exercise)]
    sides: list[Mapping[str, Value]] = [{}]
    if names & {"side", "other_side"}:
        sides = [{"side": "left", "other_side": "right"}, {"side": "right", "other_side": "left"}]
    for side in sides:
        for rest in _other_values(key, names - {"side", "other_side"}, exercises):
            yield {**side, **rest}


def _other_values(key: str, names: set[str], exercises: list[steps.Exercise]) -> Iterator[Mapping[str, Value]]:
    if not names:
        yield {}
    elif names == {"answer"}:
        yield from ({"answer": answer} for answer in _ANSWERS)
    for exercise in exercises:
        repetitions, sets = range(1, exercise.repetitions + 1), range(1, exercise.sets + 1)
        if names == {"number"}:
            yield from ({"number": number} for number in repetitions)
        elif names == {"seconds"}:
            yield from ({"seconds": seconds} for seconds in (round(exercise.rest_seconds), *_REST_MARKS))
        elif key == "set_intro":
            yield from ({"number": number, "sets": exercise.sets} for number in sets)
        elif key in ("left_before", "left_sets"):
            yield from ({"sets": left, "repetitions": exercise.repetitions} for left in sets)
        elif names & {"repetitions"}:
            yield from ({"repetitions": left, "sets": more} for left in repetitions for more in range(1, exercise.sets))
