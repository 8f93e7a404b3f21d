"""The drawings say what the programme says: up is up, and toes and head move together."""

from itertools import product
from typing import get_args
from xml.etree import ElementTree

import pytest

from tests.session.puppet import CALF, PROGRAMMES
from voicecoach.programme.programme_files import read_with_words
from voicecoach.report.positions import Direction, Shape, figures, flossing, image
from voicecoach.report.wording import ProgrammeTexts, read_report_words


def height(shapes: list[Shape], look: str) -> float:
    """Return how high the end of the first shape of a look is."""
    return -next(shape for shape in shapes if shape.look == look).points[-1][1]


def test_up_is_higher_than_down_for_toes_and_head_alone() -> None:
    drawn = {both: flossing(*both) for both in product(get_args(Direction), repeat=2)}
    for other in get_args(Direction):
        toes = {toes: height(drawn[toes, other], "mark-limb") for toes in get_args(Direction)}
        head = {head: height(drawn[other, head], "head") for head in get_args(Direction)}
        assert toes["up"] > toes["down"] + 10
        assert head["up"] > head["down"] + 10


def test_the_knee_is_bent_alike_in_both_phases() -> None:
    legs = [next(s for s in flossing(way, way) if s.look == "limb").points for way in get_args(Direction)]
    assert legs[0] == legs[1]


def test_the_calf_programme_is_drawn_in_its_order_with_its_own_words() -> None:
    _, words = read_with_words("calf", "en")
    drawn = list(figures(CALF, ProgrammeTexts(words, "left"), read_report_words("en")))
    assert [one.title for one in drawn] == [
        "Slump test", "Nerve flossing: toes down, head down", "Nerve flossing: toes up, head up", "Glute stretch",
        "Knee rolling",
    ]  # fmt: skip
    assert drawn[1].caption == "Point your toes and drop your head."
    assert [one.addition is not None for one in drawn] == [True, False, False, True, True]


@pytest.mark.parametrize("name", [name for name in PROGRAMMES if name != "calf"])
def test_what_there_is_no_drawing_for_has_none(name: str) -> None:
    programme, words = read_with_words(name, "en")
    assert not list(figures(programme, ProgrammeTexts(words, None), read_report_words("en")))


def test_a_drawing_has_a_title_and_a_description_that_are_escaped() -> None:
    drawn = ElementTree.fromstring(image(flossing("up", "up"), "one", "a < b", "c & d"))
    assert drawn.attrib["role"] == "img"
    assert [part.text for part in drawn[:2]] == ["a < b", "c & d"]
    assert drawn.attrib["aria-labelledby"].split() == [part.attrib["id"] for part in drawn[:2]]
