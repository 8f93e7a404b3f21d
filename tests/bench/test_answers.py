"""Answers said in the room of a session: by several synthesisers, in whole questions, the same every time."""

import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from voicecoach.bench.answer_lines import KINDS, AnswerLine, Kind, read_answer_lines
from voicecoach.bench.answers import bench_answers
from voicecoach.bench.one_answer import Saying, say
from voicecoach.bench.scenes import SCENES, Scene, enter
from voicecoach.bench.synthetic_people import NATURAL, FliteVoice, choose_people, people
from voicecoach.cli import voicecoach
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import MOONSHINE
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.rehearsal.script import spoken
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice


@pytest.fixture(scope="module")
def calf() -> tuple[Programme, Words]:
    return read_with_words("calf", "en")


def read(folder: Path, *lines: str) -> list[AnswerLine]:
    file = folder / "list.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_answer_lines(file)


def test_between_two_pieces_there_is_exactly_the_pause(tmp_path: Path) -> None:
    (line,) = read(tmp_path, "number\tfour [0.6] no five\t5")
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), cache_folder())) as voice:
        sound = spoken(line.pieces, voice.samples)
    sounding = np.flatnonzero(np.abs(sound) > 0.003)
    gaps = np.diff(sounding) - 1
    assert abs(int(gaps.max()) - samples(0.6)) < samples(0.01)
    assert sounding[0] < samples(0.01)
    assert sound.size - sounding[-1] < samples(0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_a_scene_begins_before_its_question_and_comes_to_it(calf: tuple[Programme, Words], kind: Kind) -> None:
    scene = SCENES[kind]
    session = enter(calf[0], scene)
    done = session.handle(events.Begun(0))
    assert any(isinstance(action, actions.ListenFor) for action in done)
    assert any(isinstance(action, actions.Say) for action in done)
    assert not any(isinstance(action, actions.Asking) and action.question == scene.question for action in done)
    assert session.memory.wake_at is None


def test_a_programme_without_the_scene_is_named(calf: tuple[Programme, Words]) -> None:
    with pytest.raises(LookupError, match="calf never says lunch"):
        enter(calf[0], Scene("lunch", "dinner"))


def test_voices_are_of_different_synthesisers_the_natural_one_among_two() -> None:
    assert list(choose_people("en", 2)) == ["espeak-gmw-en-us+m3", NATURAL]
    assert len(choose_people("en", 6)) == 6
    with pytest.raises(VoicecoachError, match=r"There are \d+ voices here for the language en, and 99 are wanted"):
        choose_people("en", 99)


def test_flite_speaks_only_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    here = shutil.which("flite")
    monkeypatch.setenv("PATH", "")
    assert not any(name.startswith("flite") for name in people("en"))
    with pytest.raises(VoicecoachError, match="The voice slt of flite could not speak 'yes'"):
        FliteVoice("slt").render("yes")
    if here:
        monkeypatch.setenv("PATH", str(Path(here).parent))
        assert FliteVoice("slt").render("yes").size > samples(0.2)


def test_real_answers_are_judged_and_those_not_right_are_named(tmp_path: Path, calf: tuple[Programme, Words]) -> None:
    lines = [
        "yes-no\tyes\tyes",
        "side\tthe left leg\tright",
        "number\tthe weather is nice today\t-",
        "command\tstop\tstop",
        "distress\tit hurts\tit_hurts|distress",
    ]
    read(tmp_path, *lines)
    figures, not_right = bench_answers(tmp_path / "list.tsv", *calf, MOONSHINE, 2, lambda _: None)
    assert (figures["lines"], figures["voices"]) == (5, ["espeak-gmw-en-us+m3", NATURAL])
    right = {"said": 2, "right": 2, "asked_again": 0, "wrong": 0}
    wrong = {"said": 2, "right": 0, "asked_again": 0, "wrong": 2}
    assert figures["by_question"] == {
        "yes-no": right, "number": right, "side": wrong, "command": right, "distress": right,
    }  # fmt: skip
    assert figures["dangerous"] == [
        {"question": "side", "words": "the left leg", "voice": voice, "meaning": "right", "taken": "left"}
        for voice in figures["voices"]
    ]
    assert not_right[0] == (
        'line 2, side, espeak-gmw-en-us+m3: "the left leg" means right, taken: left (wrong, dangerous)'
    )


def test_the_same_saying_has_the_same_course() -> None:
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), cache_folder())) as voice:
        yes, no = voice.samples("yes"), voice.samples("no")
    saying = Saying("screening", yes, no, seed=5, language="en", recogniser=MOONSHINE)
    first, second = say(saying), say(saying)
    assert first == second
    assert any(isinstance(note, actions.Answered) and note.answer == "yes" for note in first.notes)


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (None, [], "can't be read"),
        ("yes-no\tyes\n", [], "list.tsv:1: this line has 2 columns"),
        ("yes-no\tyes\tyes\n", ["--voices", "99"], "99 are wanted"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, text: str | None, options: list[str], sentence: str
) -> None:
    file = tmp_path / "list.tsv"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(voicecoach, ["bench", "answers", str(file), "--language", "en", *options])
    assert isinstance(result.exception, VoicecoachError)
    assert sentence in str(result.exception)
