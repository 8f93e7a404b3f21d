"""Which positions a programme asks for: each drawn, with its text alternatives and the programme's own words for it."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from voicecoach.programme.steps import Exercise, Phase, Programme
from voicecoach.report.positions import figure_four, flossing, knee_rolling, slump_test
from voicecoach.report.shapes import Shape, svg
from voicecoach.report.wording import ProgrammeTexts, ReportWords

_STEPS: dict[tuple[str, str], tuple[tuple[str, ...], str, Callable[[], list[Shape]]]] = {
    ("calf", "lift_sore"): (("slump", "lift_sore"), "slump", slump_test),
    ("calf", "glute"): (("glute_how",), "four", figure_four),
    ("calf", "knee"): (("knee_how",), "knees", knee_rolling),
}
"""By programme and step: the prompts that describe the position, the name of the figure, the drawing."""


class Figure(Struct, frozen=True):
    """A position: the image with its text alternatives, what it is called, and how the programme describes it."""

    svg: str
    title: str
    caption: str
    addition: str | None


def figures(programme: Programme, texts: ProgrammeTexts, words: ReportWords) -> Iterator[Figure]:
    """Yield the positions in the order of the programme's steps."""
    for step in programme.steps:
        if (programme.id, step.id) in _STEPS:
            prompts, name, draw = _STEPS[programme.id, step.id]
            title = words.say(f"figure_{name}_title")
            drawn = svg(draw(), f"figure-{step.id}", title, words.say(f"figure_{name}_text"))
            yield Figure(drawn, title, " ".join(map(texts.prompt, prompts)), step.addition)
        elif isinstance(step, Exercise) and step.movement == "slider":
            for phase in step.phases:
                if phase.toes and phase.head:
                    yield _phase(step, phase, texts, words)


def _phase(step: Exercise, phase: Phase, texts: ProgrammeTexts, words: ReportWords) -> Figure:
    parts = words.say(
        "part_and", first=words.say(f"part_toes_{phase.toes}"), second=words.say(f"part_head_{phase.head}")
    )
    title = words.say("figure_flossing_title", parts=parts)
    description = words.say("figure_flossing_text", parts=parts[:1].upper() + parts[1:])
    drawn = svg(flossing(phase.toes, phase.head), f"figure-{step.id}-{phase.id}", title, description)
    return Figure(drawn, title, texts.prompt(f"{step.id}_{phase.id}_full"), step.addition)
