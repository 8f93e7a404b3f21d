"""What is said in movement and means nothing: twice, and loud, it may be a cry; and how loud the person is."""

from statistics import median

from voicecoach.meanings import DISTRESS, HURTS
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.keeping import Keeping
from voicecoach.session.memory import Memory
from voicecoach.session.policies import CALM_EVIDENCE, CRIES
from voicecoach.session.repeating import Repeating
from voicecoach.session.stage import Activity


def in_motion(top: Activity) -> bool:
    """Whether the person is moving, or holds a position, right now."""
    return isinstance(top, Repeating | Keeping) and top.doing not in ("over", "start")


def is_weak(heard: events.Heard) -> bool:
    """Whether what was hardly heard is too little to act on where nobody moves.

    In movement little is enough for distress and pain; in a question their words are often a part of the answer.
    """
    hardly = heard.confidence is not None and heard.confidence < CALM_EVIDENCE
    return (heard.meaning in DISTRESS and hardly) or (heard.meaning in HURTS and (hardly or heard.among_others))


def remember_level(heard: events.Heard, memory: Memory) -> None:
    """Remember how loud the person is."""
    if heard.sure and heard.level_db is not None:
        memory.levels_db = (*memory.levels_db[1 - CRIES.levels_remembered :], heard.level_db)


def may_be_a_cry(said: events.NotUnderstood, top: Activity, memory: Memory) -> bool:
    """Whether this is the second thing said in movement, soon after the first, as loud as the person; once a set."""
    here = (memory.exercise or "", memory.set, memory.at, memory.turn or "")
    if not in_motion(top) or said.level_db is None or not memory.levels_db or memory.cried_in == here:
        return False
    if said.level_db < median(memory.levels_db) + CRIES.softest_db:
        return False
    before, memory.unclear_at = memory.unclear_at, said.at
    if before is None or said.at > before + samples(CRIES.within_seconds):
        return False
    memory.unclear_at, memory.cried_in = None, here
    return True
