"""What a session remembers: how it began, what was asked and answered, and how far it has come."""

from msgspec import Struct, field
from msgspec.structs import replace

from voicecoach.meanings import SCORES, SIDES, UNSURE, YES_NO, Counting, Worse
from voicecoach.paces import USUAL_PACE
from voicecoach.programme.steps import Outcome
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.policies import ANSWER_WINDOWS_SECONDS


class QuestionRecord(Struct, frozen=True):
    """One question, how often it was asked, and what came of it."""

    id: str
    asked: int = 0
    answer: str | int | None = None
    heard: str | None = None


class Previous(Struct, frozen=True):
    """What is known of the last session. `outcome` is None where it broke off, `side` where none was meant."""

    outcome: Outcome | None = Outcome.COMPLETE
    side: str | None = None
    pain_first: int | None = None
    pain_last: int | None = None
    """The last score after some of the exercise; None where there was none."""
    adverse: bool = False
    """Whether something happened in it that a clinician should read about."""
    matched_sides: tuple[str, ...] = ()
    """The sides on which the exercise was done in any session before, so that the programme's test had matched."""
    clinician_first: bool = False
    """Whether the person was told in it to see a clinician before the next one."""
    left_out: bool = False
    """Whether the person said in it that something could not be done."""


class Opening(Struct, frozen=True):
    """What a session is told before it begins: from which set on the first exercise is done, and the last session.

    `suggests` lets it suggest a dose once the pain is known; `keeps_audio` is said aloud.
    """

    from_set: int = 1
    previous: Previous | None = None
    profile: str | None = None
    """The dose of the programme that was asked for; None: the full one."""
    suggests: bool = False
    keeps_audio: bool = False
    counting: Counting = "full"
    pace: int | None = None
    """At most how many words a minute are spoken; None: as in the session that is gone on with, or as usual."""
    answer_window_seconds: float | None = None
    """How long it waits for an answer, at least; None as for the pace."""
    country_guess: str | None = None
    """The country, as ISO 3166 has it, that the person seems to be in, and is asked about."""


class Taken(Struct, frozen=True):
    """An answer that was taken, and the session as it was before; `token` is that of the coach's speech until then."""

    question: str
    key: str
    """Of the question's words."""
    answers: tuple[str, ...]
    """Those that it could have had."""
    answer: str | int
    heard: str
    reassuring: str
    """The answer, "yes" or "no", that would have been the reassuring one; empty where none is."""
    before: bytes
    at: int
    token: int
    level_db: float | None
    confirmed: bool
    """Whether the person has said yes to it, so that what means nothing does not take it back."""
    movements: int
    """How many movements had begun before it."""
    worse: Worse
    """Of a number, which ones are the worse ones."""
    next_token: int = 0
    """Of the speech that asked the next question; 0 where none has been asked yet."""

    def worries(self, meaning: str) -> bool:
        """Whether a meaning would have been the worrying answer to this question, or a doubt."""
        return self.reassuring != "" and meaning in (*YES_NO, UNSURE) and meaning != self.reassuring

    def is_stricter(self, meaning: str) -> bool:
        """Whether a meaning in the place of the answer would worry more: a worrying answer, or a worse score."""
        if self.answers != SCORES:
            return self.worries(meaning)
        more = int(meaning) - int(self.answer)
        return more > 0 if self.worse == "higher" else more < 0

    def can_become(self, meaning: str) -> bool:
        """Whether a meaning may take the place of the answer at once; what makes it less of a worry is asked for."""
        return self.is_stricter(meaning) or (self.reassuring == "" and meaning in (*YES_NO, *SIDES))


class Worry(Struct, frozen=True):
    """Something worrying that was said and not cleared up: how the session ends where no more is said."""

    outcome: Outcome
    prompt: str
    kind: AdverseKind
    """With `value`, what the clinician reads; see `Adverse`."""
    value: str = ""


class Memory(Struct):
    """All that a session remembers besides the activities under way. Times are samples."""

    opening: Opening = Opening()
    at: int = 0
    """The step that it has come to."""
    country_asked: bool = False
    country: str | None = None
    """The country that the person has confirmed to be in."""
    side: str | None = None
    hurt_in_test: bool = False
    """Whether it has hurt so in a test that the person said so."""
    turn: str | None = None
    """The side being worked on, where both take turns."""
    screened: bool = False
    exercise: str | None = None
    """The exercise begun last."""
    set: int = 0
    """The set of it begun last."""
    in_set: bool = False
    """Whether that is under way."""
    round: int = 0
    """The round begun last."""
    rounds: int = 0
    """Rounds kept up to their ends."""
    pain_checks: int = 0
    questions: list[QuestionRecord] = field(default_factory=list)
    given: tuple[Taken, ...] = ()
    """The latest answer to each kind of question, in their order: what can be corrected."""
    goes_on: bool = False
    """Whether what is said now may still be more of the last of them."""
    movements: int = 0
    """How many movements have begun."""
    worry: Worry | None = None
    levels_db: tuple[float, ...] = ()
    """How loud the latest answers were."""
    unclear_at: int | None = None
    """When something unclear and loud was said in movement."""
    cried_in: tuple[str, int, int, str] | None = None
    """The exercise, set, step and side in which that has been asked about."""
    pain_start: int | None = None
    """The first pain score."""
    pain_last: int | None = None
    """The latest one; None where there has been no other than the first."""
    eased: bool = False
    """Whether the pain has had the coach ease off."""
    repetitions: list[int] = field(default_factory=list)
    holds: int = 0
    extra_move_seconds: float = 0.0
    counting: Counting = "full"
    gain_db: float = 0.0
    pace: int = USUAL_PACE
    """At most how many words a minute are spoken."""
    answer_window_seconds: float = ANSWER_WINDOWS_SECONDS[0]
    """Silence after a question that counts as no answer, at least."""
    token: int = 0
    awaited: int | None = None
    wake_at: int | None = None
    patient: bool = False
    suspended: int | None = None
    listening: tuple[str, ...] = ()
    worse: Worse = "higher"
    """Of the numbers listened for, which ones are the worse ones."""
    ended: Outcome | None = None
    profile: str | None = None
    """The dose that is done; None: the full one."""

    def take_manner(self, opening: Opening) -> None:
        """Speak and wait as the opening has it, as far as it has."""
        if opening.pace is not None:
            self.pace = opening.pace
        if opening.answer_window_seconds is not None:
            self.answer_window_seconds = opening.answer_window_seconds

    def copy(self) -> "Memory":
        """Return the same once more; what changes in either is not seen in the other."""
        return replace(self, questions=[*self.questions], repetitions=[*self.repetitions])

    def note_asked(self, record: int) -> None:
        """Count that a question was asked once more."""
        noted = self.questions[record]
        self.questions[record] = replace(noted, asked=noted.asked + 1)

    def note_answer(self, record: int, answer: str | int, heard: str) -> None:
        """Note the answer to a question, and the words that gave it."""
        self.questions[record] = replace(self.questions[record], answer=answer, heard=heard)

    @property
    def taken(self) -> Taken | None:
        """The answer taken last, while more may be said behind it."""
        return self.given[-1] if self.given and self.goes_on else None

    @taken.setter
    def taken(self, taken: Taken | None) -> None:
        self.goes_on = taken is not None
        if taken is not None:
            self.given = (*self.given[:-1], taken)
