"""A byte that is no text, a byte-order mark, a pipe, a folder, a device, a huge file: wherever a file is read."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from voicecoach.bench.answer_lines import read_answer_lines
from voicecoach.bench.clips import find_clips, read_clip
from voicecoach.errors import VoicecoachError
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.reader import read_journal
from voicecoach.models.catalogue import known_downloads
from voicecoach.models.download import check_archive
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import read_words
from voicecoach.proving.programme_check import check_programme
from voicecoach.rehearsal.person_voices import RecordedVoice
from voicecoach.rehearsal.script import read_script
from voicecoach.settings import Remembered, Settings
from voicecoach.small_files import MOST_BYTES, replace_whole
from voicecoach.taught import read_taught


class Read(NamedTuple):
    """How a file of a person is read: the name it has, a text that is right, and what is said of another one."""

    name: str
    text: str
    said: Callable[[Path], str]


def _refusal(read: Callable[[Path], object]) -> Callable[[Path], str]:
    def said(file: Path) -> str:
        try:
            read(file)
        except VoicecoachError as error:
            return str(error)
        return ""

    return said


def _warned(read: Callable[[Path, Callable[[str], object]], object]) -> Callable[[Path], str]:
    def said(file: Path) -> str:
        warnings: list[str] = []
        read(file, warnings.append)
        return "".join(warnings)

    return said


def _words(file: Path) -> object:
    programme = file.with_name("own.toml")
    programme.write_bytes(programme_file("calf").read_bytes())
    return read_words(read_programme(programme), programme, "en", None)


def _excluding(file: Path) -> object:
    clip = file.parent / "noise" / "a.wav"
    clip.parent.mkdir(exist_ok=True)
    clip.touch()
    (file.parent / "noise" / "b.wav").touch()
    return find_clips(file.parent, file)


CALF = programme_file("calf")
READERS = [
    Read("settings.json", '{"voice": "female"}', _warned(Remembered)),
    Read("taught.json", '{"taught": []}', _warned(read_taught)),
    Read("own.toml", CALF.read_text(encoding="utf-8"), _refusal(read_programme)),
    Read("own.en.toml", CALF.with_name("calf.en.toml").read_text(encoding="utf-8"), _refusal(_words)),
    Read("person.toml", 'about = "somebody"\n', _refusal(lambda file: read_script(str(file)))),
    Read("answers.txt", "yes-no\tyes\tyes\n", _refusal(read_answer_lines)),
    Read("excluded.txt", "noise/a.wav\n", _refusal(_excluding)),
]
each_reader = pytest.mark.parametrize("read", READERS, ids=[read.name for read in READERS])


@each_reader
def test_a_byte_order_mark_and_the_line_ends_of_other_systems_are_no_matter(tmp_path: Path, read: Read) -> None:
    file = tmp_path / read.name
    file.write_bytes(b"\xef\xbb\xbf" + read.text.replace("\n", "\r\n").encode())
    assert read.said(file) == ""


@each_reader
def test_a_byte_that_is_no_text_is_a_sentence_with_its_line(tmp_path: Path, read: Read) -> None:
    file = tmp_path / read.name
    file.write_bytes(read.text.encode() + b"\n# caf\xe9\n")
    sentence, line = read.said(file), read.text.count("\n") + 2
    assert "UTF-8" in sentence
    assert f"line {line}, column 6" in sentence or f"{read.name}:{line}:6" in sentence
    assert "codec" not in sentence


@each_reader
@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a device"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, read: Read, kind: str) -> None:
    file = tmp_path / read.name
    if kind == "a pipe":
        os.mkfifo(file)
    elif kind == "a folder":
        file.mkdir()
    else:
        file.symlink_to("/dev/zero")
    sentence = read.said(file)
    assert str(file) in sentence
    assert f"it is {kind} and not a file" in sentence


@each_reader
def test_a_huge_file_is_refused_before_it_is_understood(tmp_path: Path, read: Read) -> None:
    file = tmp_path / read.name
    file.write_text(read.text + "\n" * MOST_BYTES, encoding="utf-8")
    assert "it is larger than 200 kB" in read.said(file)
    with file.open("wb") as sparse:
        sparse.truncate(1 << 40)
    assert "it is larger than 200 kB" in read.said(file)


def test_settings_with_a_byte_that_is_no_text_are_replaced_by_the_next_change(tmp_path: Path) -> None:
    file, warnings = tmp_path / "settings.json", list[str]()
    file.write_bytes(b'{"microphone": "caf\xe9"}')
    remembered = Remembered(file, warnings.append)
    assert remembered.settings == Settings()
    remembered.remember(voice="female")
    assert Remembered(file, warnings.append).settings.voice == "female"
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ('[[steps]]\nkind = "ready"\nid = "again"\n' * 3000, "entries; write 1 to 200"),
        ("a" + ".a" * 90_000 + " = 1\n", "this line has more than 10000 characters; write it on several lines"),
        ("".join(f"k{number} = 1\n" for number in range(15_000)), "unknown key `k0`"),
    ],
    ids=["steps", "dots", "keys"],
)
def test_a_programme_that_nobody_writes_by_hand_is_refused_at_once(tmp_path: Path, more: str, what: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f"{CALF.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    with pytest.raises(VoicecoachError):
        read_programme(file)
    report = check_programme(file)
    assert what in " ".join(map(str, report.problems))
    assert len(report.problems) < 200


@pytest.mark.parametrize("kind", ["a pipe", "a folder"])
def test_a_journal_that_is_no_file_is_a_sentence_and_the_session_goes_on(tmp_path: Path, kind: str) -> None:
    file, warnings = tmp_path / "journal.sqlite3", list[str]()
    os.mkfifo(file) if kind == "a pipe" else file.mkdir()
    with pytest.raises(VoicecoachError, match=f"it is {kind} and not a file"), read_journal(tmp_path):
        pass
    assert open_journal(tmp_path, warnings.append) is None
    assert "The session goes on" in warnings[0]


def test_recordings_and_archives_that_are_pipes_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "yes" / "a.wav"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    with pytest.raises(VoicecoachError, match="it is a pipe and not a file"):
        read_clip(pipe)
    with pytest.raises(VoicecoachError, match="it is a pipe and not a file"):
        RecordedVoice(tmp_path, ["yes"], 0)
    with pytest.raises(OSError, match="it is a pipe and not a file"):
        check_archive(next(iter(known_downloads().values())), pipe)


def test_a_device_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.symlink_to("/dev/null")
    with pytest.raises(OSError, match="it is a device and not a file"):
        replace_whole(device, b"a report")
    assert device.is_symlink()
