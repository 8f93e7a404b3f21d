"""The rules and their numbers, each tested by itself: patience, the pain traffic light, what commands lead to."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Literal

from voicecoach.meanings import CANT_DO, COUNTINGS, DISTRESS, MORE_TIME, ONE_MOMENT, OW
from voicecoach.programme.steps import Outcome, TrafficLight

UNCLEAR = "unclear"
SERIOUSNESS = {
    UNCLEAR: 0, "cramp": 1, "dizzy": 2, "help_now": 3, "fell": 4, "cant_move": 4, "faint": 5, "chest": 5, "breath": 5,
}  # fmt: skip
"""Kinds of distress: what was said, or that something was cried out twice; of two the more serious one counts."""
EMERGENCIES = ("faint", "chest", "breath")
"""Surely heard, they are answered with the emergency words at once."""
PASSES_BY_ITSELF = ("dizzy", "cramp")
"""Not being all right after these ends the exercise with what to do; after the others help is called for."""
MAY_GO_ON = (UNCLEAR, "cramp", "help_now")
"""After these the exercise may go on even if they were surely heard; after the others only if they were not."""
CALM_EVIDENCE = 0.8
"""The confidence that an unsure word of distress needs where nobody moves or all is still for a question; in movement
it is that of "stop"."""
URGENT = ("stop", "pause", ONE_MOMENT, "it_hurts", OW, *DISTRESS)
"""Commands that are acted on at once, with less evidence than an answer: cheap to undo, and late they may harm."""
CALLS = (*URGENT, "help")
"""Those, and "help", which in movement is a call for help: what was not understood is decided on once more for them."""
IN_PASSING = (
    "repeat", "slower", "faster", "speak_slower", "speak_faster", MORE_TIME, "louder", "quieter", "other_voice",
    "how_many_left", "explain", "help", *COUNTINGS,
)  # fmt: skip
"""Commands after which what is under way goes on. What it has interrupted, such as a set, is left interrupted."""
LEAVES_OUT = ("skip", CANT_DO)
"""Commands that never lead past what is asked for safety's sake."""
GOES_ON = ("resume", "gone")
"""Commands by which an exercise goes on; what can't be skipped lets them through to nothing that it has interrupted."""
CHECKED = ("skip", CANT_DO, "gone", "other_voice", *COUNTINGS)
"""Commands that change the course: an unsure one is checked before it is obeyed."""
PASSING_EVIDENCE = 0.7
"""The confidence that an unsure one needs behind an answer, which may be going on; less takes the answer back."""


ANSWER_WINDOWS_SECONDS = (12.0, 16.0, 20.0, 1800.0)
"""Silence after a question that counts as no answer: as usual, and the steps of "I need more time".

Nobody is asked the same within twelve seconds unasked. The last has no limit for whoever thinks: half an hour, after
which a pause is over too."""
LONGEST_LIMITED_SECONDS = ANSWER_WINDOWS_SECONDS[-2]
"""For what need not be answered, or has somebody hold a foot up."""


@dataclass(frozen=True)
class Reprompting:
    """How a question is asked again: other words, then other words and what to say, then rest until a voice comes."""

    answer_window_seconds: float = ANSWER_WINDOWS_SECONDS[0]
    """Silence after a question, however short, that counts as no answer, where nobody has asked for more time."""
    grasped_after_seconds: float = 0.4
    """What is said earlier after the beginning of a question belongs to what was asked before."""
    one_moment_seconds: float = 20.0
    """The same, where the person has asked for time."""
    moving_seconds: float = 20.0
    """The same, where somebody moves at their own pace and says when the feeling comes."""
    last_words_seconds: float = 0.5
    """So shortly before its end a question has been understood whole."""
    attempts: int = 3
    times_put_again: int = 5
    """How often commands may have a question put again before it counts as not answered."""
    talk_seconds: float = 8.0
    """So much that is not understood, said into one question, is no answer but talk, such as a television's."""
    rests: int = 2
    """How often the person may come back from a rest to the same question before the session ends as unanswered."""


@dataclass(frozen=True)
class Afterthoughts:
    """Until when something said after an answer still belongs to that answer, as the coach replies at once."""

    reply_seconds: float = 4.0
    """So long after an answer all that is said before the next question counts to it."""
    next_question_seconds: float = 10.0
    """A question that is put later than that after the answer has nothing of it in its first words."""
    question_seconds: float = 1.5
    """What is said in so much of the next question may be about the one before."""
    forgotten_seconds: float = 30.0
    """An answer taken so long ago stands."""
    softest_db: float = -12.0
    """What is softer than the answer by more is somebody else's talk."""


@dataclass(frozen=True)
class AskingAfter:
    """How the coach asks after somebody who may be in distress, and how long it calls for help if nobody answers."""

    insists_after_seconds: float = 10.0
    calls_after_seconds: float = 20.0
    """Both from the end of the first question."""
    calls_every_seconds: float = 4.0
    most_calls: int = 180
    """About half an hour of them."""


@dataclass(frozen=True)
class Cries:
    """Which unclear utterances in movement may be cries: two, close together, as loud as the person's own answers."""

    within_seconds: float = 8.0
    softest_db: float = -6.0
    """Relative to the median of the answers' levels."""
    levels_remembered: int = 5


@dataclass(frozen=True)
class Patience:
    """How long the session waits for a person who is silent, has paused or has stopped it, and what then."""

    prompt: str
    ends_after_seconds: float
    outcome: Outcome
    ending: str
    leaves: tuple[str, ...]
    """What the person says to go on."""
    reminders: tuple[tuple[float, str], ...] = ()
    """After how many seconds what is said to somebody who may have forgotten it."""
    checks_in: bool = False
    """Whether going on with an exercise first asks what is new and how strong the pain is."""


REPROMPTING = Reprompting()
AFTERTHOUGHTS = Afterthoughts()
ASKING_AFTER = AskingAfter()
CRIES = Cries()
WaitingPolicy = Literal["silence", "unclear", "noise", "pause", "device", "stop"]
_RESUMES = ("yes", "resume")
_STILL_HERE = ((60.0, "rest_reminder"), (300.0, "rest_reminder"), (900.0, "rest_reminder_late"))
_PAUSED = ((60.0, "paused_reminder"), (300.0, "paused_reminder"), (900.0, "paused_reminder_late"))
PATIENCE: dict[WaitingPolicy, Patience] = {
    "silence": Patience("rest_until_voice", 600, Outcome.UNANSWERED, "finish_unanswered", _RESUMES, _STILL_HERE),
    "unclear": Patience("rest_not_understood", 600, Outcome.UNANSWERED, "finish_unanswered", _RESUMES, _STILL_HERE),
    "noise": Patience("rest_in_noise", 1800, Outcome.UNANSWERED, "finish_unanswered", _RESUMES, _STILL_HERE),
    "pause": Patience("paused", 1800, Outcome.STOPPED, "finish_stopped", _RESUMES, _PAUSED, checks_in=True),
    "device": Patience("device_lost", 1800, Outcome.UNANSWERED, "finish_unanswered", ("resume",)),
    "stop": Patience("stopped", 120, Outcome.STOPPED, "finish_stopped", _RESUMES, checks_in=True),
}
STOOD_STILL_SECONDS = 3.0
"""What was under way begins again after more time in which nothing was heard or said."""
DEVICE_AWAY_SECONDS = 60.0
"""A microphone that was away for longer is followed by "ready?" before anything moves."""


class Light(Enum):
    """The traffic light of a pain score: go on, ease off, or end the exercise."""

    GO_ON = "go on"
    EASE_OFF = "ease off"
    END = "end"


def traffic_light(score: int, start: int | None, rules: TrafficLight) -> Light:
    """Return the traffic light of a pain `score`, given the score at the start (None where there is none yet).

    A rise ends the exercise only where the pain is no longer mild: very mild discomfort is what is looked for.
    """
    rises = start is not None and score >= start + rules.stop_rise
    if score >= rules.stop_from or (rises and score >= rules.ease_from):
        return Light.END
    return Light.EASE_OFF if score >= rules.ease_from else Light.GO_ON


class PainChange(StrEnum):
    """What has become of the pain from one score to a later one."""

    BETTER = "better"
    SAME = "same"
    MORE = "more"
    """Clearly more, and still mild."""
    WORSE = "worse"
    """Clearly more, and enough to end an exercise."""
    HIGH = "high"
    """A little more, and so enough to end an exercise."""


def pain_change(before: int, after: int, rules: TrafficLight) -> PainChange:
    """Return what has become of the pain; as many points as end an exercise are a clear change."""
    rise = after - before
    if rise > 0 and traffic_light(after, before, rules) is Light.END:
        return PainChange.WORSE if rise >= rules.stop_rise else PainChange.HIGH
    if rise >= rules.stop_rise:
        return PainChange.MORE
    return PainChange.BETTER if -rise >= rules.stop_rise else PainChange.SAME


CLINICIAN_FIRST = (
    "summary_pain_worse", "summary_pain_high", "distress_over", "distress_over_emergency", "distress_dizzy",
    "distress_stopped",
)  # fmt: skip
"""Prompts that tell the person to see a clinician before the next session, which then asks about it first."""


SLOWER_STEP_SECONDS = 0.5
SLOWEST_EXTRA_SECONDS = 3.0
VOLUME_STEP_DB = 4.0
VOLUME_LIMIT_DB = 12.0
