"""Which devices a live session opens, what it says of those that are away, and what is remembered of them."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.live import open_device
from voicecoach.settings import Remembered, Settings
from voicecoach.sound.device import Device
from voicecoach.sound.device_names import NoSuchDevice

ALL = ("Desk", "Webcam", "Speakers", "HDMI")
MICROPHONES = ("Desk", "Webcam")
ALONE = "There is no microphone here; answers come by key alone."


class Computer:
    """A computer with these devices as PortAudio shows it; the first of a kind is the default one."""

    PortAudioError = RuntimeError

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ALL
        self.taken: tuple[str, ...] = ()
        """Those that something else plays on."""
        self.opened: list[tuple[str | None, ...]] = []

    def query_devices(self, device: int | None = None, kind: str | None = None) -> Any:
        rows = [
            {"index": at, "name": name, "max_input_channels": heard, "max_output_channels": not heard}
            for at, (name, heard) in enumerate((name, name in MICROPHONES) for name in self.names)
        ]
        if device is None and kind is None:
            return rows
        try:
            return rows[device] if device is not None else next(row for row in rows if row[f"max_{kind}_channels"])
        except StopIteration:
            raise ValueError(f"no {kind} device") from None

    def Stream(self, *, device: tuple[int | None, ...], **_: object) -> object:  # noqa: N802
        names = tuple(None if number is None else self.names[number] for number in device)
        if {"Speakers" if name is None else name for name in names} & set(self.taken):
            raise self.PortAudioError("Device unavailable")
        self.opened.append(names)
        return SimpleNamespace(latency=(0.06, 0.06))

    def OutputStream(self, *, device: int | None, **_: object) -> object:  # noqa: N802
        self.Stream(device=(device,))
        return SimpleNamespace(latency=0.06)

    def InputStream(self, **_: object) -> object:  # noqa: N802
        return SimpleNamespace(latency=0.06, abort=lambda **_: None, close=lambda **_: None)

    def check_output_settings(self, **_: object) -> None:
        return

    check_input_settings = check_output_settings


class Room:
    """Opens devices as often as a test wants; knows what was warned of, and what would be remembered the next time."""

    def __init__(self, file: Path, computer: Computer) -> None:
        self.computer = computer
        self.warnings: list[str] = []
        self._file = file

    def open(self, mic: str | None = None, speaker: str | None = None, *, needs_microphone: bool = True) -> Device:
        remembered = Remembered(self._file, pytest.fail)
        return open_device(mic, speaker, remembered, "median", self.warnings.append, needs_microphone=needs_microphone)

    @property
    def kept(self) -> Settings:
        return Remembered(self._file, pytest.fail).settings


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    computer = Computer()
    monkeypatch.setitem(sys.modules, "sounddevice", computer)
    return Room(tmp_path / "settings.json", computer)


def test_without_a_name_the_default_devices_are_opened_and_nothing_is_remembered(room: Room) -> None:
    room.open()
    assert (room.computer.opened, room.kept, room.warnings) == ([(None, None)], Settings(), [])


def test_what_was_asked_for_by_name_is_opened_the_next_time_too(room: Room) -> None:
    room.open("webcam", "hdmi")
    room.open()
    assert room.computer.opened == [("Webcam", "HDMI")] * 2
    assert (room.kept, room.warnings) == (Settings(microphone="Webcam", speaker="HDMI"), [])


@pytest.mark.parametrize(
    ("mic", "speaker", "opened"), [("desk", None, ("Desk", "HDMI")), (None, "speakers", ("Webcam", "Speakers"))]
)
def test_another_device_takes_the_place_of_its_own_kind_alone(
    room: Room, mic: str | None, speaker: str | None, opened: tuple[str, str]
) -> None:
    room.open("webcam", "hdmi")
    room.open(mic, speaker)
    room.open()
    assert room.computer.opened[1:] == [opened] * 2


def test_a_device_of_last_time_that_is_away_is_warned_of_and_used_again_once_it_is_back(room: Room) -> None:
    room.open("webcam", "hdmi")
    room.computer.names = ("Desk", "Speakers")
    room.open()
    microphone, loudspeaker = room.warnings
    assert microphone.startswith("The microphone Webcam of last time is not here")
    assert loudspeaker.startswith("The loudspeaker HDMI of last time is not here")
    room.computer.names = ALL
    room.open()
    assert room.computer.opened == [("Webcam", "HDMI"), (None, None), ("Webcam", "HDMI")]
    assert len(room.warnings) == 2


@pytest.mark.parametrize("needs_microphone", [True, False])
def test_a_name_that_nothing_has_is_said_with_those_that_are_here_and_not_remembered(
    room: Room, needs_microphone: bool
) -> None:
    with pytest.raises(NoSuchDevice, match="no microphone called 'Blue'; there is Desk, Webcam") as raised:
        room.open("Blue", "hdmi", needs_microphone=needs_microphone)
    assert "rehearse" not in str(raised.value)
    assert (room.computer.opened, room.kept, room.warnings) == ([], Settings(), [])


def test_where_keys_can_answer_and_there_is_no_microphone_the_loudspeaker_alone_is_opened_and_that_is_said(
    room: Room,
) -> None:
    room.open("webcam", "hdmi")
    room.computer.names = ("Speakers", "HDMI")
    device = room.open(needs_microphone=False)
    assert (device.microphone, room.computer.opened[1:]) == (None, [("HDMI",)])
    assert room.warnings == [ALONE]
    assert room.kept == Settings(microphone="Webcam", speaker="HDMI")


def test_where_keys_can_answer_the_microphone_that_is_here_is_opened_all_the_same(room: Room) -> None:
    device = room.open(needs_microphone=False)
    assert (device.microphone, room.computer.opened, room.warnings) == ("Desk", [(None, None)], [])


@pytest.mark.parametrize(
    ("names", "taken", "needs_microphone", "why"),
    [
        (("Speakers",), (), True, "There is no microphone and loudspeaker here."),
        (("Desk",), (), True, "There is no microphone and loudspeaker here."),
        (("Desk",), (), False, "There is no loudspeaker here."),
        (ALL, ("Speakers",), True, "the microphone and loudspeaker can't be opened"),
        (ALL, ("Speakers",), False, "No sound: the loudspeaker can't be opened"),
    ],
)
def test_where_nothing_can_be_opened_one_sentence_says_so_and_how_to_hear_the_programme_without(
    room: Room, names: tuple[str, ...], taken: tuple[str, ...], needs_microphone: bool, why: str
) -> None:
    room.computer.names, room.computer.taken = names, taken
    with pytest.raises(VoicecoachError) as raised:
        room.open(needs_microphone=needs_microphone)
    assert why in str(raised.value)
    assert str(raised.value).endswith("To hear a session without sound devices: voicecoach rehearse median")
    assert (room.kept, room.warnings) == (Settings(), [])
