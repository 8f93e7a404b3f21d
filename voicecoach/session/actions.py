"""What the session wants done, and the notes it takes of what happened."""

from msgspec import Struct

from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome
from voicecoach.session.adverse import AdverseKind
from voicecoach.signals import Signal


class _Action(Struct, frozen=True, tag=True):
    """Something to do."""


class Say(_Action, frozen=True, tag=True):
    """Speak these lines, from sample `at` or, where it is None, as soon as what is being said has ended."""

    token: int
    lines: tuple[Line, ...]
    at: int | None = None


class Foresee(_Action, frozen=True, tag=True):
    """These lines may be needed soon."""

    lines: tuple[Line, ...]


class Tick(_Action, frozen=True, tag=True):
    """A short sound, exactly at sample `at`."""

    at: int
    signal: Signal


class Silence(_Action, frozen=True, tag=True):
    """Stop speaking and drop all that was to be said or ticked."""


class Duck(_Action, frozen=True, tag=True):
    """Speak very quietly: somebody else is talking."""


class Unduck(_Action, frozen=True, tag=True):
    """Speak as before."""


class SetVolume(_Action, frozen=True, tag=True):
    """Speak this much louder than at the start."""

    gain_db: float


class ChangeVoice(_Action, frozen=True, tag=True):
    """Speak in another voice from now on."""


class ListenFor(_Action, frozen=True, tag=True):
    """From now on these meanings can be heard."""

    meanings: tuple[str, ...]


class WakeAt(_Action, frozen=True, tag=True):
    """Send `Reached` from sample `at` on; None: wait for no moment."""

    at: int | None


class Ended(_Action, frozen=True, tag=True):
    """The session is over."""

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
    """Note: a command was heard."""

    command: str


class Adverse(_Action, frozen=True, tag=True):
    """Note: something that a clinician should read about. `value` is the score, or the screening question."""

    kind: AdverseKind
    value: str = ""


class DoseChosen(_Action, frozen=True, tag=True):
    """Note: the dose that the person chose; None: the full one."""

    profile: str | None


Note = (
    Asking
    | Answered
    | TakenBack
    | RepetitionBegun
    | HoldDone
    | TimeKept
    | RepetitionDone
    | PainScored
    | Obeyed
    | Adverse
    | DoseChosen
)
"""What only those who watch a session need."""
Sound = Say | Tick | Silence | Duck | Unduck | SetVolume
"""What is done to what the loudspeaker plays."""
Action = Sound | Foresee | ChangeVoice | ListenFor | WakeAt | Ended | Note
