"""All that can happen to a session in one situation, each as the events that it would really be told."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.policies import COMMANDS, DEVICE_AWAY_SECONDS
from voicecoach.session.stage import Memory

TIME_PASSES = "time passes"
INTERRUPTED = "interrupted"
DEVICE_LOST = "device lost"
BEGUN_AGAIN = "broken off and begun again"
UNSURE = "?"
TOO_EARLY = " (too early)"

_A_WORD = samples(0.5)
_AN_HOUR = samples(3600)
_NOT_LISTENED_FOR = "nothing that is listened for"


@dataclass(frozen=True)
class Happening:
    """Something that happens, and what the session is told of it. `meaning` is what was said and counts."""

    name: str
    events: tuple[events.AnyEvent, ...]
    meaning: str = ""
    sure: bool = True


def time_passes(memory: Memory, now: int) -> Happening | None:
    """Return that what the session waits for has come: the end of its speech, or a moment."""
    if memory.awaited is not None:
        return Happening(TIME_PASSES, (events.SpokenOut(now + samples(1), memory.awaited),))
    if memory.wake_at is not None:
        return Happening(TIME_PASSES, (events.Reached(max(now, memory.wake_at)),))
    return None


def happenings(memory: Memory, now: int, *, resumable: bool = False) -> Iterator[Happening]:
    """Yield what can happen now; what is resumable can also break off and begin again."""
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
    yield Happening("not understood", (speech, events.NotUnderstood(ends)))
    for command in COMMANDS:
        yield Happening(command, (speech, events.Heard(ends, command, command)), command)
    for answer in memory.listening:
        if answer not in COMMANDS:
            yield Happening(answer, (speech, events.Heard(ends, answer, answer)), answer)
            unsure = events.Heard(ends, answer, answer, sure=False)
            yield Happening(answer + UNSURE, (speech, unsure), answer, sure=False)
            yield Happening(answer + TOO_EARLY, (speech, events.Heard(ends, answer, answer, began_at=0)))
    yield Happening(_NOT_LISTENED_FOR, (speech, events.Heard(ends, _NOT_LISTENED_FOR, _NOT_LISTENED_FOR)))
    yield Happening(DEVICE_LOST, (events.DeviceLost(ends),))
    yield Happening("device lost in a word", (speech, events.DeviceLost(ends)))
    yield Happening("device back", (events.DeviceBack(ends),))
    yield Happening("device back late", (events.DeviceBack(now + samples(DEVICE_AWAY_SECONDS) * 2),))
    if resumable:
        yield Happening(BEGUN_AGAIN, (events.Begun(ends),))
    yield Happening(INTERRUPTED, (events.Interrupted(ends),))


def always_possible() -> list[str]:
    """Return the names of what can happen everywhere."""
    return [happening.name for happening in happenings(Memory(awaited=0), 0)]
