"""Devices go by their names; a wrong one is answered with those that exist."""

import sys
from types import SimpleNamespace

import pytest

from voicecoach.sound.device_names import NoSuchDevice, choose_device, find_device, full_name

DEVICES = [("HDMI 0", 0, 2), ("USB Headset", 1, 2), ("USB Webcam", 2, 0), ("HDMI 0", 0, 2), ("Headset", 1, 0)]
DEFAULT_MICROPHONE = 1


@pytest.fixture(autouse=True)
def _devices(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"index": at, "name": name, "max_input_channels": heard, "max_output_channels": played}
        for at, (name, heard, played) in enumerate(DEVICES)
    ]

    def query_devices(device: int | None = None, kind: str | None = None) -> object:
        if kind is None:
            return rows
        return rows[DEFAULT_MICROPHONE if device is None else device]

    fake = SimpleNamespace(query_devices=query_devices, PortAudioError=RuntimeError)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)


def test_a_part_of_the_name_in_any_case_is_enough() -> None:
    assert find_device("webCAM", "input") == 2
    assert find_device("usb", "output") == 1
    assert find_device(None, "input") is None


def test_a_whole_name_wins_over_names_that_contain_it_and_the_first_of_two_alike() -> None:
    assert find_device("headset", "input") == 4
    assert find_device("HDMI 0", "output") == 0


def test_a_part_of_a_name_and_no_name_stand_for_a_whole_one() -> None:
    assert full_name("webCAM", "input") == "USB Webcam"
    assert full_name(None, "input") == "USB Headset"
    with pytest.raises(NoSuchDevice):
        full_name("Blue", "input")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(NoSuchDevice, match="no microphone called 'Blue'; there is USB Headset, USB Webcam, Headset"):
        find_device("Blue", "input")


def test_an_ambiguous_name_lists_what_it_could_be() -> None:
    with pytest.raises(NoSuchDevice, match="'USB' could be several microphones: USB Headset, USB Webcam"):
        find_device("USB", "input")


def test_a_device_asked_for_has_to_be_here_and_one_of_last_time_is_only_missed() -> None:
    warnings: list[str] = []
    assert choose_device("webcam", "headset", "input", warnings.append) == "webcam"
    assert choose_device(None, "headset", "input", warnings.append) == "headset"
    assert warnings == []
    assert choose_device(None, "Blue", "input", warnings.append) is None
    assert warnings == ["The microphone Blue of last time is not here; the default one is used."]
    with pytest.raises(NoSuchDevice):
        choose_device("Blue", None, "input", warnings.append)
