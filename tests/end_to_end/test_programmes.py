"""The built-in programmes end to end by voice, and the commands to begin one and to write one out."""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Voicecoach
from voicecoach.programme.programme_reader import built_in_programmes
from voicecoach.rehearsal.recording import measure_holds


def test_every_programme_is_gone_through_by_voice_and_lasts_as_long_as_its_script_says(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    run = voicecoach("programmes", "rehearse-all", "--cautious", "--json", "--output", tmp_path)
    assert (run.code, run.result["ok"]) == (0, True), run.err
    results = {result["programme"]: result for result in run.result["programmes"]}
    assert [*results] == built_in_programmes()
    assert {result["ended"] for result in results.values()} == {"complete"}
    done = {name: (result["repetitions"], result["holds"]) for name, result in results.items()}
    assert done == {"calf": ([10], 20), "calf_raise": ([10], 0), "median": ([5], 10), "warm_up": ([], 0)}
    assert results["calf"]["hold_seconds"] == {"min": 3.0, "max": 3.0}
    assert results["median"]["hold_seconds"] == {"min": 2.0, "max": 2.0}
    assert measure_holds(Path(results["calf"]["wav"]), between_tones=True) == [20.0, 20.0, 30.0]
    assert measure_holds(Path(results["warm_up"]["wav"]), between_tones=True) == [40.0] * 3
    answers = {q["id"]: q["answer"] for q in results["calf_raise"]["questions"]}
    assert (answers["level"], answers["effort"]) == ("two_feet", 3)
    shown = voicecoach("programmes", "show", "median", "--cautious")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("Arm: a slider for the median nerve (median)\n")
    _, minutes, _, seconds, *_ = shown.out.splitlines()[-1].split()
    assert int(minutes) * 60 + int(seconds) == pytest.approx(results["median"]["audio_seconds"], rel=0.03)


def test_a_new_programme_can_be_heard_at_once_also_as_if_for_the_second_time(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    made = voicecoach("programmes", "new", tmp_path / "knee.toml")
    assert (made.code, made.err) == (0, "")
    result = voicecoach("rehearse", tmp_path / "knee.toml", "--previous", "--json", "--output", tmp_path / "out").result
    assert (result["programme"], result["ended"], result["repetitions"]) == ("knee", "complete", [8, 8])
    assert ("settled", "yes") in [(q["id"], q["answer"]) for q in result["questions"]]
    again = voicecoach("programmes", "new", tmp_path / "knee.toml")
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert "is there already" in again.err


@pytest.mark.parametrize("arguments", [("run", "--from-set", "4"), ("run", "--cautious", "--from-set", "2")])
def test_a_set_that_there_is_not_is_refused_in_one_sentence(voicecoach: Voicecoach, arguments: tuple[str, ...]) -> None:
    run = voicecoach(*arguments)
    assert (run.code, run.err.count("\n")) == (1, 1)
    assert "has no set" in run.err
