"""Fixtures for all tests: nothing hangs on the locale, the time zone and the signals that they are started with."""

import hashlib
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

for _number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):  # ignored under nohup, and in a script's background
    if signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL)
for _name in [name for name in os.environ if name.startswith(("LC_", "LANG"))]:
    del os.environ[_name]
os.environ["LC_CTYPE"] = "C.UTF-8"
os.environ["TZ"] = "UTC"

settings.register_profile("whatever the machine", deadline=None)
settings.load_profile("whatever the machine")

SPEAKING = Path(__file__).parents[1] / "voicecoach" / "speaking"


@pytest.fixture(scope="session")
def kept_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache for whole sessions, kept from one run to the next while what renders prompts is the same."""
    rendering = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(SPEAKING.glob("*.py"))))
    of_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_run = of_run.parent
    return of_run.parent / f"cache-{rendering.hexdigest()[:16]}"
