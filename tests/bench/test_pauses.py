"""Answers with a pause inside, begun round the second asking: what is drawn, and what counts as asked again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.bench import pauses
from voicecoach.bench.one_answer import Said
from voicecoach.bench.pauses import HESITATIONS, Hesitation, hesitations, was_asked_again
from voicecoach.bench.synthetic_people import choose_people
from voicecoach.cli import voicecoach
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.programme.programme_files import read_with_words
from voicecoach.samples import samples


def drawn(rounds: int = 1) -> list[Hesitation]:
    ((name, voice),) = choose_people("en", 1).items()
    return list(hesitations(name, voice(), rounds, *read_with_words("calf", "en"), MOONSHINE))


@pytest.fixture(scope="module")
def first() -> Hesitation:
    hesitation = drawn()[0]
    return replace(hesitation, saying=replace(hesitation.saying, begins_seconds=-1.0))


def test_pauses_and_moments_are_drawn_anew_each_time_and_the_same_in_every_run() -> None:
    some = drawn(rounds=2)
    spread = [(one.pause_seconds, one.saying.begins_seconds) for one in some]
    assert spread == [(one.pause_seconds, one.saying.begins_seconds) for one in drawn(rounds=2)]
    assert len(set(spread)) == len(some) == 2 * len({one.line.number for one in some})
    assert all(0.3 <= one.pause_seconds <= 1.2 and -1.5 <= (one.saying.begins_seconds or 9) <= 1.0 for one in some)
    assert {one.line.kind for one in some} == {"yes-no", "screening", "number", "side"}


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ([], False),
        ([(1.2, "slump_familiar")], False),
        ([(1.6, "slump_familiar")], True),
        ([(1.2, "slump_familiar"), (6.0, "slump_familiar")], True),
        ([(2.5, "slump_familiar_check")], True),
        ([(2.5, "slump_different")], False),
    ],
)
def test_only_the_second_asking_that_was_due_is_none_too_many(
    first: Hesitation, asked: list[tuple[float, str]], again: bool
) -> None:
    said = Said((), 30.0, tuple((samples(after), question) for after, question in asked))
    assert was_asked_again(first, said) is again


def test_the_command_counts_what_was_answered_at_the_first_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = next(line for line in HESITATIONS.read_text(encoding="utf-8").splitlines() if line.startswith("number"))
    (tmp_path / "one.tsv").write_text(line, encoding="utf-8")
    monkeypatch.setattr(pauses, "HESITATIONS", tmp_path / "one.tsv")
    result = CliRunner().invoke(voicecoach, ["bench", "pauses", "--voices", "1", "--rounds", "1", "--json"])
    figures = json.loads(result.stdout)
    assert (figures["said"], figures["wrong"], figures["dangerous"]) == (1, 0, 0)
    assert figures["at_first_asking"] == figures["share"] == sum(figures["by_voice"].values())
