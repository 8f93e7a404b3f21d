"""Speaking over the coach, and quickly after it, in the simulated room."""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Voicecoach


def person(folder: Path, text: str) -> Path:
    file = folder / "person.toml"
    file.write_text(f'about = "one of a test"\n{text}', encoding="utf-8")
    return file


def test_stop_is_obeyed_at_any_word_of_a_repetition(
    voicecoach: Voicecoach, short_of_eight: Path, tmp_path: Path
) -> None:
    remarks = "".join(
        f'[[remarks]]\nset = 1\nrepetition = {repetition}\nsay = "stop"\nafter_seconds = {after}\n'
        'then_say = "resume"\nthen_after_seconds = 9\n'
        for repetition, after in enumerate((0.2, 1.1, 1.9, 2.6, 3.3, 4.4), 2)
    )
    run = voicecoach("rehearse", short_of_eight, "--json", "--person", person(tmp_path, remarks), "--output", tmp_path)
    assert (run.result["ended"], run.result["repetitions"]) == ("complete", [8])
    lines = Path(run.result["transcript"]).read_text(encoding="utf-8").splitlines()
    assert sum(line.endswith("[stop]") for line in lines) == 6


@pytest.mark.parametrize("after_seconds", [1.0, 2.5, 4.0])
def test_it_hurts_is_obeyed_in_the_middle_of_an_instruction(
    voicecoach: Voicecoach, short_programme: Path, tmp_path: Path, after_seconds: float
) -> None:
    remark = f'[[remarks]]\nquestion = "clot_risk"\nsay = "it hurts"\nafter_seconds = {after_seconds}\n'
    text = f'answers = {{ pain_now = "seven" }}\n{remark}'
    run = voicecoach("rehearse", short_programme, "--json", "--person", person(tmp_path, text), "--output", tmp_path)
    assert run.result["ended"] == "pain_limit"
    assert [q["answer"] for q in run.result["questions"] if q["id"] == "pain_now"] == [7]


def test_other_talk_over_the_coach_changes_nothing(
    voicecoach: Voicecoach, short_of_eight: Path, tmp_path: Path
) -> None:
    remarks = "".join(
        f'[[remarks]]\nset = 1\nrepetition = {n}\nsay = "{text}"\nafter_seconds = {n / 7}\n'
        for n, text in enumerate(
            ("the kettle is boiling in the kitchen", "did you see the match last night", "I will bring the shopping in",
             "what a lovely morning it is", "the children are at school today"), 3,
        )
    )  # fmt: skip
    run = voicecoach("rehearse", short_of_eight, "--json", "--person", person(tmp_path, remarks), "--output", tmp_path)
    assert (run.result["ended"], run.result["repetitions"]) == ("complete", [8])
    assert run.result["hold_seconds"] == {"min": 3.0, "max": 3.0}


def test_answers_that_come_a_tenth_to_three_tenths_of_a_second_after_the_question_count(
    voicecoach: Voicecoach, short_programme: Path, tmp_path: Path
) -> None:
    quick = person(tmp_path, "reaction_seconds = [0.1, 0.3]\n")
    result = voicecoach("rehearse", short_programme, "--json", "--person", quick, "--output", tmp_path).result
    assert (result["ended"], result["repetitions"]) == ("complete", [8])
    assert {question["asked"] for question in result["questions"]} == {1}


def test_how_much_is_counted_and_what_is_explained_is_asked_for_aloud_and_breaks_nothing_off(
    voicecoach: Voicecoach, small_programme: Path, tmp_path: Path
) -> None:
    said = ((1, 2, "just ticks"), (1, 6, "explain please"), (2, 2, "count everything"))
    remarks = "".join(
        f'[[remarks]]\nset = {number}\nrepetition = {repetition}\nsay = "{words}"\nafter_seconds = 1.0\n'
        for number, repetition, words in said
    )
    run = voicecoach("rehearse", small_programme, "--json", "--person", person(tmp_path, remarks), "--output", tmp_path)
    assert (run.result["ended"], run.result["repetitions"]) == ("complete", [8, 8])
    assert run.result["hold_seconds"] == {"min": 2.0, "max": 2.0}
    transcript = Path(run.result["transcript"]).read_text(encoding="utf-8")
    ticks, everything = transcript.index("[count ticks]"), transcript.index("[count full]")
    assert "coach  Two." not in transcript[transcript.index("You hear ticks") : everything]
    assert "coach  Two." in transcript[:ticks]
    assert "coach  Two." in transcript[everything:]
    assert "keeps your elbows moving easily" in transcript[transcript.index("[explain]") :]


def test_another_voice_speaks_when_it_is_asked_for_and_every_run_is_the_same(
    voicecoach: Voicecoach, short: Path, tmp_path: Path
) -> None:
    remark = '[[remarks]]\nset = 1\nrepetition = 2\nsay = "change your voice"\nafter_seconds = 2.0\n'
    someone = person(tmp_path, remark)
    recordings = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        run = voicecoach("rehearse", short, "--json", "--person", someone, "--output", folder)
        assert (run.result["ended"], run.result["repetitions"]) == ("complete", [2])
        assert abs(run.result["hold_seconds"]["min"] - 3.0) <= 1 / 16_000
        transcript = Path(run.result["transcript"]).read_text(encoding="utf-8")
        assert transcript.index("[other voice]") < transcript.index("coach  This is how I sound now.")
        recordings.append(Path(run.result["wav"]).read_bytes())
    assert recordings[0] == recordings[1]


def test_a_rehearsal_with_the_natural_voice_goes_its_way(voicecoach: Voicecoach, short: Path, tmp_path: Path) -> None:
    person = ("--person", "pain_seven")
    run = voicecoach("rehearse", short, "--json", "--voice", "natural", *person, "--output", tmp_path)
    assert run.result["ended"] == "pain_limit"
