"""All meanings, by their names: the answers and the commands that every language has words for."""

from typing import Literal

YES_NO = ("yes", "no")
FINE = "fine"
"""What counts as a yes to "are you all right?" alone."""
THERE = "there"
"""What is said to a move that lasts until a feeling comes: "there", "now", "I feel it", or that there is none."""
UNSURE = "unsure"
"""What is listened for where a doubt counts: "I don't know", "maybe", "sometimes", "a little"."""
DONT_KNOW = "dont_know"
"""The same where nothing hinges on the answer: noted as `UNSURE`, it makes no other answer doubtful."""
SIDES = ("left", "right", "both")
SCORES = tuple(str(n) for n in range(11))
Worse = Literal["higher", "lower"]
"""Which numbers are the worse ones: of two of which either may be meant, as in "four or five", the worse one counts."""

Counting = Literal["full", "sparse", "ticks"]
"""How much is counted aloud: everything; every fifth, and the last ones; nothing but the last ones, with ticks."""
COUNTINGS: dict[str, Counting] = {"count_full": "full", "count_sparse": "sparse", "count_ticks": "ticks"}
"""The commands that change how much is counted aloud, and what they change it to."""
OW = "ow"
"""A cry of pain: in movement it hurts, elsewhere, as in an answer, it means nothing."""
ONE_MOMENT = "one_moment"
"""What asks for time: to a question the answer is still to come, elsewhere it is a pause."""
MORE_TIME = "more_time"
"""What asks for more time for every answer from now on; in movement it slows the exercise down."""
CANT_DO = "cant_do"
"""What says that something is beyond the person: it is left out, or the session stops."""
RESUME = "resume"
"""The command to go on: a yes where the coach asks whether to go on, or whether somebody is ready."""
ADVERSE = ("worse", "pins_and_needles", "numb")
"""Commands that end the exercise."""
HURTS = ("it_hurts", *ADVERSE)
DISTRESS = ("cramp", "dizzy", "help_now", "fell", "cant_move", "faint", "chest", "breath")
"""Commands that lower the foot and ask whether the person is all right."""
CORRECT = "correct"
"""The command that takes an answer back."""
OTHER_SIDE = "correct_side"
"""The same, of the side alone: "wrong leg"."""
CORRECTIONS = {f"{CORRECT}_{answer}": answer for answer in (*YES_NO, *SIDES, *SCORES)}
"""The same with the answer that is meant ("I meant left"); listened for where such an answer has been given."""
CORRECTING = (CORRECT, OTHER_SIDE, *CORRECTIONS)
COMMANDS = (
    "stop", "pause", ONE_MOMENT, RESUME, "repeat", CORRECT, "slower", "faster", "speak_slower", "speak_faster",
    MORE_TIME, "louder", "quieter", "other_voice", "skip", CANT_DO, "how_many_left", "explain", "help", *COUNTINGS,
    "it_hurts", OW, *ADVERSE, "gone", *DISTRESS,
)  # fmt: skip


def is_answer(meaning: str) -> bool:
    """Whether it answers a question; a correction answers none by itself, and a command never does."""
    return meaning not in COMMANDS and meaning not in CORRECTING


def other_side(side: str) -> str:
    """Return the other side: "right" for "left", and "left" for "right"."""
    return "left" if side == "right" else "right"
