"""A model is fetched whole, from wherever it broke off, or the one that is there stays."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.models.catalogue import Download
from voicecoach.models.installation import fetch_model

from .conftest import FILES, NAME, Server, archive_of, download_of


def fetch(model: Download, folder: Path, source: Path | None = None) -> list[int]:
    came: list[int] = []
    fetch_model(model, folder, source, came.append)
    return came


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def is_whole(folder: Path) -> bool:
    return {name: (folder / NAME / name).read_bytes() for name in FILES} == FILES


def test_a_model_is_downloaded_checked_and_unpacked_and_nothing_else_is_left(model: Download, tmp_path: Path) -> None:
    came = fetch(model, tmp_path / "models")
    assert is_whole(tmp_path / "models")
    assert names(tmp_path / "models") == [NAME]
    assert sum(came) == model.size_bytes


def test_a_connection_that_breaks_off_is_taken_up_again(model: Download, server: Server, tmp_path: Path) -> None:
    server.breaks_off_after = 1000
    fetch(model, tmp_path)
    assert is_whole(tmp_path)
    assert server.asked[:3] == [None, "bytes=1000-", "bytes=2000-"]


def test_a_download_goes_on_where_the_last_one_ended(model: Download, server: Server, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.zip.part").write_bytes(server.data[:1500])
    came = fetch(model, tmp_path)
    assert is_whole(tmp_path)
    assert server.asked == ["bytes=1500-"]
    assert sum(came) == model.size_bytes


def test_a_server_that_knows_no_ranges_is_read_from_the_beginning(
    model: Download, server: Server, tmp_path: Path
) -> None:
    server.knows_ranges = False
    (tmp_path / f"{NAME}.zip.part").write_bytes(server.data[:1500])
    assert sum(fetch(model, tmp_path)) == model.size_bytes
    assert is_whole(tmp_path)


def test_a_dead_server_is_one_sentence_and_what_has_come_is_kept(
    model: Download, server: Server, tmp_path: Path
) -> None:
    (tmp_path / f"{NAME}.zip.part").write_bytes(server.data[:1500])
    with pytest.raises(VoicecoachError, match=r"could not be fetched .*what has come is kept.*--from FILE"):
        fetch(replace(model, url="http://127.0.0.1:9/none.zip"), tmp_path)
    assert (tmp_path / f"{NAME}.zip.part").read_bytes() == server.data[:1500]


@pytest.mark.parametrize("changed", [-1, 100])
def test_another_archive_is_refused_and_the_old_model_stays(
    model: Download, server: Server, tmp_path: Path, changed: int
) -> None:
    fetch(model, tmp_path)
    before = server.data
    server.data = before[:changed] + b"?" + before[changed:][1:]
    with pytest.raises(VoicecoachError, match="is not the published archive"):
        fetch(model, tmp_path)
    assert is_whole(tmp_path)
    assert names(tmp_path) == ["source", NAME]


def test_a_larger_file_than_the_published_one_is_not_read_to_its_end(
    model: Download, server: Server, tmp_path: Path
) -> None:
    server.data += b"more"
    with pytest.raises(VoicecoachError, match="larger than it should be"):
        fetch(model, tmp_path)


def test_an_archive_that_is_here_is_used_and_stays(archive: Path, tmp_path: Path) -> None:
    fetch(download_of(archive), tmp_path / "models", archive)
    assert is_whole(tmp_path / "models")
    assert archive.is_file()


def test_a_folder_that_is_here_is_copied(archive: Path, tmp_path: Path) -> None:
    model = download_of(archive)
    fetch(model, tmp_path / "first", archive)
    fetch(model, tmp_path / "second", tmp_path / "first" / NAME)
    assert is_whole(tmp_path / "second")


@pytest.mark.parametrize("lacking", list(FILES))
def test_a_model_with_a_file_missing_or_empty_is_refused_and_the_old_one_stays(
    archive: Path, tmp_path: Path, lacking: str
) -> None:
    fetch(download_of(archive), tmp_path / "models", archive)
    without = {name: data for name, data in FILES.items() if name != lacking}
    for name, files in (("short.zip", without), ("empty.zip", FILES | {lacking: b""})):
        poor = archive_of(tmp_path, {f"{NAME}/{inner}": data for inner, data in files.items()}, name)
        with pytest.raises(VoicecoachError, match="is no whole Vosk model"):
            fetch(download_of(poor), tmp_path / "models", poor)
    assert is_whole(tmp_path / "models")
    assert names(tmp_path / "models") == [NAME]


@pytest.mark.parametrize(
    "name", ["../outside", "/outside", f"{NAME}/../../outside", "other/am/final.mdl", "..\\outside"]
)
def test_an_archive_that_would_write_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    evil = archive_of(tmp_path, {f"{NAME}/{inner}": data for inner, data in FILES.items()} | {name: b"x"})
    with pytest.raises(VoicecoachError, match="would write to"):
        fetch(download_of(evil), tmp_path / "models", evil)
    assert names(tmp_path / "models") == []
    assert names(tmp_path) == ["model.zip", "models"]


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    bomb = archive_of(tmp_path, {f"{NAME}/{inner}": data for inner, data in FILES.items()})
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(f"{NAME}/zeros", bytes(10_000_000))
    model = download_of(bomb)
    with pytest.raises(VoicecoachError, match="far more than a model"):
        fetch(model, tmp_path / "models", bomb)


def test_no_archive_at_all_is_one_sentence(tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_bytes(b"no archive")
    with pytest.raises(VoicecoachError, match="could not be installed"):
        fetch(download_of(text), tmp_path / "models", text)
