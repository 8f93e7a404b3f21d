"""All that can happen to a session, before it begins and in each situation, as the events it would be told."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.meanings import COMMANDS, CORRECT, DISTRESS, SCORES, SIDES, YES_NO
from voicecoach.meanings import UNSURE as UNSURE_ANSWER
from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step, first_exercise
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.memory import Memory, Opening, Previous, QuestionRecord
from voicecoach.session.policies import AFTERTHOUGHTS, CHECKED, DEVICE_AWAY_SECONDS, REPROMPTING, STOOD_STILL_SECONDS

_SESSIONS_BEFORE = (
    Previous(side="left", pain_first=3, pain_last=2),
    Previous(pain_first=2, pain_last=4),
    Previous(adverse=True),
    Previous(outcome=None),
    Previous(pain_first=3),
    Previous(outcome=None, side="left", pain_first=3),
)


def other_memories(programme: Programme, step: Step, memory: Memory) -> Iterator[dict[str, object]]:
    """Yield what a session that did something else from this step on would remember instead, by the memory's fields.

    That is another opening, above all, or an answer or a pain score that was long ago.
    """
    if step is _after_the_first(steps.Ready, programme):
        yield {"opening": Opening(country_guess="GB")}
    if isinstance(step, steps.Screen):
        yield {"opening": Opening(previous=Previous(clinician_first=True))}
    if isinstance(step, steps.Settled):
        yield {"opening": Opening(previous=Previous())}
    if programme.profiles and step is _after_the_first(steps.Pain, programme):
        for before in (None, *_SESSIONS_BEFORE):
            yield {"opening": Opening(previous=before, suggests=True)}
        for settled in (one.id for one in programme.steps if isinstance(one, steps.Settled)):
            records = [*memory.questions, QuestionRecord(settled, answer="no")]
            yield {"opening": Opening(previous=Previous(), suggests=True), "questions": records}
    if isinstance(step, steps.Branch) and step.after_match is not None:
        yield {"opening": Opening(previous=Previous(matched_sides=SIDES))}
    eases = isinstance(step, steps.Say | steps.Exercise) and bool(step.eased)
    eases = eases or (isinstance(step, steps.Exercise) and step.position_eased is not None)
    if eases and memory.pain_start is not None:
        yield {"eased": True}
    first = first_exercise(programme)
    if step is first and first.sets > 1:
        yield {"opening": Opening(from_set=first.sets)}


def _after_the_first(kind: type[Step], programme: Programme) -> Step | None:
    asked = next((at for at, step in enumerate(programme.steps) if isinstance(step, kind)), None)
    return None if asked is None or asked + 1 == len(programme.steps) else programme.steps[asked + 1]


TIME_PASSES = "time passes"
INTERRUPTED = "interrupted"
DEVICE_LOST = "device lost"
STOOD_STILL = "stood still"
STOOD_STILL_LONG = "stood still for long"
BEGUN_AGAIN = "broken off and begun again"
UNSURE = "?"
TOO_EARLY = " (too early)"
HALF_HEARD = " (half heard)"
BEHIND = "behind the answer: "
TIME_AND_AGAIN = "repeat, time and again"

_A_WORD = samples(0.5)
_AN_HOUR = samples(3600)
_BEFORE_ALL = events.Behind(0, 0, 0)
_LOUD_DB = -20.0
_INSTEAD: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {
    YES_NO: {"yes": ("correct_no",), "no": ("correct_yes",), UNSURE_ANSWER: ("correct_yes",)},
    SIDES: {"left": ("correct_right", "correct_left"), "right": ("correct_left", "correct_side")},
    SCORES: dict.fromkeys(SCORES, ("correct_0", "correct_10")),
}
_NOT_LISTENED_FOR = "nothing that is listened for"


@dataclass(frozen=True)
class Happening:
    """Something that happens to a session, as the events it is told. `meaning` is what was said and counts."""

    name: str
    events: tuple[events.AnyEvent, ...]
    meaning: str = ""
    sure: bool = True


def time_passes(memory: Memory, now: int) -> Happening | None:
    """Return the happening that what is waited for comes (the end of a speech, a moment); None: nothing is."""
    if memory.awaited is not None:
        return Happening(TIME_PASSES, (events.SpokenOut(now + samples(1), memory.awaited),))
    if memory.wake_at is not None:
        return Happening(TIME_PASSES, (events.Reached(max(now, memory.wake_at)),))
    return None


def is_not_understood(now: int) -> Happening:
    """Return the happening that something is said which means nothing."""
    return Happening("not understood", (events.SpeechStarted(now + 1), events.NotUnderstood(now + _A_WORD)))


def happenings(memory: Memory, now: int, *, resumable: bool = False) -> Iterator[Happening]:
    """Yield what can happen now to a session; a `resumable` one can also break off and begin again."""
    begins, ends = now + 1, now + _A_WORD
    speech = events.SpeechStarted(begins)
    passes = time_passes(memory, now)
    if passes is not None:
        later = events.Reached(passes.events[0].at + _AN_HOUR) if memory.awaited is None else passes.events[0]
        yield passes
        yield Happening("time passes, and more", (later,))
        yield Happening("time passes in a noise", (speech, *passes.events, events.FalseAlarm(passes.events[0].at + 1)))
    yield Happening("too early", (events.Reached(now), events.SpokenOut(now, memory.token + 1)))
    yield Happening("a noise", (speech, events.FalseAlarm(ends)))
    yield is_not_understood(now)
    for command in COMMANDS:
        yield Happening(command, (speech, events.Heard(ends, command, command)), command)
    for command in (*CHECKED[:1], *DISTRESS[:1]):
        unsure = events.Heard(ends, command, command, sure=False)
        yield Happening(command + UNSURE, (speech, unsure), command, sure=False)
    if memory.awaited is None:
        yield from _corrections(memory, speech, ends)
    if memory.listening:
        again = (events.Heard(ends, "repeat", "repeat") for _ in range(REPROMPTING.times_put_again + 1))
        yield Happening(TIME_AND_AGAIN, tuple(again), "repeat")
    yield from _behind_the_answer(memory, begins, ends)
    for answer in memory.listening:
        if answer not in COMMANDS:
            yield Happening(answer, (speech, events.Heard(ends, answer, answer)), answer)
            unsure = events.Heard(ends, answer, answer, sure=False)
            yield Happening(answer + UNSURE, (speech, unsure), answer, sure=False)
            early = events.Heard(ends, answer, answer, behind=_BEFORE_ALL)
            yield Happening(answer + TOO_EARLY, (speech, early))
            half = events.Behind(memory.token, samples(1), samples(2))
            heard = events.Heard(ends, answer, answer, began_at=begins, behind=half)
            yield Happening(answer + HALF_HEARD, (speech, heard), answer)
    yield Happening(_NOT_LISTENED_FOR, (speech, events.Heard(ends, _NOT_LISTENED_FOR, _NOT_LISTENED_FOR)))
    yield Happening(DEVICE_LOST, (events.DeviceLost(ends),))
    yield Happening("device lost in a word", (speech, events.DeviceLost(ends)))
    yield Happening("device back", (events.DeviceBack(ends),))
    yield Happening("device back late", (events.DeviceBack(now + samples(DEVICE_AWAY_SECONDS) * 2),))
    yield Happening(STOOD_STILL, (events.TimePassed(ends, STOOD_STILL_SECONDS + 1),))
    yield Happening(STOOD_STILL_LONG, (events.TimePassed(ends, DEVICE_AWAY_SECONDS + 1),))
    if resumable:
        yield Happening(BEGUN_AGAIN, (events.Begun(ends),))
    yield Happening(INTERRUPTED, (events.Interrupted(ends),))


def may_go_on_from_answer(memory: Memory, now: int) -> bool:
    """Whether what is said now may be said behind an answer that has been taken."""
    taken = memory.taken
    return taken is not None and now + _A_WORD <= taken.at + samples(AFTERTHOUGHTS.forgotten_seconds)


def _behind_the_answer(memory: Memory, begins: int, ends: int) -> Iterator[Happening]:
    """Yield what may be said behind an answer that has been taken, before its reply has sounded."""
    if memory.taken is None or not may_go_on_from_answer(memory, ends - _A_WORD):
        return
    behind = events.Behind(memory.taken.token, samples(3), 0)
    yield Happening(BEHIND + "not understood", (events.NotUnderstood(ends, begins, _LOUD_DB, behind),))
    for said in ("stop", "it_hurts", *(answer for answer in memory.listening if answer in (*YES_NO, UNSURE_ANSWER))):
        yield Happening(BEHIND + said, (events.Heard(ends, said, said, began_at=begins, behind=behind),), said)


def _corrections(memory: Memory, speech: events.SpeechStarted, ends: int) -> Iterator[Happening]:
    """Yield the corrections of what has been answered, to what worries more and to what worries less."""
    yield Happening(CORRECT + UNSURE, (speech, events.Heard(ends, CORRECT, CORRECT, sure=False)), CORRECT, sure=False)
    for taken in memory.given:
        for correction in _INSTEAD.get(taken.answers, {}).get(str(taken.answer), ()):
            yield Happening(correction, (speech, events.Heard(ends, correction, correction)), correction)


def always_possible() -> list[str]:
    """Return the names of the happenings that are possible everywhere."""
    return [happening.name for happening in happenings(Memory(awaited=0), 0)]
