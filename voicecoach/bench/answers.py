"""`bench answers`: how answers as people give them are understood, each said to a whole question as in a session."""

import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.bench.answer_lines import KINDS, AnswerLine, Judged, Verdict, came_of, read_answer_lines
from voicecoach.bench.one_answer import Said, Saying, say
from voicecoach.bench.scenes import SCENES, plain_meaning
from voicecoach.bench.synthetic_people import choose_people
from voicecoach.hearing.echo.canceller_choice import open_echo_canceller
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import in_words, meanings_of, spoken
from voicecoach.speaking.prompt_cache import PromptCache, Voice, cache_folder

_PROCESSES = 2


@dataclass(frozen=True)
class _Result(Judged):
    voice: str


def bench_answers(
    file: Path,
    programme: Programme,
    words: Words,
    recogniser: RecogniserChoice,
    voices: int,
    show_progress: Callable[[float], object],
) -> tuple[dict[str, Any], list[str]]:
    """Have every line said by so many voices; return the figures, ready for JSON, and a line for each not right.

    Raises VoicecoachError where the file is wrong, there are fewer voices, or a voice or the recogniser fails.
    """
    began = time.perf_counter()
    lines = read_answer_lines(file)
    people = choose_people(words.language, voices)
    asked = [(line, name) for line in lines for name in people]
    sayings = {
        (line.number, name): saying
        for name, voice in people.items()
        for line, saying in _sayings(lines, name, voice(), programme, words, recogniser)
    }
    results = []
    with ProcessPoolExecutor(_PROCESSES) as pool:
        said_in_order = pool.map(say, [sayings[line.number, name] for line, name in asked], chunksize=4)
        for (line, name), said in zip(asked, said_in_order, strict=True):
            results.append(_result(line, name, said))
            show_progress(said.seconds)
    with closing(open_echo_canceller()) as canceller:
        canceller_name = canceller.name
    figures = {
        "lines": len(lines),
        "voices": list(people),
        "by_question": {kind: _counts(results, kind) for kind in KINDS if any(line.kind == kind for line in lines)},
        "dangerous": [
            {"question": r.line.kind, "words": r.line.words, "voice": r.voice, "meaning": r.line.meaning,
             "taken": str(r.came)}
            for r in results
            if r.is_dangerous
        ],
        "language": words.language,
        "recogniser": recogniser.name,
        "canceller": canceller_name,
        "wall_seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip
    return figures, [_described(result) for result in results if result.verdict is not Verdict.RIGHT]


def _sayings(
    lines: Sequence[AnswerLine],
    name: str,
    voice: Voice,
    programme: Programme,
    words: Words,
    recogniser: RecogniserChoice,
) -> list[tuple[AnswerLine, Saying]]:
    """Return each line as a voice says it; what is random in its scene depends on the line and the voice alone."""
    plain = meanings_of(programme)
    with closing(PromptCache(voice, cache_folder())) as prompts:
        prompts.prepare(piece.words for line in lines for piece in line.pieces)
        return [
            (
                line,
                Saying(
                    line.kind,
                    spoken(line.pieces, prompts.samples),
                    prompts.samples(in_words(plain_meaning(plain, SCENES[line.kind].before), words)),
                    zlib.crc32("\t".join((line.kind, line.words, name)).encode()),
                    words.language,
                    recogniser,
                ),
            )
            for line in lines
        ]


def _result(line: AnswerLine, voice: str, said: Said) -> _Result:
    return _Result(line, came_of(SCENES[line.kind].question, said.notes), voice)


def _counts(results: Sequence[_Result], kind: str) -> dict[str, int]:
    verdicts = [result.verdict for result in results if result.line.kind == kind]
    return {"said": len(verdicts)} | {verdict.value: verdicts.count(verdict) for verdict in Verdict}


def _described(result: _Result) -> str:
    line, danger = result.line, ", dangerous" if result.is_dangerous else ""
    return (
        f'line {line.number}, {line.kind}, {result.voice}: "{line.words}" means {line.meaning}, '
        f"taken: {result.came} ({result.verdict.value.replace('_', ' ')}{danger})"
    )
