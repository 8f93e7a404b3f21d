"""What was said and means nothing: whether it was somebody else's, and in which words the person said it."""

from statistics import median

from voicecoach.session import actions, events
from voicecoach.session.memory import Memory
from voicecoach.session.policies import AFTERTHOUGHTS
from voicecoach.session.stage import Stage


def is_somebody_else(level_db: float | None, memory: Memory) -> bool:
    """Whether an utterance is too soft to be the person's, as a television's is; `level_db` is of its loudest 20 ms."""
    if level_db is None or not memory.levels_db:
        return False
    return level_db < median(memory.levels_db) + AFTERTHOUGHTS.softest_db


def note_words(question: str, event: events.NotUnderstood | events.Heard, stage: Stage) -> None:
    """Note in which words the person said to a question what means nothing, if they are known."""
    if isinstance(event, events.NotUnderstood) and event.words and not is_somebody_else(event.level_db, stage.memory):
        stage.note(actions.MeantNothing(question, event.words))
