"""What systemd is told: that the service is ready, what it does, and, for its watchdog, that it hears."""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress

from voicecoach.blocks import Samples
from voicecoach.samples import samples
from voicecoach.sound.contract import Sound
from voicecoach.watching import Watcher

_SIGNS_OF_LIFE = 4
"""In the time after which the watchdog bites."""


_LISTENS_WITHIN_SECONDS = 0.2


class Systemd:
    """The datagrams of sd_notify(3); where no systemd listens, nothing happens."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._doing = ""
        self.watchdog_seconds = int(environment.get("WATCHDOG_USEC", "0")) / 1e6
        """How long it may hear nothing; 0: for ever."""

    def ready(self, doing: str) -> None:
        """The service has started, and is doing this."""
        self._doing = doing
        self._tell(f"READY=1\nSTATUS={doing}")

    def doing(self, what: str) -> None:
        """The service is doing this now, as `systemctl status` shows it."""
        self._doing = what
        self._tell(f"STATUS={what}")

    def doing_meanwhile(self, what: str) -> None:
        """The service is doing this now, and nothing of what it was doing before."""
        self._tell(f"STATUS={what}")

    def doing_again(self) -> None:
        """The service is doing again what it did before."""
        self._tell(f"STATUS={self._doing}")

    def alive(self) -> None:
        """The watchdog's time begins anew."""
        self._tell("WATCHDOG=1")

    def ending(self) -> None:
        """The service ends in order."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.settimeout(_LISTENS_WITHIN_SECONDS)
            out.sendto(state.encode(), self._address)


class Heartbeat(Watcher):
    """Gives signs of life after so many samples that have really been heard; a lost device gives none."""

    def __init__(self, systemd: Systemd, sound: Sound) -> None:
        self._systemd = systemd
        self._sound = sound
        self._every = samples(systemd.watchdog_seconds) // _SIGNS_OF_LIFE
        self._heard = 0

    def listened(self, at: int, block: Samples) -> None:
        """Count a block, unless it only stands for one that did not come."""
        del at
        if self._sound.lost or not self._every:
            return
        self._heard += block.size
        if self._heard >= self._every:
            self._heard = 0
            self._systemd.alive()


class LossWatch(Watcher):
    """Says, once each, that the sound is lost while the service runs, and that it is back."""

    def __init__(self, systemd: Systemd, sound: Sound, show_line: Callable[[str], object]) -> None:
        self._systemd = systemd
        self._sound = sound
        self._show_line = show_line
        self._lost = False

    def listened(self, at: int, block: Samples) -> None:
        """Look whether the sound is there."""
        del at, block
        if self._sound.lost == self._lost:
            return
        self._lost = self._sound.lost
        if self._lost:
            self._show_line("The microphone or the loudspeaker is away, or sends nothing; it is looked for.")
            self._systemd.doing_meanwhile("Waits for the sound, which was lost.")
        else:
            self._show_line("The sound is back.")
            self._systemd.doing_again()
