"""From a language's words to the phrases that the recogniser listens for."""

from collections.abc import Iterable

from voicecoach.grammar import Reader
from voicecoach.hearing.recogniser import Phrase
from voicecoach.meanings import COMMANDS, DISTRESS, UNSURE, YES_NO
from voicecoach.programme.words import Words
from voicecoach.session.policies import CALLS, URGENT


def phrases(words: Words, meanings: Iterable[str]) -> tuple[Phrase, ...]:
    """Return the phrases for these meanings; a meaning that the language has no words for is left out.

    Where a doubt is listened for, as at a safety question, what may be one is no answer: "not really" and "not yet" are
    no "no" there.
    """
    meanings = tuple(meanings)
    doubts = words.meanings[UNSURE].spellings if UNSURE in meanings and UNSURE in words.meanings else ()
    return tuple(
        Phrase(
            meaning,
            tuple(spelling for spelling in known.spellings if meaning == UNSURE or spelling not in doubts),
            known.accept_above,
            known.sure_above,
            meaning in URGENT,
            known.never_sure,
            known.keywords,
            meaning in CALLS,
        )
        for meaning in meanings
        if (known := words.meanings.get(meaning)) is not None
    )


def reader(words: Words) -> Reader:
    """Return what reads an answer in a language that no phrase explains."""
    said = {name: meaning.spellings + meaning.only_read for name, meaning in words.meanings.items()}
    alarms = {name: (*said[name], *words.meanings[name].keywords) for name in DISTRESS if name in said}
    return Reader(words.grammar, said, alarms)


def phrases_of_a_question(words: Words) -> tuple[Phrase, ...]:
    """Return the phrases listened for while a session waits for a yes or no."""
    return phrases(words, (*YES_NO, *COMMANDS))
