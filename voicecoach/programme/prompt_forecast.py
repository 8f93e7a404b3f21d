"""The forecast of prompts: which texts a session may come to say, so that they can be rendered ahead."""

from collections.abc import Iterator, Mapping

from voicecoach.meanings import SCORES
from voicecoach.programme.kinds.side import BOTH
from voicecoach.programme.kinds.step import YES_NO
from voicecoach.programme.line import Line
from voicecoach.programme.profiles import in_every_dose
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import ALWAYS, EMERGENCY_NUMBER, HEARD, Value
from voicecoach.programme.words import Words

_SIDES = ("left", "right", BOTH)
_NOT_FORESEEN = frozenset(
    {
        "summary_repetitions", "summary_rounds", "summary_pain", "summary_pain_last", "summary_last_time",
        "stopped_in_set", "stopped_in_set_after",
        "stopped_after", "stopped_after_set", "stopped_in_round", "last_time", "last_time_side",
        "last_time_before", "last_time_before_side",
    }
)  # fmt: skip
"""What a session foresees itself, once it knows the values."""


def known_ahead(programme: Programme, words: Words, country: str | None = None) -> list[str]:
    """Return the texts that a session may say, with every value that they can have, roughly in the order of use.

    `country` is the one whose emergency number may come to be named instead of that of the words.
    """
    order: list[str] = []
    for step in programme.steps:
        order += [*step.common_prompts, *step.said()]
    texts: dict[str, None] = {}
    waiting: dict[str, None] = {}
    for key in sorted(words.prompts, key=lambda key: order.index(key) if key in order else len(order)):
        names = words.values_of(key)
        for values in _in_country(names, _values(key, names - ALWAYS - {"country"}, programme), country):
            (waiting if names & {"repetitions", "answer"} else texts).setdefault(words.text(Line(key, values)))
    return list(texts | waiting)


def keeping_time(programme: Programme, words: Words) -> frozenset[str]:
    """Return the texts that keep time in an exercise, counts and cues, which are said as quickly as it goes."""
    keys = {key for step in programme.steps for key in step.keeping_time}
    return frozenset(
        words.text(Line(key, values))
        for key in keys
        if key in words.prompts
        for values in _values(key, words.values_of(key) - ALWAYS - {"country"}, programme)
    )


def _in_country(
    names: set[str], all_values: Iterator[dict[str, Value]], country: str | None
) -> Iterator[dict[str, Value]]:
    for values in all_values:
        if "country" not in names:
            yield values
        if country is not None and names & {"country", EMERGENCY_NUMBER}:
            yield {**values, "country": country, EMERGENCY_NUMBER: country}


def _values(key: str, names: set[str], programme: Programme) -> Iterator[dict[str, Value]]:
    """Yield all the values that a prompt may be given; none for a prompt whose values are left to the session."""
    if key in _NOT_FORESEEN:
        return
    sides: list[Mapping[str, Value]] = [{}]
    if names & {"side", "other_side"}:
        sides = [{"side": "left", "other_side": "right"}, {"side": "right", "other_side": "left"}]
    for side in sides:
        for rest in _other_values(key, names - {"side", "other_side"}, programme):
            yield {**side, **rest}


def _other_values(key: str, names: set[str], programme: Programme) -> Iterator[Mapping[str, Value]]:
    if names == {"answer"}:
        yield from ({"answer": answer} for answer in _answers(key, programme))
        return
    if not names:
        yield {}
    for step in in_every_dose(programme):
        yield from step.values(key, names)


def _answers(key: str, programme: Programme) -> tuple[str, ...]:
    """Return the answers that a prompt may say back: those to its question, or those to any."""
    question, _, wording = key.partition("?")
    if wording != HEARD:
        every = (answer for answers in (YES_NO, _SIDES, SCORES) for answer in answers)
        return (*every, *(answer for step in programme.steps for answer in step.own_answers))
    asked = next((step for step in programme.steps if step.id == question), None)
    return YES_NO if asked is None else asked.possible_answers
