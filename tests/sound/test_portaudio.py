"""What PortAudio says reaches nobody raw: names that are no text, and the lines of the libraries below it."""

import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest

needs_portaudio = pytest.mark.skipif(
    find_library("portaudio") is None or find_library("asound") is None, reason="PortAudio is not installed"
)

_ASKS = """
from voicecoach.doctor.machine import device_names
from voicecoach.sound.device import Device
from voicecoach.sound.device_names import NoSuchDevice, find_device, full_name
from voicecoach.sound.stream_choice import sound_problem
assert device_names().microphones == ("caf\\ufffd", "other", "default"), device_names()
assert sound_problem() is None
assert full_name("CAF", "input") == full_name(b"caf\\xe9".decode(errors="surrogateescape"), "input") == "caf\\ufffd"
for name in ("other", "caf"):
    device = Device(name, name)
    assert device.microphone.startswith(name)
    device.close()
try:
    find_device("nobody", "input")
except NoSuchDevice as error:
    assert "there is caf\\ufffd, other, default" in str(error)
"""
_TRIES_IN_VAIN = """
import ctypes
from voicecoach.sound import portaudio
portaudio.load()
assert ctypes.CDLL("libasound.so.2").snd_pcm_open(ctypes.byref(ctypes.c_void_p()), b"nonsense", 0, 0) < 0
"""


def run(code: str, devices: Path) -> str:
    devices.write_bytes(b'pcm.!default { type null }\npcm."caf\xe9" { type null }\npcm.other { type null }\n')
    environment = os.environ | {"ALSA_CONFIG_PATH": str(devices)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@needs_portaudio
def test_a_device_whose_name_is_no_text_is_one_among_others(tmp_path: Path) -> None:
    run(_ASKS, tmp_path / "asound.conf")


@needs_portaudio
def test_what_alsa_tries_in_vain_is_not_on_the_terminal(tmp_path: Path) -> None:
    assert run(_TRIES_IN_VAIN, tmp_path / "asound.conf") == ""
