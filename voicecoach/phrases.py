"""From a language's words to the phrases that the recogniser listens for."""

from collections.abc import Iterable

from voicecoach.grammar import Reader
from voicecoach.hearing.recogniser import Phrase
from voicecoach.meanings import COMMANDS, DISTRESS, DONT_KNOW, SCORES, UNSURE, YES_NO, Worse
from voicecoach.programme.words import Words
from voicecoach.session.policies import CALLS, URGENT


def phrases(words: Words, meanings: Iterable[str], worse: Worse = "higher") -> tuple[Phrase, ...]:
    """Return the phrases for these meanings; a meaning that the language has no words for is left out.

    What may mean either of two numbers is a spelling of the worse one.

    Where a doubt is listened for, as at a safety question, what may be one is no answer: "not really" and "not yet" are
    no "no" there; elsewhere they are, and no doubt.
    """
    meanings = tuple(meanings)
    doubts = words.meanings[UNSURE].spellings if UNSURE in meanings and UNSURE in words.meanings else ()
    return tuple(
        Phrase(
            meaning,
            tuple(said for said in _spellings(meaning, words, worse) if meaning == UNSURE or said not in doubts),
            known.accept_above,
            known.sure_above,
            meaning in URGENT,
            known.never_sure,
            known.keywords,
            meaning in CALLS,
            worse,
        )
        for meaning in meanings
        if (known := words.meanings.get(_in_words(meaning))) is not None
    )


def _in_words(meaning: str) -> str:
    """Return the meaning whose words are those of this one."""
    return UNSURE if meaning == DONT_KNOW else meaning


def _spellings(meaning: str, words: Words, worse: Worse) -> tuple[str, ...]:
    known = words.meanings[_in_words(meaning)]
    if meaning == DONT_KNOW:
        answers = {spelling for answer in YES_NO for spelling in words.meanings[answer].spellings}
        return tuple(spelling for spelling in known.spellings if spelling not in answers)
    if worse == "higher" or meaning not in SCORES:
        return known.spellings
    above = words.meanings.get(str(int(meaning) + 1))
    own = tuple(spelling for spelling in known.spellings if spelling not in known.or_below)
    return own + (above.or_below if above else ())


def reader(words: Words) -> Reader:
    """Return what reads an answer in a language that no phrase explains."""
    said = {
        name: tuple(spelling for spelling in meaning.spellings if spelling not in meaning.or_below) + meaning.only_read
        for name, meaning in words.meanings.items()
    }
    alarms = {name: (*said[name], *words.meanings[name].keywords) for name in DISTRESS if name in said}
    return Reader(words.grammar, said, alarms)


def phrases_of_a_question(words: Words) -> tuple[Phrase, ...]:
    """Return the phrases listened for while a session waits for a yes or no."""
    return phrases(words, (*YES_NO, *COMMANDS))
