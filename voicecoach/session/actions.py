"""The actions that the session core returns: what is to be said, played and waited for, and notes of what happened."""

from msgspec import Struct

from voicecoach.meanings import Worse
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome
from voicecoach.session.adverse import AdverseKind
from voicecoach.signals import Signal


class _Action(Struct, frozen=True, tag=True):
    """Base of all actions: something that the session wants done, or noted."""


class Say(_Action, frozen=True, tag=True):
    """Speak these lines, from sample `at` or, where it is None, as soon as what is being said has ended."""

    token: int
    lines: tuple[Line, ...]
    at: int | None = None


class Foresee(_Action, frozen=True, tag=True):
    """Get these lines ready, as the coach may soon say them."""

    lines: tuple[Line, ...]


class Tick(_Action, frozen=True, tag=True):
    """Play a short sound, exactly at sample `at`."""

    at: int
    signal: Signal


class Silence(_Action, frozen=True, tag=True):
    """Stop speaking, and drop all that was to be said or ticked."""


class Duck(_Action, frozen=True, tag=True):
    """Turn the coach's voice almost off, as somebody else is talking."""


class Unduck(_Action, frozen=True, tag=True):
    """Give the coach's voice the loudness back that it had before `Duck`."""


class SetVolume(_Action, frozen=True, tag=True):
    """Speak this much louder than at the start of the session, in dB."""

    gain_db: float


class ChangeVoice(_Action, frozen=True, tag=True):
    """Speak in another of the coach's voices from now on."""


class ChangePace(_Action, frozen=True, tag=True):
    """Speak at most so many words a minute from now on, but for what keeps the exercise's time."""

    words_per_minute: int


class ListenFor(_Action, frozen=True, tag=True):
    """Listen for these meanings from now on, and for no others; of two numbers the `worse` one counts."""

    meanings: tuple[str, ...]
    worse: Worse = "higher"


class WakeAt(_Action, frozen=True, tag=True):
    """Send the event `Reached` once the clock is at sample `at`; None: send none."""

    at: int | None


class Ended(_Action, frozen=True, tag=True):
    """The session is over, with this outcome."""

    outcome: Outcome


class Asking(_Action, frozen=True, tag=True):
    """Note: a question is put, for the `attempt`th time (from 0). `candidate` is the answer that it checks."""

    question: str
    attempt: int
    candidate: str | None = None


class Answered(_Action, frozen=True, tag=True):
    """Note: a question has its answer; `heard` are the person's words."""

    question: str
    answer: str | int
    heard: str


class TakenBack(_Action, frozen=True, tag=True):
    """Note: the answer to a question no longer counts, as more was said behind it; it is asked about again."""

    question: str
    answer: str | int
    is_wrong: bool = False
    """Whether it was called wrong, or followed one that was: it was an answer, and is kept beside what corrects it."""


class MeantNothing(_Action, frozen=True, tag=True):
    """Note: a question was answered in words that mean nothing to it; `words` are what they most likely were."""

    question: str
    words: str


class RepetitionBegun(_Action, frozen=True, tag=True):
    """Note: a repetition begins (or begins again)."""

    set: int
    repetition: int


class HoldDone(_Action, frozen=True, tag=True):
    """Note: a hold was kept from its start to its end, in samples."""

    set: int
    repetition: int
    phase: str
    started_at: int
    ended_at: int


class TimeKept(_Action, frozen=True, tag=True):
    """Note: a hold step, or the work of a round, was kept up from its start to its end, in samples."""

    step: str
    started_at: int
    ended_at: int


class RepetitionDone(_Action, frozen=True, tag=True):
    """Note: a repetition was finished."""

    set: int
    repetition: int


class PainScored(_Action, frozen=True, tag=True):
    """Note: a pain score from 0 to 10."""

    question: str
    score: int


class Obeyed(_Action, frozen=True, tag=True):
    """Note: a command was heard and is carried out."""

    command: str


class Adverse(_Action, frozen=True, tag=True):
    """Note: something that a clinician should read about. `value` is the score, or the screening question."""

    kind: AdverseKind
    value: str = ""


class ClinicianAdvised(_Action, frozen=True, tag=True):
    """Note: the person has been told to see a clinician before the next session."""


class DoseChosen(_Action, frozen=True, tag=True):
    """Note: the dose that the person chose; None: the full one."""

    profile: str | None


Note = (
    Asking
    | Answered
    | TakenBack
    | MeantNothing
    | RepetitionBegun
    | HoldDone
    | TimeKept
    | RepetitionDone
    | PainScored
    | Obeyed
    | Adverse
    | ClinicianAdvised
    | DoseChosen
)
"""What only those who watch a session need."""
Sound = Say | Tick | Silence | Duck | Unduck | SetVolume
"""What is done to what the loudspeaker plays."""
Action = Sound | Foresee | ChangeVoice | ChangePace | ListenFor | WakeAt | Ended | Note
