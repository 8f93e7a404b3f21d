"""What counts as right, as asked again and as wrong, and which of the wrong ones can hurt."""

import pytest

from voicecoach.bench.answer_lines import AnswerLine, CameOf, Kind, came_of, is_dangerous, judge
from voicecoach.rehearsal.script import Piece
from voicecoach.session.actions import Action, Adverse, Answered, Asking, Duck, Obeyed, TakenBack
from voicecoach.session.adverse import AdverseKind

CHECK = Asking("chest_check", 0, "no")
WHICH = Asking("belongs_to_it", 0)


def line(kind: Kind, meaning: str) -> AnswerLine:
    return AnswerLine(1, kind, "words", (Piece(0.0, "words"),), frozenset(meaning.split("|")))


def verdict(kind: Kind, meaning: str, came: CameOf) -> str:
    said = line(kind, meaning)
    judged = judge(said, came)
    return f"{judged.value}{', dangerous' if is_dangerous(said, came, judged) else ''}"


def answered(answer: str | int, question: str = "chest") -> Answered:
    return Answered(question, answer, "words")


@pytest.mark.parametrize(
    ("notes", "came"),
    [
        ([], CameOf()),
        ([answered("no")], CameOf("no")),
        ([answered(3)], CameOf("3")),
        ([answered("no"), Asking("both_legs", 0)], CameOf("no")),
        ([answered("yes"), Asking("chest_confirm", 0)], CameOf("yes")),
        ([Asking("chest", 1)], CameOf()),
        ([CHECK], CameOf(checked=("no",))),
        ([CHECK, answered("yes", "chest_check"), answered("no")], CameOf("no", checked=("no",))),
        ([answered("no"), CHECK], CameOf(checked=("no",))),
        ([answered("yes"), Asking("chest_confirm", 0), answered("no", "chest_confirm"), Asking("chest", 0)], CameOf()),
        ([answered("no"), Asking("both_legs", 0), answered("yes", "both_legs")], CameOf("no", ("both_legs: yes",))),
        ([answered("no"), TakenBack("chest", "no"), CHECK], CameOf(checked=("no",))),
        ([answered("no"), TakenBack("chest", "no"), answered("yes")], CameOf("yes")),
        ([answered("no"), answered("no", "both_legs"), TakenBack("both_legs", "no")], CameOf("no")),
        ([Obeyed("correct"), TakenBack("side", "left", is_wrong=True), answered("right", "side")],
         CameOf(obeyed=("correct",))),
        ([answered("no"), Asking("both_legs", 0), WHICH], CameOf()),
        ([answered("no"), WHICH, answered("no", "belongs_to_it"), answered("yes", "both_legs")],
         CameOf("no", ("both_legs: yes",))),
        ([Asking("all_right", 0)], CameOf(lowered=True)),
        ([Asking("command_check", 0, "skip"), answered("no", "command_check")], CameOf(checked=("skip",))),
        ([Obeyed("it_hurts"), Adverse(AdverseKind.IT_HURTS)], CameOf(obeyed=("it_hurts",), lowered=True)),
    ],
)  # fmt: skip
def test_what_stands_in_the_end_is_what_was_taken(notes: list[Action], came: CameOf) -> None:
    assert came_of("chest", notes) == came


@pytest.mark.parametrize(
    ("kind", "meaning", "came", "expected"),
    [
        ("yes-no", "yes", CameOf("yes"), "right"),
        ("yes-no", "yes", CameOf("no"), "wrong"),
        ("yes-no", "yes", CameOf(), "asked_again"),
        ("yes-no", "yes", CameOf(checked=("yes",)), "asked_again"),
        ("yes-no", "yes", CameOf("yes", obeyed=("pause",)), "wrong"),
        ("yes-no", "-", CameOf(), "right"),
        ("yes-no", "-", CameOf(checked=("yes",)), "right"),
        ("yes-no", "-", CameOf(obeyed=("explain",)), "right"),
        ("yes-no", "-", CameOf(obeyed=("louder",)), "wrong"),
        ("yes-no", "-", CameOf("no"), "wrong"),
        ("yes-no", "-|yes", CameOf("yes"), "right"),
        ("yes-no", "-|yes", CameOf("no", ("slump_different: yes",)), "wrong"),
        ("yes-no", "no", CameOf("no", ("slump_different: no",)), "wrong"),
        ("yes-no", "explain|repeat", CameOf(obeyed=("repeat",)), "right"),
        ("ready", "-|no|pause", CameOf(obeyed=("pause",)), "right"),
        ("move", "there", CameOf("there"), "right"),
        ("move", "there", CameOf("yes"), "right"),
        ("move", "there", CameOf(), "asked_again"),
        ("move", "it_hurts", CameOf("there"), "wrong, dangerous"),
        ("number", "6", CameOf("6"), "right"),
        ("number", "6", CameOf("5"), "wrong, dangerous"),
        ("number", "4|5", CameOf("3"), "wrong, dangerous"),
        ("number", "0", CameOf("1"), "wrong"),
        ("number", "5", CameOf("7"), "wrong"),
        ("number", "-", CameOf("2"), "wrong"),
        ("screening", "-|yes", CameOf("no"), "wrong, dangerous"),
        ("screening", "-", CameOf("no"), "wrong, dangerous"),
        ("screening", "no", CameOf("yes"), "wrong"),
        ("screening", "no|-", CameOf("no"), "right"),
        ("screening", "-|yes", CameOf("unsure"), "right"),
        ("screening", "no", CameOf("unsure"), "wrong"),
        ("side", "left", CameOf("right"), "wrong, dangerous"),
        ("side", "both", CameOf("left"), "wrong, dangerous"),
        ("side", "-", CameOf("left"), "wrong"),
        ("command", "pause", CameOf(obeyed=("pause",)), "right"),
        ("command", "pause", CameOf(obeyed=("pause", "skip")), "wrong"),
        ("command", "distress", CameOf(obeyed=("dizzy",), lowered=True), "right"),
        ("command", "distress|it_hurts", CameOf(obeyed=("it_hurts",), lowered=True), "right"),
        ("command", "distress", CameOf(obeyed=("louder",)), "wrong, dangerous"),
        ("command", "correct", CameOf(), "asked_again"),
        ("command", "slower|speak_slower", CameOf(obeyed=("speak_slower",)), "right"),
        ("command", "speak_slower", CameOf(obeyed=("slower",)), "wrong"),
        ("command", "correct", CameOf("yes"), "wrong"),
        ("command", "correct", CameOf(obeyed=("correct",)), "right"),
        ("number", "5", CameOf("5", obeyed=("correct",)), "right"),
        ("yes-no", "yes", CameOf(obeyed=("correct",)), "asked_again"),
        ("command", "it_hurts", CameOf(), "asked_again, dangerous"),
        ("command", "it_hurts", CameOf(checked=("it_hurts",)), "asked_again"),
        ("command", "numb", CameOf(obeyed=("louder",)), "wrong, dangerous"),
        ("distress", "distress", CameOf(lowered=True), "right"),
        ("distress", "distress", CameOf(obeyed=("stop",)), "right"),
        ("distress", "distress|help", CameOf(obeyed=("help",)), "right"),
        ("distress", "distress", CameOf(obeyed=("help",)), "wrong, dangerous"),
        ("distress", "distress", CameOf(), "wrong, dangerous"),
    ],
)
def test_a_verdict_is_what_can_hurt_or_help(kind: Kind, meaning: str, came: CameOf, expected: str) -> None:
    assert verdict(kind, meaning, came) == expected


@pytest.mark.parametrize(
    ("came", "text"),
    [
        (CameOf(), "nothing"),
        (CameOf(checked=("3", "4")), "nothing; asked whether 3, 4"),
        (CameOf("no", ("both_legs: yes",), ("pause",)), "no, both_legs: yes, pause"),
    ],
)
def test_what_was_taken_is_named(came: CameOf, text: str) -> None:
    assert str(came) == text


def test_a_score_that_is_being_confirmed_counts_as_taken_unless_more_was_said() -> None:
    asked = [Asking("pain_before", 0), Asking("pain_before_confirm", 0, "7")]
    assert came_of("pain_before", asked).answer == "7"
    assert came_of("pain_before", [*asked, Duck()]).answer is None
