"""Whoever says nothing, or nothing that is understood, hears no sentence three times before the session rests."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.words import read_words
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.dialogue import Question

ANCHORS = (
    "Zero is no pain, ten is the worst pain you can imagine.",
    "영 점은 통증이 없는 것이고, 십 점은 상상할 수 있는 가장 심한 통증이에요.",
)
"""Of the scale, which belong to each whole question for the pain, and never vary."""
SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")


def unanswered(name: str, *, mumbling: bool) -> Iterator[tuple[str, list[Line]]]:
    """Yield each question of a programme, and all that is said to whoever does not answer it."""
    puppet, met = Puppet(programme=PROGRAMMES[name]), set[str]()
    while puppet.session.memory.ended is None:
        if puppet.asking is not None and puppet.asking.question not in met:
            met.add(puppet.asking.question)
            session = Session.restore(puppet.session.programme, puppet.session.save())
            said = list(puppet.speech[-1].lines)
            yield puppet.asking.question, [*said, *without_answer(session, puppet.now, mumbling=mumbling)]
        puppet.step()


def without_answer(session: Session, now: int, *, mumbling: bool) -> Iterator[Line]:
    memory = session.memory
    question = next(one.id for one in reversed(session.under_way) if isinstance(one, Question))
    while memory.ended is None and any(isinstance(one, Question) and one.id == question for one in session.under_way):
        is_asked = isinstance(session.under_way[-1], Question)
        event: events.AnyEvent
        if memory.awaited is not None:
            event = events.SpokenOut(now, memory.awaited)
        elif mumbling and is_asked:
            event = events.NotUnderstood(now)
        else:
            now = max(now, memory.wake_at or 0)
            event = events.Reached(now)
        for action in session.handle(event):
            yield from action.lines if isinstance(action, actions.Say) else ()


@pytest.mark.parametrize("mumbling", [False, True])
@pytest.mark.parametrize("name", PROGRAMMES)
def test_no_sentence_is_said_thrice_to_whoever_does_not_answer(name: str, mumbling: bool) -> None:
    programme = PROGRAMMES[name]
    every = list(unanswered(name, mumbling=mumbling))
    assert len(every) > 10
    for language in ("en", "ko"):
        words = read_words(programme, programme_file(name), language, None)
        for question, lines in every:
            sentences = Counter(sentence for line in lines for sentence in SENTENCE_ENDS.split(words.text(line)))
            thrice = [sentence for sentence, times in sentences.items() if times > 2 and sentence not in ANCHORS]
            assert thrice == [], f"{question} in {language}"
