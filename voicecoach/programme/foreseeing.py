"""Which texts a session may come to say, so that they can be rendered before they are needed."""

from collections.abc import Iterator, Mapping

from voicecoach.programme import steps
from voicecoach.programme.profiles import in_every_dose
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import ALWAYS, DOSES, EMERGENCY_NUMBER, HEARD, IN_A_SET, IN_ROUNDS
from voicecoach.programme.words import Line, Value, Words, said_in

_REST_MARKS = (30, 10)
_YES_NO, _SIDES, _SCORES = ("yes", "no"), ("left", "right", "both"), tuple(map(str, range(11)))
_NOT_FORESEEN = frozenset(
    {
        "summary_repetitions", "summary_rounds", "summary_pain", "stopped_in_set", "stopped_in_set_after",
        "stopped_after", "stopped_after_set", "stopped_in_round", "last_time", "last_time_side",
        "last_time_before", "last_time_before_side",
    }
)  # fmt: skip
"""What a session foresees itself, once it knows the values."""


def known_ahead(programme: Programme, words: Words, country: str | None = None) -> list[str]:
    """Return the texts that a session may need, with every value that they can have, roughly in the order of use.

    `country` is the one whose emergency number may come to be named instead of that of the words.
    """
    order: list[str] = []
    for step in programme.steps:
        order += [*_said_around(step), *said_in(step)]
    texts: dict[str, None] = {}
    waiting: dict[str, None] = {}
    for key in sorted(words.prompts, key=lambda key: order.index(key) if key in order else len(order)):
        names = words.values_of(key)
        for values in _in_country(names, _values(key, names - ALWAYS - {"country"}, programme), country):
            (waiting if names & {"repetitions", "answer"} else texts).setdefault(words.text(Line(key, values)))
    return list(texts | waiting)


def _in_country(
    names: set[str], all_values: Iterator[dict[str, Value]], country: str | None
) -> Iterator[dict[str, Value]]:
    for values in all_values:
        if "country" not in names:
            yield values
        if country is not None and names & {"country", EMERGENCY_NUMBER}:
            yield {**values, "country": country, EMERGENCY_NUMBER: country}


def _said_around(step: steps.Step) -> tuple[str, ...]:
    match step:
        case steps.Screen():
            return ("country?", "country?again")
        case steps.Exercise():
            return (*DOSES, "set_intro", *IN_A_SET)
        case steps.Intervals():
            return IN_ROUNDS
    return ()


def _values(key: str, names: set[str], programme: Programme) -> Iterator[dict[str, Value]]:
    """Yield all the values that a prompt may be given; none for one that is left to the session."""
    if key in _NOT_FORESEEN:
        return
    sides: list[Mapping[str, Value]] = [{}]
    if names & {"side", "other_side"}:
        sides = [{"side": "left", "other_side": "right"}, {"side": "right", "other_side": "left"}]
    for side in sides:
        for rest in _other_values(key, names - {"side", "other_side"}, programme):
            yield {**side, **rest}


def _other_values(key: str, names: set[str], programme: Programme) -> Iterator[Mapping[str, Value]]:
    if not names:
        yield {}
    elif names == {"answer"}:
        yield from ({"answer": answer} for answer in _answers(key, programme))
    for step in in_every_dose(programme):
        match step:
            case steps.Exercise() if key != "time_left":
                yield from _in_sets(key, names, step)
            case steps.Intervals() if key != "time_left":
                yield from _in_rounds(key, names, step)
            case steps.Hold(seconds=seconds) | steps.Intervals(work_seconds=seconds) if key == "time_left":
                yield from ({"seconds": left} for left in range(5, int(seconds) + 5, 5))


def _answers(key: str, programme: Programme) -> tuple[str, ...]:
    """Return the answers that a prompt may say back: those to its question, or those to any."""
    question, _, wording = key.partition("?")
    if wording != HEARD:
        own = (answer for step in programme.steps if isinstance(step, steps.Choose) for answer in step.answers)
        return (*_YES_NO, *_SIDES, *_SCORES, *own)
    match next((step for step in programme.steps if step.id == question), None):
        case steps.Side():
            return _SIDES
        case steps.Pain() | steps.Number():
            return _SCORES
        case steps.Choose(answers=answers):
            return tuple(answers)
    return _YES_NO


def _in_rounds(key: str, names: set[str], step: steps.Intervals) -> Iterator[Mapping[str, Value]]:
    if key == "round_intro":
        yield from ({"number": number, "rounds": step.rounds} for number in range(1, step.rounds + 1))
    elif key == "rounds_intro":
        yield {"rounds": step.rounds}
    elif key == "left_rounds":
        yield from ({"rounds": left} for left in range(1, step.rounds + 1))
    elif names == {"seconds"}:
        yield from ({"seconds": seconds} for seconds in (round(step.rest_seconds), *_REST_MARKS))


def _in_sets(key: str, names: set[str], exercise: steps.Exercise) -> Iterator[Mapping[str, Value]]:
    repetitions, sets = range(1, exercise.repetitions + 1), range(1, exercise.sets + 1)
    if names == {"number"}:
        longest = int(max(map(exercise.hold_of, exercise.phases)))
        yield from ({"number": number} for number in range(1, max(exercise.repetitions, longest) + 1))
    elif names == {"seconds"}:
        yield from ({"seconds": seconds} for seconds in (round(exercise.rest_seconds), *_REST_MARKS))
    elif key == "set_intro":
        yield from ({"number": number, "sets": exercise.sets} for number in sets)
    elif key in (*DOSES, "left_before"):
        yield {"sets": exercise.sets, "repetitions": exercise.repetitions}
    elif key == "left_sets":
        yield from ({"sets": left, "repetitions": exercise.repetitions} for left in sets)
    elif names & {"repetitions"}:
        others = (0,) if key == "left_in_set_last" else range(1, exercise.sets)
        yield from ({"repetitions": left, "sets": more} for left in repetitions for more in others)
