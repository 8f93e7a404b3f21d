"""Fixtures of the model tests: a small archive with all the files of a Vosk model, and a server that can break off."""

import hashlib
import http.server
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from voicecoach.models.catalogue import Download

NAME = "vosk-model-small-xx-0.1"
FILES = {
    "am/final.mdl": b"m" * 3000, "conf/model.conf": b"--beam=10\n", "graph/HCLr.fst": b"h" * 500, "graph/Gr.fst": b"g",
}  # fmt: skip


def archive_of(folder: Path, files: dict[str, bytes], name: str = "model.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as zipped:
        for inner, data in files.items():
            zipped.writestr(inner, data)
    return path


def download_of(archive: Path, url: str = "http://127.0.0.1:9/none.zip") -> Download:
    data = archive.read_bytes()
    return Download(NAME, "xx", url, len(data), hashlib.sha256(data).hexdigest(), "Apache-2.0")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return archive_of(tmp_path / "source", {f"{NAME}/{inner}": data for inner, data in FILES.items()})


@dataclass
class Server:
    """Serves one file. Each connection ends after so many bytes where `breaks_off_after` is set."""

    data: bytes
    url: str = ""
    breaks_off_after: int | None = None
    knows_ranges: bool = True
    asked: list[str | None] = field(default_factory=list)


@pytest.fixture
def server(archive: Path) -> Iterator[Server]:
    serving = Server(archive.read_bytes())

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers["Range"]
            serving.asked.append(wanted)
            begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and serving.knows_ranges else 0
            self.send_response(206 if begin else 200)
            self.send_header("Content-Length", str(len(serving.data) - begin))
            self.end_headers()
            self.wfile.write(serving.data[begin:][: serving.breaks_off_after])

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        serving.url = f"http://127.0.0.1:{listening.server_address[1]}/{NAME}.zip"
        yield serving
        listening.shutdown()


@pytest.fixture
def model(archive: Path, server: Server) -> Download:
    return replace(download_of(archive), url=server.url)
