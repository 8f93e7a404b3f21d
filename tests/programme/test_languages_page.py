"""What docs/languages.md claims of the files, options and forms."""

import re
import tomllib
from pathlib import Path

from click import Command, Context, Group

from voicecoach.cli import voicecoach
from voicecoach.programme.language_files import language_files, languages
from voicecoach.programme.programme_reader import built_in_programmes
from voicecoach.programme.words import WordFile

PAGE = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")


def command(path: str) -> Command:
    found: Command = voicecoach
    for name in path.split():
        assert isinstance(found, Group)
        inner = found.get_command(Context(found), name)
        assert inner is not None, path
        found = inner
    return found


def test_every_file_of_a_language_is_named_and_no_other() -> None:
    rows = re.findall(r"^\| `([\w.]+\.toml)` \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(file.name for file in language_files("en"))
    named = re.findall(r"`(\w+)\.en\.toml`", PAGE)
    assert set(built_in_programmes()) <= set(named)


def test_every_language_is_named() -> None:
    assert set(re.findall(r"\(`(\w\w)`\)", PAGE)) == set(languages())


def test_the_commands_that_take_a_language_are_those_that_are_named() -> None:
    sentence = PAGE[PAGE.index("chooses one for") : PAGE.index("; else it is")]
    named = re.findall(r"`([a-z -]+)`", sentence.replace("\n", " "))
    assert len(named) == 6
    for path in named:
        assert any("--language" in parameter.opts for parameter in command(path).params), path


def test_the_keys_that_it_names_exist() -> None:
    for table in re.findall(r"`\[(\w+)[.\w]*\]`", PAGE):
        assert table in WordFile.__struct_fields__
    assert {"reviewed", "digits"} <= set(WordFile.__struct_fields__)
    korean = tomllib.loads(language_files("ko")[-1].with_name("ko.toml").read_text(encoding="utf-8"))
    assert "native" in korean["numbers"]
    assert korean["numbers"]["native"]["1"] == "하나"


def test_the_plural_that_it_shows_is_that_of_the_file() -> None:
    english = tomllib.loads(language_files("en")[-1].with_name("en.toml").read_text(encoding="utf-8"))
    shown = re.search(r"`(left_rounds = \{.*?\" \})`", PAGE, re.DOTALL)
    assert shown is not None
    assert tomllib.loads(shown[1])["left_rounds"] == english["prompts"]["left_rounds"]
