"""`bench pauses`: answers that hesitate, begun at any moment round the second asking of a question, as in a session."""

import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.bench.answer_lines import AnswerLine, Judged, Verdict, came_of, read_answer_lines
from voicecoach.bench.one_answer import Said, Saying, say
from voicecoach.bench.scenes import SCENES, plain_meaning
from voicecoach.bench.synthetic_people import choose_people
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import in_words, meanings_of, spoken
from voicecoach.samples import samples
from voicecoach.session.question_ids import read_id
from voicecoach.speaking.prompt_cache import PromptCache, Voice, cache_folder

HESITATIONS = Path(__file__).with_name("hesitations.en.tsv")
LANGUAGE = "en"
_PAUSE_SECONDS = 0.3, 1.2
_ROUND_THE_REPROMPT_SECONDS = -1.5, 1.0
_NOTICED_SECONDS = 0.5
"""A second asking that is due may still begin so long after the answer has."""
_PROCESSES = 2


@dataclass(frozen=True)
class Hesitation:
    """A line with the pause drawn for it, said by a voice."""

    line: AnswerLine
    voice: str
    pause_seconds: float
    saying: Saying


@dataclass(frozen=True)
class _Result(Judged):
    hesitation: Hesitation
    said: Said

    @property
    def at_once(self) -> bool:
        """Whether the answer was taken, and its question neither put again nor checked after it had begun."""
        return self.verdict is Verdict.RIGHT and not was_asked_again(self.hesitation, self.said)


def was_asked_again(hesitation: Hesitation, said: Said) -> bool:
    """Whether a question, or whether its answer was meant, was asked after the answer had begun.

    The second asking is none that was due by then, nor before that could be noticed.
    """
    question, begins = SCENES[hesitation.line.kind].question, hesitation.saying.begins_seconds or 0.0
    due = samples(max(0.0, -begins) + _NOTICED_SECONDS)
    about_it = [(after, asked) for after, asked in said.asked if read_id(asked).of == question]
    return any(asked != question or at > 0 or after > due for at, (after, asked) in enumerate(about_it))


def bench_pauses(
    programme: Programme,
    words: Words,
    recogniser: RecogniserChoice,
    voices: int,
    rounds: int,
    show_progress: Callable[[float], object],
) -> tuple[dict[str, Any], list[str]]:
    """Have every hesitation said so many times by so many voices; return figures for JSON, and a line for each miss.

    Raises VoicecoachError where there are fewer voices, or a voice or the recogniser fails.
    """
    began = time.perf_counter()
    people = choose_people(LANGUAGE, voices)
    said = [
        hesitation
        for name, voice in people.items()
        for hesitation in hesitations(name, voice(), rounds, programme, words, recogniser)
    ]
    results = []
    with ProcessPoolExecutor(_PROCESSES) as pool:
        in_order = pool.map(say, [hesitation.saying for hesitation in said], chunksize=4)
        for hesitation, came in zip(said, in_order, strict=True):
            line = hesitation.line
            results.append(_Result(line, came_of(SCENES[line.kind].question, came.notes), hesitation, came))
            show_progress(came.seconds)
    missed = [result for result in results if not result.at_once]
    figures = {
        "voices": list(people),
        "said": len(results),
        "at_first_asking": len(results) - len(missed),
        "share": round(1 - len(missed) / len(results), 4),
        "wrong": sum(result.verdict is Verdict.WRONG for result in results),
        "dangerous": sum(result.is_dangerous for result in results),
        "by_voice": {
            name: sum(result.at_once for result in results if result.hesitation.voice == name) for name in people
        },
        "recogniser": recogniser.name,
        "wall_seconds": round(time.perf_counter() - began, 1),
    }
    return figures, [_described(result) for result in missed]


def hesitations(
    name: str, voice: Voice, rounds: int, programme: Programme, words: Words, recogniser: RecogniserChoice
) -> Iterator[Hesitation]:
    """Yield each line of the list so many times in a voice; its pause and moment depend on these alone."""
    plain = meanings_of(programme)
    lines = read_answer_lines(HESITATIONS)
    with closing(PromptCache(voice, cache_folder())) as prompts:
        prompts.prepare(piece.words for line in lines for piece in line.pieces)
        for line in lines:
            before = prompts.samples(in_words(plain_meaning(plain, SCENES[line.kind].before), words))
            for number in range(rounds):
                seed = zlib.crc32("\t".join((line.kind, line.words, name, str(number))).encode())
                rng = np.random.default_rng(seed)
                pause, begins = float(rng.uniform(*_PAUSE_SECONDS)), float(rng.uniform(*_ROUND_THE_REPROMPT_SECONDS))
                pieces = tuple(replace(one, pause_seconds=pause if one.pause_seconds else 0.0) for one in line.pieces)
                sound = spoken(pieces, prompts.samples)
                saying = Saying(line.kind, sound, before, seed, words.language, recogniser, begins)
                yield Hesitation(line, name, pause, saying)


def _described(result: _Result) -> str:
    hesitation = result.hesitation
    begins = hesitation.saying.begins_seconds or 0.0
    return (
        f'{hesitation.line.kind}, {hesitation.voice}: "{hesitation.line.words}" with {hesitation.pause_seconds:.2f} s, '
        f"begun {begins:+.2f} s from the second asking, taken: {result.came} ({result.verdict.value.replace('_', ' ')})"
    )
