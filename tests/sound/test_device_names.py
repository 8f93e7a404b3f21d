"""Devices go by their names; a wrong one is answered with those that exist."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from voicecoach.sound import device_names
from voicecoach.sound.device_names import NoSuchDevice, choose_device, find_device, full_name, name_now

Plug = Callable[[dict[int, tuple[str, str]]], None]

DEVICES = [("HDMI 0", 0, 2), ("USB Headset", 1, 2), ("USB Webcam", 2, 0), ("HDMI 0", 0, 2), ("Headset", 1, 0)]
DEFAULT_MICROPHONE = 1


@pytest.fixture(autouse=True)
def _devices(monkeypatch: pytest.MonkeyPatch) -> None:
    def query_devices(device: int | None = None, kind: str | None = None) -> object:
        rows = [
            {"index": at, "name": name, "max_input_channels": heard, "max_output_channels": played}
            for at, (name, heard, played) in enumerate(DEVICES)
        ]
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


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Plug]:
    """Plugs cards in: by their numbers, what they are called and what the kernel calls the place they are in."""

    def plug(cards: dict[int, tuple[str, str]]) -> None:
        DEVICES[:] = [(f"{name}: - (hw:{number},0)", 1, 1) for number, (name, _) in cards.items()]
        for number, (_, place) in cards.items():
            card = tmp_path / f"card{number}"
            card.mkdir(exist_ok=True)
            (card / "device").unlink(missing_ok=True)
            (card / "device").symlink_to(tmp_path / "devices" / place)

    kept = DEVICES[:]
    monkeypatch.setattr(device_names, "_CARDS", tmp_path)
    yield plug
    DEVICES[:] = kept


HEADSET, WEBCAM = ("USB Headset", "1-1.2:1.0"), ("Webcam", "1-1.4:1.2")


def test_a_name_to_keep_has_no_card_number_but_the_port(cards: Plug) -> None:
    cards({0: ("bcm2835 Headphones", "soc:audio"), 1: HEADSET})
    assert full_name("headset", "input") == full_name("hw:1,0", "input") == "USB Headset: - (usb 1-1.2)"
    assert full_name("headphones", "output") == "bcm2835 Headphones: -"


@pytest.mark.parametrize("kept", ["USB Headset: - (hw:1,0)", "USB Headset: - (usb 1-1.2)", "USB Headset: -"])
def test_a_kept_name_finds_its_device_under_another_number_and_in_another_port(cards: Plug, kept: str) -> None:
    cards({1: HEADSET, 2: WEBCAM})
    assert find_device(kept, "input") == 0
    cards({1: WEBCAM, 2: HEADSET})
    assert find_device(kept, "input") == 1
    assert choose_device(None, kept, "input", pytest.fail) == kept
    assert name_now(kept, "input") == "USB Headset: - (usb 1-1.2)"
    cards({3: ("USB Headset", "1-1.3:1.0")})
    assert find_device(kept, "input") == 0
    assert name_now(kept, "input") == "USB Headset: - (usb 1-1.3)"


def test_two_alike_are_told_apart_by_their_ports_and_neither_stands_for_a_third(cards: Plug) -> None:
    cards({2: ("USB Headset", "1-1.3:1.0"), 1: HEADSET})
    assert find_device("USB Headset: - (usb 1-1.2)", "input") == 1
    assert find_device("USB Headset: - (usb 1-1.3)", "input") == 0
    assert name_now("USB Headset: - (usb 1-1.2)", "input") == "USB Headset: - (usb 1-1.2)"
    with pytest.raises(NoSuchDevice, match="could be several"):
        find_device("USB Headset: - (usb 1-1.7)", "input")
    assert name_now("USB Headset: - (usb 1-1.7)", "input") == "USB Headset: - (usb 1-1.7)"


def test_a_part_of_a_name_is_looked_for_in_names_before_ports(cards: Plug) -> None:
    cards({1: ("USB Headset", "1-1.2:1.0"), 2: WEBCAM})
    assert find_device("usb", "input") == 0
    assert find_device("usb 1-1.4", "input") == 1
