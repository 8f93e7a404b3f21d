"""The kinds of question that activities put."""

from msgspec.structs import replace

from voicecoach.meanings import DONT_KNOW, RESUME, YES_NO
from voicecoach.session.dialogue import FELT, Question
from voicecoach.session.memory import Worry
from voicecoach.session.policies import REPROMPTING
from voicecoach.session.question_ids import Asked, Role


def yes_no(question: str, *, wording: str = "", trusted: tuple[str, ...] = (), reassuring: str = "") -> Question:
    """Return a yes/no question."""
    return Question(question, YES_NO, "please_yes_no", wording=wording, trusted=trusted, reassuring=reassuring)


def marker(question: str) -> Question:
    """Return a yes/no question that decides nothing, to which "I don't know" is an answer too, and needs no check."""
    return replace(yes_no(question, trusted=(DONT_KNOW,)), decides_nothing=True)


def whether_to_go_on(question: str) -> Question:
    """Return the yes/no question whether to go on, to which "go on" says yes."""
    return replace(yes_no(question), said_by=RESUME)


def until_felt(question: str) -> Question:
    """Return the question that asks for a move, to which somebody says that the feeling is there, at their own pace.

    Any word for it will do, as all that follows it is to lower the foot.
    """
    return Question(question, FELT, "please_there", trusted=FELT, window_seconds=REPROMPTING.moving_seconds)


def safety_question(question: str, worry: Worry | None = None) -> Question:
    """Return a yes/no question to which a yes worries; the yes is not checked, as what follows confirms it."""
    return replace(yes_no(question, trusted=("yes",), reassuring="no"), worry=worry)


def confirmation(question: str) -> Question:
    """Return the question that confirms a yes to a safety question."""
    return yes_no(Asked(question, Role.CONFIRMATION).id, wording="confirm_yes", reassuring="no")
