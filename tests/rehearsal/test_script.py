"""What simulated persons say, from shipped files and from one's own."""

from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Ask, Exercise, Pain, Ready, Screen, Side
from voicecoach.rehearsal.script import Reply, read_script, shipped_persons


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.toml"


def test_every_shipped_person_can_be_read() -> None:
    assert {"default", "silent", "stops"} <= set(shipped_persons())
    assert all(read_script(name).about for name in shipped_persons())


def test_the_default_person_answers_every_question_of_the_calf_programme() -> None:
    questions: list[str] = []
    for step in read_programme(programme_file("calf")).steps:
        match step:
            case Ask() | Ready() | Pain() | Side():
                questions.append(step.id)
            case Screen():
                questions += [question.id for question in step.questions]
            case Exercise():
                questions += [f"pain_set_{number}" for number in range(1, step.sets + 1)]
    answers = read_script("default").answers
    assert [question for question in questions if question not in answers] == []


def test_every_answer_of_a_shipped_person_is_to_a_question_that_the_default_person_knows() -> None:
    known = read_script("default").answers
    strange = {
        (name, question)
        for name in shipped_persons()
        for question in read_script(name).answers
        if question.removesuffix("_check").removesuffix("_confirm") not in known
    }
    assert strange == set()


def test_several_answers_come_one_by_one_and_the_last_one_again_and_again(own: Path) -> None:
    own.write_text('about = "x"\n[answers]\nside = ["", { say = "er", mumbled = true }, "right"]\n', encoding="utf-8")
    script = read_script(str(own))
    assert [script.reply("side", time) for time in range(5)] == [
        Reply(""), Reply("er", mumbled=True), Reply("right"), Reply("right"), Reply("right"),
    ]  # fmt: skip


def test_what_a_person_leaves_open_the_default_person_answers(own: Path) -> None:
    own.write_text('about = "x"\n[answers]\nside = "right"\n', encoding="utf-8")
    script = read_script(str(own))
    assert script.reply("side", 0) == Reply("right")
    assert script.reply("chest", 0) == Reply("no")
    assert script.reply("never_heard_of", 0) is None


def test_all_that_a_person_can_say_is_known_ahead(own: Path) -> None:
    own.write_text(
        'about = "x"\nanswers = { side = ["", { say = "er", mumbled = true }, "the right one"] }\n'
        '[[remarks]]\nset = 1\nsay = "pause"\nthen_say = "carry on"\n',
        encoding="utf-8",
    )
    phrases = read_script(str(own)).phrases()
    assert {"er", "the right one", "pause", "carry on", "yes", "no", "3"} <= set(phrases)
    assert "" not in phrases


def test_a_name_that_is_nobodys_is_met_with_the_right_one() -> None:
    with pytest.raises(VoicecoachError, match="There is no person stop: did you mean stops"):
        read_script("stop")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("voice = 'gmw/en-us'\n", [":1:1: there is no `about`", "add `about`"]),
        ("about = 'x'\nanswer = {}\n", [":2:1: unknown key `answer`", "write `answers`"]),
        ("about = 'x'\nvoice = 3\n", [":2:9: voice is 3", "write text in quotes"]),
        ("about = 'x'\nanswers = { side = 3 }\n", [":2:20: side is 3"]),
        ("about = 'x'\n[[remarks]]\nsay = 'stop'\n", ["remarks[0]", "write either `set` or `question`"]),
        ("about = 'x'\n[[remarks]]\nsay = 'stop'\nset = 1\nquestion = 'side'\n", ["remarks[0]", "either"]),
        ("about = 'x'\n[[remarks]]\nsay = 'stop'\nset = 0\n", [":4:7: set is 0", "a whole number from 1 on"]),
        ("about = 'x'\n[[remarks]]\nset = 1\n", [":2:1: there is no `say`", "add `say`"]),
        ("about = 'x", ["not valid TOML"]),
    ],
)
def test_a_mistake_is_refused_with_its_file_and_its_place(own: Path, text: str, parts: list[str]) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises(VoicecoachError) as refused:
        read_script(str(own))
    message = str(refused.value)
    assert message.startswith(str(own))
    assert [part for part in parts if part not in message] == [], message
