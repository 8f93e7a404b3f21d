"""Rehearsals, end to end: the coach speaks, a person answers aloud, the recogniser hears the room."""

import hashlib
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.end_to_end.conftest import Voicecoach

KEYS = {
    "programme", "ended", "recogniser", "repetitions", "holds", "hold_seconds", "questions", "audio_seconds",
    "wall_seconds", "wav", "transcript",
}  # fmt: skip
A_SAMPLE = 1 / 16_000


def test_the_default_person_does_three_sets_of_25_with_every_hold_three_seconds(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    run = voicecoach("rehearse", "--json", "--output", tmp_path, "--state", tmp_path / "journal")
    result = run.result
    assert (run.code, run.err) == (0, "")
    (kept,) = voicecoach("history", "--json", "--state", tmp_path / "journal").result
    assert (kept["kind"], kept["outcome"], kept["repetitions"], kept["holds"]) == ("rehearsal", "complete", 75, 150)
    assert not (tmp_path / "home" / ".local").exists()
    assert set(result) == KEYS
    assert (result["programme"], result["ended"]) == ("calf", "complete")
    assert (result["repetitions"], result["holds"]) == ([25, 25, 25], 150)
    assert abs(result["hold_seconds"]["min"] - 3.0) <= A_SAMPLE
    assert abs(result["hold_seconds"]["max"] - 3.0) <= A_SAMPLE
    answers = {question["id"]: question["answer"] for question in result["questions"]}
    assert (answers["side"], answers["pain_before"], answers["slump_different"]) == ("left", 3, "yes")
    assert all(isinstance(question["asked"], int) and question["heard"] for question in result["questions"])
    sound = soundfile.info(result["wav"])
    assert (sound.channels, sound.samplerate) == (2, 16_000)
    assert abs(sound.duration - result["audio_seconds"]) < 0.01
    transcript = Path(result["transcript"]).read_text(encoding="utf-8")
    assert "coach  That's 24. Last one. Down." in transcript
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["calf-default-0.txt", "calf-default-0.wav"]


@pytest.mark.parametrize(
    ("person", "programme", "ended", "repetitions"),
    [
        ("yes_to_everything", "calf", "warning_sign", []),
        ("no_to_slump", "short_programme", "no_match", []),
        ("pain_seven", "calf", "pain_limit", []),
        ("stops", "small_programme", "stopped", [8, 6]),
    ],
)
def test_each_shipped_person_takes_their_own_way(
    voicecoach: Voicecoach, request: pytest.FixtureRequest, tmp_path: Path,
    person: str, programme: str, ended: str, repetitions: list[int],
) -> None:  # fmt: skip
    gone_through = programme if programme == "calf" else request.getfixturevalue(programme)
    result = voicecoach("rehearse", gone_through, "--json", "--person", person, "--output", tmp_path).result
    assert (result["ended"], result["repetitions"]) == (ended, repetitions)
    assert result["holds"] >= 2 * sum(repetitions)


@pytest.mark.parametrize(("person", "repetitions"), [("pauses", [8]), ("gone", [4])])
def test_a_pause_costs_no_repetition_and_pain_that_is_gone_ends_the_set(
    voicecoach: Voicecoach, short_of_eight: Path, tmp_path: Path, person: str, repetitions: list[int]
) -> None:
    result = voicecoach("rehearse", short_of_eight, "--json", "--person", person, "--output", tmp_path).result
    assert (result["ended"], result["repetitions"]) == ("complete", repetitions)


def test_a_person_who_changes_their_mind_is_asked_until_it_is_clear(
    voicecoach: Voicecoach, short_programme: Path, tmp_path: Path
) -> None:
    person = ("--person", "changes_mind")
    result = voicecoach("rehearse", short_programme, "--json", *person, "--output", tmp_path).result
    assert (result["ended"], result["repetitions"]) == ("complete", [8])
    asked = {question["id"]: question["asked"] for question in result["questions"]}
    assert (asked["ready"], asked["side"], asked["marker_moves"]) == (2, 2, 2)
    assert [q["answer"] for q in result["questions"] if q["id"] in ("chest", "chest_confirm")] == ["yes", "no", "no"]


def test_the_same_seed_gives_the_same_recording_whatever_was_cached_before(
    voicecoach: Voicecoach, short: Path, kept_cache: Path, tmp_path: Path
) -> None:
    def recorded(seed: int, cache: Path) -> str:
        folder = tmp_path / f"{cache.name}{seed}"
        run = voicecoach("rehearse", short, "--json", "--person", "pain_seven", "--seed", str(seed),
                         "--output", folder, XDG_CACHE_HOME=str(cache))  # fmt: skip
        return hashlib.sha256(Path(run.result["wav"]).read_bytes()).hexdigest()

    first = recorded(1, tmp_path / "cold")
    assert recorded(1, kept_cache) == first
    assert recorded(1, kept_cache) == first
    assert recorded(2, kept_cache) != first


def test_who_is_silent_gets_no_answer_and_the_coach_is_left_and_the_person_right(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    result = voicecoach("rehearse", "--json", "--person", "silent", "--output", tmp_path).result
    sound, _ = soundfile.read(result["wav"], dtype="int16")
    assert np.any(sound[:, 0])
    assert not np.any(sound[:, 1])
    assert (result["ended"], [question["answer"] for question in result["questions"]]) == ("unanswered", [None])
    said = [line.split("  coach  ") for line in next(tmp_path.glob("*.txt")).read_text("utf-8").splitlines()]
    spoken = [(at, sentence) for at, text in said[:-1] for sentence in text.split(". ")]
    assert max(Counter(sentence for _, sentence in spoken).values()) <= 2
    asked_at = [60 * int(at[:2]) + float(at[3:]) for at, _ in said[1:5]]
    assert all(again - before >= 12 for before, again in pairwise(asked_at))


def test_a_person_whose_yes_sounds_like_no_takes_the_other_branch(
    voicecoach: Voicecoach, recordings: Path, tmp_path: Path
) -> None:
    """In the slump test this person says "yes", and the folder of that word holds recordings of "no"."""
    clips = tmp_path / "clips"
    clips.mkdir()
    for folder, word in (("yes", "no"), ("aye", "yes"), ("no", "no"), ("left", "left"), ("three", "three")):
        (clips / folder).symlink_to(recordings / "words" / word)
    script = tmp_path / "mixed_up.toml"
    ayes = ["ready", "screening_all_no", "marker_moves", "marker_massage", "seated", "slump_different", "floss_ready"]
    ayes += ["slump_position", "slump_lift", "glute_offer", "knee_offer", "go_on", "slump_familiar_check"]
    answers = "\n".join(f'{question} = "aye"' for question in ayes)
    script.write_text(f'about = "mixed up"\n[answers]\n{answers}\nslump_familiar = "yes"\n', encoding="utf-8")
    run = voicecoach("rehearse", "--json", "--person", script, "--person-voice", clips, "--output", tmp_path)
    familiar = next(q for q in run.result["questions"] if q["id"] == "slump_familiar")
    assert (run.result["ended"], familiar["answer"]) == ("no_match", "no")


def test_a_person_who_always_sounds_like_no_never_gets_to_an_exercise(
    voicecoach: Voicecoach, recordings: Path, tmp_path: Path
) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    for folder, word in (("yes", "no"), ("no", "no"), ("left", "left"), ("three", "three")):
        (clips / folder).symlink_to(recordings / "words" / word)
    result = voicecoach("rehearse", "--json", "--person-voice", clips, "--output", tmp_path).result
    assert (result["ended"], result["repetitions"]) == ("stopped", [])
    assert "yes" not in [question["answer"] for question in result["questions"]]


def test_a_person_whose_yes_is_noise_is_never_answered_for(voicecoach: Voicecoach, tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    for word in ("yes", "no", "left", "three"):
        (tmp_path / "clips" / word).mkdir(parents=True)
        for number in range(3):
            noise = random.standard_normal(8_000) * 0.1
            soundfile.write(tmp_path / "clips" / word / f"{number}.wav", noise, 16_000)
    run = voicecoach("rehearse", "--json", "--person-voice", tmp_path / "clips", "--output", tmp_path)
    assert (run.result["ended"], run.result["repetitions"]) == ("unanswered", [])
    assert [question["answer"] for question in run.result["questions"]] == [None]


@pytest.mark.parametrize("seed", [11])
def test_people_walk_through_the_programme_with_single_words(
    voicecoach: Voicecoach, short_programme: Path, recordings: Path, tmp_path: Path, seed: int
) -> None:
    words = recordings / "words"
    run = voicecoach(
        "rehearse", short_programme, "--json", "--person-voice", words, "--seed", str(seed), "--output", tmp_path
    )
    assert (run.result["ended"], run.result["repetitions"]) == ("complete", [8])


def test_without_json_the_transcript_scrolls_and_the_result_is_told(voicecoach: Voicecoach, tmp_path: Path) -> None:
    run = voicecoach("rehearse", "--person", "yes_to_everything", "--output", tmp_path)
    lines = run.out.splitlines()
    assert lines[0].startswith("00:00.0  coach  Hello.")
    assert 'heard  "yes"' in run.out
    assert "Ended: warning_sign." in run.out
    shown = [line for line in lines[: lines.index("")] if line]
    assert (tmp_path / "calf-yes_to_everything-0.txt").read_text(encoding="utf-8").splitlines() == shown


def test_a_result_is_one_json_object_alone(voicecoach: Voicecoach, tmp_path: Path) -> None:
    out = voicecoach("rehearse", "--json", "--person", "yes_to_everything", "--output", tmp_path).out
    assert out.count("\n") == 1
    assert json.loads(out)["repetitions"] == []
