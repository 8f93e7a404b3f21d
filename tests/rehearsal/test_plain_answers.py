"""A simulated person has an answer to every question of any programme, and says it so that it can be understood."""

from pathlib import Path

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.words import read_words
from voicecoach.rehearsal.script import Reply, completed, in_language, read_script
from voicecoach.session.memory import Opening, Previous


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_default_person_has_an_answer_to_every_question_of_every_programme(name: str) -> None:
    programme = PROGRAMMES[name]
    words = read_words(programme, programme_file(name), "en", None)
    script = completed(read_script("default"), programme, words)
    meanings = {spelling: name for name, meaning in words.meanings.items() for spelling in meaning.spellings}
    puppet = Puppet(programme=programme, opening=Opening(previous=Previous()))
    while puppet.session.memory.ended is None:
        if puppet.asking is not None and puppet.session.memory.awaited is None:
            reply = script.reply(puppet.asking.question, 0) or Reply("yes")
            assert meanings[reply.say] in puppet.listening, puppet.asking.question
        puppet.step()


def test_what_a_person_says_comes_before_the_plain_answers() -> None:
    programme = PROGRAMMES["calf_raise"]
    words = read_words(programme, programme_file("calf_raise"), "en", None)
    script = completed(read_script("pain_seven"), programme, words)
    assert [script.reply(question, 0) for question in ("pain_before", "level", "tendon_risk")] == [
        Reply("seven"),
        Reply("two feet"),
        Reply("no"),
    ]


def test_a_person_can_have_been_here_before(tmp_path: Path) -> None:
    file = tmp_path / "again.toml"
    file.write_text('about = "comes back"\nprevious = true\n', encoding="utf-8")
    assert read_script(str(file)).previous
    assert not read_script("default").previous


def test_a_shipped_person_speaks_the_language_of_the_words() -> None:
    korean = read_with_words("calf", "ko")[1]
    script = in_language(read_script("changes_mind"), korean)
    assert (script.voice, script.words_per_minute) == ("ko+f2", 150)
    assert script.reply("ready", 0) == Reply("오늘은 날씨가 참 맑네요", mumbled=True)
    assert [script.reply("side", time) for time in (0, 1)] == [Reply(""), Reply("오른쪽이요")]
    assert in_language(script, korean) == script
    assert in_language(read_script("gone"), korean).remarks[0].say == "사라졌어요"
